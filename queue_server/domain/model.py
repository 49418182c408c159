"""The nouns of a service day: ticket, place, period, counter, announcement, the day itself.

A `BranchDay` is a container of frozen values. Only `fold.apply` changes one, and only by replacing
values, so that `scratch()` is safe; what grows with the day is kept in containers that share what
is old, so that it is cheap as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from queue_server.domain.kept import Kept, Rank
from queue_server.domain.layered import Layered
from queue_server.domain.ordered import Ordered
from queue_server.domain.plan import BranchPlan


class TicketState(StrEnum):
    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    FINISHED = "finished"
    MISSED = "missed"
    PARKED = "parked"
    CANCELLED = "cancelled"
    UNSERVED = "unserved"
    FORGOTTEN = "forgotten"
    """Nobody said how its stay at a counter ended."""


LIVE: Final = (TicketState.WAITING, TicketState.CALLED, TicketState.SERVING, TicketState.PARKED)
"""Somebody waits, or is at a counter."""
OVER: Final = (
    TicketState.FINISHED,
    TicketState.CANCELLED,
    TicketState.UNSERVED,
    TicketState.FORGOTTEN,
)
"""Nothing more comes of it. A missed one is neither: it may come back, or not."""
RATED: Final = (TicketState.FINISHED, TicketState.FORGOTTEN)
"""Whoever was served may say how it was; of a forgotten one nobody knows better."""


class CounterState(StrEnum):
    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class DayState(StrEnum):
    """`CLOSED` both before the first opening and after closing; `opened_at` tells them apart."""

    CLOSED = "closed"
    OPEN = "open"


class Channel(StrEnum):
    """By whom a ticket was issued."""

    PHONE = "phone"
    GUARD = "guard"
    KIOSK = "kiosk"


class Rule(StrEnum):
    """Why a call chose its ticket: the first of these that was true."""

    OVERDUE = "overdue"
    TIED = "tied"
    INTERLEAVED = "interleaved"
    PRIORITY = "priority"
    AGEING = "ageing"
    PREFERENCE = "preference"
    RANK = "rank"
    OUT_OF_ORDER = "out_of_order"


class RunEffect(StrEnum):
    """What a call does to the branch's run of priority calls."""

    ADDS = "adds"
    CLEARS = "clears"
    KEEPS = "keeps"


class Spot(StrEnum):
    """Where a transferred ticket goes in the line."""

    KEEP = "keep"
    END = "end"
    NEXT = "next"


class Announced(StrEnum):
    """What an announcement was: a call from the line (by rule
    or out of order), a recall, an unparked ticket.
    """

    CALL_NEXT = "call_next"
    CALL = "call"
    RECALL = "recall"
    UNPARK = "unpark"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a ticket stands: `rank` orders the line, `since` is when its waiting counts from."""

    rank: Rank
    """Order of issue, order behind it. `(0, k)` is before all issued ones."""
    since: datetime


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of a ticket's life, half open; `kind`: waiting, called, serving or parked."""

    kind: TicketState
    start: datetime
    end: datetime | None = None

    def ended(self, at: datetime) -> Period:
        """This stretch, over. (`dataclasses.replace` takes five times as long, at every event.)"""
        return Period(self.kind, self.start, at)


@dataclass(frozen=True, slots=True)
class Undoable:
    """The last action on a ticket that may still be taken back, and the ticket as it was before."""

    verb: str
    at: datetime
    counter: str | None
    """The counter that did it; None where the ticket was in the line or parked."""
    by: str
    before: Ticket


@dataclass(frozen=True)
class Ticket:
    """One person's number. The number never changes, whoever serves it and wherever it is sent."""

    number: str
    ticket_id: str
    letter: str
    """The service it was issued for (and whose quota it uses)."""
    service: str
    """The service it waits for now."""
    state: TicketState
    issued_at: datetime
    channel: Channel
    nth: int
    """Which of the day's tickets it was, over all services: the first is 1."""
    browser: str | None = None
    identity: str | None = None
    weight: int = 0
    wishes_priority: bool = False
    yielded: bool = False
    """After a rejoin or a defer the weight counts 0 until the next call."""
    place: Place | None = None
    """None while presence is unproven."""
    tied: str | None = None
    counter: str | None = None
    """Where it is called or being served; None in every other state."""
    last_counter: str | None = None
    """Where it was last called to."""
    announcements: int = 0
    """Since it was last called from the line, that call included."""
    announced_at: datetime | None = None
    announced: Announcement | None = None
    """Its last announcement: the one of its call, or when it was called again."""
    called_ever: bool = False
    rejoins: int = 0
    defers: int = 0
    cooling_until: datetime | None = None
    coming_at: datetime | None = None
    outcome: str | None = None
    belated: bool = False
    """The end of a stay at a counter was said so late that its time there teaches nothing."""
    periods: tuple[Period, ...] = ()
    undoable: Undoable | None = None
    unserved_from: TicketState | None = None
    """The state an unserved ticket comes back to when the day is reopened."""

    def changed(self, **changes: object) -> Ticket:
        """This ticket with other values: `dataclasses.replace` would be nine tenths of a refold."""
        ticket = object.__new__(Ticket)
        ticket.__dict__.update(self.__dict__, **changes)
        return ticket

    @property
    def callable(self) -> bool:
        """In the line, presence proven."""
        return self.state is TicketState.WAITING and self.place is not None

    @property
    def open(self) -> bool:
        """Takes a seat at a counter."""
        return self.state in (TicketState.CALLED, TicketState.SERVING)

    @property
    def weight_now(self) -> int:
        """The weight that counts for the order of calls."""
        return 0 if self.yielded else self.weight

    @property
    def rank(self) -> Rank:
        """Its rank; only callable or once callable tickets have one."""
        assert self.place is not None, f"{self.number} has no place yet"
        return self.place.rank


