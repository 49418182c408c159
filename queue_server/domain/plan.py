"""What a branch has decided for its day: services, counters, hours, rules.

Owns the settings named in `docs/calling.md` with their defaults. Must not know files, databases or
forms:
those who read them hand a finished `BranchPlan` over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class OrderPolicy(StrEnum):
    """How one group's tickets are put in order (rule 3 of "who is next")."""

    FIFO = "fifo"
    STRICT = "strict"
    INTERLEAVE = "interleave"
    AGEING = "ageing"


class CounterKind(StrEnum):
    """A desk (loket) serves one person, a booth (bilik) several at once."""

    DESK = "desk"
    BOOTH = "booth"


@dataclass(frozen=True, slots=True)
class Rules:
    """Every rule of calling a branch may set. Names carry
    their unit; limits include their own value.
    """

    order_policy: OrderPolicy = OrderPolicy.INTERLEAVE
    priority_run_max: int = 2
    wait_max_min: int = 60
    wait_stop_min: int = 0
    """From this told wait on phones and kiosks get no numbers; 0: however long it is."""
    one_live_ticket: bool = True
    tickets_per_browser_max: int = 5
    unproven_lapse_min: int = 120
    recall_gap_s: int = 20
    calls_before_skip: int = 3
    rejoin_behind: int = 3
    rejoins_max: int = 2
    return_cooldown_s: int = 0
    undo_s: int = 30
    defer_behind: int = 5
    defers_max: int = 2
    near_position: int = 3
    forgotten_after_min: int = 60
    counters_per_officer_max: int = 1
    leaving_rate_per_h: float = 0.0
    """θ of the wait estimate: the share of waiting people who leave unannounced, per hour."""


@dataclass(frozen=True, slots=True)
class Service:
    """One service (layanan). Public screens show its letter only, never its name."""

    letter: str
    name_id: str = ""
    name_en: str = ""
    quota: Mapping[str, int] = field(default_factory=dict)
    """Numbers a day by weekday ("mon" … "sun"); a weekday not named has no quota, 0 gives none."""
    typical_min: float = 10.0
    """Minutes at the counter until enough services have been learned."""


@dataclass(frozen=True, slots=True)
class CounterPlan:
    """One counter: what it serves, specialist groups first, and how many people at once."""

    name: str
    groups: tuple[tuple[str, ...], ...]
    kind: CounterKind = CounterKind.DESK
    capacity: int = 1

    def serves(self, service: str) -> bool:
        """Is this service in any of the counter's groups?"""
        return any(service in group for group in self.groups)


@dataclass(frozen=True, slots=True)
class Hours:
    """When numbers are given on one weekday, in branch time.
    `opens` belongs to it, `closes` does not.
    """

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class BranchPlan:
    """A branch's whole configuration. `DayOpened` carries
    it, so that a day's log needs nothing else.
    """

    branch: str
    name: str
    zone: str
    services: Mapping[str, Service]
    counters: Mapping[str, CounterPlan]
    rules: Rules = Rules()
    hours: Mapping[str, Hours] = field(default_factory=dict)
    """By weekday; a weekday not named gives numbers only by hand."""
    holidays: tuple[date, ...] = ()
    outcomes: tuple[str, ...] = ()
    """Codes `finish` may carry; empty: any code."""
    pause_reasons: tuple[str, ...] = ()
    """Codes `pause` may carry; empty: any code."""
    call_reasons: tuple[str, ...] = ()
    """Codes an out-of-order `call` may carry; empty: any code."""
    transfer_next_by_officers: bool = False
    """May officers hand a ticket on to the very front?
    Otherwise supervisors only (policy, not domain).
    """
    unproven_allowed: bool = True
    """May a number be taken without a fresh hall code (poster,
    link)? It then waits for proof of presence.
    """
    identity_asked: bool = False
    """Does the join page ask for a NIK (kept only as a keyed hash and its last four digits)?"""
    spoken_number: str = "digits"
    """How the voice reads a number: "digits" (nol satu dua) or "words" (dua belas)."""
    contact: str = ""
    """Whom to ask about personal data: shown on the privacy page."""

    def timezone(self) -> ZoneInfo:
        """The branch's own zone; every date and hour of a plan is meant in it."""
        return ZoneInfo(self.zone)

    def by_hand_only(self) -> bool:
        """No hours at all: the day and the intake open and close by hand."""
        return not self.hours

    def hours_on(self, day: date) -> Hours | None:
        """The intake hours of a date; None on holidays and on days the branch does not work."""
        return None if day in self.holidays else self.hours.get(WEEKDAYS[day.weekday()])

    def quota_on(self, service: str, day: date) -> int | None:
        """How many numbers of a service a date gives; None without a quota."""
        return self.services[service].quota.get(WEEKDAYS[day.weekday()])
