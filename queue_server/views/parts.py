"""What several views show alike: services, counters, a ticket as staff see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from queue_server import wire
from queue_server.domain.decide.issuing import quota_left
from queue_server.domain.estimates import WaitRange
from queue_server.domain.hours import hours_now, next_opening, next_opening_after
from queue_server.domain.model import Counter, Ticket, TicketState
from queue_server.domain.order import overdue
from queue_server.domain.plan import WEEKDAYS
from queue_server.domain.transitions import Verb, allowed
from queue_server.views.scene import Scene

STAFF_VERBS = tuple(
    verb
    for verb in Verb
    if verb not in (Verb.LAPSE, Verb.CLOSE_DAY, Verb.REOPEN_DAY, Verb.UNDO, Verb.COMING)
)


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


def tickets(scene: Scene, found: Iterable[Ticket]) -> tuple[wire.LineTicket, ...]:
    """Tickets as staff see them."""
    return tuple(ticket(scene, each) for each in found)


def ticket(scene: Scene, found: Ticket) -> wire.LineTicket:
    """One ticket as staff see it."""
    shown = scene.staff_tickets.get(found.number)
    if shown is None:
        shown = scene.staff_tickets[found.number] = _ticket(scene, found)
    return shown


def _ticket(scene: Scene, found: Ticket) -> wire.LineTicket:
    rules = scene.day.plan.rules
    last = found.undoable
    recall_at = None
    if found.state is TicketState.CALLED and found.announced_at is not None:
        recall_at = found.announced_at + timedelta(seconds=rules.recall_gap_s)
    return wire.LineTicket(
        number=found.number,
        service=found.service,
        state=found.state.value,
        counter=found.counter,
        tied=found.tied,
        weight=found.weight,
        yielded=found.yielded,
        wishes_priority=found.wishes_priority,
        presence=found.place is not None,
        coming=found.coming_at is not None,
        since=found.place.since if found.place else None,
        issued_at=found.issued_at,
        state_since=_state_since(found),
        announcements=found.announcements,
        skippable=found.announcements >= rules.calls_before_skip,
        recall_at=recall_at,
        undo_verb=last.verb if last else None,
        undo_until=last.at + timedelta(seconds=rules.undo_s) if last else None,
        undo_counter=last.counter if last else None,
        rejoins_left=max(0, rules.rejoins_max - found.rejoins),
        defers=found.defers,
        channel=found.channel.value,
        overdue=found.callable and overdue(scene.day, found, scene.at),
        can=_can(
            found.state,
            proven=found.place is not None,
            rejoins_left=found.rejoins < rules.rejoins_max,
        ),
    )


def _state_since(found: Ticket) -> datetime:
    last = found.periods[-1]
    return last.end or last.start


@cache
def _can(state: TicketState, *, proven: bool, rejoins_left: bool) -> tuple[str, ...]:
    hidden = {Verb.CONFIRM_PRESENCE} if proven else {Verb.CALL, Verb.TRANSFER, Verb.DEFER}
    if not rejoins_left:
        hidden.add(Verb.REJOIN)
    return tuple(verb.value for verb in STAFF_VERBS if allowed(state, verb) and verb not in hidden)
