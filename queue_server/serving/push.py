"""uvicorn's WebSocket protocol, with what a queue needs of it: bounded buffers and honest ends.

Given to uvicorn as its `ws` class; pinned by a test, for it leans on that class's insides. Must not
know what is sent.
"""

from __future__ import annotations

import asyncio
import socket as sockets
from asyncio.transports import BaseTransport
from functools import lru_cache
from typing import Any, Final, Protocol, cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import CloseCode
from websockets.http11 import Request
from websockets.protocol import State

LINE: Final = "lapak.line"
"""The scope's extension that hands a socket's handler its `Line`."""

# A view has about 3 KiB. A phone that stops reading may hold this much and no more: with the
# kernel's own default it would hold 2.9 MB.
_BUFFER_BYTES_MAX: Final = 16_384
_KERNEL_BUFFER_BYTES: Final = 32_768
# After saying goodbye; whoever does not read it by then is stuck.
_GOODBYE_S: Final = 1.0
# From one of our pings to the next: a few hellos and pongs. A flood of pings took a whole core, and
# 20 MB a second of memory for the pongs that nobody read.
HEARD_BYTES_MAX: Final = 32_768

_NO_HANDSHAKE: Final = b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"

# A whole text frame, unmasked: its first byte, and what stands for a longer length (RFC 6455, 5.2).
_WHOLE_TEXT: Final = 0x81
_TWO_BYTES: Final = 126
_EIGHT_BYTES: Final = 127
_FRAMES_KEPT_MAX: Final = 16


class Line(Protocol):
    """What a socket's handler may do with its connection beside ASGI."""

    def push(self, message: bytes) -> bool:
        """Writes a text message at once; False, and nothing written, where it would have to wait.

        Through ASGI a message costs four times as much as writing it: a call goes to thousands.
        """

    def abort(self) -> None:
        """Drops the connection without waiting for anything."""


@lru_cache(maxsize=_FRAMES_KEPT_MAX)
def framed(message: bytes) -> bytes:
    """A text message as it goes over the wire; made once for the thousands who get the same."""
    length = len(message)
    if length < _TWO_BYTES:
        return bytes((_WHOLE_TEXT, length)) + message
    if length < 1 << 16:
        return bytes((_WHOLE_TEXT, _TWO_BYTES)) + length.to_bytes(2, "big") + message
    return bytes((_WHOLE_TEXT, _EIGHT_BYTES)) + length.to_bytes(8, "big") + message


class PushProtocol(WebSocketsSansIOProtocol):
    """One WebSocket connection."""

    reconnect_spread_s: float = 0.0
    """Told with the goodbye: over how long those cut off should spread their coming back."""

    _heard_bytes = 0
    """Since our last ping."""

    def connection_made(self, transport: BaseTransport) -> None:
        super().connection_made(transport)
        stream = cast(asyncio.Transport, transport)
        stream.set_write_buffer_limits(high=_BUFFER_BYTES_MAX)
        raw = stream.get_extra_info("socket")
        if raw is not None and raw.family in (sockets.AF_INET, sockets.AF_INET6):
            raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_SNDBUF, _KERNEL_BUFFER_BYTES)

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        # Whatever holds itself in a circle is freed by the garbage collector only, which comes
        # seldom here: the parser that waits for more, and the way back to this connection.
        self.conn.parser.close()
        scope: dict[str, Any] | None = getattr(self, "scope", None)
        if scope is not None:
            scope["extensions"].pop(LINE, None)

    def data_received(self, data: bytes) -> None:
        self._heard_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self.conn.handshake_exc is not None:
            # Headers it cannot take: it would say nothing, and wait for ever.
            self.transport.write(_NO_HANDSHAKE)
            self.transport.close()
        elif self._heard_bytes > HEARD_BYTES_MAX:
            self._hang_up(CloseCode.POLICY_VIOLATION, "too much")

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        self._heard_bytes = 0
        scope: dict[str, Any] | None = getattr(self, "scope", None)
        if scope is not None:
            # The handler's task has been made but has not begun: it will find this.
            line: Line = self
            scope["extensions"][LINE] = line

    def push(self, message: bytes) -> bool:
        if self.conn.state is not State.OPEN or self.transport.is_closing():
            return False
        if not self.writable.is_set():
            return False
        self.transport.write(framed(message))
        return True

    def abort(self) -> None:
        self.transport.abort()

    def send_receive_event_to_app(self) -> None:
        """A whole message has come. What is no text is somebody's joke and not worth a traceback
        in the journal, which uvicorn would write.
        """
        is_broken = self.curr_msg_data_type == "text" and not _is_text(b"".join(self.frames))
        if is_broken and not self.close_sent:
            self.frames = []
            self._hang_up(CloseCode.INVALID_DATA, "")
            return
        super().send_receive_event_to_app()

    def schedule_ping(self) -> None:
        self._heard_bytes = 0
        super().schedule_ping()

    def _hang_up(self, code: CloseCode, reason: str) -> None:
        """Says why, and goes whether it is read or not; the handler hears that the line is lost."""
        self.stop_keepalive()
        self.conn.fail(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()
        self.loop.call_later(_GOODBYE_S, self.transport.abort)

    def shutdown(self) -> None:
        """Says 1012 to whoever reads, and cuts the line of whoever does not."""
        if self.conn.state is State.OPEN and self.handshake_complete:
            self.stop_keepalive()
            self.queue.put_nowait(
                {"type": "websocket.disconnect", "code": CloseCode.SERVICE_RESTART}
            )
            self.conn.send_close(CloseCode.SERVICE_RESTART, f"spread {self.reconnect_spread_s:g}")
            self.transport.write(b"".join(self.conn.data_to_send()))
            self.transport.close()
        else:
            super().shutdown()
        self.loop.call_later(_GOODBYE_S, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """Nobody answers any more: waiting for the buffer to drain would be waiting for ever."""
        super().keepalive_timeout()
        self.loop.call_later(_GOODBYE_S, self.transport.abort)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def protocol(reconnect_spread_s: float) -> type[PushProtocol]:
    """The class to give to uvicorn."""
    return type("Push", (PushProtocol,), {"reconnect_spread_s": reconnect_spread_s})
