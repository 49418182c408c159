"""Contrast of every pair of tokens that meet, in light, dark and high contrast.

WCAG 2.2: relative luminance and the ratio as in its definitions of "contrast ratio".
"""

import re
from collections import defaultdict

import pytest

from queue_server.look.files import static_bytes
from queue_server.look.sheets import TOKENS

MUST_BE_READ = 7.0  # WCAG 1.4.6
THE_REST = 4.5  # WCAG 1.4.3
EDGES = 3.0  # WCAG 1.4.11: edges of what one presses or fills in

FAMILIES = ("waiting", "ready", "called", "served", "missed")
GROUNDS = ("ground", "surface", "surface-sunk")
READ = [
    *((family + "-ink", family) for family in FAMILIES),
    *(("ink", ground) for ground in GROUNDS),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-hover"),
    ("danger", "surface"),
    ("danger", "ground"),
    ("danger-ink", "danger"),
    ("qr-ink", "qr-ground"),
]
REST = [
    *(("ink-soft", ground) for ground in GROUNDS),
    *(("accent-text", ground) for ground in (*GROUNDS, "accent-pale")),
]
LINES = [
    *((family + "-line", "ground") for family in FAMILIES),
    ("line-strong", "surface"),
    ("line-strong", "ground"),
    *(("focus", ground) for ground in GROUNDS),
    ("accent", "surface"),
    ("accent", "ground"),
]

Tokens = dict[str, str]


def declarations(body: str) -> Tokens:
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+)\s*:\s*([^;]+);", body)}


def rules() -> dict[tuple[str, str], Tokens]:
    """Parsed simply: the files are ours and flat but for @media."""
    css = re.sub(r"/\*.*?\*/", "", b"".join(map(static_bytes, TOKENS)).decode(), flags=re.S)
    found: dict[tuple[str, str], Tokens] = defaultdict(dict)
    media, rest = "", css
    while match := re.match(r"\s*([^{}]*?)\s*([{}])", rest, flags=re.S):
        head, brace = match.groups()
        rest = rest[match.end() :]
        if brace == "}":
            media = ""
        elif head.startswith("@media"):
            media = head.removeprefix("@media").strip()
        else:
            body, rest = rest.split("}", 1)
            found[media, re.sub(r"\s+", " ", head)] |= declarations(body)
    return found


DARK, MORE = "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
THEMES: dict[str, list[tuple[str, str]]] = {
    "light": [("", ":root")],
    "dark": [("", ":root"), (DARK, ':root:not([data-theme="light"])')],
    "dark page": [("", ":root"), ("", ':root[data-theme="dark"]')],
    "light, high contrast": [("", ":root"), (MORE, ":root")],
    "dark, high contrast": [
        ("", ":root"),
        (DARK, ':root:not([data-theme="light"])'),
        (MORE, ":root"),
        (f"{MORE} and {DARK}", ':root:not([data-theme="light"])'),
    ],
    "dark page, high contrast": [
        ("", ":root"),
        ("", ':root[data-theme="dark"]'),
        (MORE, ':root[data-theme="dark"]'),
    ],
}
PRINT = ("print", ':root, :root[data-theme="dark"]')


def tokens(theme: str) -> Tokens:
    all_rules = rules()
    merged: Tokens = {}
    for key in THEMES[theme]:
        # A media block of plain :root loses against a more specific one written before it.
        weaker = key == (MORE, ":root") and theme.startswith("dark")
        merged = {**all_rules[key], **merged} if weaker else {**merged, **all_rules[key]}
    return merged


def colour(found: Tokens, name: str) -> tuple[int, int, int]:
    value = found[name]
    while match := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = found[match[1]]
    assert re.fullmatch(r"#[0-9a-f]{6}", value), f"--{name} is {value}, not a colour"
    red, green, blue = (int(value[n : n + 2], 16) for n in (1, 3, 5))
    return red, green, blue


def luminance(rgb: tuple[int, int, int]) -> float:
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(found: Tokens, upper: str, lower: str) -> float:
    lights = sorted((luminance(colour(found, upper)), luminance(colour(found, lower))))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_what_must_be_read_can_be_read(theme: str) -> None:
    found = tokens(theme)
    pairs = [(pair, MUST_BE_READ) for pair in READ]
    pairs += [(pair, MUST_BE_READ if "high" in theme else THE_REST) for pair in REST]
    pairs += [(pair, EDGES) for pair in LINES]
    too_low = {
        f"{upper} on {lower}": round(ratio(found, upper, lower), 2)
        for (upper, lower), least in pairs
        if ratio(found, upper, lower) < least
    }
    assert not too_low


def test_a_page_that_is_dark_by_itself_is_dark_as_by_wish() -> None:
    all_rules = rules()
    by_wish = all_rules[DARK, ':root:not([data-theme="light"])']
    assert by_wish == all_rules["", ':root[data-theme="dark"]']
    in_contrast = all_rules[f"{MORE} and {DARK}", ':root:not([data-theme="light"])']
    assert in_contrast == all_rules[MORE, ':root[data-theme="dark"]']


def test_every_rule_of_the_file_is_looked_at() -> None:
    known = {key for keys in THEMES.values() for key in keys} | {PRINT}
    assert set(rules()) == known


def test_dark_overrides_name_only_tokens_that_exist() -> None:
    all_rules = rules()
    for key, found in all_rules.items():
        assert set(found) <= set(all_rules["", ":root"]), key
