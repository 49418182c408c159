"""Every refusal has a title and a sentence in both languages, made of its own fields."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from queue_server.domain.refusals import FIELDS, Code
from queue_server.look.words import LANGUAGES, Words, refusal_text
from queue_server.web.errors import WEB_CODES

BONTANG = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 23, 9, 10, tzinfo=BONTANG)
OPENS = datetime(2026, 11, 24, 7, 30, tzinfo=BONTANG)

# Values that have a sentence of their own; every field not named here gets a plain one.
VARIANTS: dict[str, tuple[object, ...]] = {
    "what": ("ticket", "counter", "day", "intake"),
    "state": (
        *("waiting", "called", "serving", "finished", "missed", "parked", "cancelled", "unserved"),
        *("open", "paused", "closed", "never_opened"),
    ),
    "why": ("nothing", "too_late", "other_counter", "no_seat"),
    "opens_at": (OPENS, None),
    "quota": (0, 40),
    "left": (0, 3),
    "capacity": (1, 4),
}
PLAIN: dict[str, object] = {
    "open_tickets": ["A-001", "A-002"],
    "allowed": ["done", "referred"],
    "wait_s": 12,
    "limit": 2,
    "announced": 1,
    "needed": 3,
}


def cases(names: tuple[str, ...]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = [{}]
    for name in names:
        values = VARIANTS.get(name, (PLAIN.get(name, "X"),))
        found = [{**fields, name: value} for fields in found for value in values]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", list(Code))
def test_a_refusal_of_the_rules_has_words(code: Code, language: str) -> None:
    for fields in cases(FIELDS[code]):
        title, detail = refusal_text(language, code, fields, NOW)
        assert len(title) < 60
        assert not title.endswith(".")
        assert detail.endswith(".")
        assert code not in title + detail
        assert "Error" not in title + detail
        assert "{" not in detail


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(WEB_CODES))
def test_a_refusal_of_the_site_has_words(code: str, language: str) -> None:
    words = Words(language)
    key = f"refusal-{code.replace('_', '-')}"
    assert words.has(key)
    assert words.has(f"{key}-title")


def test_the_quota_is_told_with_the_next_opening_first() -> None:
    fields = {"service": "A", "quota": 40, "left": 0, "opens_at": OPENS}
    assert refusal_text("id", "quota_full", fields, NOW) == (
        "Nomor sudah habis",
        "Nomor dibuka lagi besok pukul 07.30. Kuota layanan A hari ini sudah habis (40 dari 40).",
    )
    assert refusal_text("en", "quota_full", fields, NOW)[1] == (
        "Numbers are given again tomorrow at 07:30. "
        "Today’s quota of service A is used up (40 of 40)."
    )


def test_from_afar_one_is_told_what_the_hall_still_has() -> None:
    fields = {"service": "A", "quota": 40, "left": 3, "opens_at": OPENS}
    told = refusal_text("en", "quota_full", fields, NOW)[1]
    assert "3 of 40 numbers of service A are left there" in told
    assert "tomorrow" not in told


def test_several_numbers_are_told_as_one_lists_them() -> None:
    fields = {"counter": "9", "capacity": 2, "open_tickets": ["A-001", "B-002"]}
    assert "A-001 dan B-002" in refusal_text("id", "counter_full", fields)[1]
    assert "A-001 and B-002" in refusal_text("en", "counter_full", fields)[1]
