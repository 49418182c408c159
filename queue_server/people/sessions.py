"""Sessions: beginning one, stepping up, locking, ending.

Owns their lifetimes. Every step up is a new session with a new token: one planted or overseen
before it opens nothing. Must not know what proves somebody.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta

from queue_server.people import Account, Session, SignedIn, Spent, Stage
from queue_server.people.access import Access
from queue_server.people.keys import new_token, token_hash
from queue_server.people.left_alone import is_left_alone
from queue_server.people.no import No


async def current(access: Access, token: str) -> SignedIn | None:
    """Whose session this is, however far they have come; one left alone is locked by this."""
    found = await access.people.signed_in(token_hash(token), access.now())
    if found is None or not is_left_alone(found.session, access.settings, access.now()):
        return found
    return await lock(access, found, "idle")


async def begin(
    access: Access, account: Account, stage: Stage, label: str, device: str | None
) -> tuple[str, SignedIn] | No:
    """A fresh session after the account's password: its token. It ends soon unless it becomes a
    full one. `label`: what its browser is called; `device`: the tablet it is begun on.

    `No`: `wrong_sign_in` when another password holds meanwhile.
    """
    now, limits = access.now(), access.settings
    seconds = limits.enrol_s if stage is Stage.ENROL else limits.second_step_s
    until = now + timedelta(seconds=seconds)
    token = new_token()
    session = Session(
        id=secrets.token_hex(8),
        token_hash=token_hash(token),
        account=account.id,
        created_at=now,
        seen_at=now,
        idle_expires_at=until,
        expires_at=until,
        label=label,
        stage=stage,
        active_at=now,
        device=device,
    )
    try:
        # Hashing takes a while: a way back in may have been used since the account was read.
        await access.people.add_session(session, account.password_hash)
    except Spent:
        return No("wrong_sign_in")
    return token, SignedIn(session, account)


async def make_full(access: Access, signed_in: SignedIn) -> tuple[str, SignedIn] | No:
    """A full session in place of this one, with a new token. Unlocking does not prolong it.

    `No`: `sign_in_needed` when the old one is over meanwhile.
    """
    old, now, token = signed_in.session, access.now(), new_token()
    longest = now + timedelta(seconds=access.settings.session_max_s)
    session = replace(
        old,
        id=secrets.token_hex(8),
        token_hash=token_hash(token),
        seen_at=now,
        active_at=now,
        idle_expires_at=now + timedelta(seconds=access.settings.session_idle_s),
        expires_at=old.expires_at if old.stage is Stage.LOCKED else longest,
        stage=Stage.FULL,
    )
    try:
        await access.people.replace_session(old.token_hash, session, now)
    except Spent:
        return No("sign_in_needed")
    access.forget()
    return token, replace(signed_in, session=session)


async def lock(access: Access, signed_in: SignedIn, why: str) -> SignedIn:
    """It waits to be unlocked. `why`: `pressed`, or `idle`."""
    was_open = await access.people.lock_session(signed_in.session.id)
    access.forget()
    # Of several windows of a desk left alone, one finds it open.
    if was_open:
        await access.trail(signed_in.account, "locked", about=why)
    return replace(signed_in, session=replace(signed_in.session, stage=Stage.LOCKED))


async def end(access: Access, signed_in: SignedIn, why: str) -> None:
    """It opens nothing any more. `why` is the trail's code for it."""
    await access.people.end_session(signed_in.session.id)
    access.forget()
    await access.trail(signed_in.account, why)
