"""The desk page, as an officer reads it."""

from __future__ import annotations

import pytest

from queue_server.domain.model import Rule
from queue_server.web.pages.shown import RefusalShown
from tests.pages.staff_samples import (
    LINE,
    ago,
    desk_page,
    desk_view,
    few,
    found,
    next_by,
    soon,
    ticket,
    turning,
    undoable,
)

CALLED = ticket(
    "A-012",
    "called",
    1,
    counter="3",
    announcements=2,
    recall_at=soon(13),
)
SERVING = ticket("A-012", "serving", 5, counter="3", announcements=1)
SEAT_BUTTONS = ("Panggil ulang", "Mulai", "Selesai", "Lewati", "Tunda", "Kembalikan", "Alihkan")


def test_the_one_big_button_says_whom_it_calls_and_why() -> None:
    page = desk_page(desk_view())
    call = page.button("Panggil berikutnya")
    assert call.action == "/desk/bontang/3/do/call-next"
    assert call.key == "n"
    assert "B - 004" in call.text
    assert "Prioritas · menunggu 40 mnt · mendahului A-013, A-014" in call.text


@pytest.mark.parametrize(
    ("rule", "number", "said"),
    [
        ("overdue", "A-015", "Sudah menunggu 36 mnt, didahulukan agar tidak terlalu lama"),
        ("tied", "A-014", "Dialihkan khusus ke sini"),
        ("interleaved", "A-013", "Giliran nomor biasa setelah beberapa prioritas"),
        ("ageing", "B-004", "Didahulukan karena lama menunggu"),
        ("preference", "B-004", "Layanan utama di sini"),
        ("rank", "A-013", "Sesuai urutan"),
    ],
)
def test_every_rule_is_said_in_words(rule: str, number: str, said: str) -> None:
    page = desk_page(desk_view(**next_by(rule, number)))
    assert said in page.button("Panggil berikutnya").text


def test_whom_a_call_overtakes_is_named_up_to_three() -> None:
    view = desk_view(overtakes=("A-001", "A-002", "A-003"), overtakes_count=6)
    page = desk_page(view)
    assert "mendahului A-001, A-002, A-003 dan 3 lainnya" in page.button("Panggil").text


def test_a_full_desk_cannot_call_and_says_what_to_do_first() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,)))
    call = page.button("Berikutnya")
    assert call.disabled
    assert "Selesaikan A-012 dulu" in call.text


def test_with_nobody_in_sight_the_call_can_still_be_asked_for() -> None:
    # A page may be a moment old: the rules, not the picture, say that nobody waits.
    page = desk_page(desk_view(line=few()))
    call = page.button("Belum ada yang menunggu")
    assert call.key == "n"
    assert not call.disabled
    assert "Tidak ada yang menunggu di loket ini" in page.text


@pytest.mark.parametrize(
    ("state", "label", "verb", "key"),
    [("closed", "Buka loket", "open", "o"), ("paused", "Lanjutkan", "resume", "j")],
)
def test_what_must_come_before_a_call_stands_in_its_place(
    state: str, label: str, verb: str, key: str
) -> None:
    page = desk_page(desk_view(state=state, reason="prayer"))
    button = page.button(label)
    assert (button.action, button.key) == (f"/desk/bontang/3/do/{verb}", key)
    assert not page.has_button("Panggil berikutnya")


def test_before_the_day_opens_nothing_can_be_pressed() -> None:
    page = desk_page(desk_view(state="closed", day="closed", line=few()))
    assert "Hari layanan belum dibuka" in page.text
    assert not page.has_button("Buka loket")


def test_after_closing_the_desk_says_that_the_day_is_over() -> None:
    page = desk_page(desk_view(state="closed", day="closed", line=few(), over=True))
    assert "Pelayanan hari ini sudah selesai" in page.text
    assert "belum dibuka" not in page.text


@pytest.mark.parametrize(
    ("open_ticket", "there"),
    [(CALLED, SEAT_BUTTONS), (SERVING, ("Selesai", "Tunda", "Kembalikan", "Alihkan"))],
)
def test_a_seat_has_what_its_state_allows(open_ticket: object, there: tuple[str, ...]) -> None:
    page = desk_page(desk_view(open_tickets=(open_ticket,)))
    assert [one.text for one in page.buttons if one.text in SEAT_BUTTONS] == list(there)


