"""The outbox on SQL: what is to be told, claimed by who sends it, and what became of it.

One writer's transactions on SQLite; on PostgreSQL claimed rows are skipped by other nodes. Must not
know what an occasion means, nor how a road sends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import sqlalchemy as sa

from queue_server.people.values.roads import Change, Fate, Message, Road, Said
from queue_server.store.people_sql.part import Part
from queue_server.store.rows import columns, made
from queue_server.store.schema import messages, push_subscriptions

_M = messages.c
_WAITS: Final = _M.fate == Fate.WAITING


class SqlOutbox(Part):
    """`people.Outbox`."""

    async def put(self, changes: Sequence[Change], now: datetime) -> int:
        if not changes:
            return 0

        def work(connection: sa.Connection) -> int:
            return sum(_put(connection, change, now) for change in changes)

        return await self._writer.do(work)

    async def claim(self, now: datetime, until: datetime, most: int) -> Sequence[Message]:
        def work(connection: sa.Connection) -> list[Message]:
            connection.execute(_stale(now))
            ids = _free(connection, now, most)
            taken = _M.id.in_(ids)
            connection.execute(
                sa.update(messages).where(taken).values(claimed_until=until, tries=_M.tries + 1)
            )
            query = sa.select(*columns(messages, Message)).where(taken).order_by(_M.id)
            return [made(Message, row) for row in connection.execute(query)]

        return await self._writer.do(work)

    async def release_claims(self) -> int:
        claimed = sa.update(messages).where(_WAITS, _M.claimed_until.is_not(None))
        return await self._write(claimed.values(claimed_until=None))

    async def settle(self, message_id: int, fate: Fate, at: datetime, trouble: str = "") -> None:
        settled = {"fate": fate, "settled_at": at, "trouble": trouble, "claimed_until": None}
        await self._write(sa.update(messages).where(_M.id == message_id).values(settled))

    async def postpone(self, message_id: int, until: datetime, trouble: str) -> None:
        later = {"due_at": until, "trouble": trouble, "claimed_until": None}
        await self._write(sa.update(messages).where(_M.id == message_id).values(later))

    async def next_due(self) -> datetime | None:
        free_at = sa.func.coalesce(_M.claimed_until, _M.due_at)
        row = await self._reader.first(
            sa.select(free_at.label("at")).where(_WAITS).order_by(free_at).limit(1)
        )
        return None if row is None else row.at

    async def messages(self, branch: str, day: date) -> Sequence[Message]:
        query = (
            sa.select(*columns(messages, Message))
            .where(_M.branch == branch, _M.day == day)
            .order_by(_M.id)
        )
        return [made(Message, row) for row in await self._reader.all(query)]


# Putting in


def _put(connection: sa.Connection, change: Change, now: datetime) -> int:
    _take_back(connection, change, now)
    if not change.said:
        return 0
    of_ticket = push_subscriptions.c.ticket_id == change.ticket_id
    holders = list(connection.execute(sa.select(push_subscriptions).where(of_ticket)))
    rows = ((said, holder) for said in change.said for holder in holders)
    return sum(_add(connection, said, holder, now) for said, holder in rows)


def _take_back(connection: sa.Connection, change: Change, now: datetime) -> None:
    earlier = (_M.ticket_id == change.ticket_id, _M.seq < change.seq, _WAITS)
    untrue = (*earlier, _M.occasion.in_(change.untrue))
    free = sa.or_(_M.claimed_until.is_(None), _M.claimed_until <= now)
    gone = {"fate": Fate.WITHDRAWN, "settled_at": now, "claimed_until": None}
    connection.execute(sa.update(messages).where(*untrue, free).values(gone))
    # On its way this moment: it is what the phone will show, but it is not tried again.
    connection.execute(sa.update(messages).where(*untrue).values(true_until=now))


def _add(connection: sa.Connection, said: Said, holder: sa.Row[Any], now: datetime) -> int:
    to = sa.and_(_M.ticket_id == said.ticket_id, _M.road == Road.PUSH, _M.address == holder.id)
    same = sa.and_(to, _M.occasion == said.occasion, _M.occurrence == said.occurrence)
    if connection.execute(sa.select(_M.id).where(same)).first() is not None:
        return 0
    if said.corrects and _last_told(connection, to, said, now) not in said.corrects:
        return 0
    connection.execute(sa.insert(messages).values(_row(said, holder)))
    return 1


def _last_told(
    connection: sa.Connection, to: sa.ColumnElement[bool], said: Said, now: datetime
) -> str | None:
    told = sa.or_(_M.fate == Fate.SENT, sa.and_(_WAITS, _M.claimed_until > now))
    query = sa.select(_M.occasion).where(to, told, _M.seq < said.seq)
    return connection.execute(query.order_by(_M.seq.desc(), _M.id.desc()).limit(1)).scalar()


def _row(said: Said, holder: sa.Row[Any]) -> dict[str, Any]:
    return {
        "ticket_id": said.ticket_id,
        "branch": holder.branch,
        "day": holder.day,
        "number": said.number,
        "occasion": said.occasion,
        "occurrence": said.occurrence,
        "sense": said.sense,
        "road": Road.PUSH,
        "address": holder.id,
        "counter": said.counter,
        "seq": said.seq,
        "happened_at": said.at,
        "due_at": said.due_at or said.at,
        "true_until": said.true_until,
        "fate": Fate.WAITING,
        "tries": 0,
        "trouble": "",
        "erase_at": holder.erase_at,
    }


# Taking out


def _stale(now: datetime) -> sa.Update:
    free = sa.or_(_M.claimed_until.is_(None), _M.claimed_until <= now)
    over = {"fate": Fate.STALE, "settled_at": now, "claimed_until": None}
    return sa.update(messages).where(_WAITS, free, _M.true_until <= now).values(over)


def _free(connection: sa.Connection, now: datetime, most: int) -> list[int]:
    """The oldest due of each address that nothing is on its way to."""
    waiting = sa.select(_M.id, _M.ticket_id, _M.address, _M.claimed_until).where(_WAITS)
    on_its_way = connection.execute(waiting.where(_M.claimed_until > now))
    busy = {(row.ticket_id, row.address) for row in on_its_way}
    free = sa.or_(_M.claimed_until.is_(None), _M.claimed_until <= now)
    due = waiting.where(free, _M.due_at <= now).order_by(_M.id).limit(2 * most)
    return _one_each(connection.execute(due.with_for_update(skip_locked=True)), busy)[:most]


def _one_each(rows: Iterable[sa.Row[Any]], busy: set[tuple[str, str]]) -> list[int]:
    found = []
    for row in rows:
        to = row.ticket_id, row.address
        if to not in busy:
            busy.add(to)
            found.append(row.id)
    return found
