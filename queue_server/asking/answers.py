"""What a command's asker is told: from the durable outcome, so that a repeat is told the same."""

from __future__ import annotations

from queue_server import wire
from queue_server.domain.events import CounterClosed, DayClosed, TicketCalled
from queue_server.live.day import Done
from queue_server.live.hub import Hub
from queue_server.live.topics import TicketTopic


def issued(done: Done, hub: Hub, secret: str | None, link: str | None) -> wire.IssueAnswer:
    """For a number taken, or one's own found again; position and wait are those of now."""
    ticket = done.ticket
    assert ticket is not None
    view = _view(done, hub)
    return wire.IssueAnswer(
        number=ticket.number,
        service=ticket.service,
        secret=secret,
        link=link,
        position=view.position if view else None,
        wait=view.wait if view else None,
        presence=ticket.place is not None,
        seq=done.seq,
    )


def _view(done: Done, hub: Hub) -> wire.TicketView | None:
    """The holder's view; None once the ticket's day is no longer shown."""
    assert done.number is not None
    try:
        return hub.view(TicketTopic(done.branch, done.date, done.number))
    except KeyError:
        return None


def called(done: Done) -> wire.CallAnswer:
    """For `call_next` and `call`."""
    event = done.events[-1]
    assert isinstance(event, TicketCalled)
    return wire.CallAnswer(
        number=event.number,
        counter=event.counter,
        rule=event.rule.value,
        overtook=event.overtook,
        seq=done.seq,
    )


def about_ticket(done: Done) -> wire.TicketAnswer:
    """For everything else that happens to a ticket."""
    ticket = done.ticket
    assert ticket is not None
    return wire.TicketAnswer(
        number=ticket.number, state=ticket.state.value, counter=ticket.counter, seq=done.seq
    )


def about_counter(done: Done) -> wire.CounterAnswer:
    """For opening, pausing, resuming, closing a counter."""
    counter, event = done.counter, done.events[-1]
    assert counter is not None
    return wire.CounterAnswer(
        counter=counter.name,
        state=counter.state.value,
        returned=event.returned if isinstance(event, CounterClosed) else (),
        seq=done.seq,
    )


def about_day(done: Done) -> wire.DayAnswer:
    """For the day, its intake, the notice: all but closing leave the day open."""
    event = done.events[-1]
    closed = isinstance(event, DayClosed)
    return wire.DayAnswer(
        day="closed" if closed else "open",
        intake=done.intake,
        unserved=event.unserved if isinstance(event, DayClosed) else (),
        seq=done.seq,
    )
