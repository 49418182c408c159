"""Markup in every text somebody may write: shown as written, at every address that answers with a
page and in every view that is pushed, and never markup. Nor does what turns the direction of
reading get through.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from httpx import Response

from queue_server.look.again import source
from queue_server.manage import demo
from queue_server.web.routes import PAGES, ROOMS
from tests.adversary.test_every_address import FIELDS, address
from tests.adversary.test_forms import signed_in
from tests.web.harness import API, BRANCH, World

PROBE = "</script><probe onprobe=x>\"'&amp;{{12345679*9}}{$x}"
TURNED = "\u202e\u2066"
"""What turns the direction of reading: typed wherever markup is."""
TYPED = f"{TURNED}{PROBE}"
EVERY = [(path, method) for path, method, *_ in PAGES] + [
    (path, method) for path, method, _ in ROOMS
]
"""A page that is added is asked without anybody thinking of it."""
ASKED_MORE = (
    f"/b/{BRANCH}?service={PROBE}",
    f"/desk/{BRANCH}/1?ticket={PROBE}",
    f"/desk/{BRANCH}/1?q=2",
    f"/guard/{BRANCH}?q={PROBE}",
    f"/guard/{BRANCH}?q=2",
    f"/board/{BRANCH}?theme={PROBE}&voice={PROBE}",
    f"/kiosk/{BRANCH}?service=A",
    f"/audit/{BRANCH}?who={PROBE}&kind={PROBE}",
    f"/unlock?next=/{PROBE}",
    f"/sign-in?next=/{PROBE}",
    f"/invite/{PROBE}",
    f"/board/{PROBE}",
    f"/kiosk/{PROBE}",
    f"/b/{PROBE}",
    f"/{PROBE}",
)


ROOT = Path(__file__).resolve().parents[2]
ROOMS_OF_SCRIPTS = ("queue_server", "display_board", "kiosk")
MAKES_MARKUP = re.compile(r"\.(inner|outer)HTML|insertAdjacentHTML|document\.write")


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.scripts: list[str] = []
        self._in_script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self._in_script = tag == "script"

    def handle_data(self, data: str) -> None:
        if self._in_script and data.strip():
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False


@pytest.fixture
async def scribbled(world: World) -> World:
    """A branch where everybody wrote markup wherever they could, and is called by it."""
    plan = demo.plan()
    services = {
        letter: replace(service, name_id=PROBE, name_en=PROBE)
        for letter, service in plan.services.items()
    }
    plan = replace(plan, name=PROBE, contact=PROBE, services=services)
    assert await world.days.configure(plan) is None
    people = world.site.people
    for account in await people.accounts():
        await people.save_account(replace(account, display_name=PROBE))
    secret = (await world.issue(who=None))["secret"]
    await world.post(f"{API}/tickets/A-001/confirm-presence", "guard")
    await world.open_counter()
    called = {"number": "A-001", "reason": "emergency", "note": TYPED}
    assert (await world.post(f"{API}/counters/1/call", "officer1", called)).status_code == 200
    await world.post(f"{API}/tickets/A-001/finish", "officer1", {"outcome": "served"})
    rating = {"stars": 5, "comment": TYPED}
    assert (await world.post("/api/v1/ticket/rating", secret, rating)).status_code == 200
    assert (await world.post(f"{API}/notice", "guard", {"text": TYPED})).status_code == 200
    waits = {"service": "A", "priority": True}
    assert (await world.post(f"{API}/tickets", None, waits)).status_code == 201
    await world.client.get(f"/t/{secret}")
    world.client.headers["User-Agent"] = TYPED.encode("utf-8").decode("latin-1")
    await signed_in(world)
    invited = {"role": "officer", "name": TYPED}
    assert (await world.client.post(f"/people/{BRANCH}/do/invite", data=invited)).status_code < 400
    for token in await people.tokens():
        renamed = {"device": token.id, "label": TYPED, "place": TYPED}
        await world.client.post(f"/devices/{BRANCH}/do/rename", data=renamed)
    return world


def assert_no_markup(page: Response, where: str) -> None:
    assert page.status_code < 500, where
    if not any(kind in page.headers.get("content-type", "") for kind in ("html", "svg")):
        assert page.headers["x-content-type-options"] == "nosniff", where
        return
    seen = Seen(page.text)
    assert "probe" not in seen.tags, where
    assert "onprobe" not in seen.attributes, where
    for script in seen.scripts:
        if script != source():  # the one script of our own, known by its hash
            json.loads(script)  # data, whole and by itself
    assert "111111111" not in page.text, where
    assert not set(TURNED) & set(page.text), where


@pytest.mark.parametrize("language", ["id", "en"])
async def test_no_page_takes_text_for_markup(scribbled: World, language: str) -> None:
    named = 0
    for path in (*(address(path) for path, method in EVERY if method == "GET"), *ASKED_MORE):
        asked, mark, query = path.partition("?")
        query = f"{query}&lang={language}" if mark else f"lang={language}"
        page = await scribbled.client.get(f"{asked}?{query}")
        assert_no_markup(page, path)
        named += "&lt;probe" in page.text
    assert named >= 20, "the texts were not shown at all"


@pytest.mark.parametrize("path", sorted(path for path, method in EVERY if method == "POST"))
async def test_no_answer_to_a_form_takes_text_for_markup(scribbled: World, path: str) -> None:
    fields = dict.fromkeys(FIELDS, PROBE)
    sent = {**fields, "service": "A", "number": "A-002"}
    for form in (fields, sent):
        for verb in ("call", "issue", "notice", "rename", "invite", "prioritise"):
            answer = await scribbled.client.post(address(path, verb), data=form)
            assert_no_markup(answer, f"{path} {verb}")


async def test_the_pages_of_people_name_them(scribbled: World) -> None:
    """Else nothing above would hold what they are called."""
    for path in (f"/people/{BRANCH}", "/account", f"/audit/{BRANCH}", f"/supervisor/{BRANCH}"):
        assert "&lt;probe" in (await scribbled.client.get(path)).text, path


async def test_pushed_views_are_data_and_turn_nothing(scribbled: World) -> None:
    scribbled.client.cookies.clear()
    names = {
        "board": "display",
        "kiosk": "kiosk",
        "plan": "officer1",
        "counters/1/desk": "officer1",
    }
    for view, who in {**names, "guard": "guard", "tickets?group=line": "guard"}.items():
        answer = await scribbled.get(f"{API}/{view}", who)
        assert answer.status_code == 200, view
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not set(TURNED) & set(json.dumps(answer.json(), ensure_ascii=False)), view


def test_no_script_of_ours_makes_markup_of_text() -> None:
    scripts = [one for room in ROOMS_OF_SCRIPTS for one in (ROOT / room).rglob("*.js")]
    ours = [one for one in scripts if "vendor" not in one.parts]
    assert len(ours) > 30
    for script in ours:
        found = MAKES_MARKUP.search(script.read_text("utf-8"))
        assert found is None, f"{script.name}: {found}"
