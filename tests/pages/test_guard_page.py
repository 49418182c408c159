"""The guard's tablet and the supervisor's page, as they read them."""

from __future__ import annotations

import pytest

from queue_server.look.pages import render
from queue_server.look.words import Words
from queue_server.web.pages.looking import Looking
from queue_server.wire import VERB_CODES, NoticeShown, ServiceNow, Wait
from tests.pages.reading import Page
from tests.pages.samples import ticket as own_ticket
from tests.pages.staff_samples import (
    NOW,
    few,
    floor_page,
    found,
    guard_view,
    soon,
    ticket,
    turning,
)


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
    full = ServiceNow("B", 0, quota=20, left=0, opens_at=soon(86_400))
    page = door(view=guard_view(services=(full,)))
    give = page.button("B Kehilangan Pekerjaan")
    assert give.disabled
    assert "Kuota habis, buka lagi besok pukul 09.42" in give.text


def test_before_opening_the_door_says_from_when() -> None:
    view = guard_view(day="closed", intake=False, opens_at=soon(48 * 60), closes_at=None)
    page = door(view=view)
    assert "Hari layanan belum dibuka. Nomor diberikan mulai pukul 10.30." in page.text
    assert not page.has_button("B Kehilangan")


def test_after_closing_the_door_says_that_the_day_is_over() -> None:
    view = guard_view(day="closed", intake=False, opens_at=soon(86_400), closes_at=None, over=True)
    page = door(view=view)
    assert "Pelayanan hari ini sudah selesai. Nomor diberikan lagi mulai besok" in page.text
    assert "kembali pada hari pelayanan berikutnya" in page.text
    assert "belum dibuka" not in page.text


def test_the_door_has_a_clock_of_the_branch() -> None:
    assert "09.42" in door().text


@pytest.mark.parametrize(("state", "offered"), [("waiting", True), ("called", False)])
def test_priority_is_offered_only_to_who_still_waits(state: str, offered: bool) -> None:
    codes = {verb: code for code, verb in VERB_CODES.items()}
    one = ticket("A-012", state, can=codes["prioritise"])
    page = door(looking=found(one, query="12"), view=guard_view(wishes=few()))
    assert page.has_button("Beri prioritas") is offered


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
    page = door(view=guard_view(missed=few(ticket("A-007", "missed", rejoins_left=0))))
    assert not page.has_button("Masuk antrean lagi")
    assert "tidak bisa masuk lagi" in page.text


def test_a_calm_door_is_a_designed_state() -> None:
    page = door(view=guard_view(wishes=few(), unproven=few(), missed=few()))
    assert "Tidak ada yang perlu diperiksa" in page.text


def test_who_was_called_again_and_does_not_come_is_shown_with_where_to_send_them() -> None:
    gone = ticket("A-020", "called", 2, counter="3", announcements=2)
    page = door(view=guard_view(absent=few(gone)))
    assert "Dipanggil, belum datang 1" in page.text
    assert "A - 020 Dipanggil 2× 2 mnt Loket 3" in page.text


def test_of_a_long_list_the_first_few_are_shown_and_the_rest_is_turned_to() -> None:
    view = guard_view(parked=few(ticket("A-030", "parked"), count=41))
    page = door(view=view)
    assert "Ditunda 41" in page.text
    assert page.link("Tampilkan semua (41)").href == "?list=parked"
    turned = door(view=view, looking=turning("parked", ticket("A-090", "parked"), count=41, page=2))
    assert "parked-A-090" in turned.ids
    assert "parked-A-030" not in turned.ids
    assert turned.link("Berikutnya").href == "?list=parked&page=3"
    assert turned.link("Tampilkan sebagian").href == "/guard/bontang"
    assert turned.button("Sudah hadir").action.endswith("/confirm-presence?list=parked&page=2")


def test_a_number_that_is_not_there_is_said_without_markup() -> None:
    page = door(looking=found(query="<b>9"))
    assert "Nomor <b>9 tidak ada hari ini" in page.text  # decoded text, not a tag


def test_a_found_ticket_offers_what_its_state_allows() -> None:
    page = door(view=guard_view(wishes=few()), looking=found(ticket("A-013", can="yx")))
    assert page.button("Ya, batalkan A-013").action == "/guard/bontang/do/cancel?q=13"
    assert not page.has_button("Sudah hadir: A-013")
    assert page.link("Lembar nomor").href == "/guard/bontang/slip/A-013"
    assert page.button("Beri prioritas").fields["number"] == "A-013"


def test_a_slip_carries_number_letter_date_and_what_to_do_but_no_programme() -> None:
    html = render(
        "guard/slip.html",
        Words("id"),
        view=guard_view(),
        ticket=found(ticket("B-004")).found[0],
        standing=own_ticket(position=8, wait=Wait(15, 25, False)),
        now=NOW,
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
    assert "Pukul 09.42: 7 orang di depan Anda" in page.text
    assert "Giliran Anda kira-kira pukul 09.55–10.10" in page.text
    assert "Terlewat? Lapor ke satpam dengan lembar ini." in page.text
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
    both = ticket("A-051", presence=False, wishes_priority=True)
    page = door(view=guard_view(wishes=few(both), unproven=few(both)))
    assert {"wishes-A-051", "unproven-A-051"} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("looking", [None, found(ticket("A-013", can="hjyx"))])
def test_nothing_inline_and_every_id_once(language: str, looking: Looking | None) -> None:
    page = door(language=language, looking=looking)
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))
