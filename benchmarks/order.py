"""The order of calls, played again from the log by a model of its own, to check the rules' order.

Knows the demo branch's policy (interleaving: two priority calls may pass an ordinary ticket, then
it is its turn) where every desk serves every service. Must not import the rules it checks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

PRIORITY_RUN_MAX = 2


def wrong_calls(events: Iterable[Mapping[str, Any]]) -> list[str]:
    """A sentence for each call that was somebody else's turn."""
    line: list[tuple[str, bool]] = []
    run, wrong = 0, []
    for event in events:
        if event["event"] == "ticket_issued":
            line.append((event["number"], bool(event["weight"])))
        elif event["event"] == "ticket_called":
            weighted = [one for one in line if one[1]]
            ordinary = [one for one in line if not one[1]]
            ordinary_next = not weighted or (run >= PRIORITY_RUN_MAX and bool(ordinary))
            expected = (ordinary if ordinary_next else weighted)[0]
            run = 0 if ordinary_next else run + bool(ordinary)
            if event["number"] != expected[0]:
                wrong.append(f"{event['number']} was called, {expected[0]} was next")
            line = [one for one in line if one[0] != event["number"]]
    return wrong
