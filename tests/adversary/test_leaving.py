"""Whoever leaves leaves nothing behind: phones come and go by the hundred thousand, and the garbage
collector comes seldom.
"""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.asyncio.client import ClientConnection, connect

from queue_server.serving import server
from queue_server.serving.http import HttpProtocol
from queue_server.serving.push import PushProtocol
from tests.adversary.raw import BOARD
from tests.web.harness import World, hello

SOCKETS = 12


@pytest.fixture
def no_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_keep_garbage_quiet", lambda: None)


@asynccontextmanager
async def served(world: World) -> AsyncIterator[str]:
    """The application on a port of its own, in this process."""
    settings = world.site.settings.model_copy(update={"port": 0})
    with server.bind(settings) as listening:
        serving_on = asyncio.create_task(server.serve(world.app, settings, listening, None, None))
        yield f"ws://127.0.0.1:{listening.getsockname()[1]}"
        serving_on.cancel()
        with suppress(asyncio.CancelledError):
            await serving_on


def kept() -> int:
    return sum(issubclass(type(one), HttpProtocol | PushProtocol) for one in gc.get_objects())


async def all_gone(but: int, within_s: float = 10) -> bool:
    for _ in range(int(within_s / 0.05)):
        if kept() <= but:
            return True
        await asyncio.sleep(0.05)
    return False


async def closes(socket: ClientConnection) -> None:
    await socket.close()


async def breaks_off(socket: ClientConnection) -> None:
    socket.transport.abort()


async def is_thrown_out(socket: ClientConnection) -> None:
    await socket.send(b"no text")
    await socket.wait_closed()


@pytest.mark.parametrize("leaves", [closes, breaks_off, is_thrown_out])
async def test_a_socket_that_leaves_is_gone(
    world: World, no_collector: None, leaves: object
) -> None:
    async with served(world) as address:
        gc.collect()
        before = kept()
        gc.disable()
        try:
            for _ in range(SOCKETS):
                socket = await connect(address + BOARD, compression=None)
                await socket.send(hello(world.token("display")))
                await socket.recv()
                assert kept() > before
                await leaves(socket)  # type: ignore[operator]
            del socket
            # A traceback may hold one for a while; each of them holding itself is the fault.
            assert await all_gone(but=before + SOCKETS // 4)
        finally:
            gc.enable()
