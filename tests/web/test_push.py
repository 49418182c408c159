"""The quick way to a socket: whole frames of the protocol, and only where there is room."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from queue_server.serving.push import PushProtocol, framed


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
def test_a_frame_is_read_back_by_another_implementation(length: int) -> None:
    message = b"x" * length
    client = ClientProtocol(parse_uri("ws://example/"), state=State.OPEN, max_size=None)
    client.receive_data(framed(message) * 2)
    read = cast(list[Frame], client.events_received())
    assert [(one.opcode, one.fin, bytes(one.data)) for one in read] == [
        (Opcode.TEXT, True, message)
    ] * 2


class Wire:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closing = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def is_closing(self) -> bool:
        return self.closing


class Connection:
    """What `push` looks at, of a connection that is open and can be written to."""

    def __init__(self) -> None:
        self.transport = Wire()
        self.writable = asyncio.Event()
        self.writable.set()
        self.conn = type("Conn", (), {"state": State.OPEN})()

    def push(self, message: bytes) -> bool:
        return PushProtocol.push(cast(Any, self), message)


def _full(connection: Connection) -> None:
    connection.writable.clear()


def _being_closed(connection: Connection) -> None:
    connection.conn.state = State.CLOSING


def _lost(connection: Connection) -> None:
    connection.transport.closing = True


async def test_an_open_socket_takes_a_message_at_once() -> None:
    connection = Connection()
    assert connection.push(b"{}")
    assert connection.transport.written == [framed(b"{}")]


@pytest.mark.parametrize("hindered", [_full, _being_closed, _lost])
async def test_a_hindered_socket_takes_nothing(hindered: Any) -> None:
    connection = Connection()
    hindered(connection)
    assert not connection.push(b"{}")
    assert connection.transport.written == []
