"""The contract of the log, held by every store."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from queue_server.domain.events import TicketParked
from queue_server.store.chain import link
from queue_server.store.codec import KINDS, decode, encode
from queue_server.store.log import Conflict, Log, NewEvent, Stream, UnknownKind
from tests.store.errands import ERRANDS, begun, done
from tests.store.examples import AT, BONTANG, DAY, EVENTS, batch, issued

SAMARINDA = Stream("samarinda", DAY)
TOMORROW = Stream("bontang", DAY + timedelta(days=1))


class TestAppending:
    async def test_what_was_appended_is_read_in_order(self, log: Log) -> None:
        await log.append(batch(0, issued(1), issued(2)))
        await log.append(batch(2, issued(3)))
        read = await log.read(BONTANG)
        assert [record.seq for record in read] == [1, 2, 3]
        assert [record.event for record in read] == [issued(n).event for n in (1, 2, 3)]

    async def test_every_kind_of_event_comes_back_equal(self, log: Log) -> None:
        events = list(EVENTS.values())
        await log.append(batch(0, *map(NewEvent, events)))
        read = await log.read(BONTANG)
        assert [record.event for record in read] == events
        assert [record.stored for record in read] == [encode(event) for event in events]

    async def test_reading_after_a_seq_gives_the_rest(self, log: Log) -> None:
        await log.append(batch(0, *(issued(n) for n in range(1, 6))))
        assert [record.seq for record in await log.read(BONTANG, after=3)] == [4, 5]
        assert await log.read(BONTANG, after=5) == []
        assert await log.read(BONTANG, after=99) == []

    async def test_a_page_has_so_many_and_no_more(self, log: Log) -> None:
        await log.append(batch(0, *(issued(n) for n in range(1, 6))))
        pages = [await log.page(BONTANG, after, 2) for after in (0, 2, 4, 5)]
        assert [[one.seq for one in page] for page in pages] == [[1, 2], [3, 4], [5], []]

    async def test_an_unknown_day_is_empty(self, log: Log) -> None:
        assert await log.read(BONTANG) == []
        assert await log.head(BONTANG) == ""

    async def test_days_and_branches_do_not_mix(self, log: Log) -> None:
        await log.append(batch(0, issued(1)))
        await log.append(batch(0, issued(2), stream=SAMARINDA))
        await log.append(batch(0, issued(3), stream=TOMORROW))
        assert [record.event for record in await log.read(SAMARINDA)] == [issued(2).event]
        assert await log.streams() == [BONTANG, TOMORROW, SAMARINDA]
        assert await log.streams("bontang") == [BONTANG, TOMORROW]
        assert await log.streams("nowhere") == []

    async def test_an_empty_batch_leaves_no_trace(self, log: Log) -> None:
        await log.append(replace(batch(0), events=()))
        assert await log.streams() == []

    async def test_what_cannot_be_read_back_is_not_written(self, log: Log) -> None:
        naive = NewEvent(TicketParked(at=AT.replace(tzinfo=None), number="A-001"))
        with pytest.raises(ValueError, match="not in UTC"):
            await log.append(batch(0, issued(1), naive))
        assert await log.read(BONTANG) == []


class TestWhoWasFirst:
    @pytest.mark.parametrize("expected", [0, 1, 3])
    async def test_only_directly_after_the_last(self, log: Log, expected: int) -> None:
        await log.append(batch(0, issued(1), issued(2)))
        with pytest.raises(Conflict):
            await log.append(batch(expected))
        assert len(await log.read(BONTANG)) == 2
        await log.append(batch(2))

    async def test_nothing_can_follow_what_is_not_there(self, log: Log) -> None:
        with pytest.raises(Conflict):
            await log.append(batch(1))
        assert await log.streams() == []

    async def test_of_many_at_once_one_is_first(self, log: Log) -> None:
        tries = [log.append(batch(0, issued(n))) for n in range(1, 21)]
        outcomes = await asyncio.gather(*tries, return_exceptions=True)
        assert outcomes.count(None) == 1
        assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 19
        winner = issued(outcomes.index(None) + 1)
        assert [record.event for record in await log.read(BONTANG)] == [winner.event]

    async def test_the_loser_does_not_harm_its_neighbours(self, log: Log) -> None:
        await log.append(batch(0))
        appends = [log.append(batch(0)), log.append(batch(1)), log.append(batch(7))]
        others = [Stream(f"branch-{n}", DAY) for n in range(10)]
        appends += [log.append(batch(0, stream=stream)) for stream in others]
        outcomes = await asyncio.gather(*appends, return_exceptions=True)
        assert [type(one) for one in outcomes[:3]] == [Conflict, type(None), Conflict]
        assert outcomes[3:] == [None] * 10
        assert len(await log.read(BONTANG)) == 2
        for stream in others:
            assert len(await log.read(stream)) == 1

    async def test_batches_sent_one_behind_the_other_all_fit(self, log: Log) -> None:
        await asyncio.gather(*(log.append(batch(n)) for n in range(50)))
        assert len(await log.read(BONTANG)) == 50


class TestRequests:
    async def test_a_mark_comes_back_with_its_event(self, log: Log) -> None:
        await log.append(batch(0, issued(1, "request-1"), issued(2)))
        marks = [record.mark for record in await log.read(BONTANG)]
        assert marks == [issued(1, "request-1").mark, None]

    async def test_a_request_is_stored_once_a_day(self, log: Log) -> None:
        await log.append(batch(0, issued(1, "request-1")))
        with pytest.raises(Conflict):
            await log.append(batch(1, issued(2, "request-1")))
        assert len(await log.read(BONTANG)) == 1
        await log.append(batch(0, issued(1, "request-1"), stream=TOMORROW))

    async def test_not_even_twice_in_one_batch(self, log: Log) -> None:
        with pytest.raises(Conflict):
            await log.append(batch(0, issued(1, "request-1"), issued(2, "request-1")))
        assert await log.read(BONTANG) == []


class TestTheChain:
    async def test_each_hash_covers_the_one_before(self, log: Log) -> None:
        await log.append(batch(0, issued(1), issued(2)))
        await log.append(batch(2))
        head = ""
        for record in await log.read(BONTANG):
            head = link(head, "bontang/2026-11-23", record.seq, record.stored)
            assert record.hash == head
            assert decode(record.stored) == record.event
        assert await log.head(BONTANG) == head

    async def test_it_begins_anew_with_every_stream(self, log: Log) -> None:
        await log.append(batch(0, issued(1)))
        await log.append(batch(0, issued(1), stream=SAMARINDA))
        assert await log.head(BONTANG) != await log.head(SAMARINDA)


@pytest.mark.usefixtures("errands_known")
class TestKindsOfStreams:
    async def test_two_kinds_live_side_by_side(self, log: Log) -> None:
        await log.append(batch(0, issued(1)))
        await log.append(batch(0, begun(), done(), stream=ERRANDS))
        assert [record.event for record in await log.read(BONTANG)] == [issued(1).event]
        events = [record.event for record in await log.read(ERRANDS)]
        assert events == [begun().event, done().event]

    async def test_each_is_listed_by_its_kind(self, log: Log) -> None:
        for stream, event in ((BONTANG, issued(1)), (ERRANDS, begun())):
            await log.append(batch(0, event, stream=stream))
        assert await log.streams() == [BONTANG]
        assert await log.streams(kind=ERRANDS.kind) == [ERRANDS]
        assert await log.streams("bontang", kind=None) == [BONTANG, ERRANDS]

    async def test_each_has_its_own_chain_numbers_and_requests(self, log: Log) -> None:
        mark = issued(1, "request-1").mark
        await log.append(batch(0, issued(1, "request-1")))
        await log.append(batch(0, replace(begun(), mark=mark), stream=ERRANDS))
        (record,) = await log.read(ERRANDS)
        assert record.hash == link("", "bontang/2026-11-23/errand", 1, record.stored)
        assert await log.head(ERRANDS) == record.hash != await log.head(BONTANG)
        with pytest.raises(Conflict):
            await log.append(batch(0, begun(), stream=ERRANDS))

    async def test_no_event_goes_into_a_stream_of_another_kind(self, log: Log) -> None:
        with pytest.raises(ValueError, match="belongs into no stream of this kind"):
            await log.append(batch(0, issued(1), stream=ERRANDS))
        assert await log.streams(kind=None) == []

    async def test_of_an_unknown_kind_the_chain_alone_is_read(self, log: Log) -> None:
        await log.append(batch(0, begun(), done(), stream=ERRANDS))
        with pytest.MonkeyPatch.context() as patched:
            patched.delitem(KINDS, ERRANDS.kind)
            rows = await log.rows(ERRANDS)
            assert [row.seq for row in rows] == [1, 2]
            assert rows[-1].hash == await log.head(ERRANDS)
            with pytest.raises(UnknownKind):
                await log.read(ERRANDS)
            with pytest.raises(UnknownKind):
                await log.append(batch(2, done(), stream=ERRANDS))


class TestPlans:
    async def test_a_saved_plan_replaces_the_one_before(self, log: Log) -> None:
        assert await log.plans() == {}
        await log.save_plan("bontang", b"one")
        await log.save_plan("samarinda", b"two")
        await log.save_plan("bontang", b"three")
        assert await log.plans() == {"bontang": b"three", "samarinda": b"two"}


class TestCallersWhoGoAway:
    async def test_a_cancelled_caller_cancels_no_write(self, log: Log) -> None:
        tasks = [asyncio.create_task(log.append(batch(n))) for n in range(40)]
        await asyncio.sleep(0)
        for task in tasks[::2]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await log.append(batch(40))
        assert [record.seq for record in await log.read(BONTANG)] == list(range(1, 42))

    async def test_a_cancelled_reader_harms_nobody(self, log: Log) -> None:
        await log.append(batch(0, *(issued(n) for n in range(1, 200))))
        for turns in range(30):
            task = asyncio.create_task(_read(log))
            for _ in range(turns % 7):
                await asyncio.sleep(0.0003)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        assert len(await log.read(BONTANG)) == 199

    async def test_closing_writes_what_was_accepted(self, log: Log) -> None:
        tasks = [asyncio.create_task(log.append(batch(n))) for n in range(20)]
        await asyncio.sleep(0)
        await log.close()
        assert await asyncio.gather(*tasks) == [None] * 20


async def _read(log: Log) -> None:
    await log.read(BONTANG)