@dataclass(frozen=True, slots=True)
class Counter:
    """One counter today: its state, who holds it, whom it has open."""

    name: str
    state: CounterState = CounterState.CLOSED
    holder: str | None = None
    """The officer who holds the lease (opaque), None where nobody does."""
    reason: str | None = None
    """Why it is paused: a code."""
    since: datetime | None = None
    """When it came into this state."""
    open_tickets: tuple[str, ...] = ()
    """Called or being served here, in order of calling."""
    used_at: datetime | None = None
    """When something was last done here: the counter itself, or somebody who came, went or was
    called again.
    """

    def seating(self, numbers: tuple[str, ...], at: datetime) -> Counter:
        """This counter with others at it."""
        return Counter(self.name, self.state, self.holder, self.reason, self.since, numbers, at)


@dataclass(frozen=True, slots=True)
class Announcement:
    """One thing the lobby heard. `seq` is that of its event; the board announces each once."""

    seq: int
    number: str
    counter: str
    at: datetime
    kind: Announced
    rule: Rule | None = None
    run: RunEffect = RunEffect.KEEPS
    overtook: tuple[str, ...] = ()
    withdrawn: bool = False

    def __lt__(self, other: Announcement) -> bool:
        """Heard before?"""
        return self.seq < other.seq

    @property
    def from_line(self) -> bool:
        """A call from the line: `call_next` or `call`."""
        return self.kind in (Announced.CALL_NEXT, Announced.CALL)


@dataclass(frozen=True, slots=True)
class IntakeHand:
    """Somebody opened or closed the intake by hand; holds
    until the next hand or the next hour of the plan.
    """

    at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class Learned:
    """What earlier days taught of a service: how many, and their mean minutes at the counter."""

    count: int
    mean_min: float


@dataclass(slots=True)
class BranchDay:
    """One branch and service day: the fold of its log, and nothing else is the truth."""

    plan: BranchPlan
    date: date
    state: DayState = DayState.CLOSED
    seq: int = 0
    last_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    previous_head: str = ""
    intake_hand: IntakeHand | None = None
    notice: str | None = None
    """The id of the notice to everyone; its text lives with the people, not in the log."""
    tickets: Layered[str, Ticket] = field(default_factory=Layered)
    """By number, in order of issue."""
    counters: dict[str, Counter] = field(default_factory=dict)
    announcements: Ordered[Announcement] = field(default_factory=Ordered)
    issued: dict[str, int] = field(default_factory=dict)
    """Letter → the last number given today."""
    quota_used: dict[str, int] = field(default_factory=dict)
    """Letter → the places of its quota taken by those known to be here."""
    orders: int = 0
    """The last order of issue given (the first half of a rank)."""
    behind: Layered[int, int] = field(default_factory=Layered)
    """Order of issue → the last order behind it ever given."""
    by_browser: Layered[str, tuple[str, ...]] = field(default_factory=Layered)
    by_identity: Layered[str, tuple[str, ...]] = field(default_factory=Layered)
    learned: Mapping[str, Learned] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)

    @property
    def branch(self) -> str:
        return self.plan.branch

    def scratch(self) -> BranchDay:
        """A copy to decide on: containers copied, their frozen values shared."""
        return BranchDay(
            plan=self.plan,
            date=self.date,
            state=self.state,
            seq=self.seq,
            last_at=self.last_at,
            opened_at=self.opened_at,
            closed_at=self.closed_at,
            previous_head=self.previous_head,
            intake_hand=self.intake_hand,
            notice=self.notice,
            tickets=self.tickets.copy(),
            counters=self.counters.copy(),
            announcements=self.announcements,
            issued=self.issued.copy(),
            quota_used=self.quota_used.copy(),
            orders=self.orders,
            behind=self.behind.copy(),
            by_browser=self.by_browser.copy(),
            by_identity=self.by_identity.copy(),
            learned=self.learned,
            kept=self.kept.copy(),
        )
