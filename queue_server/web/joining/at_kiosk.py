"""Confirming at the kiosk that one is here: a number, and the four digits one's phone shows.

The digits keep somebody from confirming a stranger's number; staff see the person and need none.
Owns how often a ticket's digits may be tried. Must not know pages.
"""

from __future__ import annotations

from typing import Final

from queue_server.people import Role
from queue_server.people.callers import Caller
from queue_server.web.context import Site
from queue_server.web.errors import Problem
from queue_server.web.joining.checks import check_code_fits

_NUMBER_LETTERS_MAX: Final = 12
_DIGITS_MAX: Final = 6


def need_check(site: Site, caller: Caller, branch: str, number: str, check: str | None) -> None:
    """Raises `Problem` 409 `wrong_check` where a kiosk's digits do not fit, 429 when they have been
    tried too often. A number nobody has sounds no different.
    """
    if caller.role is not Role.KIOSK:
        return
    day, settings = site.days.day(branch), site.settings
    named = f"{branch}.{day.date}.{number[:_NUMBER_LETTERS_MAX]}"
    site.limits.spend(f"check:{named}", settings.check_tries_max, settings.check_tries_window_s)
    ticket = day.tickets.get(number)
    if ticket is None or not check_code_fits(site.keys, ticket.ticket_id, check or ""):
        raise Problem(409, "wrong_check")


def written(letter: str, digits: str) -> str:
    """A number from its two halves, as tickets write it: `A` and `12` are `A-012`."""
    plain = "".join(one for one in digits if one.isascii() and one.isdigit())[:_DIGITS_MAX]
    return f"{letter[:1].upper()}-{int(plain or '0'):03d}"
