"""What of a text anybody can see: joiners that belong into words and emoji, marks upon letters,
and whether anything is left to read.

Must not know what a text is about.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MARKS_MAX: Final = 5
"""Upon one letter: no script needs more, and a tower of them covers the lines around it."""

_JOINERS: Final = re.compile("[\u200c\u200d]+")
# Scripts whose letters do not change by their neighbours: a joiner there is nothing but unseen.
_UNJOINED: Final = (
    *("LATIN ", "GREEK ", "CYRILLIC ", "ARMENIAN ", "GEORGIAN ", "HEBREW ", "THAI ", "LAO "),
    *("CJK ", "HIRAGANA ", "KATAKANA ", "HANGUL ", "BOPOMOFO ", "FULLWIDTH ", "HALFWIDTH "),
)
_JOINING: Final = frozenset({"Ll", "Lu", "Lo", "Lm", "Mn", "Mc", "So", "Sk"})
_SHAKING: Final = "\u2194"
"""The head that shakes: the one part of an emoji that counts as mathematics."""
_BLANK: Final = frozenset("\u2800\U0001d159")
"""Signs by their kind, and nothing to look at: braille without a dot, a note without a head."""


def keep_joiners(text: str) -> str:
    """One joiner where letters of a script that joins, or parts of an emoji, stand on both sides;
    none elsewhere.
    """
    return _JOINERS.sub(lambda found: _joiner(text, found), text)


def _joiner(text: str, found: re.Match[str]) -> str:
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    return found.group()[0] if _joins(before) and _joins(after) else ""


def _joins(letter: str) -> bool:
    if letter == _SHAKING:
        return True
    if not letter or unicodedata.category(letter) not in _JOINING:
        return False
    return not unicodedata.name(letter, "").startswith(_UNJOINED)


def few_marks(text: str) -> str:
    """The text with at most `MARKS_MAX` marks upon a letter."""
    kept, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
        if marks <= MARKS_MAX:
            kept.append(letter)
    return "".join(kept)


def is_seen(text: str) -> bool:
    """Is there a letter, a digit or a sign to look at?"""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK for one in text)
