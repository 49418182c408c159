"""Every verb of the contract: its body, its command, its answer, and what may refuse it.

The one table behind the API, the pages' forms and the OpenAPI document. Must not know requests,
rights or keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypedDict

from queue_server import wire
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks, as far as the rules care."""

    body: Any
    """The struct the verb names."""
    by: str
    as_holder: bool
    number: str = ""
    counter: str = ""
    note: str | None = None
    """The id of a free text that came with it."""


class _By(TypedDict):
    by: str
    as_holder: bool


def _by(asked: Asked) -> _By:
    return {"by": asked.by, "as_holder": asked.as_holder}


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that can be asked of a branch day."""

    name: str
    says: str
    """For whoever writes a client: one sentence."""
    body: type[wire.Request]
    answer: type[wire.Shown]
    refusals: tuple[Code, ...]
    command: Callable[[Asked], c.Command]
    example: dict[str, Any] | None = None


def _day(name: str, says: str, command: type[c.Command], *refusals: Code) -> Verb:
    def build(asked: Asked) -> c.Command:
        return command(**_by(asked))

    return Verb(name, says, wire.Nothing, wire.DayAnswer, (Code.WRONG_STATE, *refusals), build)


def _ticket(name: str, says: str, command: type[c.TicketCommand], *refusals: Code) -> Verb:
    """A verb about one ticket, without fields of its own."""

    def build(asked: Asked) -> c.Command:
        return command(number=asked.number, **_by(asked))

    return Verb(name, says, wire.Nothing, wire.TicketAnswer, (*_OF_TICKET, *refusals), build)


_OF_TICKET: Final = (Code.UNKNOWN_TICKET, Code.WRONG_STATE, Code.NOT_YOUR_COUNTER)
_OF_COUNTER: Final = (Code.UNKNOWN_COUNTER, Code.WRONG_STATE, Code.NOT_YOUR_COUNTER)
_OF_CALL: Final = (
    Code.UNKNOWN_COUNTER,
    Code.WRONG_STATE,
    Code.NOT_YOUR_COUNTER,
    Code.COUNTER_NOT_OPEN,
    Code.COUNTER_FULL,
    Code.DAY_RESTORED,
)

_DAY: Final = (
    _day("open_day", "Opens the day, or reopens it on its own date.", c.OpenDay, Code.DAY_BUSY),
    _day("close_day", "Closes the day; who still waits is unserved.", c.CloseDay, Code.DAY_BUSY),
    _day("open_intake", "Gives numbers from now on, by hand.", c.OpenIntake),
    _day("close_intake", "Gives no more numbers, by hand.", c.CloseIntake),
    Verb(
        "notice",
        "Shows a notice to everyone; an empty text takes it away.",
        wire.NoticeRequest,
        wire.DayAnswer,
        (Code.WRONG_STATE,),
        lambda asked: c.PostNotice(note=asked.note, **_by(asked)),
        {"text": "Loket 2 pindah ke lantai 1."},
    ),
    Verb(
        "continue_numbers",
        "Says the last number handed out of each letter, so that a restored day goes on.",
        wire.ContinueRequest,
        wire.DayAnswer,
        (Code.WRONG_STATE, Code.UNKNOWN_SERVICE),
        lambda asked: c.ContinueNumbers(last=asked.body.last, **_by(asked)),
        {"last": {"A": 12, "B": 3}},
    ),
)

_COUNTERS: Final = (
    Verb(
        "open",
        "Opens a counter; its lease goes to whoever asks.",
        wire.Nothing,
        wire.CounterAnswer,
        (Code.UNKNOWN_COUNTER, Code.WRONG_STATE, Code.COUNTER_HELD),
        lambda asked: c.OpenCounter(counter=asked.counter, holder=asked.by, **_by(asked)),
    ),
    Verb(
        "pause",
        "Calls nobody until resumed; whoever is at the counter is served on.",
        wire.PauseRequest,
        wire.CounterAnswer,
        (*_OF_COUNTER, Code.UNKNOWN_REASON),
        lambda asked: c.PauseCounter(counter=asked.counter, reason=asked.body.reason, **_by(asked)),
        {"reason": "break"},
    ),
    Verb(
        "resume",
        "Calls again.",
        wire.Nothing,
        wire.CounterAnswer,
        _OF_COUNTER,
        lambda asked: c.ResumeCounter(counter=asked.counter, **_by(asked)),
    ),
    Verb(
        "close",
        "Closes a counter and gives its lease up.",
        wire.CloseCounterRequest,
        wire.CounterAnswer,
        (*_OF_COUNTER, Code.COUNTER_BUSY),
        lambda asked: c.CloseCounter(
            counter=asked.counter, return_open=asked.body.return_open, **_by(asked)
        ),
        {"return_open": True},
    ),
    Verb(
        "call_next",
        "Calls whom the rules choose, and says why.",
        wire.Nothing,
        wire.CallAnswer,
        (*_OF_CALL, Code.NOBODY_WAITING),
        lambda asked: c.CallNext(counter=asked.counter, **_by(asked)),
    ),
    Verb(
        "call",
        "Calls one ticket out of order, with a reason.",
        wire.CallRequest,
        wire.CallAnswer,
        (*_OF_CALL, Code.UNKNOWN_TICKET, Code.NOT_CALLABLE, Code.UNKNOWN_REASON),
        lambda asked: c.CallTicket(
            counter=asked.counter,
            number=asked.body.number,
            reason=asked.body.reason,
            note=asked.note,
            **_by(asked),
        ),
        {"number": "A-012", "reason": "emergency"},
    ),
)

_AT_COUNTER: Final = (
    _ticket(
        "recall", "Announces a called ticket again.", c.Recall, Code.TOO_SOON, Code.DAY_RESTORED
    ),
    _ticket("start", "The person has come: serving begins.", c.StartServing),
    _ticket("return", "Back to the line, in its place.", c.ReturnTicket),
    _ticket("park", "Puts a ticket aside and frees its seat.", c.Park),
    Verb(
        "finish",
        "Served; a called ticket is thereby started too.",
        wire.FinishRequest,
        wire.TicketAnswer,
        (*_OF_TICKET, Code.UNKNOWN_OUTCOME),
        lambda asked: c.Finish(number=asked.number, outcome=asked.body.outcome, **_by(asked)),
        {"outcome": "done"},
    ),
    Verb(
        "skip",
        "Did not come; before enough calls only with `confirm`.",
        wire.SkipRequest,
        wire.TicketAnswer,
        (*_OF_TICKET, Code.NOT_CALLED_ENOUGH),
        lambda asked: c.Skip(number=asked.number, confirm=asked.body.confirm, **_by(asked)),
        {"confirm": True},
    ),
    Verb(
        "unpark",
        "Calls a parked ticket to an open counter with a free seat.",
        wire.UnparkRequest,
        wire.TicketAnswer,
        (*_OF_CALL, Code.UNKNOWN_TICKET),
        lambda asked: c.Unpark(number=asked.number, counter=asked.body.counter, **_by(asked)),
        {"counter": "3"},
    ),
    Verb(
        "transfer",
        "Hands a ticket on to exactly one of a service or a counter.",
        wire.TransferRequest,
        wire.TicketAnswer,
        (
            *_OF_TICKET,
            Code.UNKNOWN_SERVICE,
            Code.UNKNOWN_COUNTER,
            Code.NOT_CALLABLE,
            Code.COUNTER_NOT_OPEN,
        ),
        lambda asked: c.Transfer(
            number=asked.number,
            to_service=asked.body.to.service,
            to_counter=asked.body.to.counter,
            spot=c.Spot(asked.body.place),
            **_by(asked),
        ),
        {"to": {"service": "B"}, "place": "keep"},
    ),
    Verb(
        "undo",
        "Takes the ticket's last call, skip, finish, park or transfer back.",
        wire.Nothing,
        wire.TicketAnswer,
        (Code.UNKNOWN_TICKET, Code.WRONG_STATE, Code.CANNOT_UNDO),
        lambda asked: c.Undo(number=asked.number, counter=asked.counter or None, **_by(asked)),
    ),
)

_IN_LINE: Final = (
    Verb(
        "confirm_presence",
        "The person stands here: the ticket may be called. A kiosk brings `check`.",
        wire.PresenceRequest,
        wire.TicketAnswer,
        _OF_TICKET,
        lambda asked: c.ConfirmPresence(number=asked.number, **_by(asked)),
    ),
    _ticket("rejoin", "A missed ticket goes back into the line.", c.Rejoin, Code.NO_REJOINS_LEFT),
    _ticket("cancel", "Gives the ticket up.", c.Cancel),
    Verb(
        "prioritise",
        "Grants priority or takes it back.",
        wire.PrioritiseRequest,
        wire.TicketAnswer,
        _OF_TICKET,
        lambda asked: c.Prioritise(number=asked.number, on=asked.body.on, **_by(asked)),
        {"on": True},
    ),
)

_HOLDER: Final = (
    _ticket(
        "defer",
        "“I need more time”: a few places back.",
        c.Defer,
        Code.NOT_CALLABLE,
        Code.NO_DEFERS_LEFT,
        Code.NOBODY_BEHIND,
    ),
    _ticket("coming", "“I am on my way”: shown at the desk.", c.Coming),
    Verb(
        "prove_own",
        "The hall's present code proves that the holder is there: the ticket may be called.",
        wire.ProveRequest,
        wire.TicketAnswer,
        (Code.UNKNOWN_TICKET, Code.WRONG_STATE),
        lambda asked: c.ConfirmPresence(number=asked.number, **_by(asked)),
        {"join": "1.1bq7k2f.kX0dJ2mWq3ZpTa91hB5c_E"},
    ),
)

VERBS: Final[dict[str, Verb]] = {
    verb.name: verb for verb in (*_DAY, *_COUNTERS, *_AT_COUNTER, *_IN_LINE, *_HOLDER)
}
ABOUT_COUNTER: Final = frozenset(verb.name for verb in _COUNTERS)
ABOUT_TICKET: Final = frozenset(verb.name for verb in (*_AT_COUNTER, *_IN_LINE, *_HOLDER))
ISSUE_REFUSALS: Final = (
    Code.UNKNOWN_SERVICE,
    Code.INTAKE_CLOSED,
    Code.QUOTA_FULL,
    Code.ALREADY_HAS_TICKET,
    Code.TOO_MANY_TICKETS,
    Code.PRESENCE_NEEDED,
    Code.DAY_RESTORED,
)
