"""Many screens and phones in one process: raw sockets that note when which view arrived.

`python -m benchmarks.watcher` takes one JSON question a line and answers each with one line. It is
a process of its own, so that reading is not done at the cost of whoever presses the button. Must
not know the product beyond `{"seq", "view"}`.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from typing import cast

import msgspec
import uvloop

from benchmarks import frames
from benchmarks.asking import Open, Opened, Question, Reach, Reached, Showing, Shown, Wanted
from benchmarks.line import HOST

OPENING_AT_ONCE = 128
"""Handshakes under way at a time: a crowd, not an attack."""
OPEN_TIMEOUT_S = 60.0
STALLED_BUFFER_BYTES = 4_096
"""What the kernel keeps for a reader that does not read: about as little as it allows."""
LOOK_EVERY_S = 0.005

_SEQ = b'{"seq":'
_VIEW = b',"view":'


class Watch(asyncio.Protocol):
    """One socket: which views came, and when each had arrived whole."""

    def __init__(self, port: int, wanted: Wanted) -> None:
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.arrived: list[tuple[int, float]] = []
        self.newest = -1
        self.last = b""
        self.closed = False
        self.transport: asyncio.Transport
        self._port = port
        self._wanted = wanted
        self._buffer = bytearray()
        self._shaken = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(frames.upgrade(self._wanted.path, self._port))

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._shaken and not self._shake():
            return
        for kind, payload in frames.taken(self._buffer):
            if kind == frames.TEXT:
                self._message(payload)
            elif kind == frames.PING:
                self.transport.write(frames.masked(frames.PONG, payload))
            elif kind == frames.CLOSE:
                self._fail(f"closed: {payload!r}")
                self.transport.close()

    def _shake(self) -> bool:
        """Takes the handshake's answer off the buffer; True once it is there."""
        head, found, rest = bytes(self._buffer).partition(frames.END_OF_HEAD)
        if not found:
            return False
        if b" 101 " not in head[:16]:
            self._fail(f"refused: {head[:80]!r}")
            self.transport.close()
            return False
        self._shaken, self._buffer = True, bytearray(rest)
        self.transport.write(frames.masked(frames.TEXT, self._wanted.hello.encode()))
        return True

    def _message(self, payload: bytes) -> None:
        ends = payload.find(b",", len(_SEQ))
        if payload[ends : ends + len(_VIEW)] != _VIEW:
            return
        self.newest = int(payload[len(_SEQ) : ends])
        self.arrived.append((self.newest, time.monotonic()))
        self.last = payload
        if not self.opened.done():
            self.opened.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._fail(f"lost: {exc}")

    def _fail(self, why: str) -> None:
        if not self.opened.done():
            self.opened.set_exception(ConnectionError(f"{self._wanted.path} {why}"))

    def reached(self, seq: int) -> float | None:
        """When a view at least this new was here; forgets what was before it."""
        return next((at_s for newer, at_s in self.arrived if newer >= seq), None)


class Watcher:
    """All of them."""

    def __init__(self) -> None:
        self._reading: list[Watch] = []
        self._stalled: list[Watch] = []
        self._turns = asyncio.Semaphore(OPENING_AT_ONCE)

    async def answer(self, question: Question) -> msgspec.Struct:
        match question:
            case Open():
                return await self._open(question)
            case Reach():
                return await self._reach(question)
            case Shown():
                return self._show()

    async def _open(self, question: Open) -> Opened:
        began = time.monotonic()
        async with asyncio.timeout(OPEN_TIMEOUT_S):
            ones = (self._open_one(question, wanted) for wanted in question.wanted)
            watches = await asyncio.gather(*ones)
        took_s = time.monotonic() - began
        if question.stalled:
            for watch in watches:
                watch.transport.pause_reading()
        (self._stalled if question.stalled else self._reading).extend(watches)
        return Opened(took_s)

    async def _open_one(self, question: Open, wanted: Wanted) -> Watch:
        async with self._turns:
            loop = asyncio.get_running_loop()
            plug = socket.socket()
            plug.setblocking(False)
            if question.stalled:
                plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, STALLED_BUFFER_BYTES)
            await loop.sock_connect(plug, (HOST, question.port))
            _, watch = await loop.create_connection(lambda: Watch(question.port, wanted), sock=plug)
            await watch.opened
            return watch

    async def _reach(self, question: Reach) -> Reached:
        gives_up_s = time.monotonic() + question.timeout_s
        while time.monotonic() < gives_up_s:
            if all(watch.newest >= question.seq for watch in self._reading):
                break
            await asyncio.sleep(LOOK_EVERY_S)
        moments = [watch.reached(question.seq) for watch in self._reading]
        for watch in self._reading:
            watch.arrived.clear()
        at_s = tuple(sorted(one for one in moments if one is not None))
        return Reached(at_s, len(moments) - len(at_s))

    def _show(self) -> Showing:
        views = tuple(msgspec.Raw(watch.last) for watch in self._reading)
        every = [*self._reading, *self._stalled]
        return Showing(views, sum(watch.closed for watch in every))


async def serve() -> None:
    """Until standard input ends: whoever asked is gone then."""
    loop, watcher = asyncio.get_running_loop(), Watcher()
    reader = asyncio.StreamReader(limit=1 << 26)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    questions = msgspec.json.Decoder(Question)
    while line := await reader.readline():
        answer = await watcher.answer(questions.decode(line))
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    uvloop.run(serve())
