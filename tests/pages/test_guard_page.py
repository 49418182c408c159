"""The guard's tablet and the supervisor's page, as they read them."""

from __future__ import annotations

import pytest

from queue_server.look.pages import render
from queue_server.look.words import Words
from queue_server.web.pages.floor_shown import Floor
from queue_server.wire import NoticeShown
from tests.pages.reading import Page
from tests.pages.staff_samples import NOW, SERVICES, floor_page, guard_view, soon, ticket


def door(**how: object) -> Page:
    view = how.pop("view", guard_view())
    return floor_page("guard/guard.html", view, supervisor_link=None, **how)  # type: ignore[arg-type]


def test_each_service_is_one_press() -> None:
    page = door()
    give = page.button("B Kehilangan Pekerjaan")
    assert give.action == "/guard/bontang/do/issue"
    assert give.fields["service"] == "B"
    assert "sisa 12 dari 40" in give.text


def test_a_service_without_numbers_left_sleeps_and_says_until_when() -> None:
    full = SERVICES[1].__class__("B", "Pensiun", "Pension", 20, 0, 0, None, soon(86_400))
    page = door(view=guard_view(services=(full,)))
    give = page.button("B Pensiun")
    assert give.disabled
    assert "Kuota habis, buka lagi besok pukul 09.42" in give.text


def test_before_opening_the_door_says_from_when() -> None:
    view = guard_view(day="closed", intake=False, opens_at=soon(48 * 60), closes_at=None)
    page = door(view=view)
    assert "Hari layanan belum buka. Nomor diberikan mulai pukul 10.30." in page.text
    assert not page.has_button("B Kehilangan")


def test_wishes_come_first_and_are_granted_by_one_press() -> None:
    page = door()
    grant = page.button("Beri prioritas")
    assert grant.fields["number"] == "A-015"
    assert grant.fields["on"] == "true"
    assert page.text.index("Minta prioritas") < page.text.index("Belum dikonfirmasi hadir")


def test_presence_is_proven_and_the_missed_rejoin_by_one_press() -> None:
    page = door()
    assert page.button("Sudah hadir").fields["number"] == "A-051"
    assert page.button("Masuk antrean lagi").fields["number"] == "A-007"


def test_who_has_no_rejoin_left_gets_no_button() -> None:
    page = door(view=guard_view(missed=(ticket("A-007", "missed", rejoins_left=0),)))
    assert not page.has_button("Masuk antrean lagi")
    assert "tidak bisa masuk lagi" in page.text


def test_a_calm_door_is_a_designed_state() -> None:
    page = door(view=guard_view(line=(), unproven=(), missed=()))
    assert "Tidak ada yang perlu diperiksa" in page.text


@pytest.mark.parametrize("query", ["13", "a13", "A-013", " a-13 ", "A 013"])
def test_a_number_is_found_however_it_is_typed(query: str) -> None:
    assert [one.number for one in Floor(guard_view(), NOW, query).found] == ["A-013"]


def test_digits_alone_find_every_letter() -> None:
    view = guard_view(line=(ticket("A-004"), ticket("B-004")), ended=(ticket("C-004", "finished"),))
    assert len(Floor(view, NOW, "4").found) == 3


@pytest.mark.parametrize("query", ["", "zz", "A", "<script>", "A-9999999", "13; drop"])
def test_what_is_no_number_finds_nothing(query: str) -> None:
    assert Floor(guard_view(), NOW, query).found == ()


def test_a_number_that_is_not_there_is_said_without_markup() -> None:
    page = door(query="<b>9")
    assert "Nomor <b>9 tidak ada hari ini" in page.text  # decoded text, not a tag


def test_a_found_ticket_offers_what_its_state_allows() -> None:
    found = ticket("A-013", can=("prioritise", "cancel"))
    page = door(view=guard_view(line=(found,)), query="13")
    assert page.button("Ya, batalkan A-013").fields["q"] == "13"
    assert page.link("Lembar nomor").href == "/guard/bontang/slip/A-013"
    assert page.button("Beri prioritas").fields["number"] == "A-013"


def test_a_slip_carries_number_letter_date_and_what_to_do_but_no_programme() -> None:
    html = render(
        "guard/slip.html",
        Words("id"),
        view=guard_view(),
        ticket=ticket("B-004"),
        link="http://127.0.0.1:8000/t/bontang.20261123.B-004.abc",
        back="/guard/bontang",
        printing=False,
        ended=False,
        demo=True,
    )
    page = Page(html)
    assert "Layanan B" in page.text
    assert "Kehilangan" not in page.text
    assert "Senin, 23 November 2026, 09.31 WITA" in page.text
    assert "PERAGAAN" in page.text
    assert "<svg" in html


def test_the_notice_can_be_shown_and_taken_away() -> None:
    page = door(view=guard_view(notice=NoticeShown("n", "Sistem pusat lambat.")))
    assert page.button("Hapus pengumuman").fields["text"] == ""
    assert "Sistem pusat lambat." in page.text


def test_a_restored_day_asks_for_the_last_numbers_and_gives_none() -> None:
    page = door(view=guard_view(alarm="day_restored"))
    assert page.button("Lanjutkan nomor").action == "/guard/bontang/do/continue-numbers"
    assert "Tercatat sampai A-051" in page.text
    assert "Belum ada yang tercatat" in page.text
    assert "Isi nomor terakhir di atas dahulu." in page.text
    assert not page.has_button("B Kehilangan")
    assert "restored" not in door().ids


def test_who_wishes_priority_and_is_not_seen_yet_stands_in_both_lists_under_ids_of_their_own() -> (
    None
):
    both = ticket("A-051", presence=False, since=None, wishes_priority=True)
    page = door(view=guard_view(unproven=(both,)))
    assert {"wish-A-051", "unproven-A-051"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("query", ["", "13"])
def test_nothing_inline_and_every_id_once(language: str, query: str) -> None:
    page = door(language=language, query=query)
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))
