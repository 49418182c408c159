"""The one Jinja environment, and where static files live.

Every HTML page of the project is rendered by `environment()`. Must not know routes or views: a
page's template gets plain values from whoever serves it.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final
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

from queue_server.look import qr
from queue_server.look.words import LANGUAGES, Words, catalogue

# prefix under /static/ -> package that has a `static` and a `templates` folder
SURFACES: Final = {
    "look": "queue_server.look",
    "web": "queue_server.web",
    "board": "display_board",
    "kiosk": "kiosk",
}
HASH_LETTERS: Final = 12  # 48 bits: enough to tell one version of a file from another

# One file for the browser, three for the reader: a phone on 3G pays 300 ms a request.
BUNDLES: Final = {"look/look.css": ("look/tokens.css", "look/base.css", "look/components.css")}


def _package_folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"package {package} is not installed")
    return Path(next(iter(spec.submodule_search_locations)))


@cache
def static_folders() -> dict[str, Path]:
    """URL prefix under `/static/` -> folder; a surface without a folder is left out."""
    folders = {name: _package_folder(package) / "static" for name, package in SURFACES.items()}
    return {name: folder for name, folder in folders.items() if folder.is_dir()}


@cache
def static_bytes(name: str) -> bytes:
    """The content of `look/base.css` or of a bundle; LookupError when there is none."""
    if name in BUNDLES:
        return b"".join(static_bytes(part) for part in BUNDLES[name])
    prefix, _, rest = name.partition("/")
    folder = static_folders().get(prefix)
    if folder is None:
        raise LookupError(f"no static folder {prefix!r}")
    path = (folder / rest).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise LookupError(f"no static file {name!r}")
    return path.read_bytes()


@cache
def asset(name: str) -> str:
    """`look/base.css` -> `/static/look/base.css?v=<hash of its content>`."""
    return f"/static/{name}?v={sha256(static_bytes(name)).hexdigest()[:HASH_LETTERS]}"


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
def _embedded_words(context: Context, *surfaces: str) -> Markup:
    """The catalogue texts `words.js` reads: data, not script, so the strict policy allows it."""
    language = _words(context).language
    files = ("common", *(name for name in surfaces if name != "common"))
    data = {"language": language, "ftl": "".join(catalogue(language, name) for name in files)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" id="words">{text}</script>')  # noqa: S704


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
    folders = [_package_folder(package) / "templates" for package in SURFACES.values()]
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
    """A whole page. `demo` is false unless given."""
    return environment().get_template(template).render({"words": words, "demo": False, **values})
