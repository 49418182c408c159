"""What the holder of a ticket sees: only their own ticket, and how many are before it."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Final

from msgspec.structs import replace

from queue_server import wire
from queue_server.domain.decide.quota import quota_left
from queue_server.domain.estimates import Standing
from queue_server.domain.forgetting import long_unheard_of
from queue_server.domain.hours import next_opening
from queue_server.domain.model import RATED, BranchDay, Ticket, TicketState
from queue_server.domain.nearness import is_near
from queue_server.domain.plan import Rules
from queue_server.domain.tally import UNPROVEN
from queue_server.domain.tally import standing as standing_of
from queue_server.domain.transitions import Verb, allowed
from queue_server.look.phrasebook import phrasebook
from queue_server.look.words import DEFAULT_LANGUAGE
from queue_server.views import parts
from queue_server.views.scene import Scene
from queue_server.views.sentences.ticket import as_of_text, face

HOLDER_VERBS = (Verb.DEFER, Verb.COMING, Verb.CANCEL, Verb.REJOIN)
_UNSAID: Final = wire.Face("", "", "", {}, ())


def ticket(scene: Scene, number: str, language: str = DEFAULT_LANGUAGE) -> wire.TicketView:
    """The holder's page, in their language. `KeyError` for a number not given today."""
    return said(_facts(scene, number), language, scene.day.plan.rules)


def said(view: wire.TicketView, language: str, rules: Rules) -> wire.TicketView:
    """The same view, with its sentences in a language."""
    words = phrasebook(language)
    return replace(view, as_of_text=as_of_text(view, words), face=face(view, words, rules))


def _facts(scene: Scene, number: str) -> wire.TicketView:
    day = scene.day
    found = day.tickets[number]
    rules = day.plan.rules
    service = day.plan.services[found.service]
    standing = scene.outlook.standing(found) if found.callable else None
    open_counters = scene.outlook.counters_open(found.service)
    stars = scene.stars.get(found.ticket_id)
    return wire.TicketView(
        branch=day.branch,
        branch_name=day.plan.name,
        zone=day.plan.zone,
        number=number,
        service=found.service,
        service_name_id=service.name_id,
        service_name_en=service.name_en,
        stage=_stage(scene, found, standing, open_counters),
        position=standing.position if standing else None,
        ahead=standing.ahead if standing else (),
        wait=parts.wait(standing.wait) if standing else None,
        counter=found.counter,
        counter_kind=_counter_kind(day, found),
        called_at=found.announced_at if found.state is TicketState.CALLED else None,
        calls=found.announcements,
        priority=found.weight > 0,
        wishes_priority=found.wishes_priority,
        presence=found.place is not None,
        unproven_until=_unproven_until(day, found),
        quota_full=_is_unproven(found) and quota_left(day, found.letter) == 0,
        defers_left=max(0, rules.defers_max - found.defers),
        rejoins_left=max(0, rules.rejoins_max - found.rejoins),
        can=_can(scene, found, stars),
        coming=found.coming_at is not None,
        overtaken=scene.outlook.overtakers(number),
        stars=stars,
        issued_at=found.issued_at,
        counters_open=open_counters,
        notice=scene.notice,
        opens_at=next_opening(day.plan, scene.at) if found.state is TicketState.UNSERVED else None,
        as_of=scene.at,
        as_of_text="",
        seq=day.seq,
        face=_UNSAID,
    )


def _stage(scene: Scene, found: Ticket, standing: Standing | None, open_counters: int) -> str:
    """The stage of calling.md. Nobody is told to get ready while no counter calls."""
    if standing is None:
        return "unproven" if found.state is TicketState.WAITING else found.state.value
    if not open_counters:
        return "waiting"
    if standing.position == 1:
        return "next"
    return "ready" if is_near(scene.day.plan.rules, standing, open_counters) else "waiting"


def _counter_kind(day: BranchDay, found: Ticket) -> str | None:
    plan = day.plan.counters.get(found.counter) if found.counter else None
    return plan.kind.value if plan else None


def _is_unproven(found: Ticket) -> bool:
    return standing_of(found) == UNPROVEN


def _unproven_until(day: BranchDay, found: Ticket) -> datetime | None:
    if not _is_unproven(found):
        return None
    return found.issued_at + timedelta(minutes=day.plan.rules.unproven_lapse_min)


def _can(scene: Scene, found: Ticket, stars: int | None) -> tuple[str, ...]:
    """What the holder may do now; an action that would only be refused is not offered."""
    rules = scene.day.plan.rules
    hidden = (
        (Verb.DEFER, found.place is None or found.defers >= rules.defers_max),
        (Verb.REJOIN, found.rejoins >= rules.rejoins_max),
        (Verb.COMING, found.coming_at is not None),
    )
    can = _verbs(found.state, scene.day_open, tuple(verb for verb, hide in hidden if hide))
    if long_unheard_of(scene.day, found, scene.at) and scene.day_open:
        return (*can, "leave")
    if found.state in RATED and stars is None:
        return (*can, "rating")
    return can


@cache
def _verbs(state: TicketState, day_open: bool, hidden: tuple[Verb, ...]) -> tuple[str, ...]:
    """A handful of combinations, asked for again by every phone at every call."""
    return tuple(
        verb.value
        for verb in HOLDER_VERBS
        if day_open and allowed(state, verb) and verb not in hidden
    )
