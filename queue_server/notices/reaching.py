"""Everything that reaches people away from their page, as the application owns it and the web asks
it: who is told, by which roads, and how these are doing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import structlog

from queue_server.clock import Clock
from queue_server.domain.model import BranchDay
from queue_server.domain.plan import BranchPlan
from queue_server.live.tasks import Crew
from queue_server.notices.figures import RoadReport, road_report
from queue_server.notices.follower import Notices
from queue_server.notices.push.later import PushLater
from queue_server.notices.road import Gone
from queue_server.notices.sending import Heard, Sending
from queue_server.notices.trouble import RoadStanding
from queue_server.notices.watched import Watched
from queue_server.people import People
from queue_server.people.values.roads import PushSubscription, Road
from queue_server.settings import Settings
from queue_server.store.log import Log, Stream

_log = structlog.get_logger(__name__)


class Reaching:
    """Started and stopped by the application; `follower` is one of those that hear the log."""

    def __init__(
        self,
        log: Log,
        people: People,
        push_key: bytes,
        plans: Callable[[], Mapping[str, BranchPlan]],
        newest: Callable[[str, date], BranchDay | None],
        clock: Clock,
        settings: Settings,
        heard: Heard,
    ) -> None:
        """`newest`: as in `Notices`. `heard`: told what became of each message, and when."""
        self._people, self._settings, self._newest = people, settings, newest
        self._watched = Watched(people)
        self._push = PushLater(people, push_key, plans, clock.now, settings)
        self._sending = Sending(people, {Road.PUSH: self._push}, clock, settings, heard)
        self.follower = Notices(log, people, self._watched, newest, clock.now, self._sending.wake)
        self._crew = Crew()

    async def load(self) -> None:
        """Before anybody follows: who is not known to be watched is passed over for good. Raises
        `StoreUnavailable`.
        """
        await self._watched.load()

    async def start(self) -> None:
        """Once the days are awake: what is told names their branches. Raises `StoreUnavailable`."""
        await self._sending.start()

    async def stop(self) -> None:
        """What was being carried is carried again after the next start."""
        await self._crew.cancel()
        await self._sending.stop()
        await self._push.close()

    async def push_key(self) -> str:
        """What a page subscribes with."""
        return await self._push.public_key()

    async def wrong_keys(self, p256dh: str, auth: str) -> str | None:
        """Why no browser gives such keys to subscribe with; None: one does."""
        return await self._push.wrong_keys(p256dh, auth)

    async def subscribe(self, one: PushSubscription) -> None:
        """From now on its ticket is told there too; a page that says so at each loading is told
        nothing anew. Raises `StoreUnavailable`.
        """
        before = await self._people.push_subscription_at(one.ticket_id, one.endpoint)
        if before is not None and one.is_as(before):
            return
        await self._people.add_push_subscription(
            one, self._settings.push_subscriptions_per_ticket_max
        )
        await self._watched.load()
        await self.follower.look(Stream(one.branch, one.day), one.number)

    async def unsubscribe(self, ticket_id: str, endpoint: str) -> None:
        """Erases it; where there is none such, nothing. Raises `StoreUnavailable`."""
        one = await self._people.push_subscription_at(ticket_id, endpoint)
        if one is not None:
            await self._people.end_push_subscription(one.id)
            await self._watched.load()

    def try_out(self, one: PushSubscription, seq: int) -> None:
        """Lets it ring once, by and by."""
        self._crew.start(self._try_out(one, seq), "push trial")

    async def _try_out(self, one: PushSubscription, seq: int) -> None:
        carried = await self._push.try_out(one, seq)
        if isinstance(carried, Gone):
            await self._watched.load()
        _log.info("push_tried", came_to=type(carried).__name__)

    async def turned(self, push_key: bytes) -> None:
        """The server's key for pushing is another one: pages subscribe anew."""
        self._push.turn(push_key)
        await self._watched.load()

    def standing(self, road: Road) -> RoadStanding:
        """How one road is doing."""
        return self.standings().get(road, RoadStanding())

    async def report(self, branch: str, day: date) -> RoadReport:
        """A day by road, while it is shown. Raises `StoreUnavailable`."""
        shown = self._newest(branch, day)
        tickets = shown.tickets.values() if shown else ()
        return road_report(tickets, await self._people.messages(branch, day))

    def standings(self) -> Mapping[Road, RoadStanding]:
        """How each road is doing."""
        return self._sending.standings.standings()

    def carrying(self) -> int:
        """How many messages are on their way at this moment."""
        return self._sending.carrying
