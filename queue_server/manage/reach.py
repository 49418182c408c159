"""How a command reaches the data: through the server that holds the folder, else by itself.

Whichever it is, the same `Office` does the work.
"""

from __future__ import annotations

from datetime import UTC, datetime

from queue_server.domain.commands import ChangeSettings
from queue_server.domain.decide import decide, settle
from queue_server.domain.fold import apply, refold
from queue_server.domain.model import DayState
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Refusal
from queue_server.live.days import PlanCodec
from queue_server.manage.sentences import Sorry, sorry
from queue_server.office import client
from queue_server.office.answer import Answer
from queue_server.office.branches import Branches
from queue_server.office.office import Office
from queue_server.office.questions import Configure, Plans, Question
from queue_server.people.access import Access
from queue_server.people.no import No
from queue_server.settings import Settings
from queue_server.store import codec
from queue_server.store.folder import DataFolder, FolderHeld, Stores, open_stores
from queue_server.store.log import Batch, Log, NewEvent
from queue_server.store.migrations import TooNew


async def reach(settings: Settings, question: Question) -> Answer:
    """Asks the server, or does it here. Raises `Sorry`, `StoreUnavailable`, `OSError`.

    Cancelling it leaves open whether it was done.
    """
    folder = DataFolder(settings.data)
    try:
        return _told(await client.ask(settings.data, question))
    except client.NoServer:
        pass
    if settings.database is None and folder.is_empty():
        if isinstance(question, Plans):
            return {}
        if not isinstance(question, Configure):
            raise Sorry(
                f"{settings.data.absolute()} holds no branch yet. Name the folder with --data,"
                " or begin with: lapak init"
            )
    async with await opened(settings) as stores:
        return _told(await (await _office(stores, settings)).answer(question))


def _told(said: Answer | No) -> Answer:
    if isinstance(said, No):
        raise sorry(said)
    return said


async def opened(settings: Settings) -> Stores:
    """Both stores of the settings' folder. Raises `Sorry` where they cannot be had."""
    try:
        return await open_stores(settings.data, settings.database)
    except (FolderHeld, TooNew) as held:
        raise Sorry(str(held)) from None


async def _office(stores: Stores, settings: Settings) -> Office:
    """An office without a server."""
    plans = {name: codec.decode_plan(stored) for name, stored in (await stores.log.plans()).items()}

    async def configure(plan: BranchPlan) -> Refusal | None:
        refusal = await _change_open_day(stores.log, plan)
        if refusal is None:
            await stores.log.save_plan(plan.branch, codec.encode_plan(plan))
        return refusal

    # Nobody is signed in anywhere: there is nothing to forget.
    access = Access(stores.people, _now, settings, forget=lambda: None)
    branches = Branches(lambda: plans, configure, PlanCodec(codec.encode_plan, codec.decode_plan))
    return Office(access, branches, settings.address())


async def _change_open_day(log: Log, plan: BranchPlan) -> Refusal | None:
    """The branch's newest day takes the plan over, as it would while a server runs; or refuses.

    A day that is over keeps the plan it was lived by.
    """
    streams = await log.streams(plan.branch)
    if not streams:
        return None
    records = await log.read(streams[-1])
    day, now = refold(record.event for record in records), _now()
    today = now.astimezone(plan.timezone()).date()
    if day.state is not DayState.OPEN and day.date != today:
        return None
    lapsed = settle(day, now)
    for event in lapsed:
        apply(day, event)
    changed = decide(day, ChangeSettings(plan=plan, by="lapak"), now)
    if not isinstance(changed, tuple):
        return changed if isinstance(changed, Refusal) else None
    events = tuple(NewEvent(event) for event in (*lapsed, *changed))
    await log.append(Batch(streams[-1], records[-1].seq, events))
    return None


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
