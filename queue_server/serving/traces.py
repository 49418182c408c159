"""A fault as the server's lines tell it: what kind, and where in the code.

Never with the words of a stranger's exception: they may hold whatever was being worked on, an
address that is a ticket's secret, a form's password, a row of the people's store. Our own
exceptions name no such thing. Must not know who writes the lines.
"""

from __future__ import annotations

import traceback
from typing import Final

_OURS: Final = ("queue_server", "display_board", "kiosk")
_AND_THEN: Final = "\nthen, while that was handled:\n\n"


def told(error: BaseException | None) -> str:
    """The fault with what led to it, the first one first."""
    return "".join(_lines(error, set())).rstrip() if error is not None else ""


def _lines(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    lines = []
    for earlier in _earlier(error):
        if id(earlier) not in seen:
            lines += [*_lines(earlier, seen), _AND_THEN]
    return [*lines, *traceback.format_tb(error.__traceback__), f"{_name(error)}\n"]


def _earlier(error: BaseException) -> list[BaseException]:
    """What it is made of, and what it was raised from or during."""
    parts = list(error.exceptions) if isinstance(error, BaseExceptionGroup) else []
    before = error.__cause__
    if before is None and not error.__suppress_context__:
        before = error.__context__
    return parts if before is None else [before, *parts]


def _name(error: BaseException) -> str:
    kind = type(error)
    name = f"{kind.__module__}.{kind.__qualname__}"
    return f"{name}: {error}" if kind.__module__.split(".")[0] in _OURS else name
