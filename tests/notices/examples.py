"""A message as the outbox hands it out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from queue_server.people.values.roads import Fate, Message, Occasion, Road, Sense
from tests.store.examples import AT, DAY


def a_message(occasion: Occasion = Occasion.CALLED, **given: Any) -> Message:
    """A-012, called to counter 3 just now."""
    fields: dict[str, Any] = {
        "id": 1,
        "ticket_id": "ticket-12",
        "branch": "bontang",
        "day": DAY,
        "number": "A-012",
        "occasion": occasion,
        "sense": Sense.USUAL,
        "road": Road.PUSH,
        "address": "s-1",
        "counter": "3" if occasion in (Occasion.CALLED, Occasion.RECALLED) else None,
        "seq": 41,
        "happened_at": AT,
        "true_until": AT + timedelta(minutes=2),
        "fate": Fate.WAITING,
        "tries": 1,
        "settled_at": None,
        "trouble": "",
    }
    return Message(**{**fields, **given})
