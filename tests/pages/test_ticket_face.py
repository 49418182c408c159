"""What a ticket says in each stage, and the page that shows it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from queue_server.look import words as look_words
from queue_server.look.pages import environment
from queue_server.look.words import LANGUAGES, Words
from queue_server.views.sentences.blocks import LOOKS
from queue_server.views.ticket import said
from queue_server.wire import TicketView
from tests.pages.samples import NOW, RULES, STAGES, ticket

INDONESIAN = Words("id")
AGREED: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("said.json").read_text())


@pytest.fixture(autouse=True)
def strict_words() -> Iterator[None]:
    look_words.be_strict()
    yield
    look_words.be_strict(False)


def says(view: TicketView) -> dict[str, str]:
    return {**view.face.slots, "as_of": view.as_of_text}


def shown(view: TicketView) -> tuple[str, ...]:
    return view.face.blocks


def test_waiting_tells_place_wait_and_what_changed() -> None:
    said = says(STAGES["waiting"])
    assert said["head"] == "7 orang di depan Anda"
    assert said["wait"] == "Giliran Anda sekitar 15–25 menit lagi."
    assert said["as_of"] == "Diperbarui pukul 10.42"
    assert said["overtaken"] == "2 orang prioritas didahulukan."


def test_the_call_names_the_counter_and_stands_in_the_title() -> None:
    said = says(STAGES["called"])
    assert said["head"] == "Silakan menuju"
    assert said["counter"] == "Loket 3"
    assert said["title"] == "A-012 → Loket 3"
    assert says(STAGES["called again to a booth"])["counter"] == "Bilik 9"


def test_a_wait_is_told_by_the_clock_too_unless_it_may_be_over_at_once() -> None:
    assert says(STAGES["waiting"])["hour"] == "Perkiraan dilayani pukul 10.55–11.10."
    for stage in ("next", "no estimate", "called", "before any counter opened"):
        assert "hour" not in says(STAGES[stage])


def test_no_counter_open_gives_no_range() -> None:
    assert "Belum ada loket yang buka" in says(STAGES["before any counter opened"])["wait"]


def test_nobody_is_told_to_stand_ready_for_an_hour() -> None:
    said = says(STAGES["next of a service while others come first"])
    assert said["head"] == "Belum ada orang di depan Anda di layanan A"
    assert "layanan lain lebih dulu" in said["tell"]
    assert says(STAGES["next"])["head"] == "Anda berikutnya"


# A phone that keeps this number and no other, in a browser of its own.
ALONE = {"at": "/ticket", "of": "one", "others": (), "way_out": None, "one_each": True}


def test_deferring_explains_its_rule_before_it_is_pressed() -> None:
    said = says(STAGES["waiting"])
    assert "5 orang" in said["defer_rule"]
    assert "2 kali" in said["defer_left"]


def test_a_final_miss_leads_to_a_new_number() -> None:
    assert "new" in shown(STAGES["missed for good"])
    assert "new" not in shown(STAGES["missed"])


def test_unproven_asks_for_the_guard_and_shows_the_code() -> None:
    assert "satpam" in says(STAGES["unproven"])["tell"]
    assert "12.42" in says(STAGES["unproven"])["tell"]
    assert "qr" in shown(STAGES["unproven"])


def test_a_wish_is_told_until_it_is_granted() -> None:
    assert "wish" in says(ticket(position=2, ahead=(0,), wishes_priority=True))
    granted = says(ticket(position=2, ahead=(0,), wishes_priority=True, priority=True))
    assert "wish" not in granted
    assert granted["priority"] == "Prioritas"


def test_unserved_tells_when_numbers_are_given_again() -> None:
    assert "besok pukul 10.42" in says(STAGES["unserved until tomorrow"])["tell"]


def page_of(view: TicketView, language: str = "id") -> str:
    return (
        environment()
        .get_template("ticket/ticket.html")
        .render(
            words=Words(language),
            demo=False,
            flash=None,
            request_id=lambda: "request-1",
            view=said(view, language, RULES),
            link="https://queue.example/t/secret",
            refresh_s=30,
            check="1234",
            unencrypted=None,
            **ALONE,
        )
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STAGES)
def test_every_stage_is_a_whole_page(name: str, language: str) -> None:
    view = STAGES[name]
    html = page_of(view, language)
    assert f'data-number="{view.number}"' in html
    assert said(view, language, RULES).face.slots["head"] in html
    assert "style=" not in html  # the content policy forbids it


def test_a_notice_cannot_bring_markup_along() -> None:
    view = ticket(position=1, service_name_id="<script>alert(1)</script>")
    assert "<script>alert" not in page_of(view)


def test_stages_look_the_same_on_every_surface() -> None:
    components = environment().get_template("components.html").make_module({"words": INDONESIAN})
    looks: dict[str, tuple[str, str]] = getattr(components, "STAGES")  # noqa: B009 - a template's
    for stage, look in LOOKS.items():
        assert looks[stage] == look, stage


def test_the_samples_know_every_stage() -> None:
    assert {view.stage for view in STAGES.values()} == set(LOOKS)
    assert NOW.tzinfo is not None


# ---- Sentence by sentence --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STAGES)
def test_each_stage_says_what_was_agreed(name: str, language: str) -> None:
    """Held word by word: a sentence that changes, appears or goes is seen in the table."""
    view = said(STAGES[name], language, RULES)
    told = {**view.face.slots, "as_of": view.as_of_text, "blocks": " ".join(view.face.blocks)}
    assert {slot: text for slot, text in told.items() if text} == AGREED[name][language]


def test_every_slot_has_its_place_on_the_page() -> None:
    html = page_of(STAGES["waiting"])
    own = {"title", "alarm", "more"}  # the window's, the screen reader's, the line's
    for view in STAGES.values():
        for slot in set(view.face.slots) - own:
            assert f'data-slot="{slot}"' in html, slot


def test_nothing_stands_beside_the_call() -> None:
    assert "erase" not in shown(STAGES["called"])
    assert "erase" in shown(STAGES["waiting"])


def test_on_my_way_is_offered_when_the_turn_is_near() -> None:
    assert "coming" not in shown(STAGES["waiting"])
    assert "coming" in shown(STAGES["next"])


def test_the_call_says_what_happens_to_whoever_does_not_come() -> None:
    assert "Setelah 3 panggilan" in says(STAGES["called"])["tell"]
