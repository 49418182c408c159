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
from queue_server.domain.commands import Channel, IssueTicket
from queue_server.people import Role, TicketPerson
from queue_server.web.context import Site
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.joining.codes import Verdict
from queue_server.web.joining.proving import (
    check_code,
    limit_phones,
    limit_proven,
    limit_unproven,
    read_scan,
)

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
    site: Site, caller: Caller, branch: str, body: wire.IssueRequest, proven: bool
) -> IssueTicket:
    """The command, with keyed hashes in place of persons. Raises `Problem` 422 for no NIK at all.

    Staff and devices issue without a browser of their own.
    """
    channel = channel_of(caller)
    ticket_id = secrets.token_hex(12)
    return IssueTicket(
        service=body.service,
        channel=channel,
        ticket_id=ticket_id,
        browser=await browser_of(site, caller, branch) if channel is Channel.PHONE else None,
        identity=await _identity(site, branch, body, ticket_id, channel),
        # A wish stays a wish until guard or officer grants it; staff grants by asking.
        weight=1 if body.priority and channel is Channel.GUARD else 0,
        wishes_priority=body.priority and channel is not Channel.GUARD,
        proven=proven,
        by=caller.by,
    )


@contextmanager
def presence(
    site: Site, caller: Caller, branch: str, code: str | None, key: str | None
) -> Iterator[bool]:
    """Does the asker stand in the hall? A browser's scan is good for one ticket: where the block
    raises `Problem` none came of it, and the scan is given back. After any other end nobody knows:
    then only the same request may use it again, and never gives it back, for the first may have
    brought a ticket.

    Raises `Problem` 429 where somebody guesses codes, or takes more numbers than a hall can hold.
    """
    if channel_of(caller) is not Channel.PHONE:
        yield True
        return
    limit_phones(site, caller)
    if code is not None and check_code(site, caller, branch, code) is Verdict.RIGHT:
        limit_proven(site, branch)
        yield True
        return
    scan = read_scan(site, caller, branch)
    if scan is None or not site.scans.take(scan.nonce, key or ""):
        limit_unproven(site, branch)
        yield False
        return
    try:
        limit_proven(site, branch)
        yield True
    except Problem:
        if scan.is_right:
            site.scans.give_back(scan.nonce)
        raise


async def day_salt(site: Site, branch: str) -> bytes:
    """The salt of the branch's present day, kept outside the log and erased with its people."""
    day = site.days.day(branch).date
    salt = site.salts.get((branch, day))
    if salt is None:
        salt = await site.people.day_salt(branch, day, site.now() + _ERASED_AT_LATEST)
        # Two days a branch are awake at most; older salts are due for erasure here too.
        for old in [key for key in site.salts if key[0] == branch and key[1] < day]:
            del site.salts[old]
        site.salts[branch, day] = salt
    return salt


async def browser_of(site: Site, caller: Caller, branch: str) -> str | None:
    """The browser as the log of the branch's present day knows it."""
    if caller.browser is None:
        return None
    return site.keys.browser(await day_salt(site, branch), caller.browser)


async def _identity(
    site: Site, branch: str, body: wire.IssueRequest, ticket_id: str, channel: Channel
) -> str | None:
    """The keyed hash of a NIK, where the branch asks for one; its last four digits are kept with
    the people until the day's data are erased.
    """
    asked = site.days.day(branch).plan.identity_asked
    if not asked or (body.identity is None and channel is not Channel.PHONE):
        return None
    digits = re.sub(r"[\s.-]", "", body.identity or "")
    if not _NIK.fullmatch(digits):
        raise Problem(422, "bad_input", reason="identity: 16 digits")
    hashed = site.keys.identity(await day_salt(site, branch), digits)
    now = site.now()
    person = TicketPerson(
        ticket_id=ticket_id,
        branch=branch,
        day=site.days.day(branch).date,
        identity=hashed,
        last_four=digits[-4:],
        created_at=now,
        erase_at=now + _ERASED_AT_LATEST,
    )
    await site.people.add_ticket_person(person)
    return hashed
