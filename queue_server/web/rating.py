"""The stars and words a ticket's holder leaves, once served. Kept with the people, not in the log.

Must not know who asks.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from queue_server import wire
from queue_server.people import Note, NoteKind, Rating
from queue_server.people.keys import TicketName
from queue_server.people.text import clean
from queue_server.web.context import Site
from queue_server.web.errors import Problem

_COMMENT_KEPT_AT_LATEST: Final = timedelta(days=8)


async def rate(site: Site, name: TicketName, body: wire.RatingRequest) -> wire.TicketAnswer:
    """Keeps the rating; a later one takes its place. Raises `Problem` 409 before the ticket is
    finished.
    """
    day = site.days.day_of(name.branch, name.date)
    ticket = day.tickets.get(name.number) if day is not None else None
    if day is None or ticket is None:
        raise Problem(404, "unknown_ticket", number=name.number)
    state = ticket.state.value
    if state != "finished":
        raise Problem(409, "wrong_state", what="ticket", name=name.number, state=state)
    comment = _comment(site, name, clean(body.comment or ""))
    rating = Rating(
        ticket_id=ticket.ticket_id,
        branch=name.branch,
        day=name.date,
        service=ticket.service,
        stars=body.stars,
        comment=comment.id if comment else None,
        at=site.now(),
    )
    await site.people.save_rating(rating, comment)
    site.hub.rated(name.branch, name.date, ticket.ticket_id, body.stars)
    return wire.TicketAnswer(name.number, state, ticket.counter, day.seq)


def _comment(site: Site, name: TicketName, text: str) -> Note | None:
    if not text:
        return None
    now = site.now()
    return Note(
        id=secrets.token_hex(12),
        branch=name.branch,
        day=name.date,
        kind=NoteKind.COMMENT,
        text=text,
        by="",
        created_at=now,
        erase_at=now + _COMMENT_KEPT_AT_LATEST,
    )
