"""The log in memory fails exactly as it is told to."""

from __future__ import annotations

import asyncio

import pytest

from queue_server.store.log import Conflict, StoreUnavailable
from queue_server.store.memory import Fault, MemoryLog
from tests.store.examples import BONTANG, batch


async def test_a_fault_before_the_write_leaves_nothing() -> None:
    log = MemoryLog(Fault.BEFORE_WRITE)
    with pytest.raises(StoreUnavailable):
        await log.append(batch(0))
    assert await log.read(BONTANG) == []
    await log.append(batch(0))


async def test_a_fault_after_the_write_leaves_it_there() -> None:
    log = MemoryLog(Fault.AFTER_WRITE)
    with pytest.raises(StoreUnavailable):
        await log.append(batch(0))
    assert len(await log.read(BONTANG)) == 1


async def test_a_planned_conflict_writes_nothing() -> None:
    log = MemoryLog(Fault.NONE, Fault.CONFLICT)
    await log.append(batch(0))
    with pytest.raises(Conflict):
        await log.append(batch(1))
    await log.append(batch(1))


async def test_while_down_it_neither_writes_nor_reads() -> None:
    log = MemoryLog()
    await log.append(batch(0))
    log.faults.down = True
    with pytest.raises(StoreUnavailable):
        await log.append(batch(1))
    with pytest.raises(StoreUnavailable):
        await log.read(BONTANG)
    log.faults.down = False
    await log.append(batch(1))
    assert len(await log.read(BONTANG)) == 2


async def test_a_slow_write_outlives_its_caller() -> None:
    log = MemoryLog()
    log.faults.write_delay_s = 0.01
    caller = asyncio.create_task(log.append(batch(0)))
    await asyncio.sleep(0)
    caller.cancel()
    await asyncio.gather(caller, return_exceptions=True)
    assert await log.read(BONTANG) == []
    await asyncio.sleep(0.05)
    assert len(await log.read(BONTANG)) == 1


async def test_delays_by_a_clock_that_can_be_replaced() -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    log = MemoryLog(sleep=sleep)
    log.faults.write_delay_s = 30
    await log.append(batch(0))
    assert slept == [30]
