"""What the whole surface shows to whoever pokes at it, page by page and address by address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.harness import API, BRANCH, World
from tests.web.staffed import browser_of

TEMPLATES = Path(__file__).resolve().parents[2] / "queue_server"
STAFF_PAGES = {
    "officer1": ("/desk", f"/desk/{BRANCH}/1", "/account"),
    "guard": (f"/guard/{BRANCH}", "/account"),
    "supervisor": (
        f"/supervisor/{BRANCH}",
        f"/people/{BRANCH}",
        f"/devices/{BRANCH}",
        f"/audit/{BRANCH}",
    ),
    "admin": ("/people", "/audit"),
}


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PROPFIND", "PUT", "DELETE"])
@pytest.mark.parametrize("path", ["/", f"/b/{BRANCH}", API, "/sign-in", "/healthz"])
async def test_methods_nobody_needs_are_refused(world: World, method: str, path: str) -> None:
    response = await world.client.request(method, path, headers={"X-Probe": "echo-me"})
    assert response.status_code == 405
    assert "echo-me" not in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/pyproject.toml",
        "/static/",
        "/static/look/",
        "/static/look/vendor",
        "/static/look/../../settings.py",
        "/static/look/%2e%2e/%2e%2e/settings.py",
        "/static/look/..%2f..%2fsettings.py",
        "/docs",
        "/debug",
        "/admin",
        "/server-status",
    ],
)
async def test_nothing_lies_about_that_was_not_put_there(world: World, path: str) -> None:
    response = await world.client.get(path)
    assert response.status_code == 404
    assert "repositoryformatversion" not in response.text
    assert "Index of" not in response.text


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        (f"/b/{BRANCH}", "text/html; charset=utf-8"),
        ("/nothing", "text/html; charset=utf-8"),
        (API, "application/json"),
        ("/api/v1/nothing", "application/problem+json"),
        ("/healthz", "text/plain; charset=utf-8"),
        ("/metrics", "text/plain; version=0.0.4; charset=utf-8"),
    ],
)
async def test_every_answer_says_what_it_is(world: World, path: str, kind: str) -> None:
    response = await world.client.get(path, headers={"Accept": "text/html"})
    assert response.headers["content-type"] == kind


@pytest.mark.parametrize("path", ["/", API, "/api/v1/ticket", "/healthz", "/static/look/live.js"])
async def test_other_sites_are_invited_nowhere(world: World, path: str) -> None:
    foreign = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("GET", "OPTIONS", "POST"):
        answer = await world.client.request(method, path, headers=foreign)
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("who", STAFF_PAGES)
async def test_every_staff_page_offers_the_way_out(world: World, who: str) -> None:
    account = await world.site.people.account_named(world.credentials[who]["username"])
    assert account is not None
    async with await browser_of(world, account.id) as browser:
        for path in STAFF_PAGES[who]:
            page = await browser.get(path)
            assert page.status_code == 200, path
            assert 'action="/sign-out"' in page.text, path


def test_passwords_are_masked_and_may_come_from_a_manager() -> None:
    found = 0
    for file in TEMPLATES.rglob("*.html"):
        text = file.read_text("utf-8")
        assert not re.search(r"onpaste|ondrop|oncopy", text), file.name
        for field in re.findall(r"<input[^>]*>", text):
            if re.search(r'name="(password|new)"', field):
                found += 1
                assert 'type="password"' in field, field
                assert 'autocomplete="off"' not in field, field
                assert "autocomplete=" in field, field
    assert found >= 3


async def test_a_password_is_told_nowhere_back(world: World) -> None:
    fields = {"username": "nobody", "password": "Rahasia-yang-diketik-7"}
    response = await world.client.post("/sign-in", data=fields)
    assert response.status_code == 401
    assert fields["password"] not in response.text
