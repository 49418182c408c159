"""Every message to and from browsers and clients, strict: undeclared fields fail.

Owns the shapes only. Times are aware datetimes (ISO 8601 on the wire), waits are minutes. `as_of`
and `at` are clock
values: a view that differs from the last one only in them (or in `seq`) is not sent again.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

Letter = Annotated[str, Meta(pattern="^[A-Z]$")]
Number = Annotated[str, Meta(pattern="^[A-Z]-[0-9]{3,6}$")]
CodeText = Annotated[str, Meta(pattern="^[a-z0-9_]{1,40}$")]
CounterName = Annotated[str, Meta(pattern="^[A-Za-z0-9]{1,8}$")]
LastNumber = Annotated[int, Meta(ge=0, le=9_999)]
"""No day gives more of a letter; a slip of the finger could use up all there are."""
FreeText = Annotated[str, Meta(max_length=500)]


class Request(Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The base of every request body."""


class Shown(Struct, frozen=True):
    """The base of every view and answer."""


# ---- Requests ----------------------------------------------------------------------------------


class Nothing(Request, frozen=True):
    """A command without fields: `{}` or no body at all."""


class PresenceRequest(Request, frozen=True):
    """The person stands here. A kiosk brings what their phone shows; staff see for themselves."""

    check: str | None = None
    """The four digits on the ticket's page."""


class IssueRequest(Request, frozen=True):
    service: Letter
    join: Annotated[str, Meta(max_length=200)] | None = None
    priority: bool = False
    identity: Annotated[str, Meta(max_length=40)] | None = None
    """A NIK, where the branch asks for one; kept only as a keyed hash and its last four digits."""


class ProveRequest(Request, frozen=True):
    join: Annotated[str, Meta(max_length=200)]
    """The code the hall's QR carries now."""


class CallRequest(Request, frozen=True):
    number: Number
    reason: CodeText
    note: FreeText | None = None


class PauseRequest(Request, frozen=True):
    reason: CodeText


class CloseCounterRequest(Request, frozen=True):
    return_open: bool = False


class FinishRequest(Request, frozen=True):
    outcome: CodeText | None = None


class SkipRequest(Request, frozen=True):
    confirm: bool = False


class UnparkRequest(Request, frozen=True):
    counter: CounterName


class Destination(Request, frozen=True):
    """Exactly one of the two."""

    service: Letter | None = None
    counter: CounterName | None = None


class TransferRequest(Request, frozen=True):
    to: Destination
    place: Literal["keep", "end", "next"] = "keep"


class PrioritiseRequest(Request, frozen=True):
    on: bool


class NoticeRequest(Request, frozen=True):
    text: Annotated[str, Meta(max_length=280)]
    """Empty takes the notice away."""


class ContinueRequest(Request, frozen=True):
    last: Annotated[dict[Letter, LastNumber], Meta(max_length=26)]
    """By letter, the last number handed out, on paper or phone; 0 where none was."""


class RatingRequest(Request, frozen=True):
    stars: Annotated[int, Meta(ge=1, le=5)]
    comment: FreeText | None = None


class HelloBody(Struct, forbid_unknown_fields=True, frozen=True):
    token: Annotated[str, Meta(max_length=400)]
    seq: int = 0


class Hello(Struct, forbid_unknown_fields=True, frozen=True):
    """The first message of a socket that brings a token."""

    hello: HelloBody


# ---- Parts of views ----------------------------------------------------------------------------


class Wait(Shown, frozen=True):
    """Minutes, ends on multiples of 5; `low_min` 0 with `high_min` 5 means "very soon"."""

    low_min: int
    high_min: int
    rough: bool


class ServiceShown(Shown, frozen=True):
    letter: str
    name_id: str
    name_en: str
    quota: int | None
    left: int | None
    """What is left of today's quota; None without one."""
    waiting: int
    wait: Wait | None
    """For somebody who took a number now; None while no counter is open for it."""
    opens_at: datetime | None
    """When numbers of this service are given again; None while they are given now, or by hand only.
    """


