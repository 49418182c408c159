"""A ticket or a call takes another's place, and what the day keeps of them follows.

Each slot says where a ticket belongs: a group, and its entry there; None where nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import Any, Final

from queue_server.domain.kept import Kept, Lane, Learning
from queue_server.domain.model import (
    Announced,
    Announcement,
    BranchDay,
    Place,
    Rule,
    Ticket,
    TicketState,
)
from queue_server.domain.ordered import Ordered
from queue_server.domain.tally import UNPROVEN, left_at, standing, time_at_counter

Slot = tuple[Any, Any] | None
Groups = dict[Any, Ordered[Any]]


class _Later(Kept):
    """In the place of what a day keeps while it is folded whole; whoever asks for more fails."""

    def __init__(self) -> None:
        self.tied, self.tied_before = {}, {}


def put(day: BranchDay, ticket: Ticket) -> None:
    """A new ticket, or another value of one there was.

    Only the slots that read what changed are looked at: this is the greater part of every fold.
    """
    before, kept = day.tickets.get(ticket.number), day.kept
    day.tickets[ticket.number] = ticket
    if before is not None:
        _tie(kept, before, ticket)
    if isinstance(kept, _Later):
        return
    if before is None:
        _move(kept.standing, None, _standing(ticket))
        _move(kept.unseen, None, _unseen(ticket))
        _queue(kept, None, ticket)
        return
    if before.state is not ticket.state or before.place is not ticket.place:
        _move(kept.standing, _standing(before), _standing(ticket))
        _move(kept.unseen, _unseen(before), _unseen(ticket))
    if before.callable or ticket.callable:
        _queue(kept, before, ticket)
    if before.state is not ticket.state:
        _move(kept.finished, _finished(before), _finished(ticket))
        _learn(kept, before, ticket)
    if before.undoable is not ticket.undoable:
        _move(kept.undoable, _undoable(before), _undoable(ticket))


def _tie(kept: Kept, before: Ticket, ticket: Ticket) -> None:
    if before.undoable is not ticket.undoable:
        _move(kept.tied_before, _tied_before(before), _tied_before(ticket))
    if before.tied != ticket.tied:
        _move(kept.tied, _tied(before), _tied(ticket))


def _queue(kept: Kept, before: Ticket | None, ticket: Ticket) -> None:
    was, now = _place_in_line(before), _place_in_line(ticket)
    _move(kept.by_rank, _by_rank(was), _by_rank(now))
    _move(kept.by_since, _by_since(was), _by_since(now))


def announce(day: BranchDay, call: Announcement) -> None:
    """The lobby hears of it."""
    day.announcements = day.announcements.plus(call)
    if not isinstance(day.kept, _Later):
        _count(day.kept, call, _add, Counter.update)


def withdraw(day: BranchDay, call: Announcement) -> None:
    """It counts nowhere any more; that it was heard stands."""
    rest = day.announcements.minus(call)
    day.announcements = rest.plus(replace(call, withdrawn=True))
    if not isinstance(day.kept, _Later):
        _count(day.kept, call, _take, Counter.subtract)


@contextmanager
def keeping_later(day: BranchDay) -> Iterator[None]:
    """While a whole day is folded only who is tied is kept, which the fold itself asks: the rest is
    worked out once, at the end, which takes a third less time.

    Where the fold breaks off, the day is of no use.
    """
    day.kept = _Later()
    yield
    day.kept = worked_out(day)


def worked_out(day: BranchDay) -> Kept:
    """What the day keeps, from its tickets and calls alone."""
    tickets, calls = list(day.tickets.values()), day.announcements
    of_tickets: dict[str, Any] = {
        name: _grouped(filter(None, map(slot, tickets))) for name, slot in _SLOTS.items()
    }
    of_calls = _counted([call for call in calls if not call.withdrawn])
    return Kept(**of_tickets, **of_calls, learned=_learned(tickets))


def _grouped(slots: Iterable[tuple[Any, Any]]) -> Groups:
    groups: dict[Any, list[Any]] = defaultdict(list)
    for group, entry in slots:
        groups[group].append(entry)
    return {group: Ordered.of(sorted(entries)) for group, entries in groups.items()}


def _learned(tickets: Iterable[Ticket]) -> dict[str, Learning]:
    sums: dict[str, Learning] = {}
    for service, spent in filter(None, map(_taught, tickets)):
        sofar = sums.get(service, Learning())
        sums[service] = Learning(sofar.count + 1, sofar.spent + spent)
    return sums


def _counted(calls: Sequence[Announcement]) -> dict[str, Any]:
    """The three groups that are made of calls."""
    turns = [call for call in calls if call.kind is Announced.CALL_NEXT]
    return {
        "runs": _grouped((call.run, call.seq) for call in calls if call.from_line),
        "turns": _grouped((call.counter, (call.seq, call.rule)) for call in turns),
        "overtaken": Counter(chain.from_iterable(map(_overtook, calls))),
    }


def _overtook(call: Announcement) -> tuple[str, ...]:
    return call.overtook if call.rule is Rule.PRIORITY else ()


def _move(groups: Groups, was: Slot, now: Slot) -> None:
    if was == now:
        return
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


def _unseen(ticket: Ticket) -> Slot:
    return (ticket.letter, (ticket.nth, ticket.number)) if standing(ticket) == UNPROVEN else None


def _place_in_line(ticket: Ticket | None) -> tuple[Lane, Place, str] | None:
    if ticket is None or ticket.place is None or not ticket.callable:
        return None
    return (ticket.tied, ticket.service, ticket.weight_now), ticket.place, ticket.number


def _by_rank(found: tuple[Lane, Place, str] | None) -> Slot:
    return found and (found[0], (found[1].rank, found[2]))


def _by_since(found: tuple[Lane, Place, str] | None) -> Slot:
    return found and (found[0], (found[1].since, found[1].rank, found[2]))


def _finished(ticket: Ticket) -> Slot:
    if ticket.state is not TicketState.FINISHED:
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


def _learn(kept: Kept, before: Ticket, after: Ticket) -> None:
    """Sums of whole microseconds: the same numbers in whatever order they were added."""
    was, now = _taught(before), _taught(after)
    if was == now:
        return
    for taught, sign in ((was, -1), (now, 1)):
        if taught is not None:
            service, spent = taught
            sofar = kept.learned.get(service, Learning())
            kept.learned[service] = Learning(sofar.count + sign, sofar.spent + sign * spent)
            if not kept.learned[service].count:
                del kept.learned[service]


def _taught(ticket: Ticket) -> tuple[str, timedelta] | None:
    if ticket.belated or ticket.state not in (TicketState.FINISHED, TicketState.MISSED):
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
    if overtook := _overtook(call):
        kept.overtaken = Counter(kept.overtaken)
        recount(kept.overtaken, overtook)


_SLOTS: Final[Mapping[str, Callable[[Ticket], Slot]]] = {
    "standing": _standing,
    "unseen": _unseen,
    "by_rank": lambda ticket: _by_rank(_place_in_line(ticket)),
    "by_since": lambda ticket: _by_since(_place_in_line(ticket)),
    "finished": _finished,
    "undoable": _undoable,
    "tied": _tied,
    "tied_before": _tied_before,
}
"""By the name of its groups in `Kept`, where a ticket belongs."""
