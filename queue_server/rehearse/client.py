"""The server as any client sees it: JSON over HTTP with a token, views over a WebSocket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Self
from uuid import uuid4

import httpx
import msgspec
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

Fields = dict[str, Any]

REQUEST_TIMEOUT_S = 30.0
TRIES = 6
RETRY_BASE_S = 0.2
SEEN_BYTES_MAX = 1 << 20
"""A view of a busy day on the guard's page is the largest message there is."""


class Unreachable(Exception):
    """The server did not answer, or not what the contract says."""


class TurnedAway(Exception):
    """An expected no: `code` is stable, `text` is in people's words."""

    def __init__(self, status: int, problem: Fields) -> None:
        self.status = status
        self.code = str(problem.get("code", status))
        super().__init__(f"{self.code}: {problem.get('detail', '')}")


class Client:
    """One connection pool to one server. Every command carries a key, and is sent again with it."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx.AsyncClient(
            base_url=f"{self.url}/api/v1",
            timeout=REQUEST_TIMEOUT_S,
            limits=httpx.Limits(max_connections=64, max_keepalive_connections=64),
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._http.aclose()

    async def get(self, path: str, token: str | None = None) -> Fields:
        """What is there. Raises `Refused` or `Unreachable`."""
        return _read(await self.get_bytes(path, token))

    async def get_bytes(self, path: str, token: str | None = None) -> bytes:
        """What is there, as it came."""
        return await self._ask("GET", path, token, None, None)

    async def post(self, path: str, token: str | None = None, body: Fields | None = None) -> Fields:
        """A command, sent until it is answered: the key makes a repeat harmless."""
        return _read(await self._ask("POST", path, token, body or {}, uuid4().hex))

    async def _ask(
        self, method: str, path: str, token: str | None, body: Fields | None, key: str | None
    ) -> bytes:
        headers = {"Accept-Language": "en"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if key:
            headers["Idempotency-Key"] = key
        wait_s = RETRY_BASE_S
        for tries_left in range(TRIES - 1, -1, -1):
            try:
                answer = await self._http.request(method, path, json=body, headers=headers)
            except httpx.TransportError as broken:
                if not tries_left:
                    raise Unreachable(f"{method} {path}: {broken!r}") from broken
            else:
                if answer.status_code not in (429, 503) or not tries_left:
                    return _answer(method, path, answer)
                wait_s = max(wait_s, float(answer.headers.get("Retry-After", 0)))
            await asyncio.sleep(wait_s)
            wait_s *= 2
        raise AssertionError("the last try returns or raises")

    async def views(self, path: str, token: str) -> AsyncIterator[Fields]:
        """Every view of a socket, reconnecting for ever. Cancelling it closes the socket."""
        address = "ws" + self.url.removeprefix("http") + path
        hello = msgspec.json.encode({"hello": {"token": token, "seq": 0}}).decode()
        while True:
            try:
                async with connect(address, max_size=SEEN_BYTES_MAX, compression=None) as socket:
                    await socket.send(hello)
                    async for message in socket:
                        shown: Fields = msgspec.json.decode(message)
                        if "view" in shown:
                            yield shown["view"]
            except (OSError, ConnectionClosed, InvalidHandshake, TimeoutError):
                await asyncio.sleep(RETRY_BASE_S)


def _answer(method: str, path: str, answer: httpx.Response) -> bytes:
    if answer.is_success:
        return answer.content
    if answer.status_code >= 500:
        raise Unreachable(f"{method} {path} answered {answer.status_code}: {answer.text[:200]}")
    raise TurnedAway(answer.status_code, _read(answer.content))


def _read(content: bytes) -> Fields:
    try:
        found: Fields = msgspec.json.decode(content)
    except msgspec.DecodeError as broken:
        raise Unreachable(f"the answer is not JSON: {content[:80]!r}") from broken
    return found
