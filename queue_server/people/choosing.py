"""What may be chosen as a password, a PIN or a username.

Long enough, not one of those everybody tries first, nothing about oneself or the house. No rules
about kinds of letters: they make passwords worse. Must not know accounts or requests.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from queue_server.people.limits import PeopleLimits
from queue_server.people.no import No

_USERNAME: Final = re.compile(r"[a-z0-9][a-z0-9.-]{1,39}")
_AROUND: Final = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_HOUSE: Final = ("bpjs", "lapak", "ketenagakerjaan")
# Of Indonesian desks: the list of common ones comes from English-speaking leaks.
_COMMON_HERE: Final = frozenset(
    "rahasia katasandi sayang sayangku indonesia merdeka bismillah alhamdulillah garuda petugas"
    " satpam penyelia antrean antrian loket".split()
) | {"kata sandi"}
_WORD_LETTERS_MIN: Final = 4
PIN_DIGITS: Final = 6
_DIGITS: Final = "01234567890"


@cache
def _common() -> frozenset[str]:
    """30,000 passwords that leaked most often. Imported here: a start need not wait for it."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"]) | _COMMON_HERE


def normal(password: str) -> str:
    """As it is hashed: the same letters typed on another machine are the same password."""
    return unicodedata.normalize("NFC", password)


def chosen_password(limits: PeopleLimits, password: str, about: Iterable[str] = ()) -> str | No:
    """The password as it is hashed. `about`: names it must not contain.

    `No`: `bad_password`, `common_password`, `own_password`.
    """
    password = normal(password)
    least, most = limits.password_letters_min, limits.password_letters_max
    if not least <= len(password) <= most:
        return No("bad_password", {"letters_min": least, "letters_max": most})
    low = password.casefold()
    if is_common(low):
        return No("common_password")
    named = {word for text in about for word in _words(text)} | set(_HOUSE)
    if any(word in low for word in named):
        return No("own_password")
    return password


def is_common(password: str) -> bool:
    """One that is tried first: itself, with digits or signs around it, or twice in a row."""
    core = _AROUND.sub("", password)
    half = password[: len(password) // 2]
    # A word in a long row of digits is not what makes it weak.
    tried = {password, core if 2 * len(core) >= len(password) else "", _once(password)}
    return bool(tried & _common()) or (half in _common() and half * 2 == password)


def _once(password: str) -> str:
    """What a password repeats; all of one letter, or a pattern typed again and again."""
    for length in range(1, len(password) // 2 + 1):
        times = -(-len(password) // length)
        if (password[:length] * times)[: len(password)] == password and length <= 4:
            return "password"
    return ""


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"\W+", text.casefold()) if len(word) >= _WORD_LETTERS_MIN]


def chosen_pin(pin: str) -> str | No:
    """The PIN. `No`: `bad_pin`, `common_pin`."""
    if len(pin) != PIN_DIGITS or not (pin.isascii() and pin.isdigit()):
        return No("bad_pin", {"digits": PIN_DIGITS})
    in_row = pin in _DIGITS or pin[::-1] in _DIGITS
    if in_row or pin[:3] == pin[3:] or pin[:2] * 3 == pin or len(set(pin)) <= 2 or pin in _common():
        return No("common_pin")
    return pin


def chosen_username(username: str) -> str | No:
    """As it is kept. `No`: `bad_username`."""
    username = username.strip().lower()
    if not _USERNAME.fullmatch(username):
        return No("bad_username")
    return username
