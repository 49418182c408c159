"""Sentences that are said again and again: each is made once for its language, and kept.

At a call every phone of a hall is told something, and most of it is told to others as well. What
is kept outlives whom it was said to: must not be asked for anything personal.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Final

from queue_server.look.words import DEFAULT_LANGUAGE, LANGUAGES, Words

SENTENCES_MAX: Final = 32_768
"""Of a language. 5,000 phones are told about 20,000 different ones: a number, a place, a title."""
MOMENTS_MAX: Final = 4_096
WAITS_MAX: Final = 1_024


class Phrasebook:
    """The sentences of one language: as `Words`, for values that can be told apart."""

    def __init__(self, language: str) -> None:
        words = Words(language)
        self.language: Final = words.language
        self.say: Final[Callable[..., str]] = lru_cache(SENTENCES_MAX)(words.__call__)
        self.wait_sentence: Final[Callable[..., str]] = lru_cache(WAITS_MAX)(words.wait_sentence)
        self.wait_range: Final[Callable[..., str]] = lru_cache(WAITS_MAX)(words.wait_range)
        self.clock: Final[Callable[..., str]] = lru_cache(MOMENTS_MAX)(words.clock)
        self.day: Final[Callable[..., str]] = lru_cache(MOMENTS_MAX)(words.day)
        self.when: Final[Callable[..., str]] = lru_cache(MOMENTS_MAX)(words.when)

    def place(self, counter: str, kind: str) -> str:
        """Where a call leads: `Loket 3`, `Bilik 9`. `kind`: desk or booth."""
        return self.say(f"counter-{kind}", counter=counter)


def phrasebook(language: str) -> Phrasebook:
    """The one memory of a language; Indonesian for one that we do not speak."""
    return _book(language if language in LANGUAGES else DEFAULT_LANGUAGE)


_book = cache(Phrasebook)
