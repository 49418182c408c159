"""Every URL of this site, on one page. What a route may be used for stands in `policy`.

A route names its action. The site is made from what is declared here and from nothing else: it does
not start with an address nobody declared, nor with an action the policy does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from queue_server.asking.verb import About
from queue_server.asking.verbs import VERBS
from queue_server.live.topics import BranchTopic, GuardTopic, KioskTopic
from queue_server.look.assets import StaticAssets
from queue_server.people.policy import POLICY
from queue_server.web import api, entered, finding, health, identity, openapi, push, sockets
from queue_server.web.entered import Endpoint, Handler, Where
from queue_server.web.messages import MESSAGES
from queue_server.web.pages import (
    account,
    audit,
    desk,
    devices,
    erase,
    guard,
    installed,
    join,
    pair,
    people,
    poster,
    privacy,
    start,
    supervisor,
    tablet,
    take,
    ticket,
    ticket_link,
)
from queue_server.web.pages.account import my_account, passkeys

API: Final = "/api/v1"
BRANCH: Final = About.BRANCH
COUNTER: Final = About.COUNTER


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API: a method and a path, and the action the policy knows it by."""

    method: Literal["GET", "POST", "DELETE"]
    path: str
    action: str
    endpoint: Endpoint
    verb: str = ""
    """What a command asks; empty for a view."""
    by_holder: bool = False

    @property
    def is_command(self) -> bool:
        return bool(self.verb)


def _see(path: str, action: str, handler: Handler) -> Operation:
    return Operation("GET", path, action, entered.view(action, handler))


def _commands() -> Iterator[Operation]:
    """As the rows of the verbs say."""
    for row in VERBS.values():
        if row.path:
            path = f"{row.about}/{row.path}"
            yield Operation("POST", path, row.name, api.command(row), row.name)
        if row.own_path:
            path, action = f"{About.OWN}/{row.own_path}", row.own_right
            yield Operation("POST", path, action, api.holder_command(row), row.name, True)


OPERATIONS: Final = (
    _see(BRANCH, "branch", api.pushed(BranchTopic)),
    _see(f"{BRANCH}/tickets", "see_tickets", finding.tickets_page),
    _see("/ticket", "ticket", api.ticket_view),
    *_commands(),
    _see("/push/key", "push_key", push.key),
    Operation("POST", "/ticket/push", "push_own", entered.held("push_own", push.subscribe)),
    Operation("DELETE", "/ticket/push", "push_own", entered.held("push_own", push.unsubscribe)),
    Operation("POST", "/ticket/push/try", "push_own", entered.held("push_own", push.try_out)),
    _see(f"{BRANCH}/board", "see_board", api.board_view),
    _see(f"{BRANCH}/desk", "see_desk", api.own_counter_view),
    _see(f"{BRANCH}/guard", "see_guard", api.pushed(GuardTopic)),
    _see(f"{BRANCH}/kiosk", "see_kiosk", api.pushed(KioskTopic)),
    _see(f"{COUNTER}/desk", "see_desk", api.counter_view),
    _see(f"{BRANCH}/log", "see_log", api.log_page),
    _see(f"{BRANCH}/plan", "see_plan", finding.plan_view),
)

_STAFF: Final = (identity.staff,)
_BOARD: Final = (identity.display, identity.staff)
_KIOSK: Final = (identity.kiosk, identity.staff)
_HOLDER: Final = (identity.person,)

# path, action, endpoint
SOCKETS: Final = (
    (
        "/ws/branches/{branch}/board",
        "see_board",
        sockets.socket("see_board", sockets.of_board, *_BOARD),
    ),
    ("/ws/ticket", "ticket", sockets.socket("ticket", sockets.of_ticket, *_HOLDER)),
    (
        "/ws/branches/{branch}/counters/{counter}",
        "see_desk",
        sockets.socket("see_desk", sockets.of_counter, *_STAFF),
    ),
    (
        "/ws/branches/{branch}/guard",
        "see_guard",
        sockets.socket("see_guard", sockets.of_branch(GuardTopic), *_STAFF),
    ),
    (
        "/ws/branches/{branch}/kiosk",
        "see_kiosk",
        sockets.socket("see_kiosk", sockets.of_branch(KioskTopic), *_KIOSK),
    ),
)


