"""The text of a message, in a language: what may stand on a locked screen.

Number, counter, branch; never a service, never a name. Must not know by which road it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from queue_server.domain.plan import BranchPlan, CounterKind
from queue_server.look.phrasebook import Phrasebook, phrasebook
from queue_server.people.values.roads import Message, Occasion, Sense


@dataclass(frozen=True, slots=True)
class Text:
    """The first line of a lock screen, and the lines below it."""

    title: str
    body: str


def text(message: Message, plan: BranchPlan, language: str) -> Text:
    """What a message says."""
    words = phrasebook(language)
    title, body = _names(message.occasion, message.sense)
    return Text(
        words.say(title, number=message.number, **_counter(message, plan, words)),
        words.say(body, branch=plan.name, **_clock(message, plan, words)),
    )


def trial(number: str, plan: BranchPlan, language: str) -> Text:
    """What a phone says that is tried out."""
    words = phrasebook(language)
    title = words.say("notices-title-try", number=number)
    return Text(title, words.say("notices-body-try", branch=plan.name))


def _names(occasion: Occasion, sense: Sense) -> tuple[str, str]:
    """A missed one has one title, whether or not one can rejoin."""
    name = f"{occasion}-{sense.replace('_', '-')}" if sense else str(occasion)
    title = str(occasion) if occasion is Occasion.MISSED else name
    return f"notices-title-{title}", f"notices-body-{name}"


def _counter(message: Message, plan: BranchPlan, words: Phrasebook) -> dict[str, str]:
    if message.counter is None:
        return {}
    planned = plan.counters.get(message.counter)
    kind = planned.kind if planned is not None else CounterKind.DESK
    return {"counter": words.place(message.counter, kind)}


def _clock(message: Message, plan: BranchPlan, words: Phrasebook) -> dict[str, str]:
    """Until when: only a lapsing number says so."""
    if message.occasion is not Occasion.UNPROVEN:
        return {}
    return {"clock": words.clock(message.true_until, ZoneInfo(plan.zone))}
