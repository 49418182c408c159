"""The short code a screen shows while it waits: how it follows from the screen's secret, and how it
is read as people type it.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

# Without look-alikes: of 0 O, 1 I L, 2 Z, 5 S, 8 B at most one each is left. 28^8 is 38 bits.
LETTERS: Final = "23456789ACDEFGHJKMNPQRTUVWXY"
CODE_LETTERS: Final = 8
_MISREAD: Final = str.maketrans({"Z": "2", "S": "5", "B": "8"})


def code_of(secret: str) -> str:
    """`7KQ4M2HX`."""
    number = int.from_bytes(sha256(f"pairing code of {secret}".encode()).digest())
    letters = []
    for _ in range(CODE_LETTERS):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def written(code: str) -> str:
    """As people read it: `7KQ4-M2HX`."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str | None:
    """A code as typed, with or without dash, in any case; None when it can be none."""
    code = re.sub(r"[\s\-–—.]", "", typed).upper().translate(_MISREAD)
    fits = len(code) == CODE_LETTERS and all(letter in LETTERS for letter in code)
    return code if fits else None
