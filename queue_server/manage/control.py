"""Both ends of the Unix socket in the data folder: how commands reach the server that holds it.

One JSON line asks, one JSON line answers, then the line is cut. Whoever may open the socket (mode
0600) owns the server; there is nothing further to check.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec
import structlog

from queue_server.manage.office import Answer, Question, Sorry
from queue_server.store.log import StoreUnavailable

_log = structlog.get_logger("control")

SOCKET = "control.sock"
LINE_BYTES_MAX = 1_048_576
"""A plan with 26 services and some hundred counters takes 30 KiB."""
ASK_TIMEOUT_S = 5.0
"""A command sends its line at once; whatever stays silent so long is no command."""
ANSWER_TIMEOUT_S = 30.0
"""Configuring waits for the branch's inbox and a commit; longer means that something hangs."""
ADDRESS_BYTES_MAX = 100
"""A socket's path may have 107 bytes on Linux."""


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """Exactly one of the two."""

    ok: Any = None
    sorry: str | None = None


class NoServer(Exception):
    """Nobody listens in this folder."""


class Door:
    """`async with Door(folder, office.answer):` answers commands as long as the block runs."""

    def __init__(self, folder: Path, answer: Callable[[Question], Awaitable[Answer]]) -> None:
        self._path = folder / SOCKET
        self._answer = answer
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Door:
        # Whoever holds the folder's lock may take away what a killed server left behind.
        self._path.unlink(missing_ok=True)
        # Bound for its owner alone: a moment with wider rights would be enough for somebody.
        before = os.umask(0o177)
        try:
            with _reachable(self._path) as path:
                self._server = await asyncio.start_unix_server(
                    self._visit, path, limit=LINE_BYTES_MAX
                )
        finally:
            os.umask(before)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Takes no new commands; one being done goes on until its caller's loop ends."""
        if self._server:
            self._server.close()
        self._path.unlink(missing_ok=True)

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await asyncio.wait_for(reader.readline(), ASK_TIMEOUT_S)
            writer.write(msgspec.json.encode(await self._reply(line)) + b"\n")
            await asyncio.wait_for(writer.drain(), ASK_TIMEOUT_S)
        except (TimeoutError, OSError, ValueError):
            pass  # whoever asked has gone, or never asked
        finally:
            writer.close()

    async def _reply(self, line: bytes) -> Reply:
        try:
            question = msgspec.json.decode(line, type=Question)
        except msgspec.MsgspecError as wrong:
            return Reply(sorry=f"The server does not understand this ({wrong}). Is it older?")
        try:
            return Reply(ok=await self._answer(question))
        except Sorry as sorry:
            return Reply(sorry=str(sorry))
        except StoreUnavailable as down:
            return Reply(sorry=f"The server cannot write now ({down}). Look at its log.")
        except Exception:
            _log.exception("command_failed", asked=type(question).__name__)
            return Reply(sorry="The server could not do it. Its log says why; ask again later.")


async def ask(folder: Path, question: Question) -> Answer:
    """Asks the server that holds this folder.

    Raises `NoServer`, or `Sorry` with its sentence. Cancelling it leaves open whether it was done.
    """
    try:
        with _reachable(folder / SOCKET) as path:
            reader, writer = await asyncio.open_unix_connection(path, limit=LINE_BYTES_MAX)
    except (FileNotFoundError, ConnectionRefusedError, NotADirectoryError):
        raise NoServer from None
    except PermissionError:
        raise Sorry(
            f"The server in {folder} belongs to another user. Run this as that user, for example"
            " with: sudo -u lapak"
        ) from None
    try:
        writer.write(msgspec.json.encode(question) + b"\n")
        line = await asyncio.wait_for(reader.readline(), ANSWER_TIMEOUT_S)
    except (TimeoutError, OSError):
        line = b""
    finally:
        writer.close()
    if not line:
        raise Sorry("The server did not answer. Look at its log, then ask again.")
    reply = msgspec.json.decode(line, type=Reply)
    if reply.sorry is not None:
        raise Sorry(reply.sorry)
    answer: Answer = reply.ok
    return answer


@contextlib.contextmanager
def _reachable(path: Path) -> Iterator[str]:
    """A short way to a socket deep in a tree: their addresses are limited, folders are not."""
    if len(os.fsencode(path)) <= ADDRESS_BYTES_MAX:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)
