"""Dates, times and spans in local form (Babel), in the zone of the branch.

Pure: the present is an argument. Hands back the id of a message and its values where words are
needed; the words themselves are in `common.ftl`. `static/time.js` says the same in the browser.
"""

from datetime import datetime, timedelta
from math import ceil, floor
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name

Phrase = tuple[str, dict[str, object]]

# Babel says "GMT+8" in English; in Indonesia everyone says WITA.
_ZONES: Final = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}
_CLOCK: Final = {"id": "HH.mm", "en": "HH:mm"}
_LONG_WAIT_MIN: Final = 90  # above it nobody thinks in minutes
_HOUR_STEP: Final = timedelta(minutes=5)  # an hour told to the minute would be believed
_SHORT_WAIT_MIN: Final = 5  # below it a range says nothing
OPEN_SPANS: Final = ("span-under", "span-under-hours")


def _local(at: datetime, zone: str | ZoneInfo) -> datetime:
    return at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)


def zone_name(locale: Locale, at: datetime, zone: str | ZoneInfo) -> str:
    known = _ZONES.get(str(zone))
    return known or get_timezone_name(_local(at, zone), width="short", locale=locale)


def clock(locale: Locale, at: datetime, zone: str | ZoneInfo, *, named: bool) -> str:
    local = _local(at, zone)
    time = format_time(local, _CLOCK[locale.language], tzinfo=local.tzinfo, locale=locale)
    return f"{time} {zone_name(locale, at, zone)}" if named else time


def day(locale: Locale, at: datetime, zone: str | ZoneInfo) -> str:
    return format_date(_local(at, zone).date(), "EEEE, d MMMM y", locale=locale)


def when(locale: Locale, at: datetime, now: datetime, zone: str | ZoneInfo) -> Phrase:
    date = _local(at, zone).date()
    days = (date - _local(now, zone).date()).days
    values: dict[str, object] = {"time": clock(locale, at, zone, named=False)}
    if days == 0:
        return "when-today", values
    if days == 1:
        return "when-tomorrow", values
    # Within the week the weekday is clear; the same weekday a week on is not.
    pattern = "EEEE" if 1 < days < 7 else "d MMMM"
    key = "when-weekday" if 1 < days < 7 else "when-date"
    return key, {**values, "day": format_date(date, pattern, locale=locale)}


def span(low_min: float, high_min: float) -> Phrase:
    """A wait as a range: minutes up to an hour and a half, above that hours and halves."""
    low, high = sorted((max(0, floor(low_min)), max(0, ceil(high_min))))
    if high < _SHORT_WAIT_MIN or low == 0:
        high = max(high, _SHORT_WAIT_MIN)
        if high <= _LONG_WAIT_MIN:
            return "span-under", {"high": high}
        return "span-under-hours", {"high": _halves(ceil(high / 30))}
    if high <= _LONG_WAIT_MIN:
        key = "span-one" if low == high else "span-minutes"
        return key, {"low": low, "high": high}
    top = _halves(ceil(high / 30))
    if low < 60:
        return "span-mixed", {"low": low, "high": top}
    bottom = _halves(floor(low / 30))
    key = "span-one-hours" if bottom == top else "span-hours"
    return key, {"low": bottom, "high": top}


def turn(locale: Locale, at: datetime, low_min: float, high_min: float, zone: str) -> Phrase:
    """The hour a wait leads to, in steps of five minutes: paper is read some minutes later."""
    begins, until = turn_between(at, low_min, high_min)
    values: dict[str, object] = {"until": clock(locale, until, zone, named=False)}
    if begins is None:
        return "slip-turn-before", values
    return "slip-turn", {"from": clock(locale, begins, zone, named=False), **values}


def turn_between(at: datetime, low_min: float, high_min: float) -> tuple[datetime | None, datetime]:
    """Between which full steps of the clock a wait ends that is told `at` this moment; from None:
    it may be over at once.
    """
    until = at + timedelta(minutes=max(high_min, _SHORT_WAIT_MIN))
    until += -_past_step(until) % _HOUR_STEP
    if low_min < _SHORT_WAIT_MIN:
        return None, until
    begins = at + timedelta(minutes=low_min)
    return begins - _past_step(begins), until


def _past_step(at: datetime) -> timedelta:
    """Since the last full step, by the clock of any zone: their offsets are whole quarters."""
    return timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond) % _HOUR_STEP


def _halves(halves: int) -> str:
    """`1½` for three halves of an hour; both languages write it so."""
    return f"{halves // 2}½" if halves % 2 else str(halves // 2)


def elapsed(since: datetime, now: datetime) -> Phrase:
    minutes = max(0, int((now - since).total_seconds()) // 60)
    if minutes < 60:
        return "elapsed-minutes", {"minutes": minutes}
    return "elapsed-hours", {"hours": minutes // 60, "minutes": f"{minutes % 60:02d}"}
