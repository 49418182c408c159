"""What a ticket's holder can ask: of the day, and of what is kept beside the log."""

from __future__ import annotations

from typing import Final

from queue_server import wire
from queue_server.asking.before import hall_code
from queue_server.asking.erasing import erase
from queue_server.asking.joining.codes import HALL_CODE_REFUSALS
from queue_server.asking.rating import rate
from queue_server.asking.rows.tickets import OF_TICKET, a_ticket
from queue_server.asking.verb import VerbRow
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code

HOLDER: Final = (
    a_ticket(
        "defer",
        "“I need more time”: a few places back.",
        c.Defer,
        path="",
        own_path="defer",
        pages=("ticket",),
        refusals=(*OF_TICKET, Code.NOT_CALLABLE, Code.NO_DEFERS_LEFT, Code.NOBODY_BEHIND),
    ),
    a_ticket(
        "coming",
        "“I am on my way”: shown at the desk.",
        c.Coming,
        path="",
        own_path="coming",
        pages=("ticket",),
    ),
    a_ticket(
        "leave",
        "“I have been served”: after long enough it ends a ticket whose officer forgot to.",
        c.Leave,
        path="",
        own_path="leave",
        pages=("ticket",),
        refusals=(*OF_TICKET, Code.STILL_AT_COUNTER),
    ),
    a_ticket(
        "prove_own",
        "The hall's present code proves that the holder is there: the ticket may be called.",
        c.ConfirmPresence,
        body=wire.ProveRequest,
        example={"join": "1.1bq7k2f.kX0dJ2mWq3ZpTa91hB5c_E"},
        path="",
        own_path="prove",
        pages=(),
        before=(hall_code,),
        refusals=(Code.UNKNOWN_TICKET, Code.WRONG_STATE, Code.QUOTA_FULL),
        codes=HALL_CODE_REFUSALS,
        replayed=False,
    ),
    VerbRow(
        name="rating",
        says="Stars and words of a finished ticket's holder; a later one takes its place.",
        body=wire.RatingRequest,
        example={"stars": 5, "comment": "Cepat dan ramah."},
        own_path="rating",
        pages=("ticket",),
        deed=rate,
        answer=wire.TicketAnswer,
        refusals=(Code.UNKNOWN_TICKET, Code.WRONG_STATE),
    ),
    VerbRow(
        name="erase",
        says=(
            "Erases at once what is kept of you beside the number: identity, last digits, comment. "
            "A number that is still waiting goes on."
        ),
        right="erase_own",
        own_path="erase",
        deed=erase,
        answer=wire.ErasedAnswer,
        refusals=(Code.UNKNOWN_TICKET,),
    ),
)