class CounterShown(Shown, frozen=True):
    name: str
    kind: str
    state: str
    numbers: tuple[str, ...]
    """The tickets called to or being served at it."""


class CallShown(Shown, frozen=True):
    """One announcement: `seq` is its own, `again` a recall,
    `withdrawn` an undone call, `current` still open there.
    """

    seq: int
    number: str
    counter: str
    kind: str
    at: datetime
    again: bool
    withdrawn: bool
    current: bool


class JoinShown(Shown, frozen=True):
    """What the join QR leads to."""

    url: str
    code: str
    until: datetime
    """When another code takes its place; this one is taken for one step longer."""


class NoticeShown(Shown, frozen=True):
    id: str
    text: str


# ---- Views -------------------------------------------------------------------------------------


class BranchView(Shown, frozen=True):
    """Public: `GET /branches/{branch}`, and what the join page and the start page show."""

    branch: str
    name: str
    zone: str
    day: str
    """closed or open"""
    open: bool
    """Are numbers given now?"""
    why: str | None
    """While not: intake_closed, day_closed, holiday, not_today"""
    opens_at: datetime | None
    closes_at: datetime | None
    services: tuple[ServiceShown, ...]
    waiting: int
    identity_asked: bool
    unproven_allowed: bool
    notice: NoticeShown | None
    seq: int


class BoardView(Shown, frozen=True):
    branch: str
    name: str
    zone: str
    open: bool
    opens_at: datetime | None
    seq: int
    calls: tuple[CallShown, ...]
    """Newest first: every call still current and at least the last eight."""
    counters: tuple[CounterShown, ...]
    waiting: dict[str, int]
    join: JoinShown | None
    notice: NoticeShown | None
    spoken_number: str
    date: str


class TicketView(Shown, frozen=True):
    """What the holder sees. `stage`: unproven, waiting, ready, next, called, serving, finished,
    missed, parked,
    cancelled, unserved."""

    branch: str
    branch_name: str
    zone: str
    number: str
    service: str
    service_name_id: str
    service_name_en: str
    stage: str
    position: int | None
    ahead: tuple[int, ...]
    """Weights of up to twelve tickets before this one, nearest
    to the counter first (for the line of places).
    """
    wait: Wait | None
    counter: str | None
    counter_kind: str | None
    called_at: datetime | None
    calls: int
    """Announcements since the ticket was last called from the line."""
    priority: bool
    wishes_priority: bool
    presence: bool
    unproven_until: datetime | None
    defers_left: int
    rejoins_left: int
    can: tuple[str, ...]
    """What the holder may do now, of defer, coming, cancel, rejoin, rating"""
    coming: bool
    overtaken: int
    """How many with priority were called before this one since it was issued."""
    stars: int | None
    issued_at: datetime
    counters_open: int
    notice: NoticeShown | None
    opens_at: datetime | None
    """For unserved: when numbers are given again."""
    as_of: datetime
    seq: int


class LineTicket(Shown, frozen=True):
    """A ticket as staff see it. `can` names the verbs its state allows now."""

    number: str
    service: str
    state: str
    counter: str | None
    tied: str | None
    weight: int
    yielded: bool
    wishes_priority: bool
    presence: bool
    coming: bool
    since: datetime | None
    issued_at: datetime
    state_since: datetime
    announcements: int
    skippable: bool
    """Announced often enough to be skipped without asking again."""
    recall_at: datetime | None
    """From when it may be recalled."""
    undo_verb: str | None
    undo_until: datetime | None
    undo_counter: str | None
    rejoins_left: int
    defers: int
    channel: str
    overdue: bool
    can: tuple[str, ...]


