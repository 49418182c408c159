"""Bytes over a connection, exactly as written: what no honest client sends."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field

from tests.web.harness import BRANCH, Live

BOARD = f"/ws/branches/{BRANCH}/board"
TEXT, BINARY, CLOSE, PING, PONG, CONTINUED = 1, 2, 8, 9, 10, 0
_CHUNK_MAX = 65_536
_MASKED = 0x80


@dataclass
class Raw:
    """One connection. `with` closes it."""

    live: Live
    received: bytes = b""
    sent: int = 0
    _socket: socket.socket = field(init=False)

    def __post_init__(self) -> None:
        self._socket = socket.create_connection(("127.0.0.1", self.live.port), timeout=10)

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def send(self, data: bytes) -> None:
        self._socket.sendall(data)
        self.sent += len(data)

    def until(self, mark: bytes, within_s: float = 10) -> bytes:
        """Reads until `mark` has come, or the other side has gone; all that came so far."""
        self._socket.settimeout(within_s)
        while mark not in self.received:
            try:
                chunk = self._socket.recv(_CHUNK_MAX)
            except ConnectionError:
                break
            if not chunk:
                break
            self.received += chunk
        return self.received

    def pour(self, data: bytes, for_s: float = 5) -> bool:
        """Sends the same again and again without ever reading. Was it cut off?"""
        ends_s = time.monotonic() + for_s
        self._socket.settimeout(0.5)
        while time.monotonic() < ends_s:
            try:
                self.sent += self._socket.send(data)
            except TimeoutError:
                continue
            except ConnectionError:
                return True
        return False

    def upgrade(self, path: str = BOARD, head: str = "") -> bytes:
        """Asks for a WebSocket; the status line, empty where nothing was said."""
        self.send(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.live.port}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            f"Sec-WebSocket-Version: 13\r\n{head}\r\n".encode()
        )
        line, _, _ = self.until(b"\r\n\r\n", within_s=5).partition(b"\r\n")
        return line

    def close_code(self, within_s: float = 10) -> int | None:
        """Reads frames until the one that closes; its code. None: the line was cut without one."""
        _, _, frames = self.until(b"\r\n\r\n").partition(b"\r\n\r\n")
        while True:
            while (whole := _first_frame(frames)) is None:
                before = len(self.received)
                self.more(within_s)
                if len(self.received) == before:
                    return None
                frames += self.received[before:]
            opcode, payload, frames = whole
            if opcode == CLOSE:
                return int.from_bytes(payload[:2], "big")

    def more(self, within_s: float = 10) -> None:
        """Reads whatever comes next; nothing where the other side has gone."""
        self._socket.settimeout(within_s)
        with suppress(ConnectionError):
            self.received += self._socket.recv(_CHUNK_MAX)


def frame(opcode: int, payload: bytes = b"", *, last: bool = True) -> bytes:
    """A client's frame, masked with zeros."""
    length = len(payload)
    head = bytes([opcode | (0x80 if last else 0)])
    if length < 126:
        head += bytes([_MASKED | length])
    else:
        head += bytes([_MASKED | 126]) + length.to_bytes(2, "big")
    return head + bytes(4) + payload


def _first_frame(data: bytes) -> tuple[int, bytes, bytes] | None:
    """Opcode, payload and what follows; None where it has not come whole. Views are short."""
    if len(data) < 2:
        return None
    length, at = data[1], 2
    if length == 126:
        length, at = int.from_bytes(data[2:4], "big"), 4
    if len(data) < at + length:
        return None
    return data[0] & 0x0F, data[at : at + length], data[at + length :]
