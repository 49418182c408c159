"""uvicorn's HTTP protocol, with a limit on what comes before a body: it has none of its own.

Given to uvicorn as its `http` class; pinned by a test, for it leans on that class's insides. Must
not know what is asked.
"""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from queue_server.serving.hosts import says_one_host

# The longest honest head is a browser's with all our cookies: under 4 KiB.
HEAD_BYTES_MAX: Final = 32_768
# A head at 2G speed takes two seconds; whoever dribbles it is no browser.
HEAD_TIMEOUT_S: Final = 20.0
# Browsers send the next request after the answer. Whoever sends thousands ahead fills the memory:
# 35 MB of them took 1.2 GB.
REQUESTS_AHEAD_MAX: Final = 16
# Sizes of chunks and what follows the last one; the largest body in chunks of one byte has 160 KiB.
BESIDE_BODY_BYTES_MAX: Final = 262_144

_TOO_LARGE: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class _GivenUp(Exception):
    """What comes is more than anybody honest sends, or says not for whom: the parser stops, and
    uvicorn refuses.
    """


class HttpProtocol(HttpToolsProtocol):
    """One HTTP connection."""

    _head_bytes = 0
    _fields_bytes = 0
    """Of the head's headers alone: a head may come in one piece with what follows it."""
    _beside_body_bytes = 0
    _in_head = True
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._begin_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_head()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._in_head:
            self._head_bytes += len(data)
        else:
            self._beside_body_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        # After parsing: a short head may come in one piece with a long body.
        if self._in_head and self._head_bytes > HEAD_BYTES_MAX:
            self._refuse_head()
        elif self._beside_body_bytes > BESIDE_BODY_BYTES_MAX:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        if self._fields_bytes > HEAD_BYTES_MAX:
            self._refuse_head()
        else:
            super().send_400_response(msg)

    def on_message_begin(self) -> None:
        if len(self.pipeline) >= REQUESTS_AHEAD_MAX:
            raise _GivenUp
        super().on_message_begin()
        self._begin_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        """What comes after a chunked body is read by nobody here, and may be endless: left out."""
        if not self._in_head:
            return
        super().on_header(name, value)
        self._fields_bytes += len(name) + len(value)
        if self._fields_bytes > HEAD_BYTES_MAX:
            raise _GivenUp

    def on_headers_complete(self) -> None:
        if not says_one_host(self.headers, self.parser.get_http_version()):
            raise _GivenUp
        self._end_head()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._beside_body_bytes -= len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        # Blank lines between two requests count as the head of the next one.
        self._in_head, self._head_bytes = True, 0

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.pipeline:
            # Read on only when what was sent ahead is answered: else it grows with every answer.
            self.flow.pause_reading()

    def handle_websocket_upgrade(self) -> None:
        """Hands the connection on. Parser and protocol hold each other, and through the connection
        the whole socket: let go, or every phone that leaves waits for the garbage collector, which
        comes seldom here.
        """
        super().handle_websocket_upgrade()
        self.parser = None  # type: ignore[assignment]

    def _refuse_head(self) -> None:
        self.transport.write(_TOO_LARGE)
        self.transport.close()

    def _begin_head(self) -> None:
        self._end_head()
        self._in_head, self._head_bytes, self._fields_bytes = True, 0, 0
        self._head_timer = self.loop.call_later(HEAD_TIMEOUT_S, self.transport.close)

    def _end_head(self) -> None:
        self._in_head = False
        self._beside_body_bytes = 0
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None
