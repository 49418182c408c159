"""The one environment: pages in two languages, under a policy that forbids inline anything."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from queue_server.look import files, pages, qr
from queue_server.look.files import asset
from queue_server.look.sheets import SHEETS, TOKENS, without_comments
from queue_server.look.words import Words

ROOT = Path(pages.__file__).parents[2]
TEMPLATES = [
    *ROOT.glob("queue_server/*/templates/**/*.html"),
    *ROOT.glob("display_board/templates/**/*.html"),
    *ROOT.glob("kiosk/templates/**/*.html"),
]
OWN_CSS = [
    file
    for package in ("queue_server", "display_board", "kiosk")
    for file in (ROOT / package).rglob("*.css")
]
FONT = "look/vendor/font/atkinson-hyperlegible-next.woff2"
MACROS = (
    '{% from "components.html" import number, stage, action_form, ask, notice, empty_state,'
    " qr_block, wait_block, places, running, icon with context %}"
)


def draw(text: str, language: str = "id", **values: object) -> str:
    template = pages.environment().from_string(MACROS + text)
    return template.render(words=Words(language), demo=False, **values)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_frame_speaks_the_page_s_language_and_offers_the_other(language: str) -> None:
    page = pages.render("base.html", Words(language))
    other = {"id": "en", "en": "id"}[language]
    assert f'<html lang="{language}"' in page
    assert f'href="?lang={other}"' in page
    assert f'href="?lang={language}"' not in page
    assert "user-scalable" not in page, "zoom stays possible"
    assert 'class="demo-ribbon"' not in page


def test_a_demo_says_so_on_every_page() -> None:
    assert 'class="demo-ribbon"' in pages.render("base.html", Words(), demo=True)


def test_macros_without_the_page_s_words_fail_loudly() -> None:
    text = '{% from "components.html" import stage %}{{ stage("called") }}'
    with pytest.raises(TypeError, match="with context"):
        pages.environment().from_string(text).render(words=Words())


def test_what_is_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        draw("{{ never_given }}")


def test_text_of_people_is_escaped_everywhere() -> None:
    evil = "<script>alert(1)</script>"
    drawn = draw(
        '{{ number(x) }}{{ notice(x, x) }}{{ action_form(x, x, x, {"a": x}) }}'
        '{{ empty_state(x, x) }}{{ qr_block(qr_svg("a", x), x) }}{{ t("as-of", time=x) }}',
        x=evil,
    )
    assert "<script>" not in drawn
    assert drawn.count("&lt;script&gt;") >= 9


def test_words_for_the_browser_cannot_end_their_own_element(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pages, "plain", lambda *_: "a = </script><b>")
    drawn = draw("{{ embedded_words() }}")
    assert drawn.count("</script>") == 1


def test_a_command_is_one_form_that_works_without_scripts() -> None:
    drawn = draw('{{ action_form("/do/call", "Panggil", "r-1", {"counter": 3}, "primary", "n") }}')
    assert 'method="post" action="/do/call"' in drawn
    assert 'name="request_id" value="r-1"' in drawn
    assert 'name="counter" value="3"' in drawn
    assert 'data-key="n"' in drawn


def test_every_stage_has_word_shape_and_colour() -> None:
    before = ("waiting", "unproven", "ready", "next", "called", "serving")
    after = ("served", "finished", "missed", "parked", "cancelled", "unserved")
    for name in before + after:
        drawn = draw(f'{{{{ stage("{name}") }}}}')
        assert re.search(r'class="chip stage-(waiting|ready|called|served|missed)"', drawn)
        assert re.search(r"</svg>\w", drawn)


def test_icons_that_are_asked_for_are_drawn() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', files.static_bytes("look/icons.svg").decode()))
    asked = {
        name
        for file in TEMPLATES
        for name in re.findall(r'\bicon\("(\w+)"', file.read_text(encoding="utf-8"))
    }
    assert asked <= drawn


def test_a_wait_says_when_it_was_worked_out() -> None:
    at = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)
    wait = {"low_min": 15, "high_min": 25, "rough": False}
    drawn = draw("{{ wait_block(wait, at, 'Asia/Makassar') }}", wait=wait, at=at)
    assert "Giliran Anda sekitar 15–25 menit lagi." in drawn
    assert "08.10 WITA" in drawn


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_has_inline_style_or_script(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "<style" not in text
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("file", OWN_CSS, ids=lambda file: file.name)
def test_styles_suit_old_phones_and_know_no_colours_of_their_own(file: Path) -> None:
    css = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.S)
    for too_new in ("oklch(", "color-mix(", "@layer", "@container", ":has("):
        assert too_new not in css, f"{too_new} is unknown to Chrome of Android 7's time"
    for body in re.findall(r"\{([^{}]*)\}", css):
        assert "&" not in body, "nesting is unknown to Chrome of Android 7's time"
    if file.parent.name != "tokens":
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;,)])", css), "colours live in look/tokens"
        names = set(re.findall(r"var\(--([\w-]+)", css))
        known = set(
            re.findall(r"--([\w-]+)\s*:", css + b"".join(map(files.static_bytes, TOKENS)).decode())
        )
        assert names <= known


@pytest.mark.parametrize("name", SHEETS)
def test_a_page_s_style_is_one_request_with_all_its_parts_in_order(name: str) -> None:
    sheet, at = files.static_bytes(name), 0
    for part in SHEETS[name]:
        rules = without_comments(files.static_bytes(part)).partition(b"url(")[0]
        at = sheet.index(rules, at)
    assert b"/*" not in sheet


def test_every_page_names_one_sheet_and_every_file_of_style_is_in_one() -> None:
    named = [
        name
        for file in TEMPLATES
        for name in re.findall(r'\bsheet\("(\w+)"\)', file.read_text(encoding="utf-8"))
    ]
    assert {f"sheets/{name}.css" for name in named} == set(SHEETS)
    text = "".join(file.read_text(encoding="utf-8") for file in TEMPLATES)
    assert text.count('rel="stylesheet"') == 1, "the frame of every page has the only one"
    assert len({part for parts in SHEETS.values() for part in parts}) == len(OWN_CSS)


def test_what_a_sheet_names_is_found_from_where_the_sheet_stands() -> None:
    for name in SHEETS:
        named = re.findall(rb'url\("([^"]+)"\)', files.static_bytes(name))
        assert [address.decode() for address in named] == [asset(FONT)]


@pytest.mark.parametrize("name", ["look/../pages.py", "look/none.css", "none/x.css", "look/", ""])
def test_only_static_files_are_assets(name: str) -> None:
    with pytest.raises(LookupError):
        files.static_bytes(name)


def test_a_qr_can_be_drawn_for_people_screens_and_terminals() -> None:
    svg = qr.svg("https://branch.example/b/bontang?j=ABC", 'Ambil <nomor> "A"')
    assert isinstance(svg, Markup)
    assert "<title>Ambil &lt;nomor&gt; &quot;A&quot;</title>" in svg
    assert "style=" not in svg
    assert qr.svg("https://branch.example/b/bontang?j=ABC", 'Ambil <nomor> "A"') is svg
    lines = qr.terminal("http://192.168.1.10:8000/b/bontang").splitlines()
    assert len(lines) < 30
    assert len({len(line) for line in lines}) == 1
