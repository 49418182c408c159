"""What must hold at the end of any played day, looked up
in the log and in what screens and phones saw.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from queue_server import wire
from queue_server.rehearse.client import Client
from queue_server.rehearse.hall import Fields, Hall

ANNOUNCED = {"ticket_called", "ticket_recalled", "ticket_unparked"}
LEAVES_SEAT = {
    "ticket_finished",
    "ticket_skipped",
    "ticket_returned",
    "ticket_parked",
    "ticket_transferred",
    "ticket_cancelled",
    "action_undone",
}
SETTLE_TRIES = 50
SETTLE_S = 0.1


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold: a sentence, whether it does, and what was counted."""

    sentence: str
    holds: bool
    counted: str


class DayLog:
    """The day's log, as the API hands it to an auditor."""

    def __init__(self, branch: str) -> None:
        self.branch = branch
        self.day = ""
        self.events: list[Fields] = []
        self.chained = True
        self._head = ""

    @classmethod
    async def fetch(cls, client: Client, branch: str, token: str) -> DayLog:
        """All of it, page by page, recomputing the chain on the way."""
        log, after, more = cls(branch), 0, True
        while more:
            answer = await client.get_bytes(f"/branches/{branch}/log?after={after}", token)
            page = msgspec.json.decode(answer, type=wire.LogPage)
            log.day = page.day
            for entry in page.entries:
                log._take(entry)
            after, more = page.next_after, page.more
        return log

    def _take(self, entry: wire.LogEntry) -> None:
        """`docs/log.md`: the hash before, the stream, the seq, the stored bytes, line by line."""
        link = f"{self._head}\n{self.branch}/{self.day}\n{entry.seq}\n".encode()
        self.chained &= sha256(link + bytes(entry.event)).hexdigest() == entry.hash
        self.chained &= entry.seq == len(self.events) + 1
        self._head = entry.hash
        self.events.append({"seq": entry.seq, **msgspec.json.decode(entry.event)})

    def of(self, *kinds: str, after: int = 0) -> list[Fields]:
        """The events of some kinds later than seq `after`, in order."""
        return [e for e in self.events if e["event"] in kinds and e["seq"] > after]


async def check(hall: Hall, log: DayLog) -> list[Check]:
    """Every check of a played day."""
    await _let_board_settle(hall, log)
    return [
        _numbers_once(log),
        _one_counter_at_a_time(log),
        _board_saw_every_call(hall, log),
        _phones_saw_their_calls(hall, log),
        _nothing_lost(hall, log),
        Check("the log's chain verifies", log.chained, f"{len(log.events)} events"),
    ]


async def _let_board_settle(hall: Hall, log: DayLog) -> None:
    """The last call may still be on its way to the board."""
    calls = {event["seq"] for event in log.of(*ANNOUNCED, after=hall.began_seq)}
    for _ in range(SETTLE_TRIES):
        if calls <= hall.board_calls.keys():
            return
        await asyncio.sleep(SETTLE_S)


def _numbers_once(log: DayLog) -> Check:
    given: dict[str, list[int]] = {}
    for event in log.of("ticket_issued"):
        letter, _, n = event["number"].partition("-")
        given.setdefault(letter, []).append(int(n))
    in_order = all(numbers == list(range(1, len(numbers) + 1)) for numbers in given.values())
    count = sum(map(len, given.values()))
    return Check("every number was given once, without gaps", in_order, f"{count} numbers")


def _one_counter_at_a_time(log: DayLog) -> Check:
    at: dict[str, str] = {}
    doubled = 0
    for event in log.events:
        kind, number = event["event"], event.get("number", "")
        if kind in ("ticket_called", "ticket_unparked"):
            doubled += number in at
            at[number] = event["counter"]
        elif kind in LEAVES_SEAT:
            at.pop(number, None)
        elif kind == "counter_closed":
            at = {ticket: counter for ticket, counter in at.items() if counter != event["counter"]}
    calls = len(log.of("ticket_called", "ticket_unparked"))
    return Check("nobody was called to two counters", doubled == 0, f"{calls} calls")


def _board_saw_every_call(hall: Hall, log: DayLog) -> Check:
    announced = log.of(*ANNOUNCED, after=hall.began_seq)
    missing = 0
    for event in announced:
        shown = hall.board_calls.get(event["seq"])
        fits = shown is not None and (shown["number"], shown["counter"]) == (
            event["number"],
            event["counter"],
        )
        missing += not fits
    counted = f"{len(announced) - missing} of {len(announced)} announcements"
    return Check("the board showed every call with its counter", missing == 0, counted)


def _phones_saw_their_calls(hall: Hall, log: DayLog) -> Check:
    """A call its holder cancelled in the same moment need not have been seen."""
    wanted: Counter[str] = Counter()
    for event in log.of("ticket_called"):
        guest = hall.guests.get(event["number"])
        if guest is not None and guest.has_phone:
            wanted[event["number"]] += 1
    cancelled = {event["number"] for event in log.of("ticket_cancelled")}
    seen = missing = 0
    for number, calls in wanted.items():
        got = len(hall.guests[number].calls_seen)
        seen += min(got, calls)
        missing += max(0, calls - got - (number in cancelled))
    counted = f"{seen} of {sum(wanted.values())} calls"
    return Check("every phone showed the calls of its number", missing == 0, counted)


def _nothing_lost(hall: Hall, log: DayLog) -> Check:
    given = {event["number"] for event in log.of("ticket_issued")}
    lost = set(hall.guests) - given
    return Check(
        "every number somebody was answered is in the log", not lost, f"{len(hall.guests)} answers"
    )
