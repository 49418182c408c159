"""The slow way: everything a day keeps, found by walking over all its tickets and all its calls.

Written from `docs/calling.md` as if there were nothing kept; the quick way must say the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from queue_server.domain import calling, line, tally
from queue_server.domain.estimates import Outlook, learned_means
from queue_server.domain.model import (
    Announced,
    Announcement,
    BranchDay,
    Learned,
    Rule,
    RunEffect,
    Ticket,
    TicketState,
)
from queue_server.domain.plan import OrderPolicy

ENDED_AT_COUNTER = (TicketState.FINISHED, TicketState.MISSED)


def same_both_ways(day: BranchDay, at: datetime) -> None:
    """Fails where anything kept is not what walking over the whole day finds."""
    _rows(day)
    _counts(day, at)
    _calls(day)
    assert list(line.callable_line(day)) == waiting(day)
    for service in day.plan.services:
        of_service = [ticket for ticket in waiting(day) if ticket.service == service]
        assert list(line.callable_line(day, service)) == of_service
    for counter in day.plan.counters:
        assert list(line.eligible(day, counter)) == eligible(day, counter)
        _next(day, counter, at)
    _positions(day, at)


def _rows(day: BranchDay) -> None:
    """The rows themselves: also what no one asks for at this moment."""
    rows = defaultdict[tuple[str, Any], list[Any]](list)
    for ticket in day.tickets.values():
        for groups, group, entry in _places(ticket):
            rows[groups, group].append(entry)
    for call in day.announcements:
        if call.from_line and not call.withdrawn:
            rows["runs", call.run].append(call.seq)
            if call.kind is Announced.CALL_NEXT:
                rows["turns", call.counter].append((call.seq, call.rule))
    kept = {
        (groups.name, group): list(row)
        for groups in fields(day.kept)
        if groups.name not in ("learned", "overtaken")
        for group, row in getattr(day.kept, groups.name).items()
    }
    assert kept == {where: sorted(entries) for where, entries in rows.items()}


def _places(ticket: Ticket) -> Iterator[tuple[str, Any, Any]]:
    """Every group a ticket belongs in, and as what."""
    issued = ticket.nth, ticket.number
    unproven = ticket.state is TicketState.WAITING and ticket.place is None
    yield "standing", "unproven" if unproven else ticket.state, issued
    if unproven:
        yield "unseen", ticket.letter, issued
    if ticket.callable:
        lane = ticket.tied, ticket.service, ticket.weight_now
        yield "by_rank", lane, (ticket.rank, ticket.number)
        yield "by_since", lane, (_since(ticket), ticket.rank, ticket.number)
    if ticket.state is TicketState.FINISHED:
        left = tally.left_at(ticket)
        yield "finished", ticket.last_counter, (left, -ticket.nth, ticket.number)
    if ticket.tied is not None:
        yield "tied", ticket.tied, issued
    last = ticket.undoable
    if last is not None and last.counter is not None:
        yield "undoable", last.counter, (last.at, *issued)
    if last is not None and last.before.tied is not None:
        yield "tied_before", last.before.tied, issued


def _counts(day: BranchDay, at: datetime) -> None:
    tickets = list(day.tickets.values())
    assert [ticket.nth for ticket in tickets] == list(range(1, len(tickets) + 1))
    for state in TicketState:
        found = [ticket for ticket in tickets if ticket.state is state]
        assert list(tally.in_state(day, state)) == found
        assert tally.count_in(day, state) == len(found)
    unproven = [t for t in tickets if t.state is TicketState.WAITING and t.place is None]
    assert list(tally.unproven(day)) == unproven
    for letter in day.plan.services:
        of_letter = [ticket for ticket in tickets if ticket.letter == letter]
        unseen = [ticket for ticket in of_letter if ticket in unproven]
        assert tally.count_unproven(day, letter) == len(unseen)
        assert day.quota_used.get(letter, 0) == sum(map(_takes_quota, of_letter))
    for counter in day.plan.counters:
        finished = [
            t for t in tickets if t.state is TicketState.FINISHED and t.last_counter == counter
        ]
        newest = sorted(finished, key=tally.left_at, reverse=True)
        assert tally.served_at(day, counter) == len(finished)
        assert list(tally.finished_at(day, counter, 3)) == newest[:3]
        assert list(tally.undoable_at(day, counter, at)) == _undoable(day, counter, at)
        assert list(tally.tied_to(day, counter)) == _tied(day, counter)
    taught, kept = taught_by(day), tally.taught_by(day)
    for letter in day.plan.services:
        assert kept[letter].count == taught[letter].count
        assert abs(kept[letter].mean_min - taught[letter].mean_min) < 1e-9


def _takes_quota(ticket: Ticket) -> bool:
    """Known to be here, and not gone before any call."""
    gone = ticket.state is TicketState.CANCELLED and not ticket.called_ever
    return ticket.place is not None and not gone


def _undoable(day: BranchDay, counter: str, at: datetime) -> list[Ticket]:
    undo = timedelta(seconds=day.plan.rules.undo_s)
    found = [
        ticket
        for ticket in day.tickets.values()
        if not ticket.open
        and ticket.undoable is not None
        and ticket.undoable.counter == counter
        and at - ticket.undoable.at <= undo
    ]
    return sorted(found, key=tally.left_at, reverse=True)


def _tied(day: BranchDay, counter: str) -> list[Ticket]:
    return [
        ticket
        for ticket in day.tickets.values()
        if ticket.tied == counter
        or (ticket.undoable is not None and ticket.undoable.before.tied == counter)
    ]


def taught_by(day: BranchDay) -> dict[str, Learned]:
    found = {}
    for letter in day.plan.services:
        minutes = [
            sum(
                (period.end - period.start).total_seconds() / 60
                for period in ticket.periods
                if period.end is not None and _there(period.kind)
            )
            for ticket in day.tickets.values()
            if ticket.service == letter and ticket.state in ENDED_AT_COUNTER and not ticket.belated
        ]
        earlier = day.learned.get(letter, Learned(0, 0.0))
        count = earlier.count + len(minutes)
        total_min = earlier.count * earlier.mean_min + sum(minutes)
        found[letter] = Learned(count, total_min / count) if count else earlier
    return found


def _there(kind: TicketState) -> bool:
    return kind in (TicketState.CALLED, TicketState.SERVING)


def _calls(day: BranchDay) -> None:
    last = {call.number: call for call in day.announcements if not call.withdrawn}
    current = {
        call.seq for number, call in last.items() if day.tickets[number].state is TicketState.CALLED
    }
    assert tally.current_calls(day) == current
    newest = list(reversed(list(day.announcements)))
    for most in (0, 2):
        shown = [call for n, call in enumerate(newest) if n < most or call.seq in current]
        assert list(tally.calls_shown(day, most)) == shown
    assert tally.priority_run(day) == priority_run(day)
    for counter in day.plan.counters:
        assert tally.guard_had_its_turn(day, counter) == guarded(day, counter)
    overtaken = Counter(
        number
        for call in day.announcements
        if call.rule is Rule.PRIORITY and not call.withdrawn
        for number in call.overtook
    )
    assert all(tally.overtakers(day, number) == overtaken[number] for number in day.tickets)


def _backwards(day: BranchDay) -> Iterator[Announcement]:
    calls = reversed(list(day.announcements))
    return (call for call in calls if call.from_line and not call.withdrawn)


def priority_run(day: BranchDay) -> int:
    run = 0
    for call in _backwards(day):
        if call.run is RunEffect.CLEARS:
            break
        run += call.run is RunEffect.ADDS
    return run


def guarded(day: BranchDay, counter: str) -> bool:
    for call in _backwards(day):
        if call.kind is Announced.CALL_NEXT and call.counter == counter:
            return call.rule is Rule.OVERDUE
    return False


def waiting(day: BranchDay) -> list[Ticket]:
    return sorted((one for one in day.tickets.values() if one.callable), key=lambda t: t.rank)


def eligible(day: BranchDay, counter: str) -> list[Ticket]:
    plan = day.plan.counters[counter]
    return [
        ticket
        for ticket in waiting(day)
        if ticket.tied == counter or (ticket.tied is None and plan.serves(ticket.service))
    ]


def _next(day: BranchDay, counter: str, at: datetime) -> None:
    chosen, found = calling.choose_next(day, counter, at), choose_next(day, counter, at)
    quick = None if chosen is None else (chosen.ticket, chosen.rule, chosen.run)
    assert quick == found
    if found is not None:
        before = [one.number for one in eligible(day, counter) if one.rank < found[0].rank]
        assert list(line.ranked_before(day, counter, found[0])) == before


def choose_next(
    day: BranchDay, counter: str, at: datetime
) -> tuple[Ticket, Rule, RunEffect] | None:
    """All rules of "who is next", each over everybody who is eligible."""
    here = eligible(day, counter)
    pool = [one for one in here if one.cooling_until is None or at >= one.cooling_until] or here
    if not pool:
        return None
    limit = timedelta(minutes=day.plan.rules.wait_max_min)
    late = [ticket for ticket in pool if at - _since(ticket) > limit]
    if late and not guarded(day, counter):
        ticket = min(late, key=lambda one: (_since(one), one.rank))
        return ticket, Rule.OVERDUE, RunEffect.KEEPS if ticket.weight_now else RunEffect.CLEARS
    group, later = _groups(day, counter, pool)
    return _by_policy(day, group, later, at)


def _groups(day: BranchDay, counter: str, pool: list[Ticket]) -> tuple[list[Ticket], list[Ticket]]:
    tied = [ticket for ticket in pool if ticket.tied == counter]
    listed = (
        [ticket for ticket in pool if ticket.service in services]
        for services in day.plan.counters[counter].groups
    )
    groups = (tied, *listed)
    group = next(group for group in groups if group)
    return group, [ticket for ticket in pool if ticket not in group]


def _by_policy(
    day: BranchDay, group: list[Ticket], later: list[Ticket], at: datetime
) -> tuple[Ticket, Rule, RunEffect]:
    policy = day.plan.rules.order_policy
    ordinary = [one for one in group if not one.weight_now]
    full = priority_run(day) >= day.plan.rules.priority_run_max
    let_in = policy is OrderPolicy.INTERLEAVE and full and bool(ordinary)
    ticket = min(ordinary if let_in else group, key=lambda one: _order(policy, one, at))
    effect = RunEffect.CLEARS
    if ticket.weight_now:
        effect = RunEffect.ADDS if ordinary else RunEffect.KEEPS
    rule = Rule.RANK
    if ticket.tied is not None:
        rule = Rule.TIED
    elif let_in and len(ordinary) < len(group):
        rule = Rule.INTERLEAVED
    elif any(one.rank < ticket.rank for one in group):
        rule = Rule.AGEING if policy is OrderPolicy.AGEING else Rule.PRIORITY
    elif any(one.rank < ticket.rank for one in later):
        rule = Rule.PREFERENCE
    return ticket, rule, effect


def _order(policy: OrderPolicy, ticket: Ticket, at: datetime) -> tuple[Any, ...]:
    match policy:
        case OrderPolicy.FIFO:
            return (ticket.rank,)
        case OrderPolicy.AGEING:
            age = int((at - _since(ticket)).total_seconds()) * (ticket.weight_now + 1)
            return -age, -ticket.weight_now, ticket.rank
        case _:
            return -ticket.weight_now, ticket.rank


def _since(ticket: Ticket) -> datetime:
    assert ticket.place is not None
    return ticket.place.since


def order_of_calls(day: BranchDay, tickets: Iterable[Ticket], at: datetime) -> list[Ticket]:
    """Played on from the present run, one call after another."""
    rules = day.plan.rules
    ordered = sorted(tickets, key=lambda one: _order(rules.order_policy, one, at))
    if rules.order_policy is not OrderPolicy.INTERLEAVE:
        return ordered
    ordinary = [ticket for ticket in ordered if not ticket.weight_now]
    weighted = [ticket for ticket in ordered if ticket.weight_now]
    run, found = priority_run(day), []
    while ordinary and weighted:
        full = run >= rules.priority_run_max
        run = 0 if full else run + 1
        found.append((ordinary if full else weighted).pop(0))
    return [*found, *ordinary, *weighted]


def _positions(day: BranchDay, at: datetime) -> None:
    outlook, means = Outlook(day, at), learned_means(day)
    for service in day.plan.services:
        own = [ticket for ticket in waiting(day) if ticket.service == service]
        ordered = order_of_calls(day, own, at)
        assert outlook.waiting(service) == len(ordered)
        weights = tuple(ticket.weight_now for ticket in ordered)
        together = order_of_calls(day, _called_beside(day, service), at)
        for index, ticket in enumerate(ordered):
            standing = outlook.standing(ticket)
            assert standing.before == index
            assert standing.ahead == weights[: min(index, 12)]
            before = together[: together.index(ticket)]
            minutes = sum(means[one.service].mean_min for one in before)
            assert _close(standing.wait, len(before), minutes, outlook, service)


def _called_beside(day: BranchDay, service: str) -> list[Ticket]:
    services = {service}
    for name, plan in day.plan.counters.items():
        counter = day.counters.get(name)
        if plan.serves(service) and counter is not None and counter.state == "open":
            services |= {letter for group in plan.groups for letter in group}
    return [ticket for ticket in waiting(day) if ticket.service in services]


def _close(wait: Any, ahead: int, minutes: float, outlook: Outlook, service: str) -> bool:
    """Without leaving people the expected wait is that of those ahead and one more, by seats."""
    if not outlook.counters_open(service) or not ahead:
        return True
    seats = outlook._service(service).seats
    expected = (ahead + 1) * (minutes / ahead) / seats
    return bool(abs((wait.low + wait.high) / 2 - expected) < 1e-6)
