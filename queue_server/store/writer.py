"""The one who writes: a task that owns its connection for life and takes whatever waits.

Works that wait together share one transaction. When one of them is refused, it is rolled back and
done again with a savepoint around each, so that none harms its neighbours. Their callers hear of
it after the commit, never before. Must not know any table.

The task is ended by a message (`close`), never by cancelling. Callers wait behind a shield:
cancelling one changes nothing about what is written.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from queue_server.store.connections import Act, Pen
from queue_server.store.engines import Database, Upkeep
from queue_server.store.log import StoreUnavailable

T = TypeVar("T")
Work = Act[T]

WORKS_A_COMMIT_MAX: Final = 256
"""So that the first in a burst does not wait for the whole burst."""

WORKS_WAITING_MAX: Final = 4_096
"""Beyond it the disk does not keep up: refusing at once is kinder than a queue of minutes."""

_TROUBLE: Final = (SQLAlchemyError, OSError)
"""The database failed; anything else a work raises is its own refusal."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    work: Work[Any]
    outcome: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Did:
    """What came of one work in a transaction: to be told once that is committed."""

    value: Any = None
    refused: Exception | None = None


class Writer:
    """Started by `start`, ended by `close`; in between `do` makes works durable."""

    def __init__(self, database: Database) -> None:
        self._name = database.name
        self._pen: Pen = database.pen()
        self._upkeep: Upkeep = database.upkeep()
        self._waiting: deque[_Job] = deque()
        self._wake = asyncio.Event()
        self._closing = False
        self._task: asyncio.Task[None] | None = None

    async def start(self, prepare: Work[None]) -> None:
        """Connects, lets `prepare` bring the tables up to date, and begins to take works.

        Raises `StoreUnavailable`, or what `prepare` raises; nothing is left open then. Cancelling
        it leaves the connection to the garbage collector.
        """
        try:
            await self._pen.do(lambda connection: _in_a_transaction(connection, prepare))
        except _TROUBLE as error:
            await self._pen.put_away()
            raise StoreUnavailable(f"{self._name} cannot be opened: {_words(error)}") from error
        except Exception:
            await self._pen.put_away()
            raise
        await self._keep_up(self._upkeep.after_commit)
        self._task = asyncio.create_task(self._run(), name=f"writer of {self._name}")

    async def do(self, work: Work[T]) -> T:
        """Runs `work` in a transaction; returns its value once that is on disk.

        `work` may be run again after a rollback, and in another thread: it changes nothing but the
        database.
        What `work` itself raises undoes its own writes only, and is raised here. Raises
        `StoreUnavailable` when the database fails: the outcome is then unknown. Cancelling the
        caller does not cancel the write.
        """
        if self._closing or self._task is None or self._task.done():
            raise StoreUnavailable(f"{self._name} is closed")
        if len(self._waiting) >= WORKS_WAITING_MAX:
            raise StoreUnavailable(f"{self._name} does not keep up: {WORKS_WAITING_MAX} wait")
        outcome: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        outcome.add_done_callback(_heard)
        self._waiting.append(_Job(work, outcome))
        self._wake.set()
        return await asyncio.shield(outcome)

    async def erase(self, work: Work[T]) -> T:
        """Like `do`, and returns once no copy of what was deleted lingers beside the database.

        (Unless somebody is reading just then: the copy goes when they have finished.)
        """

        def erasing(connection: sa.Connection) -> T:
            self._upkeep.erased()
            return work(connection)

        value = await self.do(erasing)
        await self.do(_nothing)  # Taken only after the upkeep that follows the work's commit.
        return value

    async def close(self) -> None:
        """Writes what was accepted, then lets go. A second call waits for the first."""
        self._closing = True
        self._wake.set()
        if self._task is not None:
            await asyncio.shield(self._task)

    async def _run(self) -> None:
        try:
            while await self._something_waits():
                await self._write(self._take())
            if self._upkeep.wanted:
                await self._keep_up(self._upkeep.when_idle)
        finally:
            # Only here early if somebody cancelled us all the same: let nobody wait for ever.
            self._closing = True
            _fail(self._waiting, f"{self._name} is closed")
            await self._pen.put_away()

    async def _something_waits(self) -> bool:
        """Waits for works, and looks after the database meanwhile; False when it is time to end."""
        while not self._waiting:
            if self._closing:
                return False
            self._wake.clear()
            timer = self._idle_timer()
            await self._wake.wait()
            if timer is not None:
                timer.cancel()
                if not self._waiting and not self._closing:
                    await self._keep_up(self._upkeep.when_idle)
        return True

    def _idle_timer(self) -> asyncio.TimerHandle | None:
        """A timer, because a wait with a limit ends by cancelling and may lose a message."""
        if not (self._pen.connected and self._upkeep.wanted):
            return None
        return asyncio.get_running_loop().call_later(self._upkeep.idle_s, self._wake.set)

    def _take(self) -> list[_Job]:
        count = min(len(self._waiting), WORKS_A_COMMIT_MAX)
        return [self._waiting.popleft() for _ in range(count)]

    async def _write(self, jobs: list[_Job]) -> None:
        works = [job.work for job in jobs]
        try:
            done = await self._pen.do(lambda connection: _committed(connection, works))
        except Exception as error:
            log.warning("%s failed: %s", self._name, _words(error))
            # A new connection has no doubts about its transaction.
            await self._pen.drop()
            _fail(jobs, f"{self._name}: {_words(error)}", error)
            return
        except asyncio.CancelledError:
            _fail(jobs, f"{self._name} was stopped in the middle of a write")
            raise
        for job, did in zip(jobs, done, strict=True):
            _tell(job.outcome, did)
        await self._keep_up(self._upkeep.after_commit)

    async def _keep_up(self, duty: Callable[[Pen], Awaitable[None]]) -> None:
        if not self._pen.connected:
            return
        try:
            await duty(self._pen)
        except Exception as error:
            log.warning("upkeep of %s failed: %s", self._name, _words(error))
            await self._pen.drop()