def _staff(
    path: str, method: str, action: str, handler: Handler, where: Where = entered.anywhere
) -> tuple[str, str, str, Endpoint]:
    return path, method, action, entered.page(action, handler, where)


# path, method, action, endpoint. Of what everybody may see, and of what a ticket's holder asks, the
# handler finds out by itself whom it is about: there the no stands on the page it belongs to.
PAGES: Final[tuple[tuple[str, str, str, Endpoint], ...]] = (
    ("/", "GET", "public_page", start.start),
    ("/b/{branch}", "GET", "public_page", join.join_page),
    ("/b/{branch}/ticket", "POST", "issue", take.take_ticket),
    ("/t/{secret}", "GET", "public_page", ticket_link.open_ticket),
    ("/t/{secret}", "POST", "public_page", ticket_link.keep_too),
    ("/t/{secret}/erase", "POST", "public_page", erase.erase_post),
    ("/t/{secret}/{verb}", "POST", "public_page", ticket.ticket_command),
    ("/ticket", "GET", "public_page", ticket.ticket_page),
    ("/worker.js", "GET", "public_page", installed.worker),
    ("/ticket/app.webmanifest", "GET", "public_page", installed.manifest),
    ("/ticket/erase", "POST", "erase_own", erase.erase_post),
    ("/ticket/{verb}", "POST", "ticket", ticket.ticket_command),
    ("/privacy/{branch}", "GET", "public_page", privacy.privacy_page),
    ("/erased/{branch}", "GET", "public_page", erase.erased_page),
    ("/sign-in", "GET", "public_page", account.sign_in_page),
    ("/sign-in", "POST", "public_page", account.sign_in_post),
    ("/sign-in/second", "GET", "public_page", account.second_page),
    ("/sign-in/second", "POST", "public_page", account.second_post),
    ("/sign-in/passkey/options", "POST", "public_page", passkeys.sign_in_options),
    ("/sign-in/passkey", "POST", "public_page", passkeys.sign_in),
    ("/unlock", "GET", "public_page", account.unlock_page),
    ("/unlock", "POST", "public_page", account.unlock_post),
    ("/lock", "POST", "public_page", account.lock_post),
    ("/sign-out", "POST", "public_page", account.sign_out_post),
    ("/invite/{token}", "GET", "public_page", account.open_invitation),
    ("/invite", "GET", "public_page", account.invite_page),
    ("/invite", "POST", "public_page", account.invite_post),
    ("/account/second-factor", "GET", "public_page", account.enrol_page),
    ("/account/second-factor", "POST", "public_page", account.enrol_post),
    ("/account/passkeys/options", "POST", "public_page", passkeys.enrol_options),
    ("/account/passkeys", "POST", "public_page", passkeys.enrol),
    _staff("/account", "GET", "account_page", my_account.account_page, entered.own_branch),
    _staff(
        "/account/do/{verb}", "POST", "account_page", my_account.account_command, entered.own_branch
    ),
    _staff("/desk", "GET", "desk_page", desk.choose_desk, entered.any_of_theirs),
    _staff("/desk/{branch}/{counter}", "GET", "desk_page", desk.desk_page),
    _staff("/desk/{branch}/{counter}/do/{verb}", "POST", "desk_page", desk.BUTTONS.press),
    _staff("/guard/{branch}", "GET", "guard_page", guard.guard_page),
    _staff("/guard/{branch}/do/{verb}", "POST", "guard_page", guard.BUTTONS.press),
    _staff("/guard/{branch}/slip/{number}", "GET", "slip_page", guard.slip),
    _staff("/supervisor/{branch}", "GET", "supervisor_page", supervisor.supervisor_page),
    _staff("/supervisor/{branch}/poster", "GET", "supervisor_page", poster.poster),
    _staff("/supervisor/{branch}/do/{verb}", "POST", "supervisor_page", supervisor.BUTTONS.press),
    _staff("/people", "GET", "everyone_page", people.everyone_page),
    _staff("/people/do/{verb}", "POST", "everyone_page", people.everyone_command),
    _staff("/people/{branch}", "GET", "people_page", people.people_page),
    _staff("/people/{branch}/do/{verb}", "POST", "people_page", people.people_command),
    _staff("/devices/{branch}", "GET", "devices_page", devices.devices_page),
    _staff("/devices/{branch}/do/{verb}", "POST", "devices_page", devices.devices_command),
    ("/pair/{kind}/{branch}", "POST", "public_page", pair.pair_post),
    ("/pair/{kind}/{branch}/state", "GET", "public_page", pair.pair_state),
    ("/tablet/{branch}", "GET", "tablet_page", tablet.tablet_page),
    _staff("/audit", "GET", "audit_page", audit.whole_audit, entered.own_branch),
    _staff("/audit/{branch}", "GET", "audit_page", audit.branch_audit),
)

