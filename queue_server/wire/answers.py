"""What a command is answered with."""

from __future__ import annotations

import msgspec

from queue_server.wire.base import Shown
from queue_server.wire.parts import Wait


class IssueAnswer(Shown, frozen=True):
    number: str
    service: str
    secret: str | None
    """None for staff without the right to hand the ticket out."""
    link: str | None
    position: int | None
    wait: Wait | None
    presence: bool
    seq: int


class CallAnswer(Shown, frozen=True):
    number: str
    counter: str
    rule: str
    overtook: tuple[str, ...]
    seq: int


class TicketAnswer(Shown, frozen=True):
    number: str
    state: str
    counter: str | None
    seq: int


class ErasedAnswer(Shown, frozen=True):
    number: str
    rows: int
    """How much was there to erase: identity, last digits, comment."""
    live: bool
    """Does the number go on? It is no personal data."""


class CounterAnswer(Shown, frozen=True):
    counter: str
    state: str
    returned: tuple[str, ...]
    seq: int


class DayAnswer(Shown, frozen=True):
    day: str
    intake: bool
    unserved: tuple[str, ...]
    seq: int


class LogEntry(Shown, frozen=True):
    seq: int
    hash: str
    event: msgspec.Raw


class LogPage(Shown, frozen=True):
    branch: str
    day: str
    entries: tuple[LogEntry, ...]
    next_after: int
    more: bool
