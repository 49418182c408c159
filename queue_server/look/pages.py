"""The one Jinja environment.

Every HTML page of the project is rendered by `environment()`. Must not know routes or views: a
page's template gets plain values from whoever serves it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
    select_autoescape,
)
from jinja2.runtime import Context
from markupsafe import Markup

from queue_server.look import again, qr
from queue_server.look.files import (
    SURFACES,
    asset,
    folder,
    imported_by,
    package_folder,
    static_folders,
)
from queue_server.look.plain import SHARED, plain
from queue_server.look.words import LANGUAGES, Words

__all__ = ["asset", "environment", "module", "number_parts", "render", "static_folders"]


def _words(context: Context) -> Words:
    words = context.get("words")
    if not isinstance(words, Words):
        # Falling back would show Indonesian to somebody who asked for English, unnoticed.
        raise TypeError("no `words` here: render with words, import macros `with context`")
    return words


@pass_context
def _t(context: Context, id_: str, /, **values: object) -> str:
    return _words(context)(id_, **values)


@pass_context
def _embedded_words(context: Context, *ids: str) -> Markup:
    """What `words.js` reads: data, not script, so the strict policy allows it. `ids`: what the
    page's own scripts say beside what all of them do.
    """
    language = _words(context).language
    texts = {id_: plain(language, id_) for id_ in (*SHARED, *ids)}
    data = {"language": language, "texts": texts}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" id="words">{text}</script>')  # noqa: S704


@pass_context
def _again(context: Context, after_s: int, at: str = "") -> Markup:
    return again.script(_words(context)("stale-still"), after_s, at)


def sheet(page: str) -> str:
    """The address of the one style sheet of a page."""
    return asset(f"sheets/{page}.css")


def module(name: str) -> Markup:
    """A module as script, with what it imports announced: one round trip instead of five."""
    needed = "".join(f'<link rel="modulepreload" href="{asset(one)}">' for one in imported_by(name))
    return Markup(f'{needed}<script type="module" src="{asset(name)}"></script>')  # noqa: S704


def _moment(name: str) -> Callable[..., str]:
    """A filter that calls the method of the page's Words: `{{ at | clock(zone) }}`."""

    @pass_context
    def use(
        context: Context, value: datetime, *rest: datetime | str | ZoneInfo, **named: bool
    ) -> str:
        method: Callable[..., str] = getattr(_words(context), name)
        return method(value, *rest, **named)

    return use


@pass_context
def _wait(context: Context, wait: Mapping[str, Any] | None) -> str:
    """`{low_min, high_min, rough}` or none -> a sentence."""
    words = _words(context)
    if wait is None:
        return words("wait-unknown")
    return words.wait_sentence(wait["low_min"], wait["high_min"], bool(wait["rough"]))


def number_parts(number: str) -> tuple[str, str]:
    """`A-012` -> (`A`, `012`)."""
    letter, _, digits = number.partition("-")
    return letter, digits


@cache
def environment() -> Environment:
    folders = [package_folder(package) / "templates" for package in SURFACES.values()]
    jinja = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    jinja.globals |= {
        "asset": asset,
        "folder": folder,
        "again": _again,
        "sheet": sheet,
        "module": module,
        "t": _t,
        "embedded_words": _embedded_words,
        "languages": LANGUAGES,
        "qr_svg": qr.svg,
    }
    jinja.filters |= {
        "clock": _moment("clock"),
        "day": _moment("day"),
        "when": _moment("when"),
        "elapsed": _moment("elapsed"),
        "wait_sentence": _wait,
        "number_parts": number_parts,
    }
    return jinja


def render(template: str, words: Words, /, **values: object) -> str:
    """A whole page. `demo` is false and `unencrypted` empty unless given."""
    given = {"words": words, "demo": False, "unencrypted": "", **values}
    return environment().get_template(template).render(given)
