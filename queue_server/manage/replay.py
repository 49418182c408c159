"""`lapak replay`: the rules through a public door. JSON lines in, one JSON answer a command out.

No server, no database, no real clock, no roles. The format is in `docs/calling.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TextIO

import msgspec

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide import AlreadyYours, Decision, decide, settle
from queue_server.domain.fold import apply
from queue_server.domain.hours import at_hour
from queue_server.domain.line import callable_line
from queue_server.domain.model import BranchDay, DayState, Period, Ticket
from queue_server.domain.refusals import Refusal
from queue_server.manage.branch_file import plan_from_header
from queue_server.manage.replay_commands import BadLine, Fields, read_command
from queue_server.manage.strict import NotAPlan

EXIT_DONE = 0
EXIT_NOT_A_REPLAY = 2


class NotAReplay(Exception):
    """A line that is no JSON or no command: an error of the file, naming the line."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")


def main(path: Path) -> int:
    """Plays a file (`-`: standard input) to standard output; the exit status of `lapak replay`."""
    try:
        with sys.stdin if str(path) == "-" else path.open(encoding="utf-8") as lines:
            _play_to(lines, sys.stdout)
    except (NotAReplay, OSError, UnicodeDecodeError) as broken:
        sys.stdout.flush()
        print(f"lapak replay: {broken}", file=sys.stderr)
        return EXIT_NOT_A_REPLAY
    return EXIT_DONE


def _play_to(lines: Iterable[str], out: TextIO) -> None:
    for answer in play(lines):
        out.write(msgspec.json.encode(answer).decode() + "\n")


def play(lines: Iterable[str]) -> Iterator[Fields]:
    """One answer for each command of a replay, in order; the
    header has none. Empty lines are passed over.
    """
    replay: Replay | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            message = _message(line)
            if replay is None:
                replay = Replay.from_header(message)
            else:
                yield replay.answer(message)
        except BadLine as bad:
            raise NotAReplay(number, str(bad)) from None
    if replay is None:
        raise NotAReplay(1, "the file is empty: it must begin with a header")


def _message(line: str) -> Fields:
    try:
        message = msgspec.json.decode(line)
    except msgspec.DecodeError as broken:
        raise BadLine(f"this is not JSON: {broken}") from None
    if not isinstance(message, dict):
        raise BadLine("a line must be a JSON object")
    return message


