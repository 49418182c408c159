"""The office's part about bearer tokens: making, listing, ending."""

from __future__ import annotations

from queue_server.office.answer import Answer
from queue_server.office.branches import Branches
from queue_server.office.questions import ListTokens, MakeToken, Revoke
from queue_server.office.shown import token_shown
from queue_server.people.access import Access
from queue_server.people.no import No
from queue_server.people.owner import OWNER
from queue_server.people.tokens import make, revoke


async def answer(
    access: Access, branches: Branches, question: MakeToken | ListTokens | Revoke
) -> Answer | No:
    """As `Office.answer`."""
    match question:
        case MakeToken():
            return await _make(access, branches, question)
        case ListTokens():
            return {"tokens": [token_shown(each) for each in await access.people.tokens()]}
        case Revoke(token=token):
            ended = await revoke(access, OWNER, token)
            return ended if isinstance(ended, No) else {"id": ended}


async def _make(access: Access, branches: Branches, asked: MakeToken) -> Answer | No:
    missing = branches.missing(asked.role, asked.branch)
    if missing is not None:
        return missing
    if not branches.has_counter(asked.branch, asked.counter):
        return No("unknown_counter", {"counter": asked.counter, "branch": asked.branch})
    made = await make(access, OWNER, asked.role, asked.branch, asked.counter, asked.label)
    if isinstance(made, No):
        return made
    secret, token = made
    return {"token": secret, "id": token.id}
