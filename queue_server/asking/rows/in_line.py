"""What can be asked of a ticket that waits, or missed its call."""

from __future__ import annotations

from typing import Final

from queue_server import wire
from queue_server.asking.before import kiosk_check
from queue_server.asking.rows.tickets import FLOOR, OF_TICKET, a_ticket
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code

IN_LINE: Final = (
    a_ticket(
        "rejoin",
        "A missed ticket goes back into the line.",
        c.Rejoin,
        own_path="rejoin",
        pages=(*FLOOR, "ticket"),
        refusals=(*OF_TICKET, Code.NO_REJOINS_LEFT, Code.HAS_ANOTHER),
    ),
    a_ticket(
        "confirm_presence",
        "The person stands here: the ticket may be called. A kiosk brings `check`.",
        c.ConfirmPresence,
        body=wire.PresenceRequest,
        pages=FLOOR,
        before=(kiosk_check,),
        refusals=(*OF_TICKET, Code.QUOTA_FULL),
    ),
    a_ticket(
        "prioritise",
        "Grants priority or takes it back.",
        c.Prioritise,
        body=wire.PrioritiseRequest,
        example={"on": True},
        pages=FLOOR,
        command=lambda ask: c.Prioritise(number=ask.number, on=ask.body.on, **ask.asker),
    ),
    a_ticket(
        "cancel",
        "Gives the ticket up.",
        c.Cancel,
        own_path="cancel",
        pages=(*FLOOR, "ticket"),
    ),
)
