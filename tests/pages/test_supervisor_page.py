"""The supervisor's page, as they read it."""

from __future__ import annotations

import pytest

from queue_server.notices.figures import NoShows, RoadCalls
from queue_server.people.values.roads import Road
from queue_server.web.pages.roads_shown import RoadShown, RoadsShown
from queue_server.wire import GuardView
from tests.pages.reading import Page
from tests.pages.staff_samples import NOW, counter, floor_page, guard_view, soon

LINKS = {"desk": "/desk", "guard": "/guard/bontang", "board": "/board/bontang"}


def supervisor(view: GuardView | None = None, language: str = "id") -> Page:
    shown = view or guard_view()
    return floor_page("supervisor/supervisor.html", shown, language=language, links=LINKS)


def test_the_overview_is_honest_and_small() -> None:
    page = supervisor()
    assert "Menunggu terlama 44 mnt A-013" in page.text
    assert "Loket buka 1 / 3" in page.text


def test_a_forgotten_counter_is_released_with_its_numbers_returned() -> None:
    page = supervisor(
        guard_view(counters=(counter("1", numbers=("A-006",)), counter("2", "closed")))
    )
    release = page.button("Ya, lepaskan")
    assert release.fields["counter"] == "1"
    assert release.fields["return_open"] == "true"
    assert "Loket 1 ditutup; A-006 kembali ke antrean" in page.text


def test_a_day_with_somebody_at_a_counter_cannot_be_closed_and_says_who() -> None:
    page = supervisor()
    assert "Belum bisa ditutup: A-006 masih terbuka" in page.text
    assert not page.has_button("Ya, tutup hari ini")


def test_closing_the_day_says_what_becomes_of_the_waiting() -> None:
    page = supervisor(guard_view(counters=(counter("1"),)))
    assert "Semua yang masih menunggu (4)" in page.text
    assert page.button("Ya, tutup hari ini").action == "/supervisor/bontang/do/close-day"


def test_a_closed_day_can_be_opened_and_says_when_it_opens_itself() -> None:
    page = supervisor(guard_view(day="closed", intake=False, opens_at=soon(3600), closes_at=None))
    assert page.button("Buka hari layanan").action.endswith("/do/open-day")
    assert "Buka sendiri pukul 10.42" in page.text


def test_intake_opens_and_closes_by_hand() -> None:
    assert supervisor().button("Hentikan pemberian nomor").action.endswith("/do/close-intake")
    closed = guard_view(intake=False, closes_at=None)
    assert supervisor(closed).button("Mulai beri nomor").action.endswith("/do/open-intake")


def test_an_alarm_says_what_to_do() -> None:
    assert "Perlu tindakan Anda" in supervisor(guard_view(alarm="store")).text
    assert "Perlu tindakan Anda" not in supervisor().text
    for alarm in ("old_day", "day_ahead"):
        out_of_step = supervisor(guard_view(alarm=alarm))
        assert "Senin, 23 November 2026" in out_of_step.text
        assert out_of_step.button("Buka hari ini").action == "/supervisor/bontang/do/open-day"
        assert "Perlu tindakan Anda" not in out_of_step.text
    restored = supervisor(guard_view(alarm="day_restored"))
    assert restored.button("Lanjutkan nomor").action == "/supervisor/bontang/do/continue-numbers"
    assert "Perlu tindakan Anda" not in restored.text


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_inline_and_every_id_once(language: str) -> None:
    page = supervisor(language=language)
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))


def test_numbers_nobody_finished_are_told_until_the_next_day() -> None:
    told = supervisor(guard_view(forgotten=2, forgotten_before=3)).text
    assert "Lupa diselesaikan 2" in told
    assert "sebelumnya 3 nomor lupa diselesaikan" in told
    assert "lupa diselesaikan" not in supervisor().text.lower()


def test_the_figures_say_of_which_day_they_are_and_links_stand_in_groups() -> None:
    page = supervisor()
    assert "Senin, 23 November 2026" in page.text
    assert "Melayani" in page.text


def roads(failing: int = 0) -> RoadsShown:
    calls = RoadCalls(Road.PUSH, sent=34, failed=2, usual_s=0.42, slow_s=1.25)
    since = NOW if failing else None
    shown = RoadShown("push", calls, NoShows(34, 2), failing, since)
    return RoadsShown((shown,), NoShows(40, 6))


def test_calls_to_phones_are_told_once_there_were_any() -> None:
    assert "Panggilan ke ponsel" not in supervisor().text
    page = floor_page("supervisor/supervisor.html", guard_view(), links=LINKS, roads=roads())
    assert "34 panggilan terkirim. 2 tidak terkirim pada waktunya." in page.text
    assert "Separuhnya dalam 0,4 detik" in page.text
    assert "Dari 34 yang diberi tahu, 2 mula-mula tidak datang. Dari 40 yang tidak, 6." in page.text
    assert "gagal sejak" not in page.text


def test_a_road_that_fails_says_since_when_and_what_it_means() -> None:
    page = floor_page(
        "supervisor/supervisor.html", guard_view(), links=LINKS, roads=roads(12), language="en"
    )
    assert "12 failures since" in page.text
    assert "Whoever waits outside is not told now." in page.text
