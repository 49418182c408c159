"""The questions of `lapak init`, and their answers as the table a branch file would hold.

Asks only what a branch cannot do without; everything else has a default, and `lapak configure`
changes it later. Must not know stores.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import typer

from queue_server.domain.plan import BranchPlan
from queue_server.manage.branch_file import (
    BRANCH,
    COUNTER,
    COUNTERS_MAX,
    parse_clock,
    plan_from_mapping,
    sense,
)
from queue_server.manage.strict import NotAPlan

ZONES = {"1": "Asia/Jakarta", "2": "Asia/Makassar", "3": "Asia/Jayapura"}
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = re.compile(r"\s*(\S+?)\s*[-–]\s*(\S+)\s*")

Answered = TypeVar("Answered")


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line already said; None where it said nothing."""

    branch: str | None = None
    name: str | None = None
    zone: str | None = None
    services: tuple[str, ...] | None = None
    counters: int | None = None
    booths: tuple[str, ...] | None = None
    hours: str | None = None
    contact: str | None = None
    settings: tuple[str, ...] = ()
    """More of `[settings]`, each as NAME=VALUE."""
    taken: frozenset[str] = field(default_factory=frozenset)
    """Branches that already exist."""


def ask_for_branch(given: Given, *, ask: bool) -> BranchPlan:
    """The new branch's plan. Without `ask` nothing is asked, and what is not given has a default.

    Raises `NotAPlan` where something is missing or wrong.
    """
    branch = _known(given.branch, _branch_name(given.taken), _ask_branch, ask)
    if branch is None:
        raise NotAPlan(["the branch needs a short name: --branch bontang"])
    table = {
        "name": _known(given.name, str, _ask_name, ask) or branch,
        "zone": _known(given.zone, _zone, _ask_zone, ask) or ZONES["1"],
        "services": _services(given, ask),
        "counters": _counters(given, ask),
        "hours": _known(given.hours, _hours, _ask_hours, ask) or {},
        "contact": _known(given.contact, str.strip, _ask_contact, ask) or "",
        "settings": dict(_setting(text) for text in given.settings),
    }
    plan = plan_from_mapping(table, branch=branch)
    if problems := sense(plan):
        raise NotAPlan(problems)
    return plan


def _known(
    given: str | None,
    read: Callable[[str], Answered],
    question: Callable[[Callable[[str], Answered]], Answered],
    ask: bool,
) -> Answered | None:
    """What was given, else what is answered, else nothing."""
    if given is not None:
        try:
            return read(given)
        except typer.BadParameter as wrong:
            raise NotAPlan([str(wrong)]) from None
    return question(read) if ask else None


def _ask_branch(read: Callable[[str], str]) -> str:
    typer.echo("A branch has a short name that stands in its addresses: /b/bontang")
    return _prompt("Short name", read)


def _ask_name(read: Callable[[str], str]) -> str:
    return _prompt("Its full name, as people know it", read)


def _ask_zone(read: Callable[[str], str]) -> str:
    typer.echo("\nWhich time does it keep?  1 WIB (Jakarta)  2 WITA (Makassar)  3 WIT (Jayapura)")
    return _prompt("1, 2, 3, or a zone such as Asia/Pontianak", read, default="1")