def _committed(connection: sa.Connection, works: Sequence[Work[Any]]) -> list[_Did]:
    """All in one transaction; where one refuses, all again, so that it harms nobody else."""
    return _all_at_once(connection, works) or _each_by_itself(connection, works)


def _all_at_once(connection: sa.Connection, works: Sequence[Work[Any]]) -> list[_Did] | None:
    """The usual way, without savepoints: they cost more than the writes. None: one refused."""
    try:
        with connection.begin():
            return [_Did(value=work(connection)) for work in works]
    except _TROUBLE:
        raise  # The database's own trouble is everybody's: nobody knows what it has kept.
    except Exception as refused:
        return [_Did(refused=refused)] if len(works) == 1 else None


def _each_by_itself(connection: sa.Connection, works: Sequence[Work[Any]]) -> list[_Did]:
    """Each in a savepoint."""
    with connection.begin():
        return [_attempt(connection, work) for work in works]


def _attempt(connection: sa.Connection, work: Work[Any]) -> _Did:
    try:
        with connection.begin_nested():
            return _Did(value=work(connection))
    except _TROUBLE:
        raise
    except Exception as refused:
        return _Did(refused=refused)


def _in_a_transaction(connection: sa.Connection, work: Work[T]) -> T:
    with connection.begin():
        return work(connection)


def _nothing(_connection: sa.Connection) -> None:
    pass


def _tell(outcome: asyncio.Future[Any], did: _Did) -> None:
    if outcome.done():
        return
    if did.refused is not None:
        outcome.set_exception(did.refused)
    else:
        outcome.set_result(did.value)


def _fail(jobs: Iterable[_Job], words: str, cause: Exception | None = None) -> None:
    for job in jobs:
        if not job.outcome.done():
            unavailable = StoreUnavailable(words)
            unavailable.__cause__ = cause
            job.outcome.set_exception(unavailable)


def _heard(outcome: asyncio.Future[Any]) -> None:
    """A cancelled caller hears of no failure; without this asyncio would complain about it."""
    if not outcome.cancelled():
        outcome.exception()


def _words(error: BaseException) -> str:
    """The driver's own sentence, without the statement and its values: they may name people."""
    return str(getattr(error, "orig", None) or error)
