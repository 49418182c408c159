"""A browser in which somebody of the staff is signed in, whatever proving it takes elsewhere."""

from __future__ import annotations

import secrets
from datetime import timedelta

import httpx

from queue_server.people import Session
from queue_server.people.keys import token_hash
from tests.web.harness import World


async def browser_of(world: World, name: str) -> httpx.AsyncClient:
    """The account of this id; its session is full."""
    token, now = secrets.token_urlsafe(24), world.site.now()
    until = now + timedelta(hours=12)
    session = Session(secrets.token_hex(8), token_hash(token), name, now, now, until, until)
    await world.site.people.add_session(session)
    transport = httpx.ASGITransport(world.app, client=("10.0.0.9", 999))
    return httpx.AsyncClient(
        transport=transport,
        base_url="http://test",
        cookies={"session": token},
        headers={"Accept": "text/html", "Origin": "http://test"},
    )
