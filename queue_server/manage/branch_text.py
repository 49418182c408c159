"""A `BranchPlan` written down again: as the TOML one could have typed, and a change of it in words.

What `to_toml` writes, `branch_file` reads back to an equal plan.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import time

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
    return "\n".join(_lines(plan)) + "\n"


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


def _lines(plan: BranchPlan) -> Iterator[str]:
    yield from (f"{key} = {_toml(getattr(plan, key))}" for key in HEAD)
    yield from ("", "[settings]")
    for each in fields(Rules):
        yield f"{each.name} = {_toml(getattr(plan.rules, each.name))}"
    yield from (f"{key} = {_toml(getattr(plan, key))}" for key in OTHER_SETTINGS)
    for day, hours in plan.hours.items():
        yield from ("", f"[hours.{day}]")
        yield f"intake_opens = {_toml(_clock(hours.opens))}"
        yield f"intake_closes = {_toml(_clock(hours.closes))}"
    for letter, service in plan.services.items():
        yield from ("", f"[services.{letter}]")
        for key in ("name_id", "name_en", "typical_min", "quota"):
            yield f"{key} = {_toml(getattr(service, key))}"
    for name, counter in plan.counters.items():
        yield from ("", f"[counters.{name}]")
        for key in ("kind", "capacity", "groups"):
            yield f"{key} = {_toml(getattr(counter, key))}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON's escapes are all TOML's too; texts of a plan are printable lines.
        return json.dumps(str(value), ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return str(value)
