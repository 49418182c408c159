"""A day folded once more, for those who are told away from their page.

Only tickets that somebody watches cost anything. Pure: whoever hands the events in owns the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from queue_server.domain.estimates import Outlook
from queue_server.domain.events import Event
from queue_server.domain.fold import apply
from queue_server.domain.kept import Rank
from queue_server.domain.model import BranchDay, Ticket
from queue_server.domain.plan import OrderPolicy
from queue_server.notices.occasions import change, concerned
from queue_server.notices.standing import standing
from queue_server.people.values.roads import Change


def folded(day: BranchDay, event: Event, watched: Container[str]) -> list[Change]:
    """Changes the day by one event; what is told of it to the holders of watched numbers."""
    before = {
        number: day.tickets[number]
        for number in concerned(day, event)
        if number in watched and number in day.tickets
    }
    apply(day, event)
    return [change(was, day.tickets[n], event, day) for n, was in before.items()]


def standings(day: BranchDay, numbers: Iterable[str], at: datetime) -> Sequence[Change]:
    """What holders should be told for where they stand now.

    Of one service and weight whoever is behind somebody who is not near is not near either: only
    the first few are looked at.
    """
    outlook = Outlook(day, at)
    tickets = [day.tickets[number] for number in numbers if number in day.tickets]
    found: list[Change] = []
    for lane in _lanes(tickets, day.plan.rules.order_policy):
        for ticket in lane:
            change = standing(ticket, day, outlook, at)
            if change is None:
                break
            found.append(change)
    return found


def _lanes(tickets: Iterable[Ticket], policy: OrderPolicy) -> Iterable[Sequence[Ticket]]:
    """Those who are told in their order; whose order time alone may turn, each for themselves."""
    lanes: defaultdict[object, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        alone = not ticket.callable or policy is OrderPolicy.AGEING
        lanes[ticket.number if alone else (ticket.service, ticket.weight_now)].append(ticket)
    return [sorted(lane, key=_rank) if len(lane) > 1 else lane for lane in lanes.values()]


def _rank(ticket: Ticket) -> Rank:
    return ticket.rank
