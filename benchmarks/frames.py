"""Just enough of WebSocket for a lean client and a bare server. Must not know what is sent."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator
from hashlib import sha1

TEXT = 0x1
CLOSE = 0x8
PING = 0x9
PONG = 0xA
END_OF_HEAD = b"\r\n\r\n"
_ACCEPT = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_FIN = 0x80
_MASKED = 0x80


def frame(kind: int, payload: bytes) -> bytes:
    """As a server sends it: whole and unmasked."""
    return _head(kind, len(payload), 0) + payload


def masked(kind: int, payload: bytes) -> bytes:
    """As a client sends it."""
    mask = os.urandom(4)
    covered = bytes(byte ^ mask[index % 4] for index, byte in enumerate(payload))
    return _head(kind, len(payload), _MASKED) + mask + covered


def _head(kind: int, length: int, masking: int) -> bytes:
    if length < 126:
        return bytes([_FIN | kind, masking | length])
    if length < 1 << 16:
        return bytes([_FIN | kind, masking | 126]) + length.to_bytes(2, "big")
    return bytes([_FIN | kind, masking | 127]) + length.to_bytes(8, "big")


def taken(buffer: bytearray) -> Iterator[tuple[int, bytes]]:
    """The whole unmasked frames at the front of a buffer, which they leave."""
    while len(buffer) >= 2:
        length, begins = buffer[1], 2
        if length == 126:
            length, begins = int.from_bytes(buffer[2:4], "big"), 4
        elif length == 127:
            length, begins = int.from_bytes(buffer[2:10], "big"), 10
        ends = begins + length
        if len(buffer) < max(ends, begins):
            return
        kind, payload = buffer[0] & 0x0F, bytes(buffer[begins:ends])
        del buffer[:ends]
        yield kind, payload


def upgrade(path: str, port: int) -> bytes:
    """A client's request to open."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Key: {key}",
        "Sec-WebSocket-Version: 13",
    )
    return "\r\n".join(lines).encode() + END_OF_HEAD


def upgraded(head: bytes) -> bytes:
    """A server's yes to it."""
    key = head.lower().partition(b"sec-websocket-key:")[2]
    key = head[len(head) - len(key) :].partition(b"\r\n")[0].strip()
    accept = base64.b64encode(sha1(key + _ACCEPT).digest())  # noqa: S324 - the protocol's own
    return (
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + END_OF_HEAD
    )
