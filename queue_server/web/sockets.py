"""The five sockets: views go down, a hello comes up; whoever may not watch is told so by a code.

Owns sign-in of sockets, their limits, their ends. What is shown comes from the hub's mailboxes.
Must not know views or rules.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable
from enum import IntEnum
from typing import Any, Final

import msgspec
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from queue_server import wire
from queue_server.live.mailbox import Closing, Mailbox
from queue_server.settings import Settings
from queue_server.web import identity
from queue_server.web.context import Site, site_of
from queue_server.web.errors import Problem
from queue_server.web.guards import origin_fits
from queue_server.web.identity import Caller, SignIns
from queue_server.web.policy import Role, may
from queue_server.web.push import TRANSPORT

_HELLO: Final = msgspec.json.Decoder(wire.Hello)
# A page signed in by cookie may say hello all the same; more than a few are no client of ours.
_HELLOS_MAX: Final = 5
_CLOSE_TIMEOUT_S: Final = 2.0


class End(IntEnum):
    """Why a socket ended, as its close code."""

    BINARY = 1003
    NOT_UNDERSTOOD = 1008
    TOO_LONG = 1009
    RESTART = 1012
    SIGN_IN = 4401
    NOT_ALLOWED = 4403
    UNKNOWN = 4404
    TOO_MANY = 4429


_REASONS: Final = {
    End.BINARY: "text only",
    End.NOT_UNDERSTOOD: "not understood",
    End.TOO_LONG: "too long",
    End.SIGN_IN: "sign in again",
    End.NOT_ALLOWED: "not allowed",
    End.UNKNOWN: "no such thing",
    End.TOO_MANY: "too many",
}


class Ended(Exception):
    """This socket ends now, with this code."""

    def __init__(self, end: End) -> None:
        super().__init__(end.name)
        self.end = end


class Watch:
    """One open socket after its sign-in: pushes what its mailbox holds until either side ends."""

    def __init__(self, socket: WebSocket, site: Site, caller: Caller) -> None:
        self.caller = caller
        self._socket = socket
        self._site = site
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
        timeout_s = self._site.settings.socket_send_timeout_s
        try:
            async for message in mailbox:
                async with asyncio.timeout(timeout_s):
                    await self._socket.send_text(message.decode())
        except asyncio.CancelledError:
            if self._cut is None:
                raise
            await close(self._socket, self._site, self._cut)
        except TimeoutError:
            # Closing politely would wait for a buffer that never drains.
            abort(self._socket)
        except (WebSocketDisconnect, RuntimeError):
            pass  # already going: the listener hears of it
        else:
            gone = mailbox.closing is Closing.GONE
            await close(self._socket, self._site, End.UNKNOWN if gone else End.RESTART)

    async def _listen(self) -> None:
        """Reads what should not come: a hello or nothing. Raises `Ended`."""
        hellos = 0
        while (text := await receive_text(self._socket, self._site)) is not None:
            hellos += 1
            read_hello(text)
            if hellos > _HELLOS_MAX:
                raise Ended(End.NOT_UNDERSTOOD)


async def receive_text(socket: WebSocket, site: Site) -> str | None:
    """The next text message; None when the client has gone. Raises `Ended`."""
    message = await socket.receive()
    if message["type"] != "websocket.receive":
        return None
    text = message.get("text")
    if text is None:
        raise Ended(End.BINARY)
    if len(text.encode()) > site.settings.socket_message_bytes_max:
        raise Ended(End.TOO_LONG)
    return str(text)


def read_hello(text: str) -> wire.HelloBody:
    """Raises `Ended` when it is no hello."""
    try:
        return _HELLO.decode(text).hello
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise Ended(End.NOT_UNDERSTOOD) from None


async def close(socket: WebSocket, site: Site, end: End) -> None:
    """Says why and closes; cuts the line when even that does not get through."""
    site.metrics.socket_closed(end)
    reason = _REASONS.get(end) or f"spread {site.settings.reconnect_spread_s:g}"
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
    transport = socket.scope.get("extensions", {}).get(TRANSPORT)
    if transport is not None:
        transport.abort()


class Sockets:
    """All open sockets: how many there are, from where, and whose sign-in must be looked at."""

    def __init__(self, settings: Settings, sign_ins: SignIns) -> None:
        self._settings = settings
        self._sign_ins = sign_ins
        self._by_address: Counter[str] = Counter()
        self._watches: dict[str, set[tuple[Watch, str, str]]] = {}

    @contextlib.contextmanager
    def place(self, address: str) -> Any:
        """A place among the open sockets. Raises `Ended` when there is none left."""
        full = self._by_address.total() >= self._settings.sockets_max
        if full or self._by_address[address] >= self._settings.sockets_per_address_max:
            raise Ended(End.TOO_MANY)
        self._by_address[address] += 1
        try:
            yield
        finally:
            self._by_address[address] -= 1
            if not self._by_address[address]:
                del self._by_address[address]

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


Topic = Callable[[WebSocket, Caller], tuple[Any, ...]]
Face = Callable[[WebSocket], Awaitable[Caller]]


def socket(action: str, topic: Topic, *faces: Face) -> Callable[[WebSocket], Awaitable[None]]:
    """A socket endpoint: who may watch (`action`), what they watch, by which cookies."""

    async def endpoint(connection: WebSocket) -> None:
        site = site_of(connection)
        has_origin = "origin" in connection.headers
        if has_origin and not origin_fits(connection):
            # Before accepting: a page of another site learns nothing but no.
            await connection.close(1008)
            return
        await connection.accept()
        address = connection.client.host if connection.client else ""
        try:
            with site.sockets.place(address):
                caller = await _sign_in(connection, site, action, faces if has_origin else ())
                await _watch(connection, site, caller, action, topic)
        except Ended as ended:
            await close(connection, site, ended.end)
        except Problem:
            await close(connection, site, End.SIGN_IN)
        except WebSocketDisconnect:
            pass

    return endpoint


async def _sign_in(
    connection: WebSocket, site: Site, action: str, faces: tuple[Face, ...]
) -> Caller:
    """By cookie, where one opens anything; else by the first message. Raises `Ended`, `Problem`."""
    branch = connection.path_params.get("branch")
    known = [one for one in [await face(connection) for face in faces] if _is_somebody(one)]
    for caller in known:
        if may(caller, action, branch or caller.ticket_branch):
            return caller
    if known:
        raise Ended(End.NOT_ALLOWED)
    try:
        async with asyncio.timeout(site.settings.socket_hello_timeout_s):
            text = await receive_text(connection, site)
    except TimeoutError:
        raise Ended(End.SIGN_IN) from None
    if text is None:
        raise WebSocketDisconnect
    caller = await identity.by_bearer(connection, read_hello(text).token)
    if not may(caller, action, branch or caller.ticket_branch):
        raise Ended(End.NOT_ALLOWED)
    return caller


def _is_somebody(caller: Caller) -> bool:
    return caller.role is not Role.ANONYMOUS


async def _watch(
    connection: WebSocket, site: Site, caller: Caller, action: str, topic: Topic
) -> None:
    wanted: Any = topic(connection, caller)
    try:
        mailbox = site.hub.attach(wanted)
    except KeyError:
        raise Ended(End.UNKNOWN) from None
    watch = Watch(connection, site, caller)
    try:
        with site.sockets.watched(watch, action, wanted[1]):
            await watch.run(mailbox)
    finally:
        site.hub.detach(mailbox)


def of_branch(kind: str) -> Topic:
    """The topic of a branch's board, guard or kiosk."""
    return lambda connection, _: (kind, connection.path_params["branch"])


def of_counter(connection: WebSocket, _: Caller) -> tuple[Any, ...]:
    """The topic of the desk the path names."""
    return ("counter", connection.path_params["branch"], connection.path_params["counter"])


def of_ticket(_: WebSocket, caller: Caller) -> tuple[Any, ...]:
    """The topic of the caller's own ticket."""
    name = caller.ticket
    if name is None:
        raise Ended(End.NOT_ALLOWED)
    return ("ticket", name.branch, name.date, name.number)
