"""One HTTP connection, kept alive: as lean as it can be, so that its own cost does not hide the
server's. Must not know the product's operations.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Self

import msgspec

HOST = "127.0.0.1"
_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took from the first byte sent."""

    status: int
    body: bytes
    asked_at_s: float
    """On the machine's monotonic clock, which all processes share."""
    took_s: float

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)


class Line:
    """`async with Line(port) as line: await line.post(…)`, one request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection(HOST, self._port)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._writer.close()

    async def get(self, path: str, token: str | None = None) -> Answer:
        return await self._ask(b"GET", path, token, b"")

    async def post(self, path: str, token: str | None = None, body: object = None) -> Answer:
        return await self._ask(b"POST", path, token, msgspec.json.encode(body or {}))

    async def _ask(self, method: bytes, path: str, token: str | None, body: bytes) -> Answer:
        head = [b"%s %s HTTP/1.1" % (method, path.encode()), b"Host: %s" % HOST.encode()]
        if token is not None:
            head.append(b"Authorization: Bearer %s" % token.encode())
        if method == b"POST":
            head += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
        began = time.monotonic()
        self._writer.write(b"\r\n".join(head) + _END_OF_HEAD + body)
        status, answer = await self._read()
        return Answer(status, answer, began, time.monotonic() - began)

    async def _read(self) -> tuple[int, bytes]:
        head = (await self._reader.readuntil(_END_OF_HEAD)).lower()
        status = int(head[9:12])
        _, found, rest = head.partition(b"content-length:")
        length = int(rest.partition(b"\r\n")[0]) if found else 0
        return status, await self._reader.readexactly(length) if length else b""
