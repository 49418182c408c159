"""Giving out a number: who asks by which channel, and what proves that they stand in the hall.

Owns the way from a request to `IssueTicket`. Free text and identity go to the people's store before
the ticket is issued, so that no ticket is without its person. Must not know the rules of quotas.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from queue_server import wire
from queue_server.asking.around import Around
from queue_server.asking.declined import Declined
from queue_server.asking.joining.codes import Verdict
from queue_server.asking.joining.proving import (
    check_code,
    limit_phones,
    limit_proven,
    limit_unproven,
    read_scan,
)
from queue_server.domain.commands import Channel, IssueTicket
from queue_server.people import Role, TicketPerson
from queue_server.people.callers import Caller

_NIK: Final = re.compile(r"[0-9]{16}")
# Erasure is planned exactly when the day closes; this is for days nobody ever closes.
_ERASED_AT_LATEST: Final = timedelta(days=8)


def channel_of(caller: Caller) -> Channel:
    """By whom a number is given out: staff does it as the guard does."""
    if caller.role is Role.KIOSK:
        return Channel.KIOSK
    if caller.role in (Role.ANONYMOUS, Role.PARTICIPANT):
        return Channel.PHONE
    return Channel.GUARD


async def issue_command(
    around: Around, caller: Caller, branch: str, body: wire.IssueRequest, proven: bool
) -> IssueTicket:
    """The command, with keyed hashes in place of persons. Raises `Declined` for no NIK at all.

    Staff and devices issue without a browser of their own.
    """
    channel = channel_of(caller)
    ticket_id = secrets.token_hex(12)
    return IssueTicket(
        service=body.service,
        channel=channel,
        ticket_id=ticket_id,
        browser=await browser_of(around, caller, branch) if channel is Channel.PHONE else None,
        identity=await _identity(around, branch, body, ticket_id, channel),
        # A wish stays a wish until guard or officer grants it; staff grants by asking.
        weight=1 if body.priority and channel is Channel.GUARD else 0,
        wishes_priority=body.priority and channel is not Channel.GUARD,
        proven=proven,
        by=caller.by,
    )


@contextmanager
def presence(
    around: Around, caller: Caller, branch: str, code: str | None, key: str | None
) -> Iterator[bool]:
    """Does the asker stand in the hall? A browser's scan is good for one ticket: where the block
    raises `Declined` none came of it, and the scan is given back. After any other end nobody knows:
    then only the same request may use it again, and never gives it back, for the first may have
    brought a ticket.

    Raises `Declined` where somebody guesses codes, or takes more numbers than a hall can hold.
    """
    if channel_of(caller) is not Channel.PHONE:
        yield True
        return
    limit_phones(around, caller)
    if code is not None and check_code(around, caller, branch, code) is Verdict.RIGHT:
        limit_proven(around, branch)
        yield True
        return
    scan = read_scan(around, caller, branch)
    if scan is None or not around.scans.take(scan.nonce, key or ""):
        limit_unproven(around, branch)
        yield False
        return
    try:
        limit_proven(around, branch)
        yield True
    except Declined:
        if scan.is_right:
            around.scans.give_back(scan.nonce)
        raise


async def day_salt(around: Around, branch: str) -> bytes:
    """The salt of the branch's present day, kept outside the log and erased with its people."""
    day = around.days.date(branch)
    salt = around.salts.get((branch, day))
    if salt is None:
        salt = await around.people.day_salt(branch, day, around.now() + _ERASED_AT_LATEST)
        # Two days a branch are awake at most; older salts are due for erasure here too.
        for old in [key for key in around.salts if key[0] == branch and key[1] < day]:
            del around.salts[old]
        around.salts[branch, day] = salt
    return salt


async def browser_of(around: Around, caller: Caller, branch: str) -> str | None:
    """The browser as the log of the branch's present day knows it."""
    if caller.browser is None:
        return None
    return around.keys.browser(await day_salt(around, branch), caller.browser)


async def _identity(
    around: Around, branch: str, body: wire.IssueRequest, ticket_id: str, channel: Channel
) -> str | None:
    """The keyed hash of a NIK, where the branch asks for one; its last four digits are kept with
    the people until the day's data are erased.
    """
    asked = around.days.identity_asked(branch)
    if not asked or (body.identity is None and channel is not Channel.PHONE):
        return None
    digits = re.sub(r"[\s.-]", "", body.identity or "")
    if not _NIK.fullmatch(digits):
        raise Declined("bad_input", reason="identity: 16 digits")
    hashed = around.keys.identity(await day_salt(around, branch), digits)
    now = around.now()
    person = TicketPerson(
        ticket_id=ticket_id,
        branch=branch,
        day=around.days.date(branch),
        identity=hashed,
        last_four=digits[-4:],
        created_at=now,
        erase_at=now + _ERASED_AT_LATEST,
    )
    await around.people.add_ticket_person(person)
    return hashed
