"""How a command reaches the data: through the server that holds the folder, else by itself.

Whichever it is, the same `Office` does the work.
"""

from __future__ import annotations

from datetime import UTC, datetime

from queue_server.domain.plan import BranchPlan
from queue_server.manage import control
from queue_server.manage.office import Answer, Configure, Office, Plans, Question, Sorry
from queue_server.settings import Settings
from queue_server.store import codec
from queue_server.store.folder import DataFolder, FolderHeld, Stores, open_stores
from queue_server.store.migrations import TooNew


async def reach(settings: Settings, question: Question) -> Answer:
    """Asks the server, or does it here. Raises `Sorry`, `StoreUnavailable`, `OSError`.

    Cancelling it leaves open whether it was done.
    """
    folder = DataFolder(settings.data)
    try:
        return await control.ask(settings.data, question)
    except control.NoServer:
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
        return await (await _office(stores, settings)).answer(question)


async def opened(settings: Settings) -> Stores:
    """Both stores of the settings' folder. Raises `Sorry` where they cannot be had."""
    try:
        return await open_stores(settings.data, settings.database)
    except (FolderHeld, TooNew) as held:
        raise Sorry(str(held)) from None


async def _office(stores: Stores, settings: Settings) -> Office:
    """An office without a server: a changed plan waits for the next start."""
    plans = {name: codec.decode_plan(stored) for name, stored in (await stores.log.plans()).items()}

    async def configure(plan: BranchPlan) -> None:
        await stores.log.save_plan(plan.branch, codec.encode_plan(plan))

    return Office(
        people=stores.people,
        plans=lambda: plans,
        configure=configure,
        now=_now,
        settings=settings,
    )


def _now() -> datetime:
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
