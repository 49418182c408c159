"""Sessions at every stage, for tests of what each may do."""

from __future__ import annotations

import secrets
from datetime import timedelta

from queue_server.people import Session, Stage
from queue_server.people.keys import new_token, token_hash
from tests.web.harness import World


async def session_at(world: World, name: str, stage: Stage) -> str:
    """A session of this person of the demo at this stage: its token."""
    token, now = new_token(), world.site.now()
    until = now + timedelta(hours=1)
    await world.site.people.add_session(
        Session(secrets.token_hex(8), token_hash(token), name, now, now, until, until, stage=stage)
    )
    return token


def take(world: World, token: str) -> None:
    """From now on the world's client is that session."""
    world.client.cookies.clear()
    world.client.cookies.set("session", token, domain="test.local")
