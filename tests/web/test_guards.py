"""Headers, the cross-site guard, cookies, limits: what stands before every handler."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest

from queue_server.look.again import csp_source, source
from tests.web.harness import API, BRANCH, World, living_world, sign_in

PAGES = ("/", f"/b/{BRANCH}", "/sign-in", f"/privacy/{BRANCH}", "/ticket", "/nothing", "/desk")


@pytest.mark.parametrize(
    "path", [*PAGES, API, "/api/v1/nothing", "/healthz", "/readyz", "/metrics"]
)
async def test_every_answer_carries_the_security_headers(world: World, path: str) -> None:
    response = await world.client.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-frame-options"] == "DENY"
    assert response.headers["cross-origin-opener-policy"] == "same-origin"
    assert response.headers["cross-origin-resource-policy"] == "same-origin"
    assert response.headers["cache-control"] == "no-store"
    assert "upgrade-insecure-requests" not in policy
    assert "strict-transport-security" not in response.headers


async def test_tls_is_remembered_only_where_it_was_used(world: World) -> None:
    response = await world.client.get(f"https://test/b/{BRANCH}")
    assert response.headers["strict-transport-security"] == "max-age=31536000"
    header = response.headers["set-cookie"]
    assert header.startswith("__Host-browser=")
    assert "Secure" in header
    assert "upgrade-insecure-requests" in response.headers["content-security-policy"]


async def test_a_page_talks_to_its_own_host_only(world: World) -> None:
    def policy(response: httpx.Response) -> dict[str, str]:
        parts = response.headers["content-security-policy"].split("; ")
        return dict(one.split(" ", 1) for one in parts if " " in one)

    page = f"/b/{BRANCH}"
    assert policy(await world.client.get(page))["connect-src"] == "'self' ws://test"
    over_tls = await world.client.get(f"https://test:8443{page}")
    assert policy(over_tls)["connect-src"] == "'self' wss://test:8443"
    for host in ("a b", "x; script-src *", "x'self'", "*", "[::1]", ""):
        bent = await world.client.get(page, headers={"Host": host})
        assert policy(bent)["connect-src"] == "'self'", host
        assert policy(bent)["script-src"] == f"'self' {csp_source()}"


async def test_a_browser_that_says_nothing_may_still_post_our_forms(world: World) -> None:
    """Under `no-referrer` it would send `Origin: null`, and no word that it is us."""
    old, page = {"Accept": "text/html,*/*;q=0.8"}, f"/b/{BRANCH}"
    assert (await world.client.get(page, headers=old)).headers["referrer-policy"] == "same-origin"
    new = {**old, "Sec-Fetch-Site": "none"}
    assert (await world.client.get(page, headers=new)).headers["referrer-policy"] == "no-referrer"
    program = await world.client.get(API, headers={"Accept": "*/*"})
    assert program.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("host", "scheme", "page", "warned"),
    [
        ("10.1.2.3", "http", "/sign-in", "dapat ikut membaca"),
        ("antrean.example", "http", "/sign-in", "dapat ikut membaca"),
        ("10.1.2.3", "http", f"/b/{BRANCH}", "melihat nomor Anda"),
        ("10.1.2.3", "http", "/ticket", "melihat nomor Anda"),
        ("10.1.2.3", "http", f"/board/{BRANCH}", None),
        ("antrean.example", "https", "/sign-in", None),
        ("localhost:8000", "http", "/sign-in", None),
        ("127.0.0.1:8000", "http", "/sign-in", None),
        ("127.0.0.1.evil.example", "http", "/sign-in", "dapat ikut membaca"),
    ],
)
async def test_whoever_types_without_encryption_is_told(
    world: World, host: str, scheme: str, page: str, warned: str | None
) -> None:
    text = (await world.client.get(f"{scheme}://{host}{page}")).text
    assert ('class="unencrypted"' in text) is (warned is not None)
    assert warned is None or warned in text


@pytest.mark.parametrize("path", PAGES)
async def test_pages_run_no_inline_code(world: World, path: str) -> None:
    text = (await world.client.get(path)).text
    assert " style=" not in text
    assert " onclick=" not in text
    inside = re.findall(
        r"<script(?![^>]*(?: src=|application/json))[^>]*>(.*?)</script>", text, re.S
    )
    assert set(inside) <= {source()}, "the policy names this one alone"


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://test:81"},
    {"Origin": "http://test.evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://test"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
    {"Sec-Fetch-Site": "none", "Origin": "null"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    {"Origin": "file://"},
    {"Origin": ""},
]
OWN = [
    {},
    {"Origin": "http://test"},
    {"Origin": "http://test:80"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://test"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
]


async def press(world: World, path: str, headers: dict[str, str]) -> httpx.Response:
    return await world.client.post(path, headers=headers, data={"service": "A"})


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize(
    "path",
    [f"/b/{BRANCH}/ticket", f"/guard/{BRANCH}/do/issue", "/sign-in", "/sign-out", "/ticket/cancel"],
)
async def test_another_sites_page_commands_nothing(
    world: World, path: str, headers: dict[str, str]
) -> None:
    before = await world.seq()
    response = await press(world, path, headers)
    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert await world.seq() == before


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_nor_does_it_through_the_api_with_a_cookie(
    world: World, headers: dict[str, str]
) -> None:
    await sign_in(world, "guard")
    response = await world.client.post(f"{API}/tickets", json={"service": "A"}, headers=headers)
    assert (response.status_code, response.json()["code"]) == (403, "cross_site")


@pytest.mark.parametrize("headers", OWN, ids=str)
async def test_our_own_pages_do(world: World, headers: dict[str, str]) -> None:
    response = await press(world, f"/b/{BRANCH}/ticket", headers)
    assert response.status_code == 303
    assert await world.seq() == 2


async def test_asking_too_often_is_told_when_to_come_back(folder: Path) -> None:
    async with living_world(folder, commands_per_ticket_per_min=3) as world:
        secret = (await world.issue())["secret"]
        for _ in range(3):
            await world.post("/api/v1/ticket/coming", secret)
        refused = await world.post("/api/v1/ticket/coming", secret)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        other = (await world.issue())["secret"]
        assert (await world.post("/api/v1/ticket/coming", other)).status_code == 200


async def test_a_runaway_program_is_stopped_at_pages_and_api_alike(folder: Path) -> None:
    async with living_world(folder, requests_per_address_per_s=5) as world:
        for _ in range(5):
            assert (await world.client.get(API)).status_code == 200
        refused = await world.client.get(API)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
        page = await world.client.get(f"/b/{BRANCH}")
        assert page.status_code == 429
        assert page.headers["retry-after"] == refused.headers["retry-after"] == "1"
        assert "<main" in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert (await world.client.get("/static/sheets/plain.css")).status_code == 200


async def test_one_browser_gets_one_ticket_and_its_neighbour_another(world: World) -> None:
    await world.client.get(f"/b/{BRANCH}")
    body = {"service": "A"}
    first = await world.post(f"{API}/tickets", None, body)
    again = await world.post(f"{API}/tickets", None, body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["secret"] == again.json()["secret"]
    world.client.cookies.clear()
    await world.client.get(f"/b/{BRANCH}")
    assert (await world.post(f"{API}/tickets", None, body)).json()["number"] == "A-002"


async def test_a_scan_is_good_for_one_ticket(world: World) -> None:
    board = (await world.get(f"{API}/board", "display")).json()
    scanned = await world.client.get(f"/b/{BRANCH}", params={"j": board["join"]["code"]})
    assert (scanned.status_code, scanned.headers["location"]) == (303, f"/b/{BRANCH}")
    join = world.client.cookies["join"]
    await world.client.get(f"/b/{BRANCH}")
    mine = await world.post(f"{API}/tickets", None, {"service": "A"})
    assert mine.json()["presence"] is True
    world.client.cookies.clear()
    world.client.cookies.set("join", join, domain="test.local")
    relayed = await world.post(f"{API}/tickets", None, {"service": "A"})
    assert relayed.json()["presence"] is False


async def test_a_refused_ticket_gives_the_scan_back(world: World) -> None:
    board = (await world.get(f"{API}/board", "display")).json()
    await world.client.get(f"/b/{BRANCH}", params={"j": board["join"]["code"]})
    refused = await world.post(f"{API}/tickets", None, {"service": "Z"})
    assert (refused.status_code, refused.json()["code"]) == (404, "unknown_service")
    assert (await world.post(f"{API}/tickets", None, {"service": "A"})).json()["presence"] is True


async def test_what_only_people_know_is_not_public(world: World) -> None:
    await world.issue()
    public = await world.client.get(API)
    assert "A-001" not in public.text
    board = await world.get(f"{API}/board", "display")
    for secret in ("secret", "ticket_id", "browser"):
        assert secret not in board.text


async def test_health_is_told_to_whoever_runs_it(world: World) -> None:
    ready = (await world.client.get("/readyz")).json()
    assert ready["ready"] is True
    assert ready["branches"] == {BRANCH: None}
    await world.issue()
    counted = (await world.client.get("/metrics")).text
    assert 'lapak_commands_total{outcome="done",verb="issue"} 1.0' in counted
    assert "A-001" not in counted


async def test_a_fault_of_ours_is_said_calmly(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("select * from secrets")

    monkeypatch.setattr(world.site.hub, "view", broken)
    response = await world.client.get(API)
    assert (response.status_code, response.json()["code"]) == (500, "broken")
    assert "secrets" not in response.text
    page = await world.client.get(f"/b/{BRANCH}")
    assert page.status_code == 500
    assert "Ada gangguan di pihak kami" in page.text
    assert "<main" in page.text
    assert "secrets" not in page.text
