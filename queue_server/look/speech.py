"""The spoken call as clips: "Nomor antrean A nol dua belas, silakan menuju loket tiga."

Pure. Owns which clips there are (`static/clips/<language>/<name>.opus`) and their order;
`scripts/make_clips` records them from `CLIPS`.
Never a name, never what the service is: a number and a counter only.
"""

from collections.abc import Mapping
from string import ascii_lowercase
from typing import Final

SPOKEN: Final = ("digits", "words")

_PHRASES: Final = {
    "id": ("nomor-antrean", "silakan-menuju", {"desk": "loket", "booth": "bilik"}),
    "en": ("ticket-number", "please-go-to", {"desk": "counter", "booth": "booth"}),
}

SPARE: Final = tuple(please for _, please, _ in _PHRASES.values())
"""Clips that are left out while many calls wait to be spoken."""

# What a synthesiser is to say. [[…]]: espeak-ng phonemes, where its own reading is wrong.
CLIPS: Final[Mapping[str, Mapping[str, str]]] = {
    "id": {
        **{letter: letter.upper() for letter in ascii_lowercase},
        "0": "nol",
        "1": "satu",
        "2": "dua",
        "3": "tiga",
        "4": "[[@mp'at]]",
        "5": "lima",
        "6": "[[@n'am]]",
        "7": "tujuh",
        "8": "delapan",
        "9": "sembilan",
        "10": "sepuluh",
        "11": "[[s@b@l'as]]",
        "100": "seratus",
        "1000": "seribu",
        "belas": "[[b@l'as]]",
        "puluh": "puluh",
        "ratus": "ratus",
        "ribu": "ribu",
        "nomor-antrean": "nomor [[antr'Ean]]",
        "silakan-menuju": "silakan menuju",
        "loket": "[[l'okEt]]",
        "bilik": "bilik",
    },
    "en": {
        **{letter: letter.upper() for letter in ascii_lowercase},
        **{str(n): str(n) for n in range(20)},
        **{str(tens): str(tens) for tens in range(20, 100, 10)},
        "hundred": "hundred",
        "thousand": "thousand",
        "ticket-number": "ticket number",
        "please-go-to": "please go to",
        "counter": "counter",
        "booth": "booth",
    },
}


def sentence(
    number: str, counter: str, kind: str, *, language: str = "id", spoken: str = "digits"
) -> list[str]:
    """The names of the clips that call `A-012` to a counter (`kind`: desk or booth), in order."""
    opening, please, places = _PHRASES[language]
    letter, _, digits = number.lower().partition("-")
    said = _figures(digits, language) if spoken == "words" else list(digits)
    return [opening, *letter, *said, please, places[kind], *_counter(counter, language)]


def _counter(name: str, language: str) -> list[str]:
    """A counter's name: its figures as a number (`loket dua belas`), its letters one by one."""
    clips: list[str] = []
    figures = ""
    for sign in f"{name.lower()} ":
        if sign in "0123456789":
            figures += sign
            continue
        if figures:
            clips += _figures(figures, language)
            figures = ""
        if sign in ascii_lowercase:
            clips.append(sign)
    return clips


def _figures(digits: str, language: str) -> list[str]:
    """Digits as one number; more than four are nobody's number and are read one by one."""
    if len(digits) > 4:
        return list(digits)
    return _english(int(digits)) if language == "en" else _indonesian(int(digits))


def _indonesian(n: int) -> list[str]:
    if n >= 1000:
        first = ["1000"] if n < 2000 else [str(n // 1000), "ribu"]
    elif n >= 100:
        first = ["100"] if n < 200 else [str(n // 100), "ratus"]
    elif n >= 20:
        first = [str(n // 10), "puluh"]
    elif n >= 12:
        return [str(n - 10), "belas"]
    else:
        return [str(n)]
    rest = n % (1000 if n >= 1000 else 100 if n >= 100 else 10)
    return first + (_indonesian(rest) if rest else [])


def _english(n: int) -> list[str]:
    if n >= 1000:
        first, rest = [str(n // 1000), "thousand"], n % 1000
    elif n >= 100:
        first, rest = [str(n // 100), "hundred"], n % 100
    elif n >= 20:
        first, rest = [str(n - n % 10)], n % 10
    else:
        return [str(n)]
    return first + (_english(rest) if rest else [])
