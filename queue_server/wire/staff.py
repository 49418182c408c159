"""What officers, the guard and the supervisor see, pushed whole: small whatever the day holds.

Of a long list a view has the first few and the count; the rest is asked for (`wire.asked`). What
stays the same all day stands in `PlanView` and is named here by letters and counters' names.
"""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Final

from queue_server.wire.base import Shown
from queue_server.wire.parts import JoinShown, NoticeShown, Wait

VERB_CODES: Final = MappingProxyType(
    {
        "h": "confirm_presence",
        "y": "prioritise",
        "c": "call",
        "r": "recall",
        "s": "start",
        "f": "finish",
        "k": "skip",
        "b": "return",
        "p": "park",
        "u": "unpark",
        "t": "transfer",
        "j": "rejoin",
        "x": "cancel",
    }
)
"""A letter of `LineTicket.can` → the verb it stands for."""


class LineTicket(Shown, frozen=True, omit_defaults=True):
    """A ticket as staff see it. On the wire a field that has its default is left out."""

    number: str
    state: str
    since: datetime
    """In the line: since when its waiting counts. Else: since when it is in its state."""
    service: str | None = None
    """The service it waits for, where that is not the one of its letter."""
    counter: str | None = None
    """Where it is called or being served."""
    tied: str | None = None
    """The one counter that may call it."""
    weight: int = 0
    yielded: bool = False
    """Until its next call the weight does not count."""
    wishes_priority: bool = False
    presence: bool = True
    coming: bool = False
    defers: int = 0
    overdue: bool = False
    rule: str | None = None
    """At a desk, of the next ones: why it will be called then."""
    announcements: int = 0
    """While called: how often."""
    skippable: bool = False
    """Announced often enough to be skipped without asking again."""
    recall_at: datetime | None = None
    """From when it may be recalled."""
    rejoins_left: int | None = None
    """While missed."""
    can: str = ""
    """The verbs its state allows, a letter each: `VERB_CODES`."""

    def allows(self, verb: str) -> bool:
        """Is the verb among those its state allows?"""
        return any(VERB_CODES.get(code) == verb for code in self.can)

    @property
    def waits_for(self) -> str:
        """The letter of the service it waits for."""
        return self.service or self.number[0]


class Few(Shown, frozen=True):
    """The first few of a list, and how many there are in all."""

    count: int
    first: tuple[LineTicket, ...]


class UndoShown(Shown, frozen=True):
    """What this counter may take back now."""

    number: str
    verb: str
    until: datetime


class DeskView(Shown, frozen=True):
    """One counter, for whoever works or looks there."""

    branch: str
    name: str
    zone: str
    plan: str
    """Names the plan in force: when it is another one, `PlanView` is asked for anew."""
    date: str
    day: str
    intake: bool
    counter: str
    kind: str
    state: str
    reason: str | None
    holder: str | None
    left: bool
    """Nothing was done here for so long that somebody else may open it."""
    since: datetime | None
    capacity: int
    open_tickets: tuple[LineTicket, ...]
    """In order of calling: as many as there are seats, and more while reduced seats drain."""
    line: Few
    """Who may be called here, as they will be called were nobody to come, each with its `rule`.
    The first is whom `call_next` would call now.
    """
    overtakes: tuple[str, ...]
    """The first three of those the next call would overtake, by rank."""
    overtakes_count: int
    elsewhere: int
    """How many wait, but not for this counter: other services, other counters, unproven."""
    parked: Few
    """Those parked from here first, then by how long."""
    missed: Few
    """Those missed here first, then the newest."""
    recent: tuple[LineTicket, ...]
    """What was done here last and may still be undone, then the last finished; newest first."""
    undo: UndoShown | None
    """The newest action this counter may still take back."""
    counters: dict[str, str]
    """Every counter's state, by its name."""
    served_today: int
    notice: NoticeShown | None
    seq: int
    over: bool = False
    """Closed, and it was open today."""


class ServiceNow(Shown, frozen=True, omit_defaults=True):
    """How one service stands. A field that has its default is left out."""

    letter: str
    waiting: int
    longest_since: datetime | None = None
    """Since when its longest waiting person waits."""
    wait: Wait | None = None
    """For somebody who took a number now; None while no counter is open for it."""
    quota: int | None = None
    left: int | None = None
    """What is left of today's quota; None without one."""
    too_long: bool = False
    """Has the wait come to where phones and kiosks get no more numbers (`wait_stop_min`)?"""
    opens_at: datetime | None = None
    """When numbers of it are given again; None while they are given now, or by hand only."""


class CounterStaffShown(Shown, frozen=True, omit_defaults=True):
    """How one counter stands. A field that has its default is left out."""

    name: str
    state: str
    reason: str | None = None
    holder: str | None = None
    since: datetime | None = None
    numbers: tuple[str, ...] = ()
    """The tickets called to or being served at it."""


class GuardView(Shown, frozen=True):
    """The day as a whole and who in it needs a hand: the guard's and the supervisor's page."""

    branch: str
    name: str
    zone: str
    plan: str
    """Names the plan in force: when it is another one, `PlanView` is asked for anew."""
    date: str
    day: str
    intake: bool
    opens_at: datetime | None
    closes_at: datetime | None
    services: tuple[ServiceNow, ...]
    counters: tuple[CounterStaffShown, ...]
    waiting: int
    """Callable ones: who is unproven stands in no line yet."""
    longest: LineTicket | None
    """Who has waited longest of those."""
    finished: int
    forgotten: int
    """Of whom nobody said how it ended."""
    forgotten_before: int
    """The same of the day before, as it ended."""
    wishes: Few
    """Who asks for priority and has none: in order of issue."""
    unproven: Few
    """In order of issue, too."""
    absent: Few
    """Called more than once and not there: the longest first."""
    parked: Few
    """The longest first."""
    missed: Few
    """The newest first."""
    join: JoinShown | None
    notice: NoticeShown | None
    alarm: str | None
    """old_day: an earlier day goes on giving numbers; day_ahead: a later one was opened by a wrong
    clock; day_restored: somebody must say the last numbers first; paused, store: nothing can be
    done just now
    """
    hurried: tuple[str, ...]
    """Machines, programs and people that asked for numbers faster than anybody presses, and were
    held back within the last minutes: somebody should look.
    """
    last: dict[str, int]
    """By letter, the last number given today; 0 before the first."""
    seq: int
    over: bool = False
    """Closed, and it was open today."""
