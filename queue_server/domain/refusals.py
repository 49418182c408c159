"""The expected no: every refusal of the rules, its code and
its fields. The sentences live in `look.words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Code(StrEnum):
    """A stable code for programs. `FIELDS` names what comes with each."""

    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_COUNTER = "unknown_counter"
    WRONG_STATE = "wrong_state"
    QUOTA_FULL = "quota_full"
    WAIT_TOO_LONG = "wait_too_long"
    INTAKE_CLOSED = "intake_closed"
    ALREADY_HAS_TICKET = "already_has_ticket"
    TOO_MANY_TICKETS = "too_many_tickets"
    NOT_CALLABLE = "not_callable"
    COUNTER_NOT_OPEN = "counter_not_open"
    COUNTER_FULL = "counter_full"
    COUNTER_BUSY = "counter_busy"
    COUNTER_HELD = "counter_held"
    NOT_YOUR_COUNTER = "not_your_counter"
    NOBODY_WAITING = "nobody_waiting"
    TOO_SOON = "too_soon"
    NOT_CALLED_ENOUGH = "not_called_enough"
    NO_REJOINS_LEFT = "no_rejoins_left"
    NO_DEFERS_LEFT = "no_defers_left"
    NOBODY_BEHIND = "nobody_behind"
    CANNOT_UNDO = "cannot_undo"
    DAY_BUSY = "day_busy"
    UNKNOWN_OUTCOME = "unknown_outcome"
    UNKNOWN_REASON = "unknown_reason"
    STILL_IN_USE = "still_in_use"
    PRESENCE_NEEDED = "presence_needed"
    DAY_RESTORED = "day_restored"
    STILL_AT_COUNTER = "still_at_counter"
    COUNTERS_HELD = "counters_held"
    HAS_ANOTHER = "has_another"


FIELDS: Mapping[Code, tuple[str, ...]] = {
    Code.UNKNOWN_TICKET: ("number",),
    Code.UNKNOWN_SERVICE: ("service",),
    Code.UNKNOWN_COUNTER: ("counter",),
    Code.WRONG_STATE: ("what", "name", "state"),  # what: ticket, counter, day or intake
    # left: for those here, where it is full from afar only; opens_at: a time, or None (by hand)
    Code.QUOTA_FULL: ("service", "quota", "left", "opens_at"),
    # wait_min: the early end of the told wait; limit_min: where the branch stops
    Code.WAIT_TOO_LONG: ("service", "wait_min", "limit_min"),
    Code.INTAKE_CLOSED: ("opens_at",),
    Code.ALREADY_HAS_TICKET: (),
    Code.TOO_MANY_TICKETS: ("limit",),
    Code.NOT_CALLABLE: ("number",),
    Code.COUNTER_NOT_OPEN: ("counter", "state"),
    Code.COUNTER_FULL: ("counter", "capacity", "open_tickets"),
    Code.COUNTER_BUSY: ("counter", "open_tickets"),
    Code.COUNTER_HELD: ("counter",),  # another officer holds it
    Code.NOT_YOUR_COUNTER: ("counter",),  # you do not hold it
    Code.NOBODY_WAITING: ("counter",),
    Code.TOO_SOON: ("number", "wait_s"),
    Code.NOT_CALLED_ENOUGH: ("number", "announced", "needed"),
    Code.NO_REJOINS_LEFT: ("number", "limit"),
    Code.NO_DEFERS_LEFT: ("number", "limit"),
    Code.NOBODY_BEHIND: ("number",),
    Code.CANNOT_UNDO: ("number", "why"),  # why: nothing, too_late, other_counter, no_seat
    Code.DAY_BUSY: ("open_tickets",),
    Code.UNKNOWN_OUTCOME: ("outcome", "allowed"),
    Code.UNKNOWN_REASON: ("reason", "allowed"),
    Code.PRESENCE_NEEDED: (),  # the branch gives no numbers without a fresh hall code
    Code.STILL_IN_USE: ("what", "name"),  # a counter or service a new plan would drop
    Code.DAY_RESTORED: (),  # from a backup: somebody must say the last numbers first
    Code.STILL_AT_COUNTER: ("number", "after_min"),  # its holder may not end it yet
    Code.COUNTERS_HELD: ("counter", "held", "limit"),  # you hold others: move, or close one
    Code.HAS_ANOTHER: ("number", "other"),  # its holder has taken another number since
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A command was understood and refused; nothing changed.
    `fields` holds exactly what `FIELDS` names.
    """

    code: Code
    fields: Mapping[str, object] = field(default_factory=dict)


def refuse(code: Code, **fields: object) -> Refusal:
    """A refusal with its fields; a wrong set of fields is a bug and says so."""
    assert tuple(sorted(fields)) == tuple(sorted(FIELDS[code])), f"{code} needs {FIELDS[code]}"
    return Refusal(code, fields)
