"""Free text as people type it, made harmless for whatever shows it later.

Must not know what it is about.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from queue_server.people.seen import few_marks, is_seen, keep_joiners

# Control characters and line separators, but not the line feed: text may reach a printer, a
# terminal, a spreadsheet, a log.
_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
# What nobody sees and everybody is misled by: marks that turn the direction of reading, letters
# without width, hidden tags. Joiners are another matter: see `seen`.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def clean(text: str) -> str:
    """The text with its letters composed, without control characters and without what is unseen;
    empty where nothing is left that anybody could read.
    """
    harmless = _UNSEEN.sub("", _CONTROL.sub(" ", unicodedata.normalize("NFC", text)))
    found = few_marks(keep_joiners(harmless)).strip()
    return found if is_seen(found) else ""


def clean_line(text: str) -> str:
    """As `clean`, on one line: a name, a label."""
    return " ".join(clean(text).split())