def _ask_hours(read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    typer.echo(
        "\nFrom when until when are numbers given, Monday to Friday?"
        " (By weekday: later, in its file.)"
    )
    return _prompt("Hours, or a dash for: only by hand", read, default="07:30-15:00")


def _ask_contact(read: Callable[[str], str]) -> str:
    typer.echo(
        "\nWhom may people ask about their personal data? The privacy page names them. (UU 27/2022)"
    )
    return read(_or_empty("Name, and how to reach them"))


def _prompt(question: str, read: Callable[[str], Answered], default: str | None = None) -> Answered:
    answer: Answered = typer.prompt(question, default=default, value_proc=read)
    return answer


def _or_empty(question: str) -> str:
    answer: str = typer.prompt(question, default="", show_default=False)
    return answer.strip()


def _branch_name(taken: Iterable[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not BRANCH.fullmatch(text):
            raise typer.BadParameter(f'"{text[:40]}" does not fit: use a-z, 0-9 and -, at most 40')
        if text in taken:
            raise typer.BadParameter(
                f'there is a branch "{text}" already; to change it: lapak configure {text} FILE'
            )
        return text

    return read


def _zone(text: str) -> str:
    zone = ZONES.get(text, text)
    try:
        plan_from_mapping({"zone": zone})
    except NotAPlan as wrong:
        raise typer.BadParameter(str(wrong)) from None
    return zone


def _hours(text: str) -> dict[str, Any]:
    if text.strip() in ("-", "–"):
        return {}
    found = HOURS.fullmatch(text)
    if not found or parse_clock(found[1]) is None or parse_clock(found[2]) is None:
        raise typer.BadParameter(f'"{text[:40]}" are no hours: write them as 07:30-15:00')
    span = {"intake_opens": found[1], "intake_closes": found[2]}
    hours = dict.fromkeys(WORKDAYS, span)
    try:
        plan_from_mapping({"hours": hours})
    except NotAPlan as wrong:
        raise typer.BadParameter(str(wrong)) from None
    return hours


def _setting(text: str) -> tuple[str, Any]:
    """ "wait_stop_min=120", as a branch file would say it; a bare word is a text."""
    name, mark, value = (part.strip() for part in text.partition("="))
    if not mark or not name:
        raise NotAPlan([f'--set "{text[:60]}": write NAME=VALUE, for example wait_stop_min=120'])
    try:
        return name, tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return name, value


def _services(given: Given, ask: bool) -> dict[str, dict[str, Any]]:
    if given.services is not None:
        return dict(_service(text) for text in given.services)
    if not ask:
        raise NotAPlan(['the branch needs a service: --service "A=Jaminan Hari Tua"'])
    typer.echo(
        "\nIts services. Each has a letter that stands before the number (A-012); boards show"
        " the letter only."
    )
    services: dict[str, dict[str, Any]] = {}
    for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        again = "" if not services else " (empty: that was all)"
        name = _or_empty(f"Service {letter} is called{again}")
        if not name and services:
            break
        services[letter] = {"name": name or letter}
        quota = _ask_quota()
        if quota is not None:
            services[letter]["quota"] = quota
    return services


def _ask_quota() -> int | None:
    while answer := _or_empty("  how many numbers a day? (empty: no limit)"):
        if answer.isdigit():
            return int(answer)
        typer.echo(f'  "{answer[:40]}" is no number: write digits only, or nothing for no limit')
    return None


def _service(text: str) -> tuple[str, dict[str, Any]]:
    """ "A=Jaminan Hari Tua" or "A=Jaminan Hari Tua:40" (numbers a day)."""
    letter, _, name = text.partition("=")
    name, colon, quota = name.rpartition(":") if ":" in name else (name, "", "")
    service: dict[str, Any] = {"name": name.strip()}
    if colon:
        if not quota.strip().isdigit():
            raise NotAPlan([f'--service "{text}": after the colon comes how many numbers a day'])
        service["quota"] = int(quota)
    return letter.strip(), service


def _counters(given: Given, ask: bool) -> dict[str, dict[str, Any]]:
    count = given.counters
    if count is None and not ask:
        raise NotAPlan(["the branch needs counters: --counters 5"])
    if count is None:
        count = _prompt("\nHow many desks call people?", _desks, default="4")
    counters: dict[str, dict[str, Any]] = {str(n): {} for n in range(1, count + 1)}
    booths = given.booths
    if booths is None and ask:
        typer.echo("A booth serves several people at once, by video.")
        answer = _or_empty("Booths, as NAME:SEATS such as 9:4 (empty: none)")
        booths = tuple(answer.split())
    for text in booths or ():
        name, _, seats = text.partition(":")
        if not COUNTER.fullmatch(name) or not seats.isdigit():
            raise NotAPlan([f'"{text}" is no booth: write NAME:SEATS, for example 9:4'])
        counters[name] = {"kind": "booth", "capacity": int(seats)}
    return counters


def _desks(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= COUNTERS_MAX:
        raise typer.BadParameter(f"a whole number from 1 to {COUNTERS_MAX} is needed")
    return int(text)