class Replay:
    """A branch played command by command, through as many days as its commands reach."""

    def __init__(self, day: BranchDay) -> None:
        self.day = day
        self._date = day.date
        """The header's, which an `at` without a date means."""
        self._now: datetime | None = None

    @classmethod
    def from_header(cls, header: Fields) -> Replay:
        """The day as it begins: day and counters closed."""
        try:
            plan, on = plan_from_header(header)
        except NotAPlan as wrong:
            raise BadLine(str(wrong)) from None
        return cls(BranchDay(plan=plan, date=on))

    def answer(self, message: Fields) -> Fields:
        """Plays one command and answers it."""
        fields = dict(message)
        verb = fields.pop("do", None)
        if not isinstance(verb, str):
            raise BadLine('a command needs "do"')
        given = fields.pop("at", None)
        if verb == "state":
            if given is not None:
                self._pass_time(self._at(given))
            return self._state()
        at = self._at(given)
        command = read_command(verb, fields)
        if isinstance(command, c.OpenDay):
            return self._open_day(command, at)
        self._pass_time(at)
        return self._do(command, at)

    def _at(self, given: object) -> datetime:
        """`at`, meant in branch time; a clock stepping back stands still."""
        at = _moment(given, self._date).replace(tzinfo=self.day.plan.timezone())
        self._now = at if self._now is None else max(self._now, at)
        return self._now

    # What time brings

    def _pass_time(self, at: datetime) -> None:
        """Days open by themselves at their hour, unproven tickets lapse."""
        for hour in self._opening_hours(at):
            self._turn(hour)
        self._fold(settle(self.day, at))

    def _opening_hours(self, at: datetime) -> list[datetime]:
        """The openings by plan that have come and were not had yet, each on a date of its own."""
        plan, first = self.day.plan, self.day.date
        if self.day.opened_at is not None:
            first += timedelta(days=1)
        last = at.astimezone(plan.timezone()).date()
        dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        planned = [(on, plan.hours_on(on)) for on in dates]
        hours = [at_hour(plan, on, hours.opens) for on, hours in planned if hours is not None]
        return [hour for hour in hours if hour <= at]

    def _turn(self, at: datetime) -> None:
        """The day of this moment opens; the old one ends first."""
        self._fold(settle(self.day, at))
        if self.day.state is DayState.OPEN:
            self._fold(decide(self.day, c.EndDay(), at))
        on = at.astimezone(self.day.plan.timezone()).date()
        self.day = BranchDay(plan=self.day.plan, date=on)
        self._fold(decide(self.day, c.OpenDay(), at))

    # Commands

    def _open_day(self, command: c.OpenDay, at: datetime) -> Fields:
        """By hand: today's day for the first time or again, or a new day after an older one."""
        on = at.astimezone(self.day.plan.timezone()).date()
        for hour in self._opening_hours(at):
            if hour.date() < on:
                self._turn(hour)
        if on > self.day.date:
            self._turn(at)
            return {"ok": True, "line": self._line()}
        self._fold(settle(self.day, at))
        return self._do(command, at)

    def _do(self, command: c.Command, at: datetime) -> Fields:
        decision = decide(self.day, command, at)
        self._fold(decision)
        if isinstance(decision, Refusal):
            return self._refused(decision)
        return {"ok": True, **_told(decision), "line": self._line()}

    def _refused(self, refusal: Refusal) -> Fields:
        fields = {name: self._shown(value) for name, value in refusal.fields.items()}
        return {"refused": refusal.code.value, **fields, "line": self._line()}

    def _fold(self, decision: Decision) -> None:
        if isinstance(decision, tuple):
            for event in decision:
                apply(self.day, event)

    def _line(self) -> list[str]:
        return [ticket.number for ticket in callable_line(self.day)]

    def _state(self) -> Fields:
        tickets = {number: self._ticket(found) for number, found in self.day.tickets.items()}
        return {"ok": True, "line": self._line(), "tickets": tickets}

    def _ticket(self, ticket: Ticket) -> Fields:
        place = ticket.place
        return {
            "state": ticket.state.value,
            "place": place and {"rank": list(place.rank), "since": self._shown(place.since)},
            "counter": ticket.counter,
            "periods": [self._period(period) for period in ticket.periods],
        }

    def _period(self, period: Period) -> Fields:
        return {
            "kind": period.kind.value,
            "from": self._shown(period.start),
            "to": self._shown(period.end),
        }

    def _shown(self, value: object) -> object:
        """Times as they are written in a command: local, to the second or finer."""
        if isinstance(value, datetime):
            return value.astimezone(self.day.plan.timezone()).replace(tzinfo=None).isoformat()
        return value


def _told(decision: tuple[e.Event, ...] | AlreadyYours) -> Fields:
    """What an accepted command's answer says besides `ok`."""
    if isinstance(decision, AlreadyYours):
        return {"number": decision.number}
    told: Fields = {}
    for event in decision:
        if isinstance(event, e.TicketCalled):
            told |= {"rule": event.rule.value, "overtook": list(event.overtook)}
        for name in ("number", "counter"):
            value = getattr(event, name, None)
            if value is not None:
                told[name] = value
    return told


def _moment(given: object, on: date) -> datetime:
    """ "09:10:00" on the header's date, or a whole local date and time."""
    if isinstance(given, str):
        text = given if "T" in given else f"{on.isoformat()}T{given}"
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if found.tzinfo is None:
                return found.replace(microsecond=found.microsecond // 1000 * 1000)
    raise BadLine(f'"at" must be "09:10:00" or "2026-11-23T09:10:00", not {given!r}'[:200])
