"""The stars and words a ticket's holder leaves, once served. Kept with the people, not in the log.

Must not know who asks.
"""

from __future__ import annotations

from queue_server import wire
from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.before import new_note
from queue_server.asking.declined import Declined
from queue_server.asking.held import held_ticket
from queue_server.asking.verb import Answered, VerbRow
from queue_server.people import NoteKind, Rating


async def rate(around: Around, ask: Ask, row: VerbRow) -> Answered:
    """Keeps the rating; a later one takes its place. Raises `Declined` before the ticket has
    ended, `StoreUnavailable`.
    """
    held, stars = held_ticket(around, ask), ask.body.stars
    name, known = held.name, held.known
    if known.state not in wire.RATED:
        raise Declined("wrong_state", what="ticket", name=name.number, state=known.state)
    comment = new_note(around, name.branch, name.date, NoteKind.COMMENT, ask.body.comment)
    rating = Rating(
        ticket_id=known.ticket_id,
        branch=name.branch,
        day=name.date,
        service=known.service,
        stars=stars,
        comment=comment.id if comment else None,
        at=around.now(),
    )
    await around.people.save_rating(rating, comment)
    around.hub.rated(name.branch, name.date, known.ticket_id, stars)
    return Answered(wire.TicketAnswer(name.number, known.state, known.counter, known.seq))
