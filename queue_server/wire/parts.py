"""What several views carry alike: waits, services, counters, the hall's code, the notice."""

from __future__ import annotations

from datetime import datetime

from queue_server.wire.base import Shown


class Wait(Shown, frozen=True):
    """Minutes, ends on multiples of 5; `low_min` 0 with `high_min` 5 means "very soon"."""

    low_min: int
    high_min: int
    rough: bool


class ServiceShown(Shown, frozen=True, omit_defaults=True):
    """A service before one takes a number. What is not true of it is left out."""

    letter: str
    name_id: str
    name_en: str
    quota: int | None
    left: int | None
    """What is left of today's quota for those who are here; None without one."""
    waiting: int
    wait: Wait | None
    """For somebody who took a number now; None while no counter is open for it."""
    opens_at: datetime | None
    """When numbers of this service are given again; None while they are given now, or by hand only.
    """
    left_afar: int | None = None
    """What is left of the quota for phones without the hall's code; not told in the hall."""
    too_long: bool = False
    """Has the wait come to where phones and kiosks get no more numbers (`wait_stop_min`)?"""


class CounterShown(Shown, frozen=True):
    name: str
    kind: str
    state: str
    numbers: tuple[str, ...]
    """The tickets called to or being served at it."""


class JoinShown(Shown, frozen=True):
    """What the join QR leads to."""

    url: str
    code: str
    until: datetime
    """When another code takes its place; this one is taken for one step longer."""


class NoticeShown(Shown, frozen=True):
    id: str
    text: str
