"""What a ticket says to its holder: which sentence stands in which slot, stage by stage.

Must not know a page's markup, nor how a number is called.
"""

from __future__ import annotations

from typing import Final

from queue_server.domain.model import RATED
from queue_server.domain.plan import Rules
from queue_server.look.moments import turn_between
from queue_server.look.phrasebook import Phrasebook
from queue_server.views.sentences.blocks import IN_LINE, LOOKS, blocks
from queue_server.views.sentences.telling import (
    counter,
    is_far,
    is_near_by_place,
    places_before,
    tell,
)
from queue_server.wire import Face, TicketView

ALIVE: Final = IN_LINE | {"unproven", "called", "serving", "parked", "missed"}


def face(view: TicketView, words: Phrasebook, rules: Rules) -> Face:
    """The view as its page shows it."""
    family, icon = LOOKS[view.stage]
    slots = {
        "chip": words.say(f"stage-{'served' if view.stage == 'finished' else view.stage}"),
        "title": _title(view, words),
        "head": _head(view, words, rules),
        "tell": tell(view, words, rules),
        **_call(view, words),
        **_standing(view, words),
        **_granted(view, words),
        **_steps(view, words, rules),
    }
    if view.stars is not None and view.stage in RATED:
        word = words.say(f"phone-rate-{view.stars}")
        slots["rated"] = words.say("phone-rated", stars=view.stars, word=word)
    if view.notice is not None:
        slots["notice"] = view.notice.text
    said = {name: text for name, text in slots.items() if text}
    return Face(words.language, family, icon, said, blocks(view.stage, view.can, view.coming))


def as_of_text(view: TicketView, words: Phrasebook) -> str:
    """When a place in the line was worked out; empty for who has none."""
    if view.stage not in IN_LINE:
        return ""
    return words.say("as-of", time=words.clock(view.as_of, view.zone, named=False))


def _title(view: TicketView, words: Phrasebook) -> str:
    if view.stage == "called":
        return words.say("phone-title-called", number=view.number, counter=counter(view, words))
    return words.say("phone-title", number=view.number, branch=view.branch_name)


def _head(view: TicketView, words: Phrasebook, rules: Rules) -> str:
    if view.stage == "waiting":
        return words.say("phone-head-waiting", n=places_before(view))
    if is_far(view):
        return words.say("phone-head-far", n=places_before(view), letter=view.service)
    if view.stage == "serving":
        return words.say("phone-head-serving", counter=counter(view, words))
    if view.stage == "ready" and view.wait is not None and not is_near_by_place(view, rules):
        near = words.wait_range(view.wait.low_min, view.wait.high_min)
        return words.say("phone-head-ready-in", range=near)
    return words.say(f"phone-head-{view.stage}")


def _call(view: TicketView, words: Phrasebook) -> dict[str, str]:
    if view.stage != "called":
        return {}
    where = counter(view, words)
    return {
        "counter": where,
        "alarm": words.say("say-called", number=view.number, counter=where),
    }


def _standing(view: TicketView, words: Phrasebook) -> dict[str, str]:
    """Where one stands in the line: only while one stands in it."""
    if view.stage not in IN_LINE:
        return {}
    before = places_before(view)
    undrawn = before - len(view.ahead)
    return {
        "places": words.say("phone-places", n=before),
        "more": words.say("phone-places-more", n=undrawn) if undrawn > 0 else "",
        "wait": _wait(view, words),
        "hour": _hour(view, words),
        "overtaken": words.say("phone-overtaken", n=view.overtaken) if view.overtaken else "",
    }


def _wait(view: TicketView, words: Phrasebook) -> str:
    if view.wait is not None:
        return words.wait_sentence(view.wait.low_min, view.wait.high_min, view.wait.rough)
    return words.say("wait-unknown" if view.counters_open else "phone-wait-none")


def _hour(view: TicketView, words: Phrasebook) -> str:
    """People live by the clock. Nothing is said of a turn that may come at once."""
    if view.wait is None or view.stage == "next":
        return ""
    begins, until = turn_between(view.as_of, view.wait.low_min, view.wait.high_min)
    if begins is None:
        return ""
    hours = (words.clock(one, view.zone, named=False) for one in (begins, until))
    return words.say("phone-hour", begins=next(hours), until=next(hours))


def _granted(view: TicketView, words: Phrasebook) -> dict[str, str]:
    """What was asked for, and what was given."""
    slots: dict[str, str] = {}
    if view.wishes_priority and not view.priority and view.stage in IN_LINE | {"unproven"}:
        slots["wish"] = words.say("phone-wish")
    if view.priority and view.stage in ALIVE:
        slots["priority"] = words.say("priority")
    if view.coming and view.stage in IN_LINE | {"called"}:
        slots["coming_known"] = words.say("phone-coming-known")
    return slots


def _steps(view: TicketView, words: Phrasebook, rules: Rules) -> dict[str, str]:
    """The rule beside each thing one may do."""
    slots: dict[str, str] = {}
    if "defer" in view.can:
        slots["defer_rule"] = words.say("phone-defer-rule", behind=rules.defer_behind)
        slots["defer_left"] = words.say("phone-defer-left", n=view.defers_left)
    if "rejoin" in view.can:
        slots["rejoin_left"] = words.say("phone-rejoin-left", n=view.rejoins_left)
    return slots
