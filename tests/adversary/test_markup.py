"""Markup in every text somebody may write: shown as written, on every page, and never markup."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from queue_server.manage import demo
from tests.adversary.test_forms import signed_in
from tests.web.harness import API, BRANCH, World

PROBE = "</script><probe onprobe=x>\"'&amp;{{12345679*9}}{$x}"
PAGES = (
    "/",
    f"/b/{BRANCH}",
    f"/b/{BRANCH}?service={PROBE}",
    "/ticket",
    f"/privacy/{BRANCH}",
    f"/desk/{BRANCH}/1",
    f"/desk/{BRANCH}/1?ticket={PROBE}",
    "/desk",
    f"/guard/{BRANCH}",
    f"/guard/{BRANCH}?q={PROBE}",
    f"/guard/{BRANCH}/slip/A-001",
    f"/supervisor/{BRANCH}",
    f"/board/{BRANCH}",
    f"/board/{BRANCH}?theme={PROBE}&voice={PROBE}",
    f"/board/{BRANCH}/join.svg",
    f"/kiosk/{BRANCH}",
    f"/kiosk/{BRANCH}?service=A",
    f"/audit/{BRANCH}",
    f"/audit/{BRANCH}?who={PROBE}&kind={PROBE}",
    "/people",
    f"/people/{BRANCH}",
    f"/devices/{BRANCH}",
    "/account",
    "/unlock",
    f"/unlock?next=/{PROBE}",
    f"/tablet/{BRANCH}",
    f"/sign-in?next=/{PROBE}",
    f"/invite/{PROBE}",
    f"/board/{PROBE}",
    f"/kiosk/{PROBE}",
    f"/b/{PROBE}",
    f"/{PROBE}",
)


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
    """A branch where everybody wrote markup wherever they could."""
    plan = demo.plan()
    services = {
        letter: replace(service, name_id=PROBE, name_en=PROBE)
        for letter, service in plan.services.items()
    }
    plan = replace(plan, name=PROBE, contact=PROBE, services=services)
    assert await world.days.configure(plan) is None
    secret = (await world.issue(who=None))["secret"]
    await world.post(f"{API}/tickets/A-001/confirm-presence", "guard")
    await world.open_counter()
    called = {"number": "A-001", "reason": "emergency", "note": PROBE}
    assert (await world.post(f"{API}/counters/1/call", "officer1", called)).status_code == 200
    await world.post(f"{API}/tickets/A-001/finish", "officer1", {"outcome": "served"})
    rating = {"stars": 5, "comment": PROBE}
    assert (await world.post("/api/v1/ticket/rating", secret, rating)).status_code == 200
    assert (await world.post(f"{API}/notice", "guard", {"text": PROBE})).status_code == 200
    await world.client.get(f"/t/{secret}")
    world.client.headers["User-Agent"] = PROBE
    await signed_in(world)
    invited = {"role": "officer", "name": PROBE}
    assert (await world.client.post(f"/people/{BRANCH}/do/invite", data=invited)).status_code < 400
    for token in await world.site.people.tokens():
        renamed = {"device": token.id, "label": PROBE, "place": PROBE}
        await world.client.post(f"/devices/{BRANCH}/do/rename", data=renamed)
    return world


@pytest.mark.parametrize("language", ["id", "en"])
async def test_no_page_takes_text_for_markup(scribbled: World, language: str) -> None:
    escaped = 0
    for path in PAGES:
        address, mark, query = path.partition("?")
        query = f"{query}&lang={language}" if mark else f"lang={language}"
        page = await scribbled.client.get(f"{address}?{query}")
        assert page.status_code < 500, path
        seen = Seen(page.text)
        assert "probe" not in seen.tags, path
        assert "onprobe" not in seen.attributes, path
        for script in seen.scripts:
            json.loads(script)  # data, whole and by itself
        assert "111111111" not in page.text, path
        escaped += "&lt;probe" in page.text
    assert escaped >= 10, "the texts were not shown at all"
