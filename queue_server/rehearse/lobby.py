"""The lobby board: watches every call, and lets people without a phone hear theirs."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date
from zoneinfo import ZoneInfo

from queue_server.rehearse.hall import Guest, Hall


async def watch_board(hall: Hall) -> None:
    """Notes every call the board shows, and how many wait, until cancelled."""
    path = f"/ws/branches/{hall.branch}/board"
    async for view in hall.client.views(path, hall.tokens["display"]):
        async with hall.board_changed:
            for call in view["calls"]:
                hall.board_calls[call["seq"]] = call
            hall.board_day, hall.zone = date.fromisoformat(view["date"]), ZoneInfo(view["zone"])
            hall.waiting = sum(view["waiting"].values())
            hall.board_changed.notify_all()


async def somebody_waits(hall: Hall, patience_s: float) -> None:
    """Until the board shows somebody waiting, or so many seconds of the played day have passed."""
    with suppress(TimeoutError):
        async with asyncio.timeout(patience_s / hall.pace.speed), hall.board_changed:
            await hall.board_changed.wait_for(lambda: hall.waiting > 0)


def newest_call(hall: Hall, guest: Guest) -> int:
    """The seq of the guest's newest call the board showed; 0 before the first."""
    calls = hall.board_calls.values()
    return max((call["seq"] for call in calls if call["number"] == guest.number), default=0)


async def hear_call(hall: Hall, guest: Guest, after_seq: int, patience_s: float) -> int:
    """Waits for a call of the guest's number later than `after_seq`; the newest call's seq.

    Comes back without one when the guest was served, or after `patience_s` of the played day.
    """

    def heard() -> bool:
        return guest.served or newest_call(hall, guest) > after_seq

    with suppress(TimeoutError):
        async with asyncio.timeout(patience_s / hall.pace.speed), hall.board_changed:
            await hall.board_changed.wait_for(heard)
    return newest_call(hall, guest)
