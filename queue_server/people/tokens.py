"""Bearer tokens for other programs: making one, ending one of any kind."""

from __future__ import annotations

import secrets

from queue_server.people import Role, Token
from queue_server.people.access import Access
from queue_server.people.devices import LABEL_LETTERS_MAX
from queue_server.people.keys import new_token, token_hash
from queue_server.people.no import No
from queue_server.people.policy import Asker
from queue_server.people.text import clean_line


async def make(
    access: Access, who: Asker, role: Role, branch: str | None, counter: str | None, label: str
) -> tuple[str, Token] | No:
    """The secret, shown once, and what is kept of it: `no_token_for`."""
    if role in (Role.ANONYMOUS, Role.PARTICIPANT):
        return No("no_token_for", {"role": role.value})
    secret, label = new_token(), clean_line(label)[:LABEL_LETTERS_MAX]
    token = Token(
        id=secrets.token_hex(8),
        token_hash=token_hash(secret),
        role=role,
        branch=branch,
        counter=counter,
        account=None,
        label=label or f"made by {who.by}",
        created_at=access.now(),
        made_by=who.by,
    )
    await access.people.add_token(token)
    await access.trail(who, "token_made", branch=branch, about=f"{role.value} {label}")
    return secret, token


async def revoke(access: Access, who: Asker, token_id: str) -> str | No:
    """Its id; it counts no more at once: `unknown_token`."""
    if not await access.people.revoke_token(token_id, access.now()):
        return No("unknown_token", {"token": token_id})
    access.forget()
    await access.trail(who, "token_revoked", about=token_id)
    return token_id