def test_skipping_somebody_on_the_way_says_so_and_asks() -> None:
    often = ticket("A-012", "called", 1, counter="3", announcements=3, skippable=True, coming=True)
    page = desk_page(desk_view(open_tickets=(often,)))
    assert page.button("Lewati").action == ""
    assert "A-012 sudah menekan “Saya sedang ke sana”" in page.text
    assert page.button("Ya, lewati A-012").fields["confirm"] == "true"


def test_a_recall_counts_down_until_it_is_allowed() -> None:
    early = desk_page(desk_view(open_tickets=(CALLED,)))
    assert early.button("Panggil ulang").disabled
    later = ticket("A-012", "called", 1, counter="3", announcements=2, recall_at=ago(s=0))
    assert not desk_page(desk_view(open_tickets=(later,))).button("Panggil ulang").disabled


def test_skipping_early_asks_once_and_then_says_so() -> None:
    page = desk_page(desk_view(open_tickets=(CALLED,)))
    assert page.button("Lewati").action == ""  # it only opens the question
    assert "A-012 baru dipanggil 2×" in page.text
    assert page.button("Ya, lewati A-012").fields["confirm"] == "true"


def test_skipping_after_enough_calls_asks_nothing() -> None:
    often = ticket("A-012", "called", 1, counter="3", announcements=3, skippable=True)
    skip = desk_page(desk_view(open_tickets=(often,))).button("Lewati")
    assert skip.action.endswith("/do/skip")
    assert "confirm" not in skip.fields


def test_the_newest_own_action_can_be_undone_and_says_which() -> None:
    page = desk_page(desk_view(open_tickets=(CALLED,), undo=undoable("call")))
    undo = page.button("Urungkan")
    assert undo.fields["number"] == "A-012"
    assert undo.key == "u"
    assert "A-012 dipanggil" in page.text


def test_what_is_past_or_not_ones_own_is_not_offered_to_undo() -> None:
    past = desk_view(undo=undoable("finish", until=ago(s=1)))
    assert not desk_page(past).has_button("Urungkan")
    anothers = desk_view(undo=undoable("finish"))
    assert not desk_page(anothers, mine=False).has_button("Urungkan")


@pytest.mark.parametrize("verb", ["call", "skip", "finish", "park", "transfer"])
def test_every_undoable_action_has_words(verb: str) -> None:
    page = desk_page(desk_view(undo=undoable(verb, "A-011")))
    assert "A-011 di" in page.text or verb == "finish"


def test_closing_with_open_tickets_says_that_they_go_back() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,)))
    assert page.button("Kembalikan nomornya dan tutup").fields["return_open"] == "true"
    assert "return_open" not in desk_page(desk_view()).button("Ya, tutup loket").fields


def test_a_counter_somebody_else_holds_can_only_be_looked_at() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,), holder="Budi"), mine=False)
    assert "Loket ini sedang dipakai Budi" in page.text
    assert not [one.text for one in page.buttons if "/do/" in one.action]


def test_a_booth_shows_all_its_seats() -> None:
    page = desk_page(desk_view(kind="booth", capacity=4, open_tickets=(CALLED, SERVING)))
    assert page.text.count("Kursi kosong") == 2
    assert not page.button("Panggil berikutnya").disabled


def test_a_picked_ticket_shows_what_can_be_done_with_a_call_out_of_order_apart() -> None:
    page = desk_page(desk_view(), picked=LINE[2])
    call = page.button("Panggil A-014 sekarang")
    assert call.action.endswith("/do/call")
    assert page.button("Beri prioritas").fields == {
        "request_id": page.button("Beri prioritas").fields["request_id"],
        "number": "A-014",
        "day": "2026-11-23",
        "on": "true",
    }


def test_a_full_counter_cannot_call_out_of_order_either() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,)), picked=LINE[2])
    assert not page.has_button("Panggil A-014 sekarang")


def test_the_next_ones_stand_as_they_will_be_called_each_with_its_reason() -> None:
    page = desk_page(desk_view())
    rows = [one for one in page.ids if one.startswith("row-")]
    assert rows == ["row-B-004", "row-A-013", "row-A-014", "row-A-015"]
    line = page.text[page.text.index("Antrean 4") :]
    assert line.index("Prioritas") < line.index("A - 013") < line.index("Sesuai urutan")


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("rule", [rule.value for rule in Rule if rule is not Rule.OUT_OF_ORDER])
def test_every_reason_of_the_next_has_a_short_word_too(rule: str, language: str) -> None:
    page = desk_page(desk_view(**next_by(rule, "A-013")), language=language)
    assert "row-A-013" in page.ids


