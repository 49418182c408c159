"""The office's door: uvicorn's HTTP on the Unix socket, beside the server's own loop.

No server of its own: signals, ports and ends are the big one's. Must not know what is asked.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Final

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from queue_server.office.place import SOCKET, bind

_END_TIMEOUT_S: Final = 5.0
"""A command on its way is done by then, or its days have stopped."""


class Door:
    """`async with Door(folder, application):` answers commands as long as the block runs."""

    def __init__(self, folder: Path, application: ASGIApp) -> None:
        self._path = folder / SOCKET
        self._state = ServerState()
        self._config = uvicorn.Config(
            application,
            lifespan="off",
            ws="none",
            access_log=False,
            log_config=None,
            proxy_headers=False,
            server_header=False,
        )
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Door:
        self._config.load()
        loop = asyncio.get_running_loop()
        self._server = await loop.create_unix_server(self._visit, sock=bind(self._path))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Takes no new commands; one being done is answered first."""
        if self._server is not None:
            self._server.close()
        self._path.unlink(missing_ok=True)
        for connection in tuple(self._state.connections):
            connection.shutdown()
        if self._state.tasks:
            await asyncio.wait(tuple(self._state.tasks), timeout=_END_TIMEOUT_S)

    def _visit(self) -> asyncio.Protocol:
        return HttpToolsProtocol(self._config, self._state, app_state={})
