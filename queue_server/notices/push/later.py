"""Web Push, made ready when it is first used: its client, certificates and curves take a third of a
second to load. No start waits for that, and no call: it happens in a thread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from queue_server.domain.plan import BranchPlan
from queue_server.notices.road import Carried
from queue_server.people import People
from queue_server.people.values.roads import Message, PushSubscription
from queue_server.settings import Settings

if TYPE_CHECKING:
    from queue_server.notices.push.road import PushRoad


class PushLater:
    """As `PushRoad`; `close` ends its connections, where there are any."""

    def __init__(
        self,
        people: People,
        secret: bytes,
        plans: Callable[[], Mapping[str, BranchPlan]],
        now: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        """`secret`: what the server's key for pushing is worked out from."""
        self._secret = secret
        self._needs = (people, plans, now, settings)
        self._making = asyncio.Lock()
        self._road: PushRoad | None = None

    async def send(self, message: Message) -> Carried:
        """As `RoadSender.send`. Raises `StoreUnavailable`."""
        return await (await self._ready()).send(message)

    async def try_out(self, one: PushSubscription, seq: int) -> Carried:
        """Lets a phone ring once, for whoever wants to know whether it does."""
        return await (await self._ready()).try_out(one, seq)

    async def public_key(self) -> str:
        """What a page subscribes with."""
        return (await self._ready()).key.public

    async def wrong_keys(self, p256dh: str, auth: str) -> str | None:
        """Why no browser gives such keys; None: one does."""
        return (await self._ready()).wrong_keys(p256dh, auth)

    def turn(self, secret: bytes) -> None:
        """From now on the server's key is another one."""
        self._secret = secret
        if self._road is not None:
            self._road.turn(secret)

    async def close(self) -> None:
        if self._road is not None:
            await self._road.close()

    async def _ready(self) -> PushRoad:
        async with self._making:
            if self._road is None:
                road = await asyncio.to_thread(self._made)
                # It may have been turned meanwhile.
                road.turn(self._secret)
                self._road = road
            return self._road

    def _made(self) -> PushRoad:
        from queue_server.notices.push.road import PushRoad

        people, plans, now, settings = self._needs
        return PushRoad(people, self._secret, plans, now, settings)
