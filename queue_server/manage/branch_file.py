"""A branch as somebody writes it (TOML, or the header of `lapak replay`), made a `BranchPlan`.

Owns the names of the keys (`docs/branch.md`). Must not know stores or terminals. Two strengths:
`plan_from_mapping` refuses what cannot be a plan at all; `branch_from_toml` also what no real
branch means (`sense`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.domain.plan import (
    WEEKDAYS,
    BranchPlan,
    CounterKind,
    CounterPlan,
    Hours,
    OrderPolicy,
    Rules,
    Service,
)
from queue_server.manage.strict import NotAPlan, Table, kind_of

BRANCH = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LETTER = re.compile(r"[A-Z]")
COUNTER = re.compile(r"[A-Za-z0-9]{1,8}")
CODE = re.compile(r"[a-z0-9_]{1,40}")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")

BRANCH_NAME_MAX = 80
"""It heads every page, the board and the paper slip."""
SERVICE_NAME_MAX = 60
"""A tile of the kiosk, twice: in two languages."""
COUNTERS_MAX = 60
"""One list on the guard's page, one row each on the board."""
SEATS_MAX = 24
"""A booth's seats stand beside each other on one desk page."""
CODES_MAX = 40
"""One menu each."""
HOLIDAYS_MAX = 400
"""A year's days and more: openings are looked for no further ahead."""

DEFAULT_ZONE = "Asia/Jakarta"
MIDNIGHT_AFTER = time.max
"""How "24:00" is kept: commands come in whole milliseconds, so none falls behind it."""

DAY_MIN = 24 * 60
BETWEEN_DAYS_MIN = 60
"""From one day's last number to the next day's first: whoever still waits then is not served, and
an hour is what nobody has to wait longer than.
"""

ALL_DAY = {"intake_opens": "00:00", "intake_closes": "24:00"}
"""A replay's header may leave one of the two out: from the day's beginning, or to its end."""

# Behind nobody would mean to the front, and a quarter of an hour away must never be a way forward.
AT_LEAST_ONE = {"rejoin_behind", "defer_behind", "counters_per_officer_max", "forgotten_after_min"}
TYPICAL_MIN = Service("A").typical_min
SPOKEN = ("digits", "words")


def plan_from_mapping(data: object, *, branch: str = "replay") -> BranchPlan:
    """The plan a table describes; what is absent has its default.

    Raises `NotAPlan` with every problem found.
    """
    problems: list[str] = []
    top = Table(data, "", problems)
    if not BRANCH.fullmatch(branch):
        problems.append(f'"{branch[:60]}" cannot name a branch: use a-z, 0-9 and -, at most 40')
    zone = _zone(top)
    services = {key: _service(top, table) for key, table in _tables(top, "services")}
    letters = tuple(services)
    counters = {key: _counter(table, key, letters) for key, table in _tables(top, "counters")}
    settings = top.table("settings")
    plan = BranchPlan(
        branch=branch,
        name=top.text("name", branch, length_max=BRANCH_NAME_MAX),
        zone=zone,
        services=services,
        counters=counters,
        rules=_rules(settings),
        hours=_hours(top, settings),
        holidays=_holidays(settings),
        outcomes=_codes(settings, "outcomes"),
        pause_reasons=_codes(settings, "pause_reasons"),
        call_reasons=_codes(settings, "call_reasons"),
        transfer_next_by_officers=settings.flag("transfer_next_by_officers", False),
        unproven_allowed=settings.flag("unproven_allowed", True),
        identity_asked=settings.flag("identity_asked", False),
        spoken_number=_spoken(settings),
        contact=top.text("contact", ""),
    )
    settings.finish()
    top.finish()
    if problems:
        raise NotAPlan(problems)
    return plan


def plan_from_header(header: object, *, branch: str = "replay") -> tuple[BranchPlan, date]:
    """The first line of a replay: a plan, and the `date` it is played on."""
    rest = dict(header) if isinstance(header, Mapping) else header
    given = None
    if isinstance(rest, dict):
        given = rest.pop("date", None)
        rest["settings"] = _with_both_hours(rest.get("settings", {}))
    plan = plan_from_mapping(rest, branch=branch)
    day = _date(given)
    if day is None:
        raise NotAPlan([f'date must be written as "2026-11-23", not {kind_of(given)}'])
    return plan, day


def _with_both_hours(settings: object) -> object:
    if not isinstance(settings, Mapping):
        return settings
    given = {name: value for name, value in settings.items() if value is not None}
    return {**ALL_DAY, **given} if ALL_DAY.keys() & given.keys() else given