OTHERS: Final[tuple[tuple[str, str, str, Endpoint], ...]] = (
    ("/healthz", "GET", "health", health.healthz),
    ("/readyz", "GET", "health", health.readyz),
    ("/metrics", "GET", "health", health.metrics),
    (f"{API}/openapi.json", "GET", "health", openapi.document(API, OPERATIONS)),
)


# path, method, action: the board's and the kiosk's own rooms give the endpoints.
ROOMS: Final = (
    ("/board/{branch}", "GET", "board_page"),
    ("/board/{branch}/join.svg", "GET", "board_page"),
    ("/kiosk/{branch}", "GET", "kiosk_page"),
    ("/kiosk/{branch}/ticket", "POST", "kiosk_page"),
    ("/kiosk/{branch}/here", "GET", "kiosk_page"),
    ("/kiosk/{branch}/here", "POST", "kiosk_page"),
)

FILES: Final = "/static"

HEARD: Final = "HEARS"
"""In a method's place: a message that comes up a socket."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One way in: what is asked where, and the action it needs."""

    method: str
    """`GET`, `POST`, `SOCKET`, or `HEARS hello`."""
    path: str
    action: str


def entries() -> Iterator[Entry]:
    """Every way in there is."""
    for one in OPERATIONS:
        yield Entry(one.method, f"{API}{one.path}", one.action)
    for path, action, _ in SOCKETS:
        yield Entry("SOCKET", path, action)
        for message in MESSAGES:
            yield Entry(f"{HEARD} {message}", path, message)
    for path, method, action, _ in (*PAGES, *OTHERS):
        yield Entry(method, path, action)
    for path, method, action in ROOMS:
        yield Entry(method, path, action)
    yield Entry("GET", f"{FILES}/{{file}}", "asset")


class Undeclared(Exception):
    """The site would answer something that stands in no table."""


def routes(*rooms: list[Route]) -> list[BaseRoute]:
    """Everything there is; `rooms` are the routes of the board and the kiosk.

    Raises `Undeclared`.
    """
    unknown = sorted({one.action for one in entries()} - POLICY.keys())
    if unknown:
        raise Undeclared(f"no line in the policy: {', '.join(unknown)}")
    return [
        *(Route(f"{API}{one.path}", one.endpoint, methods=[one.method]) for one in OPERATIONS),
        *(WebSocketRoute(path, endpoint) for path, _, endpoint in SOCKETS),
        *(Route(path, endpoint, methods=[method]) for path, method, _, endpoint in OTHERS),
        *(Route(path, endpoint, methods=[method]) for path, method, _, endpoint in PAGES),
        *_of_rooms([route for room in rooms for route in room]),
        Mount(FILES, StaticAssets()),
    ]


def _of_rooms(given: Iterable[Route]) -> Iterator[Route]:
    """The declared addresses of the rooms with the endpoints they give, each of them once."""
    endpoints = {
        (route.path, method): route.endpoint
        for route in given
        for method in (route.methods or set()) - {"HEAD"}
    }
    declared = {(path, method) for path, method, _ in ROOMS}
    if wrong := sorted(endpoints.keys() ^ declared):
        raise Undeclared(f"not declared, or not given by its room: {wrong}")
    for path, method in sorted(declared):
        yield Route(path, endpoints[path, method], methods=[method])
