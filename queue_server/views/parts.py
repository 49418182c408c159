"""What several views show alike: waits, services, counters, hours."""

from __future__ import annotations

from datetime import datetime

from queue_server import wire
from queue_server.domain.decide.brake import too_long
from queue_server.domain.decide.quota import quota_left, quota_left_afar
from queue_server.domain.estimates import WaitRange
from queue_server.domain.hours import hours_now, next_opening, next_opening_after
from queue_server.domain.model import Counter
from queue_server.domain.plan import WEEKDAYS
from queue_server.views.scene import Scene


def wait(found: WaitRange | None) -> wire.Wait | None:
    """A range as it is told."""
    return None if found is None else wire.Wait(*found.told, rough=found.rough)


def services(scene: Scene, *, afar: bool = False) -> tuple[wire.ServiceShown, ...]:
    """Every service: what is left of its quota, how many wait, how long. `afar`: for those who may
    not be in the hall.
    """
    return tuple(_service(scene, letter, afar) for letter in scene.day.plan.services)


def _service(scene: Scene, letter: str, afar: bool) -> wire.ServiceShown:
    day, outlook = scene.day, scene.outlook
    plan = day.plan.services[letter]
    left, told = quota_left(day, letter), outlook.wait_for_newcomer(letter)
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
        wait=wait(told),
        opens_at=opens_at,
        left_afar=quota_left_afar(day, letter) if afar else None,
        too_long=too_long(day, told),
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
    if scene.day_open:
        return "intake_closed"
    return "day_closed" if is_over(scene) else "not_open_yet"


def is_over(scene: Scene) -> bool:
    """Is the day closed, after it was open today? Before the next one begins, it is not."""
    today = scene.at.astimezone(scene.day.plan.timezone()).date()
    was_open = scene.day.opened_at is not None and scene.day.date == today
    return was_open and not scene.day_open


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
