"""The few fixed sentences a page's scripts say by themselves, as plain text with named gaps.

What depends on the branch is said by its view, decided and in the listener's language; so browsers
need no formatter. Must not know which page says what.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from fluent.syntax import ast

from queue_server.look.words import UnknownWords, message

SHARED: Final = (
    "elapsed-hours",
    "elapsed-minutes",
    "no-such-thing",
    "not-allowed",
    "not-sent",
    "reload",
    "sign-in-again",
    "stale-since",
    "stale-stopped",
)
"""Said by what every live page has: the banner, times that run, what could not be sent."""


@cache
def plain(language: str, id_: str) -> str:
    """`Terputus sejak {time}`: its words, each value a name in braces.

    Raises `UnknownWords` for a message there is not, and for one that chooses between forms: a
    browser could not say it.
    """
    found = message(language, id_)
    if found is None or found.value is None:
        raise UnknownWords(f"{id_} in {language}")
    # A pattern of one part is that part.
    value = found.value
    parts = value.elements if isinstance(value, ast.Pattern) else [value]
    return "".join(_part(one, id_) for one in parts)


def _part(part: ast.BaseNode, id_: str) -> str:
    if isinstance(part, ast.TextElement):
        return str(part.value)
    inner = part.expression if isinstance(part, ast.Placeable) else part
    if isinstance(inner, ast.VariableReference):
        return f"{{{inner.id.name}}}"
    raise UnknownWords(f"{id_} chooses between forms: a view must say it")
