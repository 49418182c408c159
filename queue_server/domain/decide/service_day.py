"""Decisions about the day: opening, closing, the intake, its settings, the notice to everyone."""

from __future__ import annotations

from datetime import datetime

from queue_server.domain import commands as c
from queue_server.domain import events as e
from queue_server.domain.decide import require
from queue_server.domain.decide.forgetting import forgotten_at
from queue_server.domain.hours import intake_open
from queue_server.domain.model import BranchDay, CounterState, DayState, TicketState
from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Code
from queue_server.domain.tally import AT_COUNTER, in_state
from queue_server.domain.transitions import TABLE, Verb


def open_day(day: BranchDay, command: c.OpenDay, at: datetime) -> tuple[e.Event, ...]:
    """The first opening carries the whole plan; opening a
    closed day again goes on where it stopped.
    """
    if day.state is DayState.OPEN:
        raise require.wrong_day(day)
    if day.opened_at is not None:
        return (e.DayReopened(at=at, by=command.by),)
    opened = e.DayOpened(
        at=at,
        by=command.by,
        plan=day.plan,
        date=day.date,
        previous_head=command.previous_head,
        learned=command.learned,
    )
    return (opened,)


def close_day(day: BranchDay, command: c.CloseDay, at: datetime) -> tuple[e.Event, ...]:
    """Nobody may be called or served; whoever waits or is parked goes unserved."""
    require.open_day(day)
    still_open = [ticket.number for ticket in in_state(day, *AT_COUNTER)]
    if still_open:
        raise require.no(Code.DAY_BUSY, open_tickets=still_open)
    return (_closed(day, command, at),)


def end_day(day: BranchDay, command: c.EndDay, at: datetime) -> tuple[e.Event, ...]:
    """The next day opens: one forgotten press must not hold a whole branch."""
    require.open_day(day)
    forgotten = forgotten_at(command, at, in_state(day, *AT_COUNTER))
    return (*forgotten, _closed(day, command, at))


def _closed(day: BranchDay, command: c.Command, at: datetime) -> e.DayClosed:
    unserved = tuple(ticket.number for ticket in in_state(day, *TABLE[Verb.CLOSE_DAY]))
    return e.DayClosed(at=at, by=command.by, unserved=unserved)


def open_intake(day: BranchDay, command: c.OpenIntake, at: datetime) -> tuple[e.Event, ...]:
    """By hand: holds until the next hand or the plan's next hour."""
    _intake_must_be(day, at, False)
    return (e.IntakeOpened(at=at, by=command.by),)


def close_intake(day: BranchDay, command: c.CloseIntake, at: datetime) -> tuple[e.Event, ...]:
    """By hand, likewise."""
    _intake_must_be(day, at, True)
    return (e.IntakeClosed(at=at, by=command.by),)


def _intake_must_be(day: BranchDay, at: datetime, wanted: bool) -> None:
    require.open_day(day)
    is_open = intake_open(day, at)
    if is_open is not wanted:
        raise require.no(
            Code.WRONG_STATE,
            what="intake",
            name=day.date.isoformat(),
            state="open" if is_open else "closed",
        )


def continue_numbers(
    day: BranchDay, command: c.ContinueNumbers, at: datetime
) -> tuple[e.Event, ...]:
    """Each letter goes on after the later of what is said and what was given: never back."""
    for letter in command.last:
        require.service(day, letter)
    require.open_day(day)
    last = tuple(
        (letter, max(command.last.get(letter, 0), day.issued.get(letter, 0)))
        for letter in sorted(day.plan.services)
    )
    return (e.NumbersContinued(at=at, by=command.by, last=last),)


def change_settings(day: BranchDay, command: c.ChangeSettings, at: datetime) -> tuple[e.Event, ...]:
    """A new plan from now on. What is in use today cannot be dropped; fewer seats drain.

    A day never opened has no plan of its own yet: it opens with the branch's present one.
    """
    if day.opened_at is None:
        raise require.wrong_day(day)
    _nothing_dropped_in_use(day, command.plan)
    return (e.SettingsChanged(at=at, by=command.by, plan=command.plan),)


ENDED = (TicketState.FINISHED, TicketState.CANCELLED, TicketState.FORGOTTEN)
"""Nothing of the plan is in use by these."""


def _nothing_dropped_in_use(day: BranchDay, plan: BranchPlan) -> None:
    for counter in day.counters.values():
        if counter.name not in plan.counters and counter.state is not CounterState.CLOSED:
            raise require.no(Code.STILL_IN_USE, what="counter", name=counter.name)
    for ticket in in_state(day, *(state for state in TicketState if state not in ENDED)):
        if ticket.service not in plan.services:
            raise require.no(Code.STILL_IN_USE, what="service", name=ticket.service)
        if ticket.tied is not None and ticket.tied not in plan.counters:
            raise require.no(Code.STILL_IN_USE, what="counter", name=ticket.tied)


def post_notice(day: BranchDay, command: c.PostNotice, at: datetime) -> tuple[e.Event, ...]:
    """Shown to everyone until the next one, or until it is taken away."""
    require.open_day(day)
    return (e.NoticePosted(at=at, by=command.by, note=command.note),)
