"""What can be asked of a ticket that is called, served, or just was."""

from __future__ import annotations

from typing import Final

from queue_server import wire
from queue_server.asking.before import one_destination
from queue_server.asking.rights import counter_called_to, own_ticket, place_next
from queue_server.asking.rows.calls import OF_CALL
from queue_server.asking.rows.tickets import OF_TICKET, a_ticket
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code

AT_COUNTER: Final = (
    a_ticket(
        "recall",
        "Announces a called ticket again.",
        c.Recall,
        refusals=(*OF_TICKET, Code.TOO_SOON, Code.DAY_RESTORED),
    ),
    a_ticket("start", "The person has come: serving begins.", c.StartServing),
    a_ticket(
        "finish",
        "Served; a called ticket is thereby started too.",
        c.Finish,
        body=wire.FinishRequest,
        example={"outcome": "done"},
        command=lambda ask: c.Finish(number=ask.number, outcome=ask.body.outcome, **ask.asker),
        refusals=(*OF_TICKET, Code.UNKNOWN_OUTCOME),
    ),
    a_ticket(
        "skip",
        "Did not come; before enough calls only with `confirm`.",
        c.Skip,
        body=wire.SkipRequest,
        example={"confirm": True},
        command=lambda ask: c.Skip(number=ask.number, confirm=ask.body.confirm, **ask.asker),
        refusals=(*OF_TICKET, Code.NOT_CALLED_ENOUGH),
    ),
    a_ticket("return", "Back to the line, in its place.", c.ReturnTicket),
    a_ticket("park", "Puts a ticket aside and frees its seat.", c.Park),
    a_ticket(
        "unpark",
        "Calls a parked ticket to an open counter with a free seat.",
        c.Unpark,
        body=wire.UnparkRequest,
        example={"counter": "3"},
        rights=(own_ticket, counter_called_to),
        command=lambda ask: c.Unpark(number=ask.number, counter=ask.body.counter, **ask.asker),
        refusals=(*OF_CALL, Code.UNKNOWN_TICKET),
    ),
    a_ticket(
        "transfer",
        "Hands a ticket on to exactly one of a service or a counter.",
        c.Transfer,
        body=wire.TransferRequest,
        example={"to": {"service": "B"}, "place": "keep"},
        rights=(place_next, own_ticket),
        before=(one_destination,),
        command=lambda ask: c.Transfer(
            number=ask.number,
            to_service=ask.body.to.service,
            to_counter=ask.body.to.counter,
            spot=c.Spot(ask.body.place),
            **ask.asker,
        ),
        refusals=(
            *OF_TICKET,
            Code.UNKNOWN_SERVICE,
            Code.UNKNOWN_COUNTER,
            Code.NOT_CALLABLE,
            Code.COUNTER_NOT_OPEN,
        ),
    ),
    a_ticket(
        "undo",
        "Takes the ticket's last call, skip, finish, park or transfer back.",
        c.Undo,
        command=lambda ask: c.Undo(number=ask.number, counter=ask.counter or None, **ask.asker),
        refusals=(Code.UNKNOWN_TICKET, Code.WRONG_STATE, Code.CANNOT_UNDO, Code.HAS_ANOTHER),
    ),
)
