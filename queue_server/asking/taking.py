"""Taking a number: presence first, then the command, then the secret that opens it.

Must not know how presence is proven, nor the rules of quotas.
"""

from __future__ import annotations

from queue_server.asking import answers
from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.by_command import mark_of, send
from queue_server.asking.joining.issuing import issue_command, presence
from queue_server.asking.verb import Answered, VerbRow


async def take(around: Around, ask: Ask, row: VerbRow) -> Answered:
    """A new number, or the asker's own found again. Raises `Declined`, `Unavailable`,
    `StoreUnavailable`, `KeyReused`.
    """
    mark, caller, branch = mark_of(around, ask, ask.verb), ask.caller, ask.branch
    request = mark.request if mark else None
    with presence(around, caller, branch, ask.body.join, request) as proven:
        command = await issue_command(around, caller, branch, ask.body, proven)
        done = await send(around, ask, command, mark)
    ticket = done.ticket
    assert ticket is not None, "an accepted issue is about a ticket"
    secret = around.keys.ticket_secret(branch, done.date, ticket.number, ticket.ticket_id)
    link = around.keys.ticket_link(secret, ask.base)
    return Answered(answers.issued(done, around.hub, secret, link), is_new=bool(done.events))