def branch_from_toml(text: str, *, branch: str) -> BranchPlan:
    """The plan a branch file describes, as a real branch would run it. Raises `NotAPlan`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as broken:
        raise NotAPlan([f"this is not TOML: {broken}"]) from None
    plan = plan_from_mapping(data, branch=branch)
    problems = sense(plan)
    if not data.get("zone"):
        problems.append('zone is missing: for example zone = "Asia/Jakarta"')
    if problems:
        raise NotAPlan(problems)
    return plan


def sense(plan: BranchPlan) -> list[str]:
    """What no real branch means, in sentences; empty where the plan can run a day."""
    problems = []
    if not plan.services:
        problems.append("services is empty: a branch gives numbers for at least one service")
    if not plan.counters:
        problems.append("counters is empty: a branch calls people to at least one counter")
    problems.extend(_too_much(plan))
    for name, counter in plan.counters.items():
        served = [letter for group in counter.groups for letter in group]
        if not all(counter.groups):
            problems.append(f"counters.{name}.groups has an empty group")
        if len(served) != len(set(served)):
            problems.append(f"counters.{name}.groups names a service twice")
        if counter.kind is CounterKind.DESK and counter.capacity > 1:
            problems.append(
                f'counters.{name} is a desk and serves one person: make it kind = "booth"'
                " or leave capacity out"
            )
    problems.extend(
        f"services.{letter} is served by no counter: nobody would be called"
        for letter in plan.services
        if plan.counters and not any(each.serves(letter) for each in plan.counters.values())
    )
    return problems


def _too_much(plan: BranchPlan) -> list[str]:
    """What no screen, list or page has room for."""
    counted: dict[str, tuple[int, int]] = {
        "counters": (len(plan.counters), COUNTERS_MAX),
        "settings.holidays": (len(plan.holidays), HOLIDAYS_MAX),
        **{
            f"settings.{key}": (len(getattr(plan, key)), CODES_MAX)
            for key in ("outcomes", "pause_reasons", "call_reasons")
        },
        **{
            f"counters.{name}.capacity": (one.capacity, SEATS_MAX)
            for name, one in plan.counters.items()
        },
    }
    return [
        f"{key} must be at most {most}, not {count}"
        for key, (count, most) in counted.items()
        if count > most
    ]


def parse_clock(value: object) -> time | None:
    """ "07:30", "7.30", "24:00" or a TOML time; None for anything else."""
    if isinstance(value, time):
        return value
    if value == "24:00":
        return MIDNIGHT_AFTER
    found = CLOCK.fullmatch(value) if isinstance(value, str) else None
    return time(int(found[1]), int(found[2])) if found else None


def _tables(top: Table, key: str) -> list[tuple[str, Table]]:
    parent = top.table(key)
    return [(name, parent.table(name)) for name in parent.values]


def _zone(top: Table) -> str:
    zone = top.text("zone", DEFAULT_ZONE)
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        top.complain(
            "zone", f'"{zone}" is no time zone: Asia/Jakarta, Asia/Makassar and Asia/Jayapura are'
        )
    return zone


def _rules(settings: Table) -> Rules:
    """Every field of `Rules`, read by the type of its default."""
    values: dict[str, Any] = {}
    for each in fields(Rules):
        default = each.default
        if isinstance(default, OrderPolicy):
            values[each.name] = settings.choice(each.name, default)
        elif isinstance(default, bool):
            values[each.name] = settings.flag(each.name, default)
        elif isinstance(default, int):
            low = 1 if each.name in AT_LEAST_ONE else 0
            values[each.name] = settings.whole(each.name, default, low=low)
        elif isinstance(default, float):
            values[each.name] = settings.number(each.name, default)
    return Rules(**values)


def _service(top: Table, table: Table) -> Service:
    letter = table.path.removeprefix("services.")
    if not LETTER.fullmatch(letter):
        top.problems.append(f"{table.path}: a service is named by one capital letter, A to Z")
    name = table.text("name", "", length_max=SERVICE_NAME_MAX)
    service = Service(
        letter=letter,
        name_id=table.text("name_id", name, length_max=SERVICE_NAME_MAX),
        name_en=table.text("name_en", name, length_max=SERVICE_NAME_MAX),
        quota=_quota(table),
        typical_min=table.number("typical_min", TYPICAL_MIN, above=0),
    )
    table.finish()
    return service


def _quota(service: Table) -> dict[str, int]:
    """By weekday, or one number for all of them."""
    whole = service.values.get("quota")
    if whole is not None and not isinstance(whole, Mapping):
        number = service.whole("quota", -1)
        return {} if number < 0 else dict.fromkeys(WEEKDAYS, number)
    table = service.table("quota")
    quota = {day: table.whole(day, 0) for day in WEEKDAYS if table.has(day)}
    _only_weekdays(table)
    return quota


def _counter(table: Table, name: str, letters: tuple[str, ...]) -> CounterPlan:
    if not COUNTER.fullmatch(name):
        table.problems.append(f"{table.path}: a counter is named by 1 to 8 letters and digits")
    capacity = table.whole("capacity", 1, low=1)
    kind = table.choice("kind", CounterKind.BOOTH if capacity > 1 else CounterKind.DESK)
    groups = _groups(table, letters) if table.has("groups") else (letters,)
    table.taken.add("groups")
    table.finish()
    return CounterPlan(name=name, groups=groups, kind=kind, capacity=capacity)


def _groups(table: Table, letters: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    groups: list[tuple[str, ...]] = []
    for group in table.listing("groups"):
        if not isinstance(group, list | tuple):
            table.complain(
                "groups", f'must be lists in a list, [["A"], ["B"]], not {kind_of(group)}'
            )
            return ()
        for letter in group:
            if letter not in letters:
                table.complain(
                    "groups", f"names {kind_of(letter)}, which is no service of this branch"
                )
        groups.append(tuple(str(letter) for letter in group))
    return tuple(groups)


def _hours(top: Table, settings: Table) -> dict[str, Hours]:
    """The same hours every weekday (`settings`), or by weekday (`hours`); neither: by hand only."""
    every_day = _span(settings)
    by_day = top.table("hours")
    hours: dict[str, Hours] = {}
    for day in WEEKDAYS:
        if by_day.has(day):
            table = by_day.table(day)
            span = _span(table)
            table.finish()
            if span:
                hours[day] = span
            elif not table.values:
                by_day.complain(day, "needs intake_opens and intake_closes")
    _only_weekdays(by_day)
    if every_day and by_day.values:
        top.complain("hours", "and settings.intake_opens both give the hours: keep one of the two")
    hours = dict.fromkeys(WEEKDAYS, every_day) if every_day else hours
    _between_days(top, hours)
    return hours


def _between_days(top: Table, hours: Mapping[str, Hours]) -> None:
    """A day's line ends where the next day opens: there must be time to serve it."""
    for day, following in zip(WEEKDAYS, (*WEEKDAYS[1:], WEEKDAYS[0]), strict=True):
        if day not in hours or following not in hours:
            continue
        between_min = DAY_MIN + _minute(hours[following].opens) - _minute(hours[day].closes)
        if between_min < BETWEEN_DAYS_MIN:
            top.problems.append(
                f"numbers are given on {day} until {between_min} minutes before they are given on"
                f" {following}: leave at least {BETWEEN_DAYS_MIN}. Whoever still waits when the"
                " next day opens is not served, so a branch cannot give numbers around the clock"
            )
            return


