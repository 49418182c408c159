"""What must hold before a verb's command goes to its day. Each raises `Declined`.

Must not know what comes after.
"""

from __future__ import annotations

import secrets
from datetime import date, timedelta
from typing import Final

from queue_server.asking.around import MINUTE_S, Around, spend
from queue_server.asking.ask import Ask
from queue_server.asking.declined import Declined
from queue_server.asking.joining.at_kiosk import need_check
from queue_server.asking.joining.proving import need_code
from queue_server.people import Note, NoteKind, Role
from queue_server.people.seen import MARKS_MAX, few_marks
from queue_server.people.text import clean

_NOTE_KEPT_AT_LATEST: Final = timedelta(days=8)
# 128 bits in base64url, as our own forms send them; a UUID is longer. A random UUID with fewer
# different digits comes once in twenty-five million (C(16,7)·(7/16)³²); counters and padded words
# have fewer.
_RANDOM_KEY_LETTERS_MIN: Final = 22
_RANDOM_KEY_DIFFERENT_MIN: Final = 8


def good_key(around: Around, ask: Ask) -> None:
    """A key of the right length; and where only the address tells callers apart, one that no other
    program can have chosen too: it would be given this one's answer, and with it the ticket.
    """
    longest = around.settings.request_id_letters_max
    if ask.key is None:
        return
    if not (0 < len(ask.key) <= longest and ask.key.isprintable()):
        raise Declined("bad_input", reason=f"Idempotency-Key: 1 to {longest} letters")
    if ask.caller.is_known_by_address_only and not _looks_random(ask.key):
        raise Declined("bad_input", reason="Idempotency-Key without cookie or token: a random UUID")


def _looks_random(key: str) -> bool:
    return len(key) >= _RANDOM_KEY_LETTERS_MIN and len(set(key)) >= _RANDOM_KEY_DIFFERENT_MIN


# How often: per ticket, browser and account, never by address alone


def spend_as_holder(around: Around, ask: Ask) -> None:
    """Staff and devices by who they are; a ticket's holder by the ticket."""
    if not _spend_as_staff(around, ask) and ask.caller.role is Role.PARTICIPANT:
        spend(around, f"ticket:{ask.caller.ticket}", around.settings.commands_per_ticket_per_min)


def spend_a_number(around: Around, ask: Ask) -> None:
    """Staff and devices by who they are; everybody else by their browser."""
    if _spend_as_staff(around, ask):
        _spend_as_giver(around, ask)
    elif ask.caller.browser is not None:
        per_min = around.settings.issues_per_browser_per_min
        spend(around, f"browser:{ask.caller.browser}", per_min)


def _spend_as_giver(around: Around, ask: Ask) -> None:
    """Whoever gives faster than anybody presses is held back, and the guard hears of it."""
    settings, caller = around.settings, ask.caller
    most, window_s = settings.issues_per_staff_per_min, MINUTE_S
    if caller.role is Role.KIOSK:
        most, window_s = settings.issues_per_kiosk_max, settings.issues_per_kiosk_window_s
    # The same number asked for again, after a lost answer, is no other number.
    what = ask.key or secrets.token_hex(8)
    wait_s = around.limits.wait_once_s(f"gives:{caller.by}", what, most, window_s)
    if wait_s:
        around.hub.hurried(ask.branch, caller.name or caller.by)
        raise Declined("too_many_requests", retry_after_s=wait_s)


def _spend_as_staff(around: Around, ask: Ask) -> bool:
    if ask.caller.account is None and ask.caller.device is None:
        return False
    spend(around, ask.caller.by, around.settings.commands_per_account_per_s, 1.0)
    return True


# What is asked


def todays_ticket(around: Around, ask: Ask) -> None:
    """Yesterday's A-001 must not act on today's."""
    name = ask.caller.ticket
    if name is None or ask.caller.role is not Role.PARTICIPANT:
        return
    if around.days.date(name.branch) != name.date:
        raise Declined("wrong_state", what="day", name=name.date.isoformat(), state="closed")


def one_destination(around: Around, ask: Ask) -> None:
    to = ask.body.to
    if (to.service is None) == (to.counter is None):
        raise Declined("bad_input", reason="to: exactly one of service and counter")


def kiosk_check(around: Around, ask: Ask) -> None:
    need_check(around, ask.caller, ask.branch, ask.number, ask.body.check)


def hall_code(around: Around, ask: Ask) -> None:
    need_code(around, ask.caller, ask.branch, ask.body.join)


# Free text


def text_to_read(around: Around, ask: Ask) -> None:
    """A notice is an empty text, which takes the last one away, or something everybody can read."""
    typed = ask.body.text
    if typed.strip() and (not clean(typed) or few_marks(typed) != typed):
        raise Declined("nothing_to_read", marks=MARKS_MAX)


async def keep_note(around: Around, ask: Ask, kind: NoteKind, text: str | None) -> str | None:
    """Keeps a free text with the people, where it can be erased; the log gets its id."""
    day = around.days.date(ask.branch)
    note = new_note(around, ask.branch, day, kind, text, by=ask.caller.by)
    if note is None:
        return None
    await around.people.add_note(note)
    return note.id


def new_note(
    around: Around, branch: str, day: date, kind: NoteKind, text: str | None, by: str = ""
) -> Note | None:
    """A free text made harmless; None where nothing is left of it."""
    text = clean(text or "")
    if not text:
        return None
    now = around.now()
    erase_at = now + _NOTE_KEPT_AT_LATEST
    return Note(secrets.token_hex(12), branch, day, kind, text, by, now, erase_at)
