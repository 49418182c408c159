"""The senders: take from the outbox what is due, carry it, write down what became of it.

On nobody's way: a few at once, each with a time limit, tried again with growing pauses only while
the message is still true. A message is claimed durably before it is carried, so no two senders
carry it; whoever dies while carrying leaves it to be carried again when the claim runs out: that
very message may come twice, no other can. Must not know what any road is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

import structlog

from queue_server.clock import Clock
from queue_server.live.tasks import Crew
from queue_server.notices.road import Carried, Gone, Later, NotTaken, RoadSender, Sent
from queue_server.notices.trouble import Roads
from queue_server.people import People
from queue_server.people.values.roads import Fate, Message, Road
from queue_server.settings import Settings

log = structlog.get_logger(__name__)

CLAIM_LONGER_S: Final = 5.0
"""Than a try may take: time to write down what became of it."""
BACK_OFF_S: Final = 2.0
BACK_OFF_MAX_S: Final = 60.0
LOOK_AGAIN_S: Final = 1.0
"""Where something is due that somebody is carrying, or the store failed."""

Heard = Callable[[Message, Fate, datetime], None]


class Sending:
    """Started and stopped by the application."""

    def __init__(
        self,
        people: People,
        roads: Mapping[Road, RoadSender],
        clock: Clock,
        settings: Settings,
        heard: Heard,
    ) -> None:
        """`heard`: told what became of each message, and when."""
        self._people, self._roads, self._clock = people, roads, clock
        self._settings, self._heard = settings, heard
        self._crew = Crew()
        self._carrying: set[int] = set()
        self._woken = asyncio.Event()
        self.standings = Roads()

    async def start(self) -> None:
        """Sends whatever is due, from now on. Raises `StoreUnavailable`."""
        if self._settings.database is None:
            # One process holds the folder: who carried anything before this one is dead.
            await self._people.release_claims()
        self._crew.start(self._run(), "senders")

    async def stop(self) -> None:
        """Ends at once. What was being carried is carried again after the next start."""
        await self._crew.cancel()

    @property
    def carrying(self) -> int:
        """How many are on their way."""
        return len(self._carrying)

    def wake(self) -> None:
        """Something is to be sent. Returns at once."""
        self._woken.set()

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            try:
                pause_s = await self._take_and_look()
            except Exception as error:
                log.warning("outbox_not_read", why=repr(error))
                pause_s = LOOK_AGAIN_S
            await self._rest(pause_s)

    async def _take_and_look(self) -> float | None:
        """How long there is nothing to do; None: until somebody wakes us."""
        free = self._settings.messages_at_once_max - len(self._carrying)
        due = await self._people.next_due()
        if free <= 0 or due is None:
            return None
        now = self._clock.now()
        if due > now:
            return (due - now).total_seconds()
        until = now + timedelta(seconds=self._settings.message_timeout_s + CLAIM_LONGER_S)
        for message in await self._people.claim(now, until, free):
            self._carrying.add(message.id)
            self._crew.start(self._carry(message), f"message {message.id}")
        return LOOK_AGAIN_S

    async def _rest(self, pause_s: float | None) -> None:
        loop = asyncio.get_running_loop()
        timer = None if pause_s is None else loop.call_later(pause_s, self._woken.set)
        await self._woken.wait()
        if timer is not None:
            timer.cancel()

    async def _carry(self, message: Message) -> None:
        try:
            carried = await self._carried(message)
            await self._settle(message, carried)
        except Exception as error:
            # The claim runs out by itself.
            log.warning("message_not_settled", road=message.road, why=repr(error))
        finally:
            self._carrying.discard(message.id)
            self._woken.set()

    async def _carried(self, message: Message) -> Carried:
        try:
            async with asyncio.timeout(self._settings.message_timeout_s):
                return await self._roads[message.road].send(message)
        except TimeoutError:
            return Later("timeout")
        except Exception:
            log.exception("road_failed", road=message.road)
            return Later("broken")

    async def _settle(self, message: Message, carried: Carried) -> None:
        now = self._clock.now()
        match carried:
            case Sent():
                self.standings.works(message.road)
                await self._ended(message, Fate.SENT, now)
            case Gone():
                await self._ended(message, Fate.FAILED, now, "gone")
            case NotTaken(trouble):
                self.standings.fails(message.road, now, trouble)
                await self._ended(message, Fate.FAILED, now, trouble)
            case Later(trouble, after_s):
                self.standings.fails(message.road, now, trouble)
                await self._again(message, now, trouble, after_s)

    async def _again(self, message: Message, now: datetime, trouble: str, after_s: float) -> None:
        pause_s = min(BACK_OFF_S * 2 ** (message.tries - 1), BACK_OFF_MAX_S)
        until = now + timedelta(seconds=max(pause_s, after_s))
        if until < message.true_until:
            await self._people.postpone(message.id, until, trouble)
        else:
            await self._ended(message, Fate.STALE, now, trouble)

    async def _ended(self, message: Message, fate: Fate, at: datetime, trouble: str = "") -> None:
        self._heard(message, fate, at)
        await self._people.settle(message.id, fate, at, trouble)
