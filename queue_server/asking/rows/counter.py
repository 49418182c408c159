"""What can be asked of a counter."""

from __future__ import annotations

from typing import Any, Final

from queue_server import wire
from queue_server.asking import answers
from queue_server.asking.ask import Ask
from queue_server.asking.by_command import by_command
from queue_server.asking.rows.calls import OF_CALL
from queue_server.asking.verb import About, VerbRow
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code
from queue_server.people import NoteKind


def _counter(name: str, says: str, path: str, makes: type[c.Command], **more: Any) -> VerbRow:
    def build(ask: Ask) -> c.Command:
        return makes(counter=ask.counter, **ask.asker)  # type: ignore[call-arg]

    whole: dict[str, Any] = {
        "deed": by_command,
        "about": About.COUNTER,
        "pages": ("desk",),
        "makes": makes,
        "command": build,
        "answer": wire.CounterAnswer,
        "tell": answers.about_counter,
        "refusals": _OF_COUNTER,
    }
    return VerbRow(name=name, says=says, path=path, **{**whole, **more})


_OF_COUNTER: Final = (Code.UNKNOWN_COUNTER, Code.WRONG_STATE, Code.NOT_YOUR_COUNTER)

COUNTER: Final = (
    _counter(
        "call_next",
        "Calls whom the rules choose, and says why.",
        "call-next",
        c.CallNext,
        answer=wire.CallAnswer,
        tell=answers.called,
        refusals=(*OF_CALL, Code.NOBODY_WAITING),
    ),
    _counter(
        "call",
        "Calls one ticket out of order, with a reason.",
        "call",
        c.CallTicket,
        body=wire.CallRequest,
        example={"number": "A-012", "reason": "emergency"},
        note=lambda body: (NoteKind.REASON, body.note),
        command=lambda ask: c.CallTicket(
            counter=ask.counter,
            number=ask.body.number,
            reason=ask.body.reason,
            note=ask.note,
            **ask.asker,
        ),
        answer=wire.CallAnswer,
        tell=answers.called,
        refusals=(*OF_CALL, Code.UNKNOWN_TICKET, Code.NOT_CALLABLE, Code.UNKNOWN_REASON),
    ),
    _counter(
        "open",
        "Opens a counter; its lease goes to whoever asks. `move` gives up the one they hold.",
        "open",
        c.OpenCounter,
        body=wire.OpenCounterRequest,
        example={"move": True},
        command=lambda ask: c.OpenCounter(
            counter=ask.counter, holder=ask.caller.by, move=ask.body.move, **ask.asker
        ),
        refusals=(
            Code.UNKNOWN_COUNTER,
            Code.WRONG_STATE,
            Code.COUNTER_HELD,
            Code.COUNTERS_HELD,
        ),
    ),
    _counter(
        "pause",
        "Calls nobody until resumed; whoever is at the counter is served on.",
        "pause",
        c.PauseCounter,
        body=wire.PauseRequest,
        example={"reason": "break"},
        command=lambda ask: c.PauseCounter(
            counter=ask.counter, reason=ask.body.reason, **ask.asker
        ),
        refusals=(*_OF_COUNTER, Code.UNKNOWN_REASON),
    ),
    _counter("resume", "Calls again.", "resume", c.ResumeCounter),
    _counter(
        "close",
        "Closes a counter and gives its lease up.",
        "close",
        c.CloseCounter,
        body=wire.CloseCounterRequest,
        example={"return_open": True},
        pages=("desk", "supervisor"),
        command=lambda ask: c.CloseCounter(
            counter=ask.counter, return_open=ask.body.return_open, **ask.asker
        ),
        refusals=(*_OF_COUNTER, Code.COUNTER_BUSY),
    ),
)
