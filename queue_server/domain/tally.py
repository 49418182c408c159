"""What a day's tickets and calls add up to: who is in which state, who was served where.

The one place that views, decisions and figures ask. Nothing here walks over the whole day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile

from queue_server.domain.found import Found
from queue_server.domain.model import (
    Announcement,
    BranchDay,
    Counter,
    Learned,
    Rule,
    RunEffect,
    Ticket,
    TicketState,
)
from queue_server.domain.ordered import Ordered

UNPROVEN = "unproven"
AT_COUNTER = (TicketState.CALLED, TicketState.SERVING)
_NONE: Ordered[int] = Ordered()


def standing(ticket: Ticket) -> str:
    """The state; of whoever waits without having been seen, that."""
    if ticket.place is None and ticket.state is TicketState.WAITING:
        return UNPROVEN
    return ticket.state


def in_state(day: BranchDay, *states: TicketState) -> Sequence[Ticket]:
    """The tickets in a state (or in one of some), in order of issue."""
    asked = (*states, UNPROVEN) if TicketState.WAITING in states else states
    kept = day.kept.standing
    return Found(day.tickets, [kept[state] for state in asked if state in kept])


def count_in(day: BranchDay, state: TicketState) -> int:
    """How many tickets are in a state."""
    return len(in_state(day, state))


def unproven(day: BranchDay) -> Sequence[Ticket]:
    """Waiting tickets whose holders nobody has seen yet, in order of issue."""
    row = day.kept.standing.get(UNPROVEN)
    return Found(day.tickets, [row] if row else [])


def count_unproven(day: BranchDay, letter: str) -> int:
    """How many numbers of a service nobody has been seen with yet."""
    return len(day.kept.unseen.get(letter, ()))


def served_at(day: BranchDay, counter: str) -> int:
    """How many were finished at a counter today."""
    return len(day.kept.finished.get(counter, ()))


def finished_at(day: BranchDay, counter: str, most: int) -> Sequence[Ticket]:
    """The last tickets finished at a counter, at most so many, newest first."""
    row = day.kept.finished.get(counter)
    return [day.tickets[entry[-1]] for entry in islice(reversed(row), most)] if row else []


def undoable_at(day: BranchDay, counter: str, at: datetime) -> Sequence[Ticket]:
    """What a counter did within `undo_s` to tickets that are not open now, newest first."""
    earliest = at - timedelta(seconds=day.plan.rules.undo_s)
    row = day.kept.undoable.get(counter)
    newest = takewhile(lambda entry: entry[0] >= earliest, reversed(row) if row else ())
    found = (day.tickets[number] for _, _, number in newest)
    here = [ticket for ticket in found if not ticket.open]
    return sorted(here, key=lambda ticket: (left_at(ticket), -ticket.nth), reverse=True)


def tied_to(day: BranchDay, counter: str) -> Sequence[Ticket]:
    """Whoever is tied to a counter, or would be again by an undo, in order of issue."""
    tied = (day.kept.tied, day.kept.tied_before)
    entries = {entry for groups in tied for entry in groups.get(counter, ())}
    return [day.tickets[number] for _, number in sorted(entries)]


def held_by(day: BranchDay, officer: str | None) -> Sequence[Counter]:
    """The counters somebody holds, in the order in which they were first opened; nobody holds
    none.
    """
    return [one for one in day.counters.values() if one.holder and one.holder == officer]


def left_at(ticket: Ticket) -> datetime:
    """When it came into its present state, or left its last measured one."""
    last = ticket.periods[-1]
    return last.end or last.start


def time_at_counter(ticket: Ticket) -> timedelta:
    """Called or being served, over all its visits."""
    total = timedelta()
    for period in ticket.periods:
        if period.end is not None and period.kind in AT_COUNTER:
            total += period.end - period.start
    return total


def taught_by(day: BranchDay) -> dict[str, Learned]:
    """What this day and those before it taught about each service: what the next day is handed."""
    return {letter: _taught(day, letter) for letter in day.plan.services}


def _taught(day: BranchDay, letter: str) -> Learned:
    """How many were learned, and their mean minutes at the counter, no-shows included."""
    earlier = day.learned.get(letter, Learned(0, 0.0))
    today = day.kept.learned.get(letter)
    if today is None or not today.count:
        return earlier
    count = earlier.count + today.count
    spent_min = today.spent / timedelta(minutes=1)
    return Learned(count, (earlier.count * earlier.mean_min + spent_min) / count)


def calls_shown(day: BranchDay, most: int) -> Sequence[Announcement]:
    """Newest first: every call that is still current, and at least the last `most` of all."""
    newest = list(islice(reversed(day.announcements), most))
    older = (call for call in _current(day) if not newest or call < newest[-1])
    return [*newest, *sorted(older, reverse=True)]


def current_calls(day: BranchDay) -> frozenset[int]:
    """The `seq` of the newest announcement of every ticket that is still called."""
    return frozenset(call.seq for call in _current(day))


def _current(day: BranchDay) -> Iterator[Announcement]:
    called = in_state(day, TicketState.CALLED)
    return (ticket.announced for ticket in called if ticket.announced is not None)


def overtakers(day: BranchDay, number: str) -> int:
    """How many with priority were called before a ticket while it had the lower rank."""
    return day.kept.overtaken[number]


def guard_had_its_turn(day: BranchDay, counter: str) -> bool:
    """Was this counter's previous `call_next` chosen by the
    overdue guard? Undone calls do not count.
    """
    turns = day.kept.turns.get(counter)
    return turns is not None and turns.last[1] == Rule.OVERDUE


def priority_run(day: BranchDay) -> int:
    """How many priority calls in a row passed a waiting ordinary ticket, over the whole branch."""
    added, cleared = (
        day.kept.runs.get(effect, _NONE) for effect in (RunEffect.ADDS, RunEffect.CLEARS)
    )
    return len(added) - (added.before(cleared.last) if cleared else 0)
