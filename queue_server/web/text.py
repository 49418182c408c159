"""Free text as people type it, made harmless for whatever shows it later."""

from __future__ import annotations

import re
from typing import Final

# Control characters and line separators, but not the line feed: text may reach a printer, a
# terminal, a spreadsheet, a log.
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without control characters and without marks that turn the direction of reading."""
    return _CONTROL.sub(" ", text).strip()
