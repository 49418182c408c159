"""Which style each page has: a file a component for who reads them, one sheet for who loads them.

A sheet is its parts in the order declared here, and later rules win: tokens, base and components
first, a surface's own after them, shapes of screens and paper last. Must not know pages.
"""

import re
from typing import Final


def _in(folder: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{folder}/{name}.css" for name in names)


TOKENS: Final = _in("look/tokens", "raw", "meanings", "measures", "dark", "contrast", "paper")
_BASE: Final = _in("look/base", "font", "page", "text", "layout", "unseen")
_COMPONENTS: Final = _in(
    "look/components",
    *("number", "chip", "card", "button", "ask", "field", "notice", "bars", "table"),
    *("places", "state", "qr", "arrive", "print"),
)
_NARROW: Final = "look/base/narrow.css"
LOOK: Final = TOKENS + _BASE + _COMPONENTS

_TICKET: Final = _in(
    "web/ticket", "face", "called", "standing", "do", "rating", "others", "shapes", "forced"
)
_STAFF: Final = _in("web/staff", "head", "pop", "rows", "action", "counter", "toast")
_DESK: Final = _in(
    "web/desk",
    *("desk", "call", "seat", "seat-do", "wide", "booth", "keys", "large", "phone", "choose"),
)
_GUARD: Final = _in(
    "web/guard", "guard", "issue", "hand", "overview", "supervisor", "shapes", "slip"
)
_SLIP: Final = "look/components/slip.css"
_LOOKING: Final = "web/looking.css"
_KIOSK: Final = _in(
    "kiosk",
    *("measure", "head", "phone", "tiles", "take", "here", "given", "whole", "shapes", "paper"),
)
_BOARD: Final = _in(
    "board",
    *("screen", "head", "hero", "rows", "foot"),
    *(
        "television",
        "television-empty",
        "television-sizes",
        "television-rows",
        "portrait",
        "portrait-short",
    ),
)

SHEETS: Final = {
    "sheets/plain.css": (*LOOK, _NARROW),
    # One for the whole way of a participant: on 3G the ticket then waits for no style at all.
    "sheets/phone.css": (*LOOK, "web/join.css", *_TICKET, _NARROW),
    "sheets/start.css": (*LOOK, "web/start.css", _NARROW),
    "sheets/account.css": (*LOOK, "web/account.css", _NARROW),
    "sheets/pair.css": (*LOOK, "web/pair.css", _NARROW),
    "sheets/desk.css": (*LOOK, *_STAFF, *_DESK, _LOOKING, _NARROW),
    "sheets/guard.css": (*LOOK, *_STAFF, _SLIP, *_GUARD, _LOOKING, _NARROW),
    "sheets/people.css": (*LOOK, *_STAFF, "web/people.css", _NARROW),
    "sheets/devices.css": (*LOOK, *_STAFF, "web/devices.css", _NARROW),
    "sheets/audit.css": (*LOOK, *_STAFF, "web/audit.css", _NARROW),
    "sheets/kiosk.css": (*LOOK, _SLIP, *_KIOSK),
    "sheets/board.css": LOOK + _BOARD,
}
"""Address under `/static/` -> parts."""


def without_comments(css: bytes) -> bytes:
    """What a browser needs of a part: the words for its readers stay in the repository."""
    return re.sub(rb"\n\s*", b"\n", re.sub(rb"/\*.*?\*/", b"", css, flags=re.DOTALL)).lstrip()
