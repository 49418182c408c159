"""The desk page, as an officer reads it."""

from __future__ import annotations

import pytest

from queue_server.web.pages.shown import Refused
from tests.pages.staff_samples import LINE, ago, desk_page, desk_view, soon, ticket

CALLED = ticket(
    "A-012",
    "called",
    1,
    counter="3",
    announcements=2,
    recall_at=soon(13),
    undo_verb="call",
    undo_until=soon(19),
    undo_counter="3",
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
    page = desk_page(desk_view(next=number, next_rule=rule))
    assert said in page.button("Panggil berikutnya").text


def test_whom_a_call_overtakes_is_named_up_to_three() -> None:
    line = tuple(ticket(f"A-{n:03d}", minutes=60 - n) for n in range(1, 8))
    page = desk_page(desk_view(line=line, next="A-007", next_rule="tied"))
    assert "mendahului A-001, A-002, A-003 dan 3 lainnya" in page.button("Panggil").text


def test_a_full_desk_cannot_call_and_says_what_to_do_first() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,)))
    call = page.button("Berikutnya")
    assert call.disabled
    assert "Selesaikan A-012 dulu" in call.text


def test_with_nobody_in_sight_the_call_can_still_be_asked_for() -> None:
    # A page may be a moment old: the rules, not the picture, say that nobody waits.
    page = desk_page(desk_view(line=(), next=None, next_rule=None))
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
    page = desk_page(desk_view(state="closed", day="closed", line=(), next=None))
    assert "Hari layanan belum dibuka" in page.text
    assert not page.has_button("Buka loket")


@pytest.mark.parametrize("open_ticket", [CALLED, SERVING])
def test_seat_buttons_keep_their_places_in_every_state(open_ticket: object) -> None:
    page = desk_page(desk_view(open_tickets=(open_ticket,)))
    seat = [one.text for one in page.buttons if one.text in SEAT_BUTTONS]
    assert seat == list(SEAT_BUTTONS)


def test_what_a_state_forbids_sleeps_in_its_place() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,)))
    asleep = {name for name in SEAT_BUTTONS if page.button(name).disabled}
    assert asleep == {"Panggil ulang", "Mulai", "Lewati"}


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
    done = ticket("A-011", "finished", 1, undo_verb="finish", undo_until=soon(5), undo_counter="3")
    page = desk_page(desk_view(open_tickets=(CALLED,), recent=(done,)))
    undo = page.button("Urungkan")
    assert undo.fields["number"] == "A-012"
    assert undo.key == "u"
    assert "A-012 dipanggil" in page.text


@pytest.mark.parametrize(
    "more", [{"undo_until": ago(s=1)}, {"undo_counter": "4"}, {"undo_until": None}]
)
def test_what_is_past_or_anothers_is_not_offered_to_undo(more: dict[str, object]) -> None:
    given = {"undo_verb": "finish", "undo_until": soon(5), "undo_counter": "3", **more}
    done = ticket("A-011", "finished", 1, **given)
    assert not desk_page(desk_view(recent=(done,))).has_button("Urungkan")


@pytest.mark.parametrize("verb", ["call", "skip", "finish", "park", "transfer"])
def test_every_undoable_action_has_words(verb: str) -> None:
    done = ticket("A-011", "finished", 1, undo_verb=verb, undo_until=soon(5), undo_counter="3")
    assert "A-011 di" in desk_page(desk_view(recent=(done,))).text or verb == "finish"


def test_closing_with_open_tickets_says_that_they_go_back() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,)))
    assert page.button("Kembalikan nomornya dan tutup").fields["return_open"] == "true"
    assert "return_open" not in desk_page(desk_view()).button("Ya, tutup loket").fields


def test_a_counter_somebody_else_holds_can_only_be_looked_at() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,), holder="Budi"), mine=False)
    assert "Loket ini sedang dipegang Budi" in page.text
    assert {one.text for one in page.buttons if one.action.startswith("/desk")} == set()


def test_a_booth_shows_all_its_seats() -> None:
    page = desk_page(desk_view(kind="booth", capacity=4, open_tickets=(CALLED, SERVING)))
    assert page.text.count("Kursi kosong") == 2
    assert not page.button("Panggil berikutnya").disabled


def test_a_picked_ticket_shows_what_can_be_done_with_a_call_out_of_order_apart() -> None:
    page = desk_page(desk_view(), picked="A-014")
    call = page.button("Panggil A-014 sekarang")
    assert call.action.endswith("/do/call")
    assert page.button("Beri prioritas").fields == {
        "request_id": page.button("Beri prioritas").fields["request_id"],
        "number": "A-014",
        "on": "true",
    }


def test_a_full_counter_cannot_call_out_of_order_either() -> None:
    page = desk_page(desk_view(open_tickets=(SERVING,)), picked="A-014")
    assert not page.has_button("Panggil A-014 sekarang")


def test_a_long_line_is_cut_but_never_loses_the_next_one() -> None:
    line = tuple(ticket(f"A-{n:03d}", minutes=200 - n) for n in range(1, 80))
    page = desk_page(desk_view(line=line, next="A-079", next_rule="tied"))
    assert "row-A-079" in page.ids
    assert "row-A-050" not in page.ids
    assert page.link("Tampilkan semua (79)").href == "?all=1"
    assert "row-A-050" in desk_page(desk_view(line=line), show_all=True).ids


def test_closed_counters_are_no_destination_and_next_place_is_a_right() -> None:
    view = desk_view(open_tickets=(SERVING,))
    page = desk_page(view)
    assert "Loket 4 (jeda)" in page.text
    assert "Loket 5" not in page.text
    assert "Paling depan" not in page.text
    assert "Paling depan" in desk_page(view, may_next=True).text


def test_a_refusal_stands_in_words_where_the_button_was() -> None:
    refused = Refused("A-012", "Tunggu sebentar", "Panggil ulang 12 detik lagi.")
    page = desk_page(desk_view(open_tickets=(CALLED,)), refused=refused)
    assert "Tunggu sebentar Panggil ulang 12 detik lagi." in page.text
    assert page.ids.count("refused") == 1


def test_each_form_has_a_request_id_of_its_own_and_each_id_is_unique() -> None:
    page = desk_page(desk_view(open_tickets=(CALLED,), missed=(ticket("A-002", "missed"),)))
    given = [b.fields["request_id"] for b in page.buttons if "/do/" in b.action]
    pause = {b.fields["request_id"] for b in page.buttons if b.action.endswith("/do/pause")}
    assert len(set(given)) == len(given) - (2 - len(pause))
    assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("language", ["id", "en"])
def test_nothing_inline_that_the_content_policy_would_block(language: str) -> None:
    view = desk_view(open_tickets=(CALLED,), others=LINE[:1], parked=(ticket("A-003", "parked"),))
    assert desk_page(view, language=language).inline == []
