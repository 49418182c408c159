"""Who comes on a day, when, for what, and how they behave: drawn from a seed, decided before
anybody moves.

Figures from the field: a busy branch sees 250-300 people a day, a burst at the door before opening,
one dominant service, nine to ten minutes each.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from random import Random

SHARES = {"A": 0.83, "B": 0.06, "C": 0.05, "D": 0.03, "E": 0.03}
CHANNELS = {"phone": 0.66, "kiosk": 0.2, "guard": 0.14}
DAY_S = 8 * 3600
BURST_SHARE = 0.25
BURST_S = 300.0
SERVICE_MEDIAN_S = 500.0
SERVICE_SIGMA = 0.45
"""Lognormal: median 500 s and this sigma give a mean of about nine minutes and a half."""
WALK_S = (15.0, 70.0)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on their way to the branch. Times are seconds of the played day."""

    arrives_s: float
    service: str
    channel: str
    priority: bool
    service_s: float
    walks_s: float
    misses: int
    """How many times they do not come when called."""
    rejoins: bool
    defers: bool
    cancels_after_s: float | None
    stars: int | None
    forgets_a_paper: bool
    """Is parked in the middle, and back after a while."""


@dataclass(frozen=True, slots=True)
class Script:
    """A whole day: the people by arrival, and the pauses of the officers."""

    people: tuple[Person, ...]
    pause_every: int
    """An officer pauses after so many people."""
    pause_s: float


def write(people: int, seed: int) -> Script:
    """A day of so many people."""
    chance = Random(seed)
    crowd = sorted((a_person(chance, _arrival(chance)) for _ in range(people)), key=_by_arrival)
    return Script(tuple(crowd), pause_every=18, pause_s=600)


def _by_arrival(person: Person) -> float:
    return person.arrives_s


def _arrival(chance: Random) -> float:
    """A burst at the door, then a morning that thins out towards closing."""
    if chance.random() < BURST_SHARE:
        return chance.uniform(0, BURST_S)
    return DAY_S * 0.92 * chance.betavariate(1.2, 2.0)


def a_person(chance: Random, arrives_s: float) -> Person:
    """Anybody."""
    channel = _one_of(chance, CHANNELS)
    by_phone = channel == "phone"
    return Person(
        arrives_s=arrives_s,
        service=_one_of(chance, SHARES),
        channel=channel,
        priority=chance.random() < 0.08,
        service_s=chance.lognormvariate(log(SERVICE_MEDIAN_S), SERVICE_SIGMA),
        walks_s=chance.uniform(*WALK_S),
        misses=chance.choices((0, 1, 2), (0.93, 0.06, 0.01))[0],
        rejoins=chance.random() < 0.7,
        defers=by_phone and chance.random() < 0.06,
        cancels_after_s=chance.uniform(300, 5400) if by_phone and chance.random() < 0.04 else None,
        stars=chance.choices((5, 4, 3, 2), (0.5, 0.3, 0.15, 0.05))[0]
        if by_phone and chance.random() < 0.4
        else None,
        forgets_a_paper=chance.random() < 0.04,
    )


def _one_of(chance: Random, shares: dict[str, float]) -> str:
    return chance.choices(list(shares), list(shares.values()))[0]
