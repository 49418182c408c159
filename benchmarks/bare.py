"""The limit of fan-out: uvloop, `transport.write` in a plain loop, and nothing else.

`python -m benchmarks.bare` serves on a free port, which it prints. A GET of `/push/SEQ/BYTES`
writes one message of that size to every open socket and answers. Signs nobody in, checks nothing.
"""

from __future__ import annotations

import asyncio
import gc
from typing import cast

import uvloop

from benchmarks import frames
from benchmarks.line import HOST

_OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
_WATCHES: list[asyncio.Transport] = []


class Bare(asyncio.Protocol):
    """One connection: a socket that listens, or somebody who pushes."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport
        self._watches = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if data.startswith(b"GET /push/"):
            _, _, seq, size = data.split(b" ", 2)[1].split(b"/")
            push(int(seq), int(size))
            self._transport.write(_OK)
        elif data.startswith(b"GET "):
            self._transport.write(frames.upgraded(data))
        elif not self._watches:
            self._watches = True
            _WATCHES.append(self._transport)
            self._transport.write(message(0, 0))


def push(seq: int, size: int) -> None:
    """To everybody."""
    sent = message(seq, size)
    for transport in _WATCHES:
        transport.write(sent)


def message(seq: int, size: int) -> bytes:
    """A frame that looks like a pushed view."""
    head = b'{"seq":%d,"view":"' % seq
    return frames.frame(frames.TEXT, head + b"." * max(0, size - len(head) - 2) + b'"}')


async def serve() -> None:
    """Until killed by whoever started it."""
    server = await asyncio.get_running_loop().create_server(Bare, HOST, 0, backlog=4096)
    gc.freeze()
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve())
