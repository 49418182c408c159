"""The five sockets: views go down, a hello comes up; whoever may not watch is told so by a code.

Owns how a socket signs in and what it is about. Must not know views or rules.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.websockets import WebSocket, WebSocketDisconnect

from queue_server import wire
from queue_server.live.topics import BoardTopic, DeskTopic, TicketTopic, Topic
from queue_server.people import Role, StoreUnavailable
from queue_server.people.policy import may
from queue_server.people.rights import tell_refused
from queue_server.serving.networks import network_of
from queue_server.serving.same_site import is_foreign
from queue_server.web import identity
from queue_server.web.context import Site, site_of
from queue_server.web.ends import End, Ended
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.places import Entering, Holder
from queue_server.web.respond import language_of_request
from queue_server.web.watches import Watch, close, read_hello, receive_text

Wanted = Callable[[WebSocket, Caller], Topic[wire.View]]
Face = Callable[[WebSocket], Awaitable[Caller]]


def socket(action: str, wanted: Wanted, *faces: Face) -> Callable[[WebSocket], Awaitable[None]]:
    """A socket endpoint: who may watch (`action`), what they want to see, by which cookies."""

    async def endpoint(connection: WebSocket) -> None:
        site = site_of(connection)
        has_origin = "origin" in connection.headers
        if is_foreign(connection):
            # Before accepting: a page of another site learns nothing but no.
            await connection.close(1008)
            return
        await connection.accept()
        try:
            with site.sockets.places.entrance(network_of(connection.scope)) as entering:
                known = faces if has_origin else ()
                caller = await _sign_in(connection, site, entering, action, known)
            await _watch(connection, site, caller, action, wanted(connection, caller))
        except Ended as ended:
            await close(connection, site, ended.end)
        except Problem:
            await close(connection, site, End.SIGN_IN)
        except StoreUnavailable:
            # Nobody can be looked up now: as after a restart, come back in a while.
            await close(connection, site, End.RESTART)
        except WebSocketDisconnect:
            pass

    return endpoint


async def _sign_in(
    connection: WebSocket, site: Site, entering: Entering, action: str, faces: tuple[Face, ...]
) -> Caller:
    """By cookie, where one opens anything; else by the first message. Raises `Ended`, `Problem`."""
    branch = connection.path_params.get("branch")
    known = [one for one in [await face(connection) for face in faces] if _is_somebody(one)]
    for caller in known:
        if may(caller, action, branch or caller.ticket_branch):
            return caller
    if known:
        tell_refused(known[0], action, branch)
        raise Ended(End.NOT_ALLOWED)
    async with entering.within(site.settings.socket_hello_timeout_s):
        text = await receive_text(connection, site)
    if text is None:
        raise WebSocketDisconnect
    caller = await identity.by_bearer(connection, read_hello(text).token)
    if not may(caller, action, branch or caller.ticket_branch):
        tell_refused(caller, action, branch)
        raise Ended(End.NOT_ALLOWED)
    return caller


def _is_somebody(caller: Caller) -> bool:
    return caller.role is not Role.ANONYMOUS


async def _watch(
    connection: WebSocket, site: Site, caller: Caller, action: str, topic: Topic[wire.View]
) -> None:
    watch = Watch(connection, site, caller)
    with site.sockets.places.seat(_holder(connection, site, caller), watch.cut):
        try:
            mailbox = site.hub.attach(topic)
        except KeyError:
            raise Ended(End.UNKNOWN) from None
        try:
            with site.sockets.watched(watch, action, topic.branch):
                await watch.run(mailbox)
        finally:
            site.hub.detach(mailbox)


def _holder(connection: WebSocket, site: Site, caller: Caller) -> Holder:
    """Whose places this socket's is one of."""
    name = caller.ticket
    if name is None:
        return Holder(caller.by)
    proven = partial(site.days.was_seen, name.branch, name.date, name.number)
    return Holder(f"ticket:{name}", network_of(connection.scope), proven)


def of_branch(topic: Callable[[str], Topic[wire.View]]) -> Wanted:
    """The topic of a branch's guard or kiosk."""
    return lambda connection, _: topic(connection.path_params["branch"])


def of_board(connection: WebSocket, _: Caller) -> BoardTopic:
    """The topic of a branch's board, in the language of its page (`?lang=`)."""
    return BoardTopic(connection.path_params["branch"], language_of_request(connection))


def of_counter(connection: WebSocket, _: Caller) -> DeskTopic:
    """The topic of the desk the path names."""
    return DeskTopic(connection.path_params["branch"], connection.path_params["counter"])


def of_ticket(connection: WebSocket, caller: Caller) -> TicketTopic:
    """The topic of the caller's own ticket, in the language of their page (`?lang=`)."""
    name = caller.ticket
    if name is None:
        raise Ended(End.NOT_ALLOWED)
    language = language_of_request(connection)
    return TicketTopic(name.branch, name.date, name.number, language)
