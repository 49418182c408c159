"""The lobby board: watches every call, and lets people without a phone hear theirs."""

from __future__ import annotations

from queue_server.rehearse.hall import Guest, Hall


async def watch_board(hall: Hall) -> None:
    """Notes every call the board shows, until cancelled."""
    path = f"/ws/branches/{hall.branch}/board"
    async for view in hall.client.views(path, hall.tokens["display"]):
        async with hall.board_changed:
            for call in view["calls"]:
                hall.board_calls[call["seq"]] = call
            hall.board_changed.notify_all()


async def hear_call(hall: Hall, guest: Guest, after_seq: int) -> int | None:
    """Waits for a call of the guest's number later than `after_seq`; its seq, or None once served.

    Cancelling it ends the wait.
    """

    def heard() -> int | None:
        calls = hall.board_calls.values()
        return max((c["seq"] for c in calls if c["number"] == guest.number), default=None)

    def news() -> bool:
        return guest.served or (heard() or 0) > after_seq

    async with hall.board_changed:
        await hall.board_changed.wait_for(news)
        return None if guest.served else heard()
