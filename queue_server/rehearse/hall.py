"""The hall: what everybody in the played day can see or
hear of each other, and the pace of its clock.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from queue_server.rehearse.client import Client
from queue_server.rehearse.script import Person

Fields = dict[str, Any]


class HallPace:
    """Seconds of the played day in seconds of ours. Cancelling a sleep ends it, nothing else."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self._began = time.monotonic()

    def begin(self) -> None:
        """The doors open now."""
        self._began = time.monotonic()

    @property
    def now_s(self) -> float:
        """Seconds of the played day since the doors opened."""
        return (time.monotonic() - self._began) * self.speed

    async def sleep(self, day_s: float) -> None:
        await asyncio.sleep(max(0.0, day_s) / self.speed)

    async def until(self, day_s: float) -> None:
        await self.sleep(day_s - self.now_s)


@dataclass
class Guest:
    """A person with a number: what their phone (or the board) has shown them, where they are."""

    person: Person
    number: str
    secret: str
    taken_s: float
    calls_seen: set[tuple[str, str]] = field(default_factory=set)
    """(counter, called_at) as the phone showed them."""
    stages: list[str] = field(default_factory=list)
    misses_left: int = 0
    at_counter: asyncio.Event = field(default_factory=asyncio.Event)
    waited_s: float | None = None
    """From the number to the first call, in the played day."""
    gone_s: float | None = None
    """When they went home."""
    has_phone: bool = True
    fetched_paper: bool = False
    served: bool = False

    def waited_at_least_s(self, now_s: float) -> float:
        """To the first call; of whoever had none, until they went home or until now."""
        if self.waited_s is not None:
            return self.waited_s
        return (now_s if self.gone_s is None else self.gone_s) - self.taken_s

    async def leave(self, noticed: asyncio.Condition) -> None:
        """Goes home; whoever watches the board for this person may stop."""
        async with noticed:
            self.served = True
            noticed.notify_all()


@dataclass
class Hall:
    """Everything the players share, and what the checks look at afterwards."""

    client: Client
    branch: str
    pace: HallPace
    tokens: dict[str, str]
    """By account or device of `credentials.json`."""
    guests: dict[str, Guest] = field(default_factory=dict)
    board_calls: dict[int, Fields] = field(default_factory=dict)
    """Seq → the call as the board showed it."""
    board_changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    began_seq: int = 0
    """What was in the log before the doors opened."""
    refused: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    """As the board shows it."""
    board_day: date | None = None
    zone: ZoneInfo | None = None
    turned_away: int = 0
    expected: int = 0
    done: int = 0

    def path(self, rest: str) -> str:
        """An address of the branch in the API."""
        return f"/branches/{self.branch}/{rest}"

    def day_is_over(self) -> bool:
        """Is the board still on yesterday? A day turns only while nobody is called or served."""
        if self.board_day is None or self.zone is None:
            return False
        return datetime.now(self.zone).date() > self.board_day

    def refuse(self, code: str) -> None:
        """Counts an expected no."""
        self.refused[code] = self.refused.get(code, 0) + 1
