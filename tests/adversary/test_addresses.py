"""What stands in addresses: no secret after its first use, and nobody's host but ours."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpx
import pytest

from queue_server.look.files import SURFACES, package_folder
from tests.web.harness import API, BRANCH, World, sign_in

FACES: Final = ("guard", "supervisor", "admin", "auditor", "officer1")
BEGINNINGS: Final = (
    "/",
    f"/b/{BRANCH}",
    "/ticket",
    f"/privacy/{BRANCH}",
    "/sign-in",
    "/account",
    "/people",
    f"/people/{BRANCH}",
    f"/devices/{BRANCH}",
    f"/audit/{BRANCH}",
    "/desk",
    f"/desk/{BRANCH}/1",
    f"/guard/{BRANCH}",
    f"/guard/{BRANCH}/slip/A-001",
    f"/supervisor/{BRANCH}",
    f"/board/{BRANCH}",
    f"/kiosk/{BRANCH}",
)
MEANT_TO_BE_TAKEN_AWAY: Final = ("/ticket", f"/guard/{BRANCH}/slip/A-001")
"""Pages whose purpose is a ticket's link: for another phone of its holder, and on paper."""
LEADING: Final = ("href", "src", "action", "formaction", "data", "poster", "srcset", "content")


class Links(HTMLParser):
    """Whatever in a page names an address."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value
            for name, value in attrs
            if value and (name in LEADING or name.startswith("data-")) and "/" in value
        ]


async def walk(client: httpx.AsyncClient) -> list[tuple[str, httpx.Response]]:
    """Every page reachable by links and redirects from the beginnings: its address, and it."""
    waiting, seen = list(BEGINNINGS), set[str]()
    pages: list[tuple[str, httpx.Response]] = []
    while waiting and len(pages) < 150:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page = await client.get(path)
        pages.append((path, page))
        found = [page.headers["location"]] if "location" in page.headers else []
        if page.headers.get("content-type", "").startswith("text/html"):
            found += Links(page.text).found
        for link in found:
            parts = urlsplit(urljoin(f"http://test{path}", link.split(" ")[0]))
            query = f"?{parts.query}" if parts.query else ""
            if parts.netloc == "test" and not parts.path.startswith(("/static/", "/t/")):
                waiting.append(f"{parts.path}{query}")
    return pages


async def test_no_page_and_no_redirect_carries_a_secret_in_an_address(world: World) -> None:
    issued = (await world.client.post(f"{API}/tickets", json={"service": "A"})).json()
    led = await world.client.get(f"/t/{issued['secret']}", follow_redirects=True)
    assert (led.status_code, led.url.path, led.url.query) == (200, "/ticket", b"")
    secrets = {issued["secret"], world.token("display"), world.token("guard")}
    pages = 0
    for name in FACES:
        await sign_in(world, name)
        secrets |= {
            one.value for one in world.client.cookies.jar if one.value and len(one.value) > 12
        }
        for path, page in await walk(world.client):
            pages += page.status_code == 200
            links = Links(page.text).found if "html" in page.headers.get("content-type", "") else []
            for link in [path, page.headers.get("location", ""), *links]:
                if path.partition("?")[0] not in MEANT_TO_BE_TAKEN_AWAY:
                    assert not any(secret in link for secret in secrets), f"{name} {path}: {link}"
    assert pages > 30


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("/t/{ticket}", "/ticket"),
        ("/invite/{invitation}", "/invite"),
        (f"/b/{BRANCH}?j={{code}}", f"/b/{BRANCH}"),
    ],
)
async def test_an_address_with_a_secret_leads_on_to_one_without(
    world: World, address: str, clean: str
) -> None:
    ticket = (await world.issue(who=None))["secret"]
    await sign_in(world, "supervisor")
    invited = {"role": "officer", "name": "Rini"}
    made = await world.client.post(f"/people/{BRANCH}/do/invite", data=invited)
    found = re.search(r"/invite/([\w-]{20,})", made.text)
    assert found, made.text[:500]
    world.client.cookies.clear()
    names = {"ticket": ticket, "invitation": found[1], "code": world.site.codes.code(BRANCH)}
    led = await world.client.get(address.format(**names), follow_redirects=True)
    assert (led.url.path, led.url.query) == (clean, b"")
    assert led.history
    for step in led.history:
        assert step.status_code == 303
        assert step.headers["referrer-policy"] == "no-referrer"
        assert step.headers["cache-control"] == "no-store"


async def test_a_screens_key_leaves_its_address(world: World) -> None:
    opened = await world.client.get(f"/?open=board&branch={BRANCH}")
    keyed = opened.headers["location"]
    assert "key=" in keyed
    led = await world.client.get(keyed)
    assert (led.status_code, led.headers["location"]) == (303, f"/board/{BRANCH}")


async def test_every_address_in_a_page_is_our_own(world: World) -> None:
    await world.issue()
    foreign = []
    for name in FACES:
        await sign_in(world, name)
        for path, page in await walk(world.client):
            if "html" not in page.headers.get("content-type", ""):
                continue
            foreign += [
                f"{path}: {link}"
                for link in Links(page.text).found
                if link.startswith(("http:", "https:", "//", "ws:", "wss:"))
                and urlsplit(link).netloc
                not in ("test", urlsplit(world.site.settings.address()).netloc)
            ]
    assert not foreign


# Namespaces are names, never fetched; comments say where something is from.
_NAME: Final = re.compile(r"https?://www\.w3\.org/[\w/.]+")
_COMMENT: Final = re.compile(r"/\*.*?\*/|<!--.*?-->|(?m:^\s*(//|\*).*$)", re.S)
_ELSEWHERE: Final = re.compile(r"(?:https?:|wss?:)//[\w.-]+|url\(\s*[\"']?//|from\s+[\"']//")


def served() -> list[Path]:
    return [
        file
        for package in SURFACES.values()
        for file in (package_folder(package) / "static").rglob("*")
        if file.suffix in (".js", ".css", ".svg", ".webmanifest", ".json", ".html")
        and file.name != "vendor.json"  # says where the others are from; no page knows it
    ]


@pytest.mark.parametrize("file", served(), ids=lambda file: file.name)
def test_no_file_fetches_from_elsewhere(file: Path) -> None:
    text = _COMMENT.sub("", _NAME.sub("", file.read_text(encoding="utf-8")))
    assert not _ELSEWHERE.findall(text)
