"""A number is given."""

from __future__ import annotations

from queue_server.domain import events as e
from queue_server.domain.fold.invariants import must
from queue_server.domain.fold.keeping import put
from queue_server.domain.fold.moving import take_place
from queue_server.domain.fold.quota import take_quota
from queue_server.domain.model import BranchDay, DayState, Period, Ticket, TicketState


def issue(day: BranchDay, event: e.TicketIssued) -> None:
    letter = event.service
    must(day.state is DayState.OPEN, "numbers are given on an open day")
    must(letter in day.plan.services, f"service {letter} exists")
    n = day.issued.get(letter, 0) + 1
    must(event.number == f"{letter}-{n:03d}", f"{event.number} is the next number of {letter}")
    must(event.number not in day.tickets, f"{event.number} is given once")
    ticket = Ticket(
        number=event.number,
        ticket_id=event.ticket_id,
        letter=letter,
        service=letter,
        state=TicketState.WAITING,
        issued_at=event.at,
        channel=event.channel,
        nth=len(day.tickets) + 1,
        browser=event.browser,
        identity=event.identity,
        weight=event.weight,
        wishes_priority=event.wishes_priority,
        periods=(Period(TicketState.WAITING, event.at),),
    )
    if event.place is not None:
        take_place(day, ticket, event.place)
        ticket = ticket.changed(place=event.place)
        take_quota(day, letter)
    put(day, ticket)
    day.issued[letter] = n
    for index, key in ((day.by_browser, event.browser), (day.by_identity, event.identity)):
        if key is not None:
            index[key] = (*index.get(key, ()), ticket.number)
