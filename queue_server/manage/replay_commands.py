"""The commands of a replay's lines: which fields each takes, and of what type.

Owns the reading only; what a command means is the domain's business.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from queue_server.domain import commands as c
from queue_server.domain.model import Channel, Spot

Fields = dict[str, Any]
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

SAID_ONLY = frozenset({"by", "counter", "reason", "note"})
"""May stand in any command, for whoever reads the file: the rules know no roles here."""


class BadLine(Exception):
    """A line that is no command, in words."""


def read_command(verb: str, fields: Fields) -> c.Command:
    """The command of a line. Raises `BadLine` for an unknown verb, a missing or a wrong field."""
    build = COMMANDS.get(verb)
    if build is None:
        raise BadLine(f'"{verb[:40]}" is no command')
    left = dict(fields)
    command = build(Reader(verb, left))
    unknown = left.keys() - SAID_ONLY
    if unknown:
        raise BadLine(f'"{verb}" has no field "{min(unknown)[:40]}"')
    return command


class Reader:
    """Takes a command's fields out, one after another, with their types."""

    def __init__(self, verb: str, fields: Fields) -> None:
        self.verb = verb
        self.fields = fields

    def text(self, name: str) -> str:
        value = self.maybe_text(name)
        if value is None:
            raise BadLine(f'"{self.verb}" needs "{name}"')
        return value

    def maybe_text(self, name: str) -> str | None:
        return self._typed(name, str)

    def counter(self) -> str:
        """A counter's name; `1` means `"1"`."""
        value = self.fields.get("counter")
        if isinstance(value, int) and not isinstance(value, bool):
            self.fields["counter"] = str(value)
        return self.text("counter")

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self._typed(name, bool)
        return default if value is None else value

    def count(self, name: str) -> int:
        value = self._typed(name, int) or 0
        if isinstance(value, bool) or value < 0:
            raise BadLine(f'"{name}" must be a whole number from 0')
        return value

    def choice(self, name: str, kinds: type[E], default: E) -> E:
        value = self.maybe_text(name)
        try:
            return default if value is None else kinds(value)
        except ValueError:
            raise BadLine(f'"{name}" cannot be "{str(value)[:40]}"') from None

    def destination(self) -> tuple[str | None, str | None]:
        """(service, counter), one of them None."""
        to = self._typed("to", dict)
        if to is None or len(to) != 1 or not to.keys() <= {"service", "counter"}:
            raise BadLine('"to" must be {"service": …} or {"counter": …}')
        inner = Reader("to", to)
        if "counter" in to:
            return None, inner.counter()
        return inner.text("service"), None

    def _typed(self, name: str, kind: type[T]) -> T | None:
        value = self.fields.pop(name, None)
        if value is None or isinstance(value, kind):
            return value
        raise BadLine(f'"{name}" has the wrong type')


def _issue(read: Reader) -> c.Command:
    channel = read.choice("by", Channel, Channel.PHONE)
    person = read.maybe_text("person")
    by_phone = channel is Channel.PHONE
    return c.IssueTicket(
        service=read.text("service"),
        channel=channel,
        browser=person if by_phone else None,
        weight=read.count("weight"),
        proven=read.flag("presence", default=not by_phone),
    )


def _transfer(read: Reader) -> c.Command:
    spot = read.choice("place", Spot, Spot.KEEP)
    service, counter = read.destination()
    return c.Transfer(number=read.text("number"), to_service=service, to_counter=counter, spot=spot)


def _call(read: Reader) -> c.Command:
    return c.CallTicket(
        counter=read.counter(),
        number=read.text("number"),
        reason=read.maybe_text("reason") or "",
    )


COMMANDS: dict[str, Callable[[Reader], c.Command]] = {
    "open_day": lambda read: c.OpenDay(),
    "open_intake": lambda read: c.OpenIntake(),
    "close_intake": lambda read: c.CloseIntake(),
    "close_day": lambda read: c.CloseDay(),
    "open": lambda read: c.OpenCounter(counter=read.counter()),
    "pause": lambda read: c.PauseCounter(
        counter=read.counter(), reason=read.maybe_text("reason") or ""
    ),
    "resume": lambda read: c.ResumeCounter(counter=read.counter()),
    "close": lambda read: c.CloseCounter(
        counter=read.counter(), return_open=read.flag("return_open")
    ),
    "call_next": lambda read: c.CallNext(counter=read.counter()),
    "call": _call,
    "issue": _issue,
    "recall": lambda read: c.Recall(number=read.text("number")),
    "start": lambda read: c.StartServing(number=read.text("number")),
    "finish": lambda read: c.Finish(number=read.text("number"), outcome=read.maybe_text("outcome")),
    "skip": lambda read: c.Skip(number=read.text("number"), confirm=read.flag("confirm")),
    "return": lambda read: c.ReturnTicket(number=read.text("number")),
    "park": lambda read: c.Park(number=read.text("number")),
    "unpark": lambda read: c.Unpark(number=read.text("number"), counter=read.counter()),
    "transfer": _transfer,
    "rejoin": lambda read: c.Rejoin(number=read.text("number")),
    "confirm_presence": lambda read: c.ConfirmPresence(number=read.text("number")),
    "prioritise": lambda read: c.Prioritise(
        number=read.text("number"), on=read.flag("on", default=True)
    ),
    "cancel": lambda read: c.Cancel(number=read.text("number")),
    "undo": lambda read: c.Undo(number=read.text("number"), counter=read.maybe_text("counter")),
    "defer": lambda read: c.Defer(number=read.text("number")),
    "coming": lambda read: c.Coming(number=read.text("number")),
}
