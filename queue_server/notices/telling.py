"""A day folded once more, for those who are told away from their page.

Only tickets that somebody watches cost anything. Pure: whoever hands the events in owns the day.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from queue_server.domain.estimates import Outlook
from queue_server.domain.events import Event
from queue_server.domain.fold import apply
from queue_server.domain.model import BranchDay
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
    """What holders should be told for where they stand now."""
    outlook = Outlook(day, at)
    tickets = (day.tickets[number] for number in numbers if number in day.tickets)
    found = (standing(ticket, day, outlook, at) for ticket in tickets)
    return [one for one in found if one is not None]
