"""What a ticket says in each stage, and that phone and server say the same."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from queue_server.look import words as look_words
from queue_server.look.pages import environment, static_folders
from queue_server.look.words import LANGUAGES, Words, catalogue
from queue_server.web.pages.ticket_face import FAMILIES, Steps, face, shown
from queue_server.wire import TicketView
from tests.pages.samples import NOW, STAGES, ticket

STEPS = Steps(defer_behind=5, rejoin_behind=3)
INDONESIAN = Words("id")


@pytest.fixture(autouse=True)
def strict_words() -> Iterator[None]:
    look_words.be_strict()
    yield
    look_words.be_strict(False)


def says(view: TicketView) -> dict[str, str]:
    return face(view, INDONESIAN, STEPS)


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


def test_no_counter_open_gives_no_range() -> None:
    assert "Belum ada loket yang buka" in says(STAGES["before any counter opened"])["wait"]


def test_nobody_is_told_to_stand_ready_for_an_hour() -> None:
    said = says(STAGES["next of a service while others come first"])
    assert said["head"] == "Belum ada orang di depan Anda di layanan A"
    assert "layanan lain lebih dulu" in said["tell"]
    assert says(STAGES["next"])["head"] == "Anda berikutnya"


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STAGES)
def test_every_stage_is_a_whole_page(name: str, language: str) -> None:
    view, words = STAGES[name], Words(language)
    page = environment().get_template("ticket/ticket.html")
    html = page.render(
        words=words,
        demo=False,
        flash=None,
        request_id=lambda: "request-1",
        view=view,
        face=face(view, words, STEPS),
        family=FAMILIES[view.stage],
        shown=shown(view),
        steps=STEPS,
        link="https://queue.example/t/secret",
        refresh_s=30,
        check="1234",
        unencrypted=None,
    )
    assert f'data-number="{view.number}"' in html
    assert face(view, words, STEPS)["head"] in html
    assert "style=" not in html  # the content policy forbids it


def test_a_notice_cannot_bring_markup_along() -> None:
    view = ticket(position=1, service_name_id="<script>alert(1)</script>")
    page = environment().get_template("ticket/ticket.html")
    html = page.render(
        words=INDONESIAN, demo=False, flash=None, request_id=lambda: "r", view=view,
        face=says(view), family="waiting", shown=shown(view), steps=STEPS, link="x", refresh_s=30,
        check="1234", unencrypted=None,
    )  # fmt: skip
    assert "<script>alert" not in html


# ---- The same in the browser -----------------------------------------------------------------


def modules(folder: Path) -> Path:
    """Our modules as node reads them: by relative paths, in a folder of modules."""
    folders = static_folders()
    kept = shutil.ignore_patterns("clips", "*.css", "*.svg", "*.woff2")
    shutil.copytree(folders["look"], folder / "look", ignore=kept)
    shutil.copytree(folders["web"] / "ticket", folder / "web" / "ticket")
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


@pytest.mark.skipif(shutil.which("node") is None, reason="no node here: not compared")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_phone_says_what_the_server_says(language: str, tmp_path: Path) -> None:
    words = Words(language)
    text = catalogue(language, "common") + catalogue(language, "phone")
    embedded = json.dumps({"language": language, "ftl": text})
    cases = json.dumps(
        [
            {"view": msgspec.to_builtins(view), "steps": {"defer": 5, "rejoin": 3}}
            for view in STAGES.values()
        ]
    )
    script = Path(__file__).with_name("faces.mjs")
    command = ["node", str(script), str(modules(tmp_path)), embedded, cases]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said: list[dict[str, Any]] = json.loads(done.stdout)
    for name, view, mine in zip(STAGES, STAGES.values(), said, strict=True):
        assert mine["face"] == face(view, words, STEPS), name
        assert set(mine["shown"]) == shown(view), name


def test_stages_look_the_same_on_every_surface() -> None:
    """The chip comes from the shared components, the face around it from here and from paint.js."""
    components = environment().get_template("components.html").make_module({"words": INDONESIAN})
    looks: dict[str, tuple[str, str]] = getattr(components, "STAGES")  # noqa: B009 - a template's
    script = (static_folders()["web"] / "ticket" / "paint.js").read_text()
    for stage, family in FAMILIES.items():
        assert looks[stage][0] == family, stage
        assert f'{stage}: ["{family}", "{looks[stage][1]}"]' in script, stage


def test_the_samples_know_every_stage() -> None:
    assert {view.stage for view in STAGES.values()} == set(FAMILIES)
    assert NOW.tzinfo is not None
