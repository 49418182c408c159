"""Confirming at the kiosk that one is here: a number, and the four digits one's phone shows.

The digits keep somebody from confirming a stranger's number; staff see the person and need none.
Owns how often a ticket's digits may be tried. Must not know pages.
"""

from __future__ import annotations

from typing import Final

from queue_server.asking.around import Around, spend
from queue_server.asking.declined import Declined
from queue_server.asking.joining.checks import check_code_fits
from queue_server.people import Role
from queue_server.people.callers import Caller

_NUMBER_LETTERS_MAX: Final = 12
_DIGITS_MAX: Final = 6


def need_check(around: Around, caller: Caller, branch: str, number: str, check: str | None) -> None:
    """Raises `Declined` `wrong_check` where a kiosk's digits do not fit, or when they have been
    tried too often. A number nobody has sounds no different.
    """
    if caller.role is not Role.KIOSK:
        return
    settings = around.settings
    named = f"{branch}.{around.days.date(branch)}.{number[:_NUMBER_LETTERS_MAX]}"
    spend(around, f"check:{named}", settings.check_tries_max, settings.check_tries_window_s)
    ticket = around.days.ticket_today(branch, number)
    if ticket is None or not check_code_fits(around.keys, ticket.ticket_id, check or ""):
        raise Declined("wrong_check")


def written(letter: str, digits: str) -> str:
    """A number from its two halves, as tickets write it: `A` and `12` are `A-012`."""
    plain = "".join(one for one in digits if one.isascii() and one.isdigit())[:_DIGITS_MAX]
    return f"{letter[:1].upper()}-{int(plain or '0'):03d}"
