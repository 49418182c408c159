"""A `BranchPlan` written down again: as the TOML one could have typed, and a change of it in words.

What `to_toml` writes, `branch_file` reads back to an equal plan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import time
from typing import Any

from queue_server.domain.plan import (
    WEEKDAYS,
    BranchPlan,
    CounterPlan,
    Hours,
    Rules,
    Service,
)
from queue_server.manage.branch_file import MIDNIGHT_AFTER

# What stands under [settings] besides the rules, in the order of `docs/branch.md`.
OTHER_SETTINGS = (
    "holidays",
    "outcomes",
    "pause_reasons",
    "call_reasons",
    "transfer_next_by_officers",
    "unproven_allowed",
    "identity_asked",
    "spoken_number",
)
HEAD = ("name", "zone", "contact")


def to_toml(plan: BranchPlan) -> str:
    """The whole plan, defaults included."""
    # Only a command that shows a plan needs it, not every start.
    import tomlkit

    return tomlkit.dumps(_tables(plan))


def contact_note(plan: BranchPlan) -> str | None:
    """What to say of a branch whose privacy page names nobody; None where it does."""
    if plan.contact.strip():
        return None
    return (
        f"{plan.branch} names nobody whom people may ask about their personal data (UU 27/2022):"
        " set `contact` in its file to a name and how to reach them."
    )


def difference(old: BranchPlan | None, new: BranchPlan) -> list[str]:
    """What changes from `old` to `new`, a line each; empty where nothing does."""
    if old is None:
        return _introduced(new)
    return [
        *_changed("", {key: getattr(old, key) for key in HEAD}, new),
        *_changed("", {key: getattr(old, key) for key in OTHER_SETTINGS}, new),
        *_changed(
            "", {each.name: getattr(old.rules, each.name) for each in fields(Rules)}, new.rules
        ),
        *_hours_changed(old.hours, new.hours),
        *_items_changed("service", old.services, new.services),
        *_items_changed("counter", old.counters, new.counters),
    ]


def _introduced(plan: BranchPlan) -> list[str]:
    hours = "by hand only" if plan.by_hand_only() else f"on {', '.join(plan.hours)}"
    return [
        f"a new branch {plan.branch}: {plan.name} ({plan.zone})",
        f"services {', '.join(plan.services)}",
        f"counters {', '.join(_counter_words(each) for each in plan.counters.values())}",
        f"numbers given {hours}",
    ]


def _counter_words(counter: CounterPlan) -> str:
    seats = f" ({counter.capacity} seats)" if counter.capacity > 1 else ""
    return f"{counter.name}{seats}"


def _changed(where: str, old: Mapping[str, object], new: object) -> Iterator[str]:
    for key, before in old.items():
        after = getattr(new, key)
        if before != after:
            yield f"{where}{key}: {_words(before)} → {_words(after)}"


def _items_changed(
    noun: str,
    old: Mapping[str, Service] | Mapping[str, CounterPlan],
    new: Mapping[str, Service] | Mapping[str, CounterPlan],
) -> Iterator[str]:
    for name, item in old.items():
        if name not in new:
            yield f"{noun} {name}: taken away"
        else:
            before = {each.name: getattr(item, each.name) for each in fields(item)}
            yield from _changed(f"{noun} {name}: ", before, new[name])
    yield from (f"{noun} {name}: added" for name in new if name not in old)


def _hours_changed(old: Mapping[str, Hours], new: Mapping[str, Hours]) -> Iterator[str]:
    for day in WEEKDAYS:
        before, after = old.get(day), new.get(day)
        if before != after:
            yield f"hours on {day}: {_span(before)} → {_span(after)}"


def _span(hours: Hours | None) -> str:
    return f"{_clock(hours.opens)}–{_clock(hours.closes)}" if hours else "none"


def _clock(at: time) -> str:
    return "24:00" if at == MIDNIGHT_AFTER else at.strftime("%H:%M")


def _words(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {each}" for key, each in value.items()) or "none"
    if isinstance(value, tuple):
        if value and isinstance(value[0], tuple):
            return " then ".join("+".join(map(str, group)) or "nothing" for group in value)
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) or "none"


Tables = dict[str, Any]


def _tables(plan: BranchPlan) -> Tables:
    """The plan as a file is read: tables in tables, in the order of `docs/branch.md`."""
    rules = _plain(plan.rules, [each.name for each in fields(Rules)])
    return {
        **_plain(plan, HEAD),
        "settings": {**rules, **_plain(plan, OTHER_SETTINGS)},
        "hours": {day: _hours(hours) for day, hours in plan.hours.items()},
        "services": {letter: _service(one) for letter, one in plan.services.items()},
        "counters": {
            name: _plain(one, ("kind", "capacity", "groups")) for name, one in plan.counters.items()
        },
    }


def _hours(hours: Hours) -> Tables:
    return {"intake_opens": _clock(hours.opens), "intake_closes": _clock(hours.closes)}


def _service(service: Service) -> Tables:
    return _plain(service, ("name_id", "name_en", "typical_min")) | {"quota": _quota(service)}


def _quota(service: Service) -> Any:
    """On one line: a table of its own would hide it behind its service."""
    import tomlkit

    quota = tomlkit.inline_table()
    quota.update(service.quota)
    return quota


def _plain(thing: object, keys: Sequence[str]) -> Tables:
    return {key: _value(getattr(thing, key)) for key in keys}


def _value(value: object) -> object:
    """As TOML knows it: lists, and plain texts."""
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return str(value) if isinstance(value, str) else value
