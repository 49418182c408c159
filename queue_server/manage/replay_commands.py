"""The commands of a replay's lines: which fields each takes, and of what type.

Owns the reading only: which names there are say the rows of the verbs, and what a command means is
the domain's business.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar, get_type_hints

from queue_server.asking.verbs import VERBS
from queue_server.domain import commands as c
from queue_server.domain.model import Channel, Spot

Fields = dict[str, Any]
T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

SAID_ONLY = frozenset({"by", "counter", "reason", "note"})
"""May stand in any command, for whoever reads the file: the rules know no roles here."""


OF_THE_SERVER = frozenset({"by", "as_holder", "holder", "note", "previous_head", "learned"})
"""What a running server adds to a command: no line says it."""


class BadLine(Exception):
    """A line that is no command, in words."""


def read_command(verb: str, fields: Fields) -> c.Command:
    """The command of a line. Raises `BadLine` for an unknown verb, a missing or a wrong field."""
    row = VERBS.get(verb)
    if row is None or row.makes is None or not row.replayed:
        raise BadLine(f'"{verb[:40]}" is no command')
    left = dict(fields)
    read = CommandReader(verb, left)
    command = OWN[verb](read) if verb in OWN else read.whole(row.makes)
    unknown = left.keys() - SAID_ONLY
    if unknown:
        raise BadLine(f'"{verb}" has no field "{min(unknown)[:40]}"')
    return command


class CommandReader:
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
        inner = CommandReader("to", to)
        if "counter" in to:
            return None, inner.counter()
        return inner.text("service"), None

    def whole(self, makes: type[c.Command]) -> c.Command:
        """A command whose fields are plain: each is read by its own type."""
        hints = get_type_hints(makes)
        given: dict[str, Any] = {
            field.name: self._field(field.name, hints[field.name], field.default)
            for field in dataclasses.fields(makes)
            if field.name not in OF_THE_SERVER
        }
        return makes(**given)

    def _field(self, name: str, kind: object, default: object) -> object:
        if kind is bool:
            return self.flag(name, default=default is True)
        if default is dataclasses.MISSING:
            return self.counter() if name == "counter" else self.text(name)
        return self.maybe_text(name) or default

    def _typed(self, name: str, kind: type[T]) -> T | None:
        value = self.fields.pop(name, None)
        if value is None or isinstance(value, kind):
            return value
        raise BadLine(f'"{name}" has the wrong type')


def _issue(read: CommandReader) -> c.Command:
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


def _transfer(read: CommandReader) -> c.Command:
    spot = read.choice("place", Spot, Spot.KEEP)
    service, counter = read.destination()
    return c.Transfer(number=read.text("number"), to_service=service, to_counter=counter, spot=spot)


OWN: dict[str, Callable[[CommandReader], c.Command]] = {
    "issue": _issue,
    "transfer": _transfer,
    "prioritise": lambda read: c.Prioritise(
        number=read.text("number"), on=read.flag("on", default=True)
    ),
}
"""What a line says otherwise than its command does."""
