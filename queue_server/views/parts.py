"""What several views show alike: services, counters, a ticket as staff see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache

from queue_server import wire
from queue_server.domain.calling import overdue
from queue_server.domain.decide.issuing import quota_left
from queue_server.domain.estimates import WaitRange
from queue_server.domain.hours import hours_now, next_opening, next_opening_after
from queue_server.domain.model import Counter, Ticket, TicketState
from queue_server.domain.plan import WEEKDAYS
from queue_server.domain.tally import left_at
from queue_server.domain.transitions import Verb, allowed
from queue_server.views.scene import Scene


def wait(found: WaitRange | None) -> wire.Wait | None:
    """A range as it is told."""
    return None if found is None else wire.Wait(*found.told, rough=found.rough)


def services(scene: Scene) -> tuple[wire.ServiceShown, ...]:
    """Every service: what is left of its quota, how many wait, how long."""
    return tuple(_service(scene, letter) for letter in scene.day.plan.services)


def _service(scene: Scene, letter: str) -> wire.ServiceShown:
    day, outlook = scene.day, scene.outlook
    plan = day.plan.services[letter]
    left = quota_left(day, letter)
    opens_at = None
    if not scene.intake_open:
        opens_at = next_opening(day.plan, scene.at, letter)
    elif left == 0:
        opens_at = next_opening_after(day.plan, day.date, scene.at, letter)
    return wire.ServiceShown(
        letter=letter,
        name_id=plan.name_id,
        name_en=plan.name_en,
        quota=day.plan.quota_on(letter, day.date),
        left=left,
        waiting=outlook.waiting(letter),
        wait=wait(outlook.wait_for_newcomer(letter)),
        opens_at=opens_at,
    )


def why_closed(scene: Scene) -> str | None:
    """Why no numbers are given now: a code, or None while they are."""
    if scene.intake_open:
        return None
    plan = scene.day.plan
    today = scene.at.astimezone(plan.timezone()).date()
    if today in plan.holidays:
        return "holiday"
    if not plan.by_hand_only() and WEEKDAYS[today.weekday()] not in plan.hours:
        return "not_today"
    return "intake_closed" if scene.day_open else "day_closed"


def opens_at(scene: Scene) -> datetime | None:
    """When numbers are given again; None while they are, or where only a hand opens."""
    return None if scene.intake_open else next_opening(scene.day.plan, scene.at)


def closes_at(scene: Scene) -> datetime | None:
    """Until when numbers are given today by the plan; None while none are."""
    hours = hours_now(scene.day.plan, scene.at)
    if not scene.intake_open or hours is None:
        return None
    local = scene.at.astimezone(scene.day.plan.timezone())
    closes = datetime.combine(local.date(), hours.closes, local.tzinfo)
    return closes if closes > scene.at else None


def counters(scene: Scene) -> list[tuple[Counter, wire.CounterShown]]:
    """Every counter of the plan with what everybody may see of it."""
    shown = []
    for name, plan in scene.day.plan.counters.items():
        counter = scene.day.counters.get(name) or Counter(name)
        seen = wire.CounterShown(
            name=name,
            kind=plan.kind.value,
            state=counter.state.value,
            numbers=counter.open_tickets,
        )
        shown.append((counter, seen))
    return shown


def few(scene: Scene, found: Sequence[Ticket], most: int) -> wire.Few:
    """The first few of them, and how many there are."""
    return wire.Few(len(found), tickets(scene, found[:most]))


def tickets(scene: Scene, found: Iterable[Ticket]) -> tuple[wire.LineTicket, ...]:
    """Tickets as staff see them."""
    return tuple(ticket(scene, each) for each in found)


def ticket(scene: Scene, found: Ticket) -> wire.LineTicket:
    """One ticket as staff see it."""
    shown = scene.staff_tickets.get(found.number)
    if shown is None:
        shown = scene.staff_tickets[found.number] = _ticket(scene, found)
    return shown


def since(found: Ticket) -> datetime:
    """In the line: since when its waiting counts. Else: since when it is in its state."""
    if found.callable and found.place is not None:
        return found.place.since
    return left_at(found)


def _ticket(scene: Scene, found: Ticket) -> wire.LineTicket:
    rules = scene.day.plan.rules
    called = found.state is TicketState.CALLED
    missed = found.state is TicketState.MISSED
    rejoins_left = max(0, rules.rejoins_max - found.rejoins)
    return wire.LineTicket(
        number=found.number,
        state=found.state.value,
        since=since(found),
        service=found.service if found.service != found.number[0] else None,
        counter=found.counter,
        tied=found.tied,
        weight=found.weight,
        yielded=found.yielded,
        wishes_priority=found.wishes_priority,
        presence=found.place is not None,
        coming=found.coming_at is not None,
        defers=found.defers,
        overdue=found.callable and overdue(scene.day, found, scene.at),
        announcements=found.announcements if called else 0,
        skippable=called and found.announcements >= rules.calls_before_skip,
        recall_at=_recall_at(found, rules.recall_gap_s) if called else None,
        rejoins_left=rejoins_left if missed else None,
        can=_can(found.state, proven=found.place is not None, rejoins_left=rejoins_left > 0),
    )


def _recall_at(found: Ticket, gap_s: int) -> datetime | None:
    return found.announced_at and found.announced_at + timedelta(seconds=gap_s)


@cache
def _can(state: TicketState, *, proven: bool, rejoins_left: bool) -> str:
    hidden = {Verb.CONFIRM_PRESENCE} if proven else {Verb.CALL, Verb.TRANSFER}
    if not rejoins_left:
        hidden.add(Verb.REJOIN)
    return "".join(
        code
        for code, verb in wire.VERB_CODES.items()
        if allowed(state, Verb(verb)) and verb not in hidden
    )