def test_of_a_long_line_the_rest_is_a_press_away_and_the_picked_one_stays() -> None:
    further = ticket("A-079", minutes=5)
    long = desk_view(line=few(*LINE, count=79))
    page = desk_page(long)
    assert page.link("Tampilkan semua (79)").href == "?list=line"
    assert "row-A-079" not in page.ids
    assert "row-A-079" in desk_page(long, picked=further).ids
    elsewhere = ticket("A-079", minutes=5, tied="4")
    assert "row-A-079" not in desk_page(long, picked=elsewhere).ids


def test_a_list_that_is_looked_through_keeps_its_page_in_every_link_and_form() -> None:
    page = desk_page(
        desk_view(missed=few(ticket("A-002", "missed"), count=45)),
        looking=turning("missed", ticket("A-030", "missed"), count=45, page=2),
    )
    assert "row-A-030" in page.ids
    assert "row-A-002" not in page.ids
    assert "21–21 dari 45" in page.text
    assert page.link("Sebelumnya").href == "?list=missed"
    assert page.link("Berikutnya").href == "?list=missed&page=3"
    rejoin = page.button("Masuk antrean lagi")
    assert rejoin.action == "/desk/bontang/3/do/rejoin?list=missed&page=2"


def test_whoever_waits_elsewhere_is_counted_and_looked_through_on_request() -> None:
    assert desk_page(desk_view(elsewhere=9)).link("Tampilkan semua (9)").href == "?list=elsewhere"
    other = turning("elsewhere", ticket("C-001", tied="4"), count=1)
    assert "row-C-001" in desk_page(desk_view(elsewhere=1), looking=other).ids


def test_a_number_somebody_brings_is_found_with_what_its_state_allows() -> None:
    away, missed = ticket("C-013"), ticket("A-113", "missed")
    page = desk_page(desk_view(), looking=found(away, missed), picked=away)
    assert page.button("Panggil C-013 sekarang").action == "/desk/bontang/3/do/call?q=13"
    assert page.button("Masuk antrean lagi").fields["number"] == "A-113"
    assert "Nomor 99 tidak ada hari ini" in desk_page(desk_view(), looking=found(query="99")).text


def test_one_that_was_found_and_stands_in_the_line_opens_once() -> None:
    page = desk_page(desk_view(), looking=found(LINE[2]), picked=LINE[2])
    assert {"found-A-014", "row-A-014"} <= set(page.ids)
    assert page.ids.count("line-transfer-A-014") == 1


def test_closed_counters_are_no_destination_and_next_place_is_a_right() -> None:
    view = desk_view(open_tickets=(SERVING,))
    page = desk_page(view)
    assert "Loket 4 (jeda)" in page.text
    assert "Loket 5" not in page.text
    assert "Paling depan" not in page.text
    assert "Paling depan" in desk_page(view, may_next=True).text


def test_a_refusal_stands_in_words_where_the_button_was() -> None:
    refused = RefusalShown("A-012", "Tunggu sebentar", "Panggil ulang 12 detik lagi.")
    page = desk_page(desk_view(open_tickets=(CALLED,)), refused=refused)
    assert "Tunggu sebentar Panggil ulang 12 detik lagi." in page.text
    assert page.ids.count("refused") == 1


def test_each_form_has_a_request_id_of_its_own_and_each_id_is_unique() -> None:
    page = desk_page(desk_view(open_tickets=(CALLED,), missed=few(ticket("A-002", "missed"))))
    given = [b.fields["request_id"] for b in page.buttons if "/do/" in b.action]
    pause = {b.fields["request_id"] for b in page.buttons if b.action.endswith("/do/pause")}
    assert len(set(given)) == len(given) - (2 - len(pause))
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_inline_that_the_content_policy_would_block(language: str) -> None:
    view = desk_view(
        open_tickets=(CALLED,), elsewhere=7, parked=few(ticket("A-003", "parked"), count=9)
    )
    page = desk_page(view, language=language, looking=found(*LINE))
    assert page.inline == []
    assert len(page.ids) == len(set(page.ids))
