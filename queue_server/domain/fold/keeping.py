"""A ticket or a call takes another's place, and what the day keeps of them follows.

Each slot says where a ticket belongs: a group, and its entry there; None where nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter, is_not
from typing import Any

from queue_server.domain.kept import Kept, Learning
from queue_server.domain.model import Announced, Announcement, BranchDay, Rule, Ticket
from queue_server.domain.ordered import Ordered
from queue_server.domain.tally import left_at, standing, time_at_counter

Slot = tuple[Any, Any] | None
Groups = dict[Any, Ordered[Any]]


def put(day: BranchDay, ticket: Ticket) -> None:
    """A new ticket, or another value of one there was."""
    before = day.tickets.get(ticket.number)
    day.tickets[ticket.number] = ticket
    for groups_of, reads, slot in _SLOTS:
        if before is None:
            _move(groups_of(day.kept), None, slot(ticket))
        elif any(map(is_not, reads(before), reads(ticket))):
            was, now = slot(before), slot(ticket)
            if was != now:
                _move(groups_of(day.kept), was, now)
    if before is not None and before.state is not ticket.state:
        _learn(day.kept, before, ticket)


def announce(day: BranchDay, call: Announcement) -> None:
    """The lobby hears of it."""
    day.announcements = day.announcements.plus(call)
    _count(day.kept, call, _add, Counter.update)


def withdraw(day: BranchDay, call: Announcement) -> None:
    """It counts nowhere any more; that it was heard stands."""
    rest = day.announcements.minus(call)
    day.announcements = rest.plus(replace(call, withdrawn=True))
    _count(day.kept, call, _take, Counter.subtract)


def _move(groups: Groups, was: Slot, now: Slot) -> None:
    if was is not None:
        _take(groups, *was)
    if now is not None:
        _add(groups, *now)


def _add(groups: Groups, group: Any, entry: Any) -> None:
    row = groups.get(group)
    groups[group] = (Ordered() if row is None else row).plus(entry)


def _take(groups: Groups, group: Any, entry: Any) -> None:
    rest = groups[group].minus(entry)
    if rest:
        groups[group] = rest
    else:
        del groups[group]


def _standing(ticket: Ticket) -> Slot:
    return standing(ticket), (ticket.nth, ticket.number)


def _by_rank(ticket: Ticket) -> Slot:
    if not ticket.callable:
        return None
    return (ticket.tied, ticket.service, ticket.weight_now), (ticket.rank, ticket.number)


def _by_since(ticket: Ticket) -> Slot:
    if not ticket.callable or ticket.place is None:
        return None
    place = ticket.place
    lane = ticket.tied, ticket.service, ticket.weight_now
    return lane, (place.since, place.rank, ticket.number)


def _finished(ticket: Ticket) -> Slot:
    if ticket.state != "finished":
        return None
    return ticket.last_counter, (left_at(ticket), -ticket.nth, ticket.number)


def _undoable(ticket: Ticket) -> Slot:
    last = ticket.undoable
    if last is None or last.counter is None:
        return None
    return last.counter, (last.at, ticket.nth, ticket.number)


def _tied(ticket: Ticket) -> Slot:
    return None if ticket.tied is None else (ticket.tied, (ticket.nth, ticket.number))


def _tied_before(ticket: Ticket) -> Slot:
    return None if ticket.undoable is None else _tied(ticket.undoable.before)


_IN_LINE = attrgetter("state", "place", "tied", "service", "weight", "yielded")
_SLOTS: tuple[
    tuple[Callable[[Kept], Groups], Callable[[Ticket], tuple[Any, ...]], Callable[[Ticket], Slot]],
    ...,
] = (
    (attrgetter("standing"), attrgetter("state", "place"), _standing),
    (attrgetter("by_rank"), _IN_LINE, _by_rank),
    (attrgetter("by_since"), _IN_LINE, _by_since),
    (attrgetter("finished"), attrgetter("state", "periods"), _finished),
    (attrgetter("undoable"), attrgetter("undoable", "nth"), _undoable),
    (attrgetter("tied"), attrgetter("tied", "nth"), _tied),
    (attrgetter("tied_before"), attrgetter("undoable", "nth"), _tied_before),
)
"""What a group of groups is kept of: which, of what of a ticket, and where that puts it."""


def _learn(kept: Kept, before: Ticket | None, after: Ticket) -> None:
    """Sums of whole microseconds: the same numbers in whatever order they were added."""
    was, now = _taught(before) if before else None, _taught(after)
    if was == now:
        return
    for taught, sign in ((was, -1), (now, 1)):
        if taught is not None:
            service, spent = taught
            sofar = kept.learned.get(service, Learning())
            kept.learned[service] = Learning(sofar.count + sign, sofar.spent + sign * spent)


def _taught(ticket: Ticket) -> tuple[str, timedelta] | None:
    if ticket.state not in ("finished", "missed"):
        return None
    return ticket.service, time_at_counter(ticket)


def _count(
    kept: Kept,
    call: Announcement,
    change: Callable[[Groups, Any, Any], None],
    recount: Callable[[Counter[str], tuple[str, ...]], None],
) -> None:
    """A call from the line, in the run, as the counter's turn, to those it overtook."""
    if call.from_line:
        change(kept.runs, call.run, call.seq)
    if call.kind is Announced.CALL_NEXT:
        change(kept.turns, call.counter, (call.seq, call.rule))
    if call.rule is Rule.PRIORITY and call.overtook:
        kept.overtaken = Counter(kept.overtaken)
        recount(kept.overtaken, call.overtook)
