"""Paired screens: which one a browser is, and how it becomes one.

A screen without a right shows a short code; somebody signed in types it, and the screen fetches its
token with the secret only it holds. Owns that exchange and its limits. Must not know pages.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection

from queue_server.store.people import Role, Token
from queue_server.web import cookies
from queue_server.web.context import site_of
from queue_server.web.keys import token_hash


async def tablet(connection: HTTPConnection) -> Token | None:
    """The guard's tablet this browser was paired as; None when it is none, or was revoked."""
    secret = cookies.read(connection, cookies.TABLET)
    if secret is None:
        return None
    site = site_of(connection)
    token = await site.people.token(token_hash(secret), site.now())
    return token if token is not None and token.role is Role.TABLET else None
