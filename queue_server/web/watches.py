"""One open socket after its sign-in, and all of them together: pushing, limits, honest ends.

What is shown comes from the hub's mailboxes. Must not know who may watch what, nor views.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any, Final, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from queue_server import wire
from queue_server.live.mailbox import Closing, Mailbox
from queue_server.people.callers import Caller
from queue_server.people.policy import may
from queue_server.people.sign_ins import SignIns
from queue_server.serving.metrics import Metrics
from queue_server.serving.push import LINE, Line
from queue_server.settings import Settings
from queue_server.web.ends import REASONS, End, Ended
from queue_server.web.messages import NotUnderstood, read_message
from queue_server.web.places import Places

# A page signed in by cookie may say hello all the same; more than a few are no client of ours.
_HELLOS_MAX: Final = 5
_CLOSE_TIMEOUT_S: Final = 2.0


class House(Protocol):
    """What a socket needs of the site it is at."""

    @property
    def settings(self) -> Settings: ...
    @property
    def metrics(self) -> Metrics: ...


class Watch:
    """One open socket after its sign-in: pushes what its mailbox holds until either side ends."""

    def __init__(self, socket: WebSocket, house: House, caller: Caller) -> None:
        self.caller = caller
        self._socket = socket
        self._house = house
        self._cut: End | None = None
        self._sender: asyncio.Task[None] | None = None

    async def run(self, mailbox: Mailbox) -> None:
        """Until the client goes, is cut, or there is nothing more to show. Cancelling ends it."""
        self._sender = asyncio.ensure_future(self._send(mailbox))
        try:
            await self._listen()
        except Ended as ended:
            self.cut(ended.end)
        finally:
            if self._cut is None:
                self._sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sender

    def cut(self, end: End) -> None:
        """Ends the socket from our side; returns at once."""
        if self._cut is None and self._sender is not None:
            self._cut = end
            self._sender.cancel()

    async def _send(self, mailbox: Mailbox) -> None:
        timeout_s = self._house.settings.socket_send_timeout_s
        line = line_of(self._socket)
        mailbox.express = line.push if line is not None else None
        try:
            async for message in mailbox:
                async with asyncio.timeout(timeout_s):
                    await self._socket.send_text(message.decode())
        except asyncio.CancelledError:
            if self._cut is None:
                raise
            await close(self._socket, self._house, self._cut)
        except TimeoutError:
            # Closing politely would wait for a buffer that never drains.
            abort(self._socket)
        except (WebSocketDisconnect, RuntimeError):
            pass  # already going: the listener hears of it
        else:
            gone = mailbox.closing is Closing.GONE
            await close(self._socket, self._house, End.UNKNOWN if gone else End.RESTART)

    async def _listen(self) -> None:
        """Reads what should not come: a hello or nothing. Raises `Ended`."""
        hellos = 0
        while (text := await receive_text(self._socket, self._house)) is not None:
            hellos += 1
            read_hello(text, self.caller)
            if hellos > _HELLOS_MAX:
                raise Ended(End.NOT_UNDERSTOOD)


async def receive_text(socket: WebSocket, house: House) -> str | None:
    """The next text message; None when the client has gone. Raises `Ended`."""
    message = await socket.receive()
    if message["type"] != "websocket.receive":
        return None
    text = message.get("text")
    if text is None:
        raise Ended(End.BINARY)
    if len(text.encode()) > house.settings.socket_message_bytes_max:
        raise Ended(End.TOO_LONG)
    return str(text)


def read_hello(text: str, caller: Caller | None = None) -> wire.HelloBody:
    """What a hello says. Raises `Ended` when it is none, or not this caller's to say."""
    try:
        action, message = read_message(text)
    except NotUnderstood:
        raise Ended(End.NOT_UNDERSTOOD) from None
    if not may(caller or Caller(), action):
        raise Ended(End.NOT_ALLOWED)
    return message.hello


async def close(socket: WebSocket, house: House, end: End) -> None:
    """Says why and closes; cuts the line when even that does not get through."""
    house.metrics.socket_closed(end)
    reason = REASONS.get(end) or f"spread {house.settings.reconnect_spread_s:g}"
    if socket.application_state is WebSocketState.DISCONNECTED:
        return
    try:
        async with asyncio.timeout(_CLOSE_TIMEOUT_S):
            await socket.close(int(end), reason)
    except TimeoutError:
        abort(socket)
    except (WebSocketDisconnect, RuntimeError):
        pass  # the other side was faster


def abort(socket: WebSocket) -> None:
    """Drops the connection without waiting for anything."""
    line = line_of(socket)
    if line is not None:
        line.abort()


def line_of(socket: WebSocket) -> Line | None:
    """The connection itself, where the server hands it over."""
    line: Line | None = socket.scope.get("extensions", {}).get(LINE)
    return line


class Sockets:
    """All open sockets: their places, and whose sign-in must be looked at."""

    def __init__(self, settings: Settings, sign_ins: SignIns) -> None:
        self._settings = settings
        self._sign_ins = sign_ins
        self.places = Places(settings)
        self._watches: dict[str, set[tuple[Watch, str, str]]] = {}

    @contextlib.contextmanager
    def watched(self, watch: Watch, action: str, branch: str) -> Any:
        """While the block runs, the watch is cut when its sign-in ends or its rights do."""
        credential = watch.caller.credential
        if credential is None:
            yield
            return
        entry = (watch, action, branch)
        self._watches.setdefault(credential, set()).add(entry)
        try:
            yield
        finally:
            entries = self._watches[credential]
            entries.discard(entry)
            if not entries:
                del self._watches[credential]

    def has(self, credential: str) -> bool:
        """Is a socket of this sign-in open here, at this moment?"""
        return credential in self._watches

    async def recheck_for_ever(self) -> None:
        """Looks every open sign-in up again, now and then. Cancelling ends it; it owns no task."""
        while True:
            await asyncio.sleep(self._settings.socket_recheck_s)
            for credential in list(self._watches):
                await self._recheck(credential)

    async def _recheck(self, credential: str) -> None:
        try:
            caller = await self._sign_ins.again(credential)
        except Exception:  # the database is away: nobody was signed out by that
            return
        for watch, action, branch in list(self._watches.get(credential, ())):
            if caller is None:
                watch.cut(End.SIGN_IN)
            elif not may(caller, action, branch):
                watch.cut(End.NOT_ALLOWED)
