"""The catalogues of words, and sentences made from them.

Owns how a language is chosen and how an id becomes a sentence. The texts are in `words/{id,en}/`
(Project Fluent), one file for each surface. Must not know what a page looks like, nor any rule: who
asks hands in plain values.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from fluent.runtime import FluentBundle, FluentResource

from queue_server.look import moments

LANGUAGES: Final = ("id", "en")
DEFAULT_LANGUAGE: Final = LANGUAGES[0]
CATALOGUES: Final = Path(__file__).with_name("words")

_log = logging.getLogger(__name__)
_strict = False


class UnknownWords(LookupError):
    """An id, or a variable of it, that no catalogue has. Raised only where words are strict."""


def be_strict(strict: bool = True) -> None:
    """In tests a missing id must fail; in a branch the page must still come."""
    global _strict
    _strict = strict


def negotiate(accept_language: str | None) -> str:
    """The language an `Accept-Language` header asks for, of those we speak; else Indonesian."""
    wishes: list[tuple[float, str]] = []
    for part in (accept_language or "").split(",")[:20]:
        name, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            continue
        language = name.split("-")[0].strip().lower()
        if language in LANGUAGES and weight > 0:
            wishes.append((weight, language))
    return max(wishes, key=lambda wish: wish[0])[1] if wishes else DEFAULT_LANGUAGE


def language_of(*wishes: str | None) -> str:
    """The first wish that is a language we speak (`?lang=`, then the cookie); else Indonesian."""
    return next((wish for wish in wishes if wish in LANGUAGES), DEFAULT_LANGUAGE)


@cache
def _bundle(language: str) -> FluentBundle:
    # No isolation marks: both languages run left to right, and the marks would end up in
    # tickets, clip boards and tests.
    bundle = FluentBundle([str(Locale.parse(language))], use_isolating=False)
    for file in sorted((CATALOGUES / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def message(language: str, id_: str) -> Any | None:
    """A message as Fluent reads it; None where the catalogues of the language have none."""
    bundle = _bundle(language)
    return bundle.get_message(id_) if bundle.has_message(id_) else None


class Words:
    """The words of one language: `Words("id")("phone-join-button", n=3)`."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE

    @cached_property
    def locale(self) -> Locale:
        try:
            return Locale.parse(self.language)
        except UnknownLocaleError:  # pragma: no cover - Babel ships both
            return Locale.parse("en")

    def __call__(self, id_: str, /, **values: object) -> str:
        return self.format(id_, values)

    def has(self, id_: str) -> bool:
        return bool(_bundle(self.language).has_message(id_))

    def format(self, id_: str, values: Mapping[str, object]) -> str:
        """As calling, for values whose names are data.

        Raises `UnknownWords` where words are strict; elsewhere falls back to Indonesian, then to
        the id itself, and logs it: a page with one odd word is better than none.
        """
        for language in dict.fromkeys((self.language, DEFAULT_LANGUAGE)):
            text = self._in(language, id_, values)
            if text is not None:
                return text
        _log.error("no words for %s in %s", id_, self.language)
        return id_

    def _in(self, language: str, id_: str, values: Mapping[str, object]) -> str | None:
        found = message(language, id_)
        if found is None or (pattern := found.value) is None:
            if _strict:
                raise UnknownWords(f"{id_} in {language}")
            return None
        errors: list[Any]
        text, errors = _bundle(language).format_pattern(pattern, dict(values))
        if errors and _strict:
            raise UnknownWords(f"{id_} in {language}: {errors}")
        if errors:
            _log.error("words %s in %s: %s", id_, language, errors)
        return str(text)

    # Moments of a branch: always in its own zone, in local form.

    def clock(self, at: datetime, zone: str | ZoneInfo, *, named: bool = True) -> str:
        """`07.30 WITA`; `07.30` unless `named`."""
        return moments.clock(self.locale, at, zone, named=named)

    def day(self, at: datetime, zone: str | ZoneInfo) -> str:
        """`Senin, 23 November 2026`."""
        return moments.day(self.locale, at, zone)

    def when(self, at: datetime, now: datetime, zone: str | ZoneInfo) -> str:
        """`pukul 07.30`, `besok pukul 07.30`, `Senin pukul 07.30`, `23 November pukul 07.30`."""
        key, values = moments.when(self.locale, at, now, zone)
        return self.format(key, values)

    # How long a wait: a range, and rough where it is rough.

    def wait_range(self, low_min: float, high_min: float) -> str:
        """`15–25 menit`, `1½–2 jam`, `kurang dari 5 menit`."""
        key, values = moments.span(low_min, high_min)
        return self.format(key, values)

    def wait_sentence(self, low_min: float, high_min: float, rough: bool = False) -> str:
        """`Giliran Anda sekitar 15–25 menit lagi.`"""
        span, values = moments.span(low_min, high_min)
        key = "wait-sentence-rough" if rough else "wait-sentence"
        if span in moments.OPEN_SPANS:  # "about less than" is no language
            key = "wait-sentence-under"
        return self.format(key, {"range": self.format(span, values)})

    def turn_at(self, low_min: float, high_min: float, at: datetime, zone: str) -> str:
        """`Giliran Anda kira-kira pukul 10.55–11.10`, told `at` this moment."""
        key, values = moments.turn(self.locale, at, low_min, high_min, zone)
        return self.format(key, values)

    def elapsed(self, since: datetime, now: datetime) -> str:
        """`4 mnt`, `1 j 05`: how long something has run, short."""
        key, values = moments.elapsed(since, now)
        return self.format(key, values)


def refusal_text(
    language: str, code: str, fields: Mapping[str, object], now: datetime | None = None
) -> tuple[str, str]:
    """Title and sentence of a refusal: what to do first, then why (RFC 9457 `title`, `detail`).

    A moment among the fields is told in its own zone, as seen from `now` (the present unless
    given).
    """
    words = Words(language)
    key = f"refusal-{code.replace('_', '-')}"
    told = {name: _told(words, value, now) for name, value in fields.items()}
    return words(f"{key}-title"), words.format(key, told)


def _told(words: Words, value: object, now: datetime | None) -> object:
    """A field as the catalogues take it: text or a number; what is absent is `none`."""
    if value is None:
        return "none"
    if isinstance(value, datetime):
        zone = value.tzinfo if isinstance(value.tzinfo, ZoneInfo) else ZoneInfo("UTC")
        return words.when(value, now or datetime.now(UTC), zone)
    if isinstance(value, list | tuple):
        return format_list([str(item) for item in value], locale=words.locale) if value else "none"
    return value if isinstance(value, int | float | str) else str(value)
