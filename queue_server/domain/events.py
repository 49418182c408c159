"""What happened: the closed union of events, past tense. They are stored, so they carry facts, not
rules.

A rank, a `since`, a rule and a run's effect are written down where they were decided: a later
change of the
rules never changes an old day. Stored versions are `store.codec`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from queue_server.domain.model import Announced, Channel, Learned, Place, Rule, RunEffect
from queue_server.domain.plan import BranchPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """When it happened (UTC, never before the event before it) and by whom (opaque)."""

    at: datetime
    by: str = ""


# The day


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpened(Happened):
    plan: BranchPlan
    date: date
    previous_head: str = ""
    """The chain head of the branch's day before, hexadecimal; empty for the first day."""
    learned: tuple[tuple[str, Learned], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReopened(Happened):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Happened):
    unserved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeOpened(Happened):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeClosed(Happened):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersContinued(Happened):
    """Each letter goes on after this number; those up to it that are no
    tickets here were handed out, but never written down.
    """

    last: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsChanged(Happened):
    plan: BranchPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePosted(Happened):
    note: str | None


# Counters


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened(Happened):
    counter: str
    holder: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterPaused(Happened):
    counter: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterResumed(Happened):
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed(Happened):
    """Closed; its lease is given up, tickets tied to it are
    untied, `returned` went back to the line.
    """

    counter: str
    returned: tuple[str, ...] = ()


# Tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketIssued(Happened):
    """A number was given. `place` is None while presence is unproven."""

    number: str
    ticket_id: str
    service: str
    channel: Channel
    place: Place | None
    browser: str | None = None
    identity: str | None = None
    weight: int = 0
    wishes_priority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceConfirmed(Happened):
    number: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketLapsed(Happened):
    """Presence was not proven in time: cancelled."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketForgotten(Happened):
    """Called or being served, and nobody said how it ended: it ends without teaching anything."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPrioritised(Happened):
    number: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCalled(Happened):
    """Called from the line. `overtook`: eligible at this counter with a lower rank, by rank."""

    number: str
    counter: str
    rule: Rule
    overtook: tuple[str, ...]
    kind: Announced
    run: RunEffect
    reason: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRecalled(Happened):
    number: str
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingStarted(Happened):
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFinished(Happened):
    number: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketSkipped(Happened):
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRejoined(Happened):
    number: str
    place: Place
    behind: str | None
    """The number it stands behind; None where it stands as it stood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReturned(Happened):
    number: str
    cooling_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketParked(Happened):
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketUnparked(Happened):
    number: str
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTransferred(Happened):
    """Back in the line for `service`, tied to `tied` or to no counter."""

    number: str
    service: str
    tied: str | None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionUndone(Happened):
    """The ticket's last action (`verb`) was taken back: it is as it was before."""

    number: str
    verb: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketDeferred(Happened):
    number: str
    place: Place
    behind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonComing(Happened):
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCancelled(Happened):
    number: str


DayEvent = (
    DayOpened
    | DayReopened
    | DayClosed
    | IntakeOpened
    | IntakeClosed
    | NumbersContinued
    | SettingsChanged
    | NoticePosted
)
CounterEvent = CounterOpened | CounterPaused | CounterResumed | CounterClosed
TicketEvent = (
    TicketIssued
    | PresenceConfirmed
    | TicketLapsed
    | TicketForgotten
    | TicketPrioritised
    | TicketCalled
    | TicketRecalled
    | ServingStarted
    | TicketFinished
    | TicketSkipped
    | TicketRejoined
    | TicketReturned
    | TicketParked
    | TicketUnparked
    | TicketTransferred
    | ActionUndone
    | TicketDeferred
    | PersonComing
    | TicketCancelled
)
Event = DayEvent | CounterEvent | TicketEvent

EVENT_TYPES: tuple[type[Happened], ...] = get_args(Event)
