"""What can be asked of a day: the closed union of commands, imperative.

`by` is who asks, opaque to the rules; `as_holder` says that the asker may act only at a counter
they hold.
Roles and rights are the policy table's business, never a command's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from queue_server.domain.model import Channel, Learned, Spot
from queue_server.domain.plan import BranchPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Everything that can be asked."""

    by: str = ""
    as_holder: bool = False


# The day


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDay(Command):
    """Opens the day for the first time, or reopens it on its
    own date (the plan is then left as it is).
    """

    previous_head: str = ""
    learned: tuple[tuple[str, Learned], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseDay(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDay(Command):
    """Closes the day because the next one opens: whoever is still called or served is forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIntake(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseIntake(Command):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ContinueNumbers(Command):
    """Numbers were handed out that the log does not know: by letter, the last of them. A letter
    left out goes on from what the log knows.
    """

    last: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings(Command):
    plan: BranchPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class PostNotice(Command):
    """Shows a notice to everyone (`note` is the id of its text) or takes it away (None)."""

    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseUnproven(Command):
    """The timer: nothing of its own, `settle` does the work."""


# Counters


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCounter(Command):
    """Opens a counter and gives its lease to `holder` (None: nobody holds it).

    `move`: closes as many of those they hold as it takes; their open tickets come along.
    """

    counter: str
    holder: str | None = None
    move: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseCounter(Command):
    counter: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeCounter(Command):
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCounter(Command):
    counter: str
    return_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNext(Command):
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTicket(Command):
    """Calls one ticket out of order; `reason` is a code,
    `note` the id of a free text kept elsewhere.
    """

    counter: str
    number: str
    reason: str = ""
    note: str | None = None


# Tickets


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTicket(Command):
    """Gives the next number of a service. `browser` and `identity` are keyed hashes, or None."""

    service: str
    channel: Channel
    ticket_id: str = ""
    browser: str | None = None
    identity: str | None = None
    weight: int = 0
    wishes_priority: bool = False
    proven: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketCommand(Command):
    """Everything asked about one ticket."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPresence(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritise(TicketCommand):
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class StartServing(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(TicketCommand):
    outcome: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip(TicketCommand):
    confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejoin(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnTicket(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Park(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpark(TicketCommand):
    counter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer(TicketCommand):
    """To exactly one of a service or a counter."""

    to_service: str | None = None
    to_counter: str | None = None
    spot: Spot = Spot.KEEP


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(TicketCommand):
    """Takes back the ticket's last action; `counter` is the one asking, None for nobody's."""

    counter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Defer(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel(TicketCommand):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave(TicketCommand):
    """The holder was served, and the officer forgot to say so."""


__all__ = [
    "CallNext",
    "CallTicket",
    "Cancel",
    "ChangeSettings",
    "Channel",
    "CloseCounter",
    "CloseDay",
    "CloseIntake",
    "Coming",
    "Command",
    "ConfirmPresence",
    "ContinueNumbers",
    "Defer",
    "EndDay",
    "Finish",
    "IssueTicket",
    "LapseUnproven",
    "Leave",
    "OpenCounter",
    "OpenDay",
    "OpenIntake",
    "Park",
    "PauseCounter",
    "PostNotice",
    "Prioritise",
    "Recall",
    "Rejoin",
    "ResumeCounter",
    "ReturnTicket",
    "Skip",
    "Spot",
    "StartServing",
    "TicketCommand",
    "Transfer",
    "Undo",
    "Unpark",
]
