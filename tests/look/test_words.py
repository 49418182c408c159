"""Sentences in local form: languages, moments in the branch's zone, waits."""

from datetime import UTC, datetime, timedelta

import pytest

from queue_server.look import words as words_module
from queue_server.look.words import UnknownWords, Words, language_of, negotiate

NOW = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)  # a Monday, 08.10 in Bontang
ZONE = "Asia/Makassar"
ID, EN = Words("id"), Words("en")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "id"),
        ("", "id"),
        ("fr", "id"),
        ("en", "en"),
        ("EN-us,en;q=0.9", "en"),
        ("en;q=0.4,id;q=0.9", "id"),
        ("en;q=broken,*;q=0.1", "id"),
        ("id;q=0,en;q=0.1", "en"),
    ],
)
def test_the_asked_language_is_spoken_and_indonesian_otherwise(
    header: str | None, language: str
) -> None:
    assert negotiate(header) == language


def test_a_page_takes_the_address_before_the_cookie() -> None:
    assert language_of("en", "id") == "en"
    assert language_of(None, "en") == "en"
    assert language_of("xx", None) == "id"


def test_an_unknown_id_fails_where_words_are_strict() -> None:
    with pytest.raises(UnknownWords):
        ID("no-such-words")
    with pytest.raises(UnknownWords):
        ID("as-of")  # its variable is missing


def test_an_unknown_id_is_shown_as_itself_in_a_branch(caplog: pytest.LogCaptureFixture) -> None:
    words_module.be_strict(False)
    assert EN("no-such-words") == "no-such-words"
    assert "no-such-words" in caplog.text


def test_clock_times_are_written_as_in_the_branch() -> None:
    assert ID.clock(NOW, ZONE) == "08.10 WITA"
    assert EN.clock(NOW, ZONE) == "08:10 WITA"
    assert ID.clock(NOW, "Asia/Jakarta") == "07.10 WIB"
    assert ID.clock(NOW, "Asia/Jayapura", named=False) == "09.10"
    assert ID.day(NOW, ZONE) == "Senin, 23 November 2026"


@pytest.mark.parametrize(
    ("days", "indonesian", "english"),
    [
        (0, "pukul 08.10", "at 08:10"),
        (1, "besok pukul 08.10", "tomorrow at 08:10"),
        (2, "Rabu pukul 08.10", "on Wednesday at 08:10"),
        (6, "Minggu pukul 08.10", "on Sunday at 08:10"),
        (7, "30 November pukul 08.10", "on 30 November at 08:10"),
        (-1, "22 November pukul 08.10", "on 22 November at 08:10"),
    ],
)
def test_moments_are_told_as_people_say_them(days: int, indonesian: str, english: str) -> None:
    at = NOW + timedelta(days=days)
    assert ID.when(at, NOW, ZONE) == indonesian
    assert EN.when(at, NOW, ZONE) == english


def test_tomorrow_is_tomorrow_of_the_branch_not_of_utc() -> None:
    late = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)  # 23.30 in Bontang
    assert ID.when(late + timedelta(hours=1), late, ZONE) == "besok pukul 00.30"


# Also held for the browser, in test_modules.py.
SPANS: list[tuple[float, float, str, str]] = [
    (15, 25, "15–25 menit", "15–25 minutes"),
    (15, 15, "15 menit", "15 minutes"),
    (14.9, 24.2, "14–25 menit", "14–25 minutes"),
    (0, 3, "kurang dari 5 menit", "less than 5 minutes"),
    (0, 20, "kurang dari 20 menit", "less than 20 minutes"),
    (25, 15, "15–25 menit", "15–25 minutes"),
    (70, 90, "70–90 menit", "70–90 minutes"),
    (40, 130, "40 menit sampai 2½ jam", "40 minutes to 2½ hours"),
    (95, 170, "1½–3 jam", "1½–3 hours"),
    (120, 120, "2 jam", "2 hours"),
    (0, 200, "kurang dari 3½ jam", "less than 3½ hours"),
]


@pytest.mark.parametrize(("low", "high", "indonesian", "english"), SPANS)
def test_a_wait_is_a_range(low: float, high: float, indonesian: str, english: str) -> None:
    assert ID.wait_range(low, high) == indonesian
    assert EN.wait_range(low, high) == english


def test_a_wait_is_one_sentence() -> None:
    assert ID.wait_sentence(15, 25) == "Giliran Anda sekitar 15–25 menit lagi."
    assert ID.wait_sentence(0, 3) == "Giliran Anda kurang dari 5 menit lagi."
    assert "kira-kira" in ID.wait_sentence(15, 60, rough=True)


def test_what_has_run_is_told_short() -> None:
    assert ID.elapsed(NOW - timedelta(minutes=4, seconds=59), NOW) == "4 mnt"
    assert EN.elapsed(NOW - timedelta(minutes=65), NOW) == "1 h 05"
    assert ID.elapsed(NOW + timedelta(minutes=1), NOW) == "0 mnt"


@pytest.mark.parametrize(
    ("low_min", "high_min", "told"),
    [
        (15, 25, "Giliran Anda kira-kira pukul 08.25–08.35"),
        (16, 26.5, "Giliran Anda kira-kira pukul 08.25–08.40"),
        (100, 150, "Giliran Anda kira-kira pukul 09.50–10.40"),
        (0, 3, "Giliran Anda kira-kira sebelum pukul 08.15"),
        (4, 12, "Giliran Anda kira-kira sebelum pukul 08.25"),
    ],
)
def test_paper_tells_the_hour_of_a_turn(low_min: float, high_min: float, told: str) -> None:
    assert ID.turn_at(low_min, high_min, NOW, ZONE) == told