class DeskView(Shown, frozen=True):
    branch: str
    name: str
    zone: str
    day: str
    intake: bool
    counter: str
    kind: str
    state: str
    reason: str | None
    holder: str | None
    since: datetime | None
    capacity: int
    groups: tuple[tuple[str, ...], ...]
    open_tickets: tuple[LineTicket, ...]
    line: tuple[LineTicket, ...]
    """Eligible at this counter, in rank order."""
    next: str | None
    """Whom `call_next` would call now; None when nobody."""
    next_rule: str | None
    others: tuple[LineTicket, ...]
    """Waiting elsewhere (other services, tied to other counters, unproven)."""
    parked: tuple[LineTicket, ...]
    missed: tuple[LineTicket, ...]
    recent: tuple[LineTicket, ...]
    """Last finished or skipped at this counter that may
    still be undone, and the last five finished.
    """
    counters: tuple[CounterShown, ...]
    services: tuple[ServiceShown, ...]
    outcomes: tuple[str, ...]
    pause_reasons: tuple[str, ...]
    call_reasons: tuple[str, ...]
    served_today: int
    notice: NoticeShown | None
    seq: int


class GuardView(Shown, frozen=True):
    """Everything of the day: the guard's and the supervisor's page."""

    branch: str
    name: str
    zone: str
    date: str
    day: str
    intake: bool
    opens_at: datetime | None
    closes_at: datetime | None
    services: tuple[ServiceShown, ...]
    counters: tuple[CounterStaffShown, ...]
    line: tuple[LineTicket, ...]
    """Callable, in rank order."""
    unproven: tuple[LineTicket, ...]
    open_tickets: tuple[LineTicket, ...]
    parked: tuple[LineTicket, ...]
    missed: tuple[LineTicket, ...]
    ended: tuple[LineTicket, ...]
    """Finished, cancelled, unserved: newest first."""
    join: JoinShown | None
    notice: NoticeShown | None
    alarm: str | None
    """old_day_busy: yesterday's day cannot be closed, somebody is still open there; day_restored:
    somebody must say the last numbers first; paused, store: nothing can be done just now"""
    last: dict[str, int]
    """By letter, the last number given today; 0 before the first."""
    seq: int


class CounterStaffShown(Shown, frozen=True):
    name: str
    kind: str
    state: str
    reason: str | None
    holder: str | None
    since: datetime | None
    capacity: int
    groups: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]


class KioskView(Shown, frozen=True):
    branch: str
    name: str
    zone: str
    open: bool
    why: str | None
    opens_at: datetime | None
    services: tuple[ServiceShown, ...]
    waiting: int
    join: JoinShown | None
    notice: NoticeShown | None
    seq: int


View = BranchView | BoardView | TicketView | DeskView | GuardView | KioskView

# ---- Answers to commands -----------------------------------------------------------------------


class IssueAnswer(Shown, frozen=True):
    number: str
    service: str
    secret: str | None
    """None for staff without the right to hand the ticket out."""
    link: str | None
    position: int | None
    wait: Wait | None
    presence: bool
    seq: int


class CallAnswer(Shown, frozen=True):
    number: str
    counter: str
    rule: str
    overtook: tuple[str, ...]
    seq: int


class TicketAnswer(Shown, frozen=True):
    number: str
    state: str
    counter: str | None
    seq: int


class ErasedAnswer(Shown, frozen=True):
    number: str
    rows: int
    """How much was there to erase: identity, last digits, comment."""
    live: bool
    """Does the number go on? It is no personal data."""


class CounterAnswer(Shown, frozen=True):
    counter: str
    state: str
    returned: tuple[str, ...]
    seq: int


class DayAnswer(Shown, frozen=True):
    day: str
    intake: bool
    unserved: tuple[str, ...]
    seq: int


class LogEntry(Shown, frozen=True):
    seq: int
    hash: str
    event: msgspec.Raw


class LogPage(Shown, frozen=True):
    branch: str
    day: str
    entries: tuple[LogEntry, ...]
    next_after: int
    more: bool


class PushedView(Struct, frozen=True):
    seq: int
    view: msgspec.Raw


class Heartbeat(Struct, frozen=True):
    """What you show is right up to `seq`, at this time."""

    seq: int
    at: datetime


def encode(message: object) -> bytes:
    """JSON bytes of any shape above."""
    return msgspec.json.encode(message)