def _minute(hour: time) -> int:
    """Of its day; that of "24:00" is the last one's end."""
    return DAY_MIN if hour == MIDNIGHT_AFTER else hour.hour * 60 + hour.minute


def _span(table: Table) -> Hours | None:
    keys = ("intake_opens", "intake_closes")
    given = {key: table.take(key) for key in keys}
    if all(value is None for value in given.values()):
        return None
    times = {}
    for key, value in given.items():
        clock = parse_clock(value)
        if value is None:
            table.complain(key, "is missing: the intake needs an hour to open and one to close")
        elif clock is None:
            table.complain(key, f'must be an hour such as "07:30", not {kind_of(value)}')
        else:
            times[key] = clock
    if len(times) < len(keys):
        return None
    if times["intake_closes"] <= times["intake_opens"]:
        table.complain(
            "intake_closes",
            "must be later than intake_opens, on the same day: no hours reach over midnight",
        )
        return None
    return Hours(opens=times["intake_opens"], closes=times["intake_closes"])


def _only_weekdays(table: Table) -> None:
    table.taken.update(WEEKDAYS)
    for key in table.values:
        if key not in WEEKDAYS:
            table.taken.add(key)
            table.complain(key, f"is no weekday: they are {', '.join(WEEKDAYS)}")


def _holidays(settings: Table) -> tuple[date, ...]:
    days = set()
    for value in settings.listing("holidays"):
        day = _date(value)
        if day is None:
            settings.complain("holidays", f"must be dates such as 2026-12-25, not {kind_of(value)}")
        else:
            days.add(day)
    return tuple(sorted(days))


def _date(value: object) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _codes(settings: Table, key: str) -> tuple[str, ...]:
    codes: dict[str, None] = {}
    for value in settings.listing(key):
        if isinstance(value, str) and CODE.fullmatch(value):
            codes[value] = None
        else:
            settings.complain(
                key,
                f"must be codes of a-z, 0-9 and _ (words for people come from the"
                f" catalogue), not {kind_of(value)}",
            )
    return tuple(codes)


def _spoken(settings: Table) -> str:
    spoken = settings.text("spoken_number", SPOKEN[0])
    if spoken not in SPOKEN:
        settings.complain("spoken_number", f"must be one of {', '.join(SPOKEN)}")
    return spoken
