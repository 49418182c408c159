"""How the matrix asks: one address or socket, as one actor, and what the answer means."""

from __future__ import annotations

import asyncio
import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from typing import Any, Final

import httpx
from starlette.applications import Starlette

from queue_server.web.errors import Problem
from tests.web.harness import BRANCH, World, hello
from tests.web.matrix import ELSEWHERE, Actor, Door

NEVER: Final = "x" * 200
"""No idempotency key: whoever has the right stumbles over it, and nothing happens."""

FIELDS: Final = {
    "number": "A-001",
    "at": "1",
    "counter": "1",
    "service": "A",
    "reason": "emergency",
    "outcome": "served",
    "to": "counter:2",
    "on": "on",
    "text": "x",
    "stars": "5",
    "last.A": "1",
    "request_id": NEVER,
}


def address(world: World, door: Door, branch: str, verb: str = "no-such-verb") -> str:
    """The door's path with everything filled in."""
    names = {
        "branch": branch,
        "counter": "1",
        "number": "A-001",
        "verb": verb,
        "file": "sheets/plain.css",
        "kind": "board",
    }
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], "nothing"), door.path)


async def knock(
    world: World, door: Door, actor: Actor, branch: str, verb: str = "no-such-verb"
) -> str:
    """`denied`, `unknown` (who somebody is), `in`, or `absent` (let in, and nothing is there)."""
    headers = actor.headers()
    content: Any = None
    if door.path == "/ticket/{verb}":  # as its script asks: without a ticket a page would say so
        verb, headers["Accept"] = "coming", "application/json"
    if door.is_api and door.method == "POST":
        headers["Content-Type"], content = "application/json", b"{"
    elif door.method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        content = str(httpx.QueryParams(FIELDS)).encode()
    world.client.cookies.clear()
    path = address(world, door, branch, verb)
    return outcome(await world.client.request(door.method, path, headers=headers, content=content))


_ASKED_TO_SIGN_IN: Final = ("/sign-in", "/unlock", "/account/second-factor")
_REFUSED: Final = Problem(403, "not_allowed").text("id")[0]
_WHO: Final = Problem(401, "sign_in_needed").text("id")[0]


def outcome(response: httpx.Response) -> str:
    """What the answer means to whoever knocked."""
    assert response.status_code < 500, response.text[:300]
    assert response.status_code != 429, "the matrix ran into a limit: raise it"
    if response.status_code == 401:
        return "unknown"
    if response.status_code == 403:
        return "denied"
    to = response.headers.get("location", "")
    if response.status_code == 303 and to.startswith(_ASKED_TO_SIGN_IN):
        return "unknown"
    if response.status_code == 404:
        return "absent"
    return {_REFUSED: "denied", _WHO: "unknown"}.get(_flash(response), "in")


def _flash(response: httpx.Response) -> str:
    kept = response.cookies.get("flash")
    return str(json.loads(urlsafe_b64decode(kept.strip('"')))["title"]) if kept else ""


async def watch(app: Starlette, path: str, actor: Actor) -> str:
    """The same for a socket, by what it brings first: a view, or a close code."""
    headers = [(b"host", b"test")]
    if actor.bearer is None:
        headers.append((b"origin", b"http://test"))
    headers += [
        (k.lower().encode(), v.encode()) for k, v in actor.headers().items() if k == "Cookie"
    ]
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    incoming.put_nowait({"type": "websocket.connect"})
    if actor.bearer is not None:
        incoming.put_nowait({"type": "websocket.receive", "text": hello(actor.bearer)})
    said: list[str] = []

    async def send(message: Any) -> None:
        if message["type"] == "websocket.send":
            said.append("in")
            incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})
        elif message["type"] == "websocket.close":
            said.append({4401: "unknown", 4403: "denied"}.get(message["code"], str(message)))
            incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})

    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("10.0.0.7", 999),
        "server": ("test", 80),
        "subprotocols": [],
    }
    await app(scope, incoming.get, send)
    return said[0]


def branches(door: Door) -> Iterator[str]:
    """Where it is tried: at home and elsewhere, as far as the address says."""
    yield BRANCH
    if "{branch}" in door.path:
        yield ELSEWHERE
