"""What a log has lost of its end, and what follows: such a day starts paused, as after a restore.

Numbers on paper may come from the records that are gone. Must not know how a day is paused.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from queue_server.store import paused
from queue_server.store.log import SERVICE_DAY, Damaged, Log, Record, Stream
from queue_server.store.reached import Mark, Marks


async def lost(log: Log, marks: Marks) -> dict[Stream, str]:
    """The streams that had come further than the log tells, each with a sentence about it.

    Raises `StoreUnavailable`.
    """
    found = {}
    for stream, mark in sorted(marks.items()):
        if not await _holds(log, stream, mark):
            found[stream] = (
                f"{stream}: the log had come to record {mark.seq}, which is not in it any more: its"
                " end was lost"
            )
    return found


async def pause_lost(log: Log, marks: Marks, path: Path) -> tuple[dict[Stream, Mark], list[str]]:
    """Lets each day that lost its end wait for its last numbers (`path` is `DataFolder.paused`).

    Returns the marks the log holds from now on, and what to say. Raises `StoreUnavailable`,
    `OSError`.
    """
    gone = await lost(log, marks)
    held = {stream: mark for stream, mark in marks.items() if stream not in gone}
    waiting: dict[Stream, paused.LastNumbers] = {}
    for stream in gone:
        records = await _read(log, stream)
        if records:
            held[stream] = Mark(records[-1].seq, records[-1].hash)
        if stream.kind == SERVICE_DAY:
            waiting[stream] = paused.last_numbers(records)
    if waiting:
        paused.pause(path, {**paused.paused_days(path), **waiting})
    return held, list(gone.values())


async def _holds(log: Log, stream: Stream, mark: Mark) -> bool:
    try:
        found = await log.page(stream, mark.seq - 1, 1)
    except Damaged:
        return True  # Not lost but changed, which the day's own start will say.
    return bool(found) and found[0].hash == mark.head


async def _read(log: Log, stream: Stream) -> Sequence[Record]:
    try:
        return await log.read(stream)
    except Damaged:
        return ()
