"""One row of the table of verbs: everything the house knows of one thing that can be asked.

Owns the row's shape. What the rows say stands in `verbs`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from queue_server import wire
from queue_server.asking import before, rights
from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.domain.commands import Command
from queue_server.domain.refusals import Code
from queue_server.live.day import Done
from queue_server.people import NoteKind, Role
from queue_server.people.policy import action_of

Check = Callable[[Around, Ask], None]
"""Raises `Declined`."""


class About(StrEnum):
    """What a verb is about, as its address names it."""

    BRANCH = "/branches/{branch}"
    COUNTER = "/branches/{branch}/counters/{counter}"
    TICKET = "/branches/{branch}/tickets/{number}"
    OWN = "/ticket"
    """The ticket whose secret the caller brings."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of it, and whether something new did (a number found again is not new)."""

    answer: Any
    """Of the shape the row names."""
    is_new: bool = False


Deed = Callable[[Around, Ask, "VerbRow"], Awaitable[Answered]]


def _nothing_told(done: Done) -> wire.Shown:
    raise NotImplementedError("a deed of its own answers by itself")


def _no_command(ask: Ask) -> Command:
    raise NotImplementedError("a deed of its own has no command to build")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbRow:
    """One thing that can be asked."""

    name: str
    says: str
    """For whoever writes a client: one sentence."""
    deed: Deed
    """How it is done: by a command to its day, or beside the log."""
    answer: type[wire.Shown]
    body: type[wire.Request] = wire.Nothing
    example: dict[str, Any] | None = None

    about: About = About.TICKET
    path: str = ""
    """Its API address below what it is about; empty where only holders ask."""
    own_path: str = ""
    """The same below the caller's own ticket; empty where holders do not ask."""
    pages: tuple[str, ...] = ()
    """On which pages it is a button."""
    blank: tuple[str, ...] = ()
    """Fields of a form whose emptiness says something."""

    right: str = ""
    """The policy's name of it, where that is not the verb's own."""
    rights: tuple[Check, ...] = (rights.own_ticket,)
    """What is needed beside the policy's line."""
    spend: Check = before.spend_as_holder
    before: tuple[Check, ...] = ()
    note: Callable[[Any], tuple[NoteKind, str | None]] | None = None
    """The free text in a body: kept with the people, and in the log by its id."""

    makes: type[Command] | None = None
    """The command it becomes; None where the log hears nothing of it."""
    command: Callable[[Ask], Command] = _no_command
    tell: Callable[[Done], wire.Shown] = _nothing_told
    replayed: bool = True
    """Can it stand in a replay's line?"""

    refusals: tuple[Code, ...] = ()
    codes: tuple[str, ...] = ()
    """What else may decline it, beside what may decline everything."""
    is_new: bool = False
    """May its answer be about something new?"""

    own_right: str = field(init=False)
    """The policy's name of it, asked by a ticket's holder."""

    def __post_init__(self) -> None:
        right = self.right or self.name
        object.__setattr__(self, "right", right)
        object.__setattr__(self, "own_right", action_of(right, Role.PARTICIPANT))
