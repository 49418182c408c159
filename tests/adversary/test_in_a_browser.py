"""A real browser, signed in here, that visits a page of somebody else: from another site, and from
another port of this very host, whose requests carry all our cookies.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, async_playwright
from playwright.async_api import Error as PlaywrightError

from tests.web.harness import API, BRANCH, Live

GUARD: Final = f"/guard/{BRANCH}"
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


class Evil(BaseHTTPRequestHandler):
    """Any address is an empty page that may do what it likes."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>evil</title><body>")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def evil_port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Evil)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()


async def _signed_in(live: Live) -> list[tuple[str, str]]:
    async with live.client() as client:
        await client.get(f"/b/{BRANCH}")
        await client.post(f"/b/{BRANCH}/ticket", data={"service": "A"})
        await live.sign_in(client, "guard")
        return [(one.name, str(one.value)) for one in client.cookies.jar]


@pytest.fixture(scope="module")
def kept(shared: Live) -> list[tuple[str, str]]:
    """The cookies of a browser of the guard's, who also holds a ticket."""
    cookies = asyncio.run(_signed_in(shared))
    assert {"session", "ticket"} <= {name for name, _ in cookies}
    return cookies


@pytest_asyncio.fixture
async def victim(
    shared: Live, kept: list[tuple[str, str]], chromium_path: str
) -> AsyncIterator[BrowserContext]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        context = await browser.new_context()
        await context.add_cookies(
            [{"name": n, "value": v, "url": shared.url, "httpOnly": True} for n, v in kept]
        )
        yield context
        await browser.close()


@pytest.fixture(params=["localhost", "127.0.0.1"], ids=["another site", "another port"])
def evil(request: pytest.FixtureRequest, evil_port: int) -> str:
    return f"http://{request.param}:{evil_port}/"


async def happened(live: Live) -> int:
    async with live.client("auditor") as auditor:
        page = (await auditor.get(f"{API}/log")).json()
        return len(page["entries"])


FORM: Final = """([action, kind]) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action, enctype: kind });
  for (const [name, value] of [["service", "A"], ["text", "evil"]]) {
    form.append(Object.assign(document.createElement("input"), { name, value }));
  }
  document.body.append(form);
  form.submit();
}"""
KINDS: Final = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
DOORS: Final = (f"{GUARD}/do/issue", f"{GUARD}/do/notice", f"/b/{BRANCH}/ticket", "/ticket/cancel")


@pytest.mark.parametrize("door", DOORS)
async def test_its_forms_do_nothing(
    shared: Live, victim: BrowserContext, evil: str, door: str
) -> None:
    before = await happened(shared)
    for kind in KINDS:
        page = await victim.new_page()
        await page.goto(evil)
        async with page.expect_navigation():
            await page.evaluate(FORM, [shared.url + door, kind])
        await page.close()
    assert await happened(shared) == before


SENT: Final = {
    "fetch": """async ([address]) => {
      const sent = { method: "POST", mode: "no-cors", credentials: "include", body: "service=A",
        headers: { "Content-Type": "application/x-www-form-urlencoded" } };
      return (await fetch(address, sent)).type;
    }""",
    "fetch as JSON": """async ([address]) => {
      const sent = { method: "POST", credentials: "include", body: '{"service":"A"}',
        headers: { "Content-Type": "application/json" } };
      try { return await (await fetch(address, sent)).text(); } catch { return "blocked"; }
    }""",
    "beacon": """([address]) => String(navigator.sendBeacon(address,
      new Blob(["service=A"], { type: "application/x-www-form-urlencoded" })))""",
    "beacon as text": """([address]) => String(navigator.sendBeacon(address, '{"service":"A"}'))""",
}


@pytest.mark.parametrize("way", SENT)
async def test_its_scripts_do_nothing(
    shared: Live, victim: BrowserContext, evil: str, way: str
) -> None:
    before = await happened(shared)
    page = await victim.new_page()
    await page.goto(evil)
    for door in (f"{API}/tickets", f"{GUARD}/do/issue", f"/b/{BRANCH}/ticket"):
        try:
            await page.evaluate(SENT[way], [shared.url + door])
        except Exception as blocked:
            assert "fetch" in str(blocked)  # noqa: PT017
    await page.wait_for_timeout(300)
    assert await happened(shared) == before


async def test_it_reads_nothing(shared: Live, victim: BrowserContext, evil: str) -> None:
    page = await victim.new_page()
    await page.goto(evil)
    for path in (GUARD, f"{API}/guard", "/ticket", "/api/v1/ticket", f"{API}/log"):
        read = await page.evaluate(
            """async ([address]) => {
              try {
                return await (await fetch(address, { credentials: "include" })).text();
              } catch { return null; }
            }""",
            [shared.url + path],
        )
        assert read is None, path


@pytest.mark.parametrize("path", [GUARD, "/ticket", "/sign-in", f"/board/{BRANCH}", f"/b/{BRANCH}"])
async def test_no_page_of_ours_stands_in_a_frame(
    shared: Live, victim: BrowserContext, evil: str, path: str
) -> None:
    page = await victim.new_page()
    await page.goto(evil)
    await page.evaluate(
        """([address]) => new Promise((done) => {
          const frame = document.createElement("iframe");
          frame.src = address;
          frame.addEventListener("load", done);
          document.body.append(frame);
          setTimeout(done, 2000);
        })""",
        [shared.url + path],
    )
    inside = [one for one in page.frames if one is not page.main_frame]
    assert inside
    for frame in inside:
        assert not await frame.locator("main").count()


@pytest.mark.parametrize("path", ["/ws/ticket", f"/ws/branches/{BRANCH}/guard"])
async def test_it_opens_no_socket(
    shared: Live, victim: BrowserContext, evil: str, path: str
) -> None:
    said = await watched(await at(victim, evil), f"ws://127.0.0.1:{shared.port}{path}")
    assert said == "closed 1006"


async def test_our_own_page_does_all_of_it(shared: Live, victim: BrowserContext) -> None:
    """Or nothing above would say anything."""
    page = await at(victim, shared.url + GUARD)
    assert await page.locator("main").count()
    seen = await watched(page, f"ws://127.0.0.1:{shared.port}/ws/branches/{BRANCH}/guard")
    assert "view" in json.loads(seen)
    before = await happened(shared)
    own = await page.evaluate(SENT["fetch"], [f"{shared.url}{GUARD}/do/issue"])
    assert own in ("basic", "opaque")
    assert await happened(shared) == before + 1
    async with page.expect_navigation():
        await page.evaluate(FORM, [f"{shared.url}{GUARD}/do/issue", KINDS[0]])
    assert await happened(shared) == before + 2


async def test_a_script_of_ours_makes_no_markup_of_text(
    shared: Live, victim: BrowserContext
) -> None:
    page = await at(victim, shared.url + GUARD)
    for way in (
        'document.body.innerHTML = "<b>x</b>"',
        'document.body.insertAdjacentHTML("beforeend", "<b>x</b>")',
        'new DOMParser().parseFromString("<b>x</b>", "text/html")',
        'document.createElement("script").text = "1"',
        'trustedTypes.createPolicy("another", { createHTML: (html) => html })',
    ):
        with pytest.raises(PlaywrightError, match=r"TrustedHTML|TrustedScript|createPolicy"):
            await page.evaluate(f"() => {{ {way}; }}")


async def at(victim: BrowserContext, address: str) -> Page:
    page = await victim.new_page()
    await page.goto(address)
    return page


async def watched(page: Page, address: str) -> str:
    """What a socket says first, or with which code it closes."""
    said: str = await page.evaluate(
        """([address]) => new Promise((done) => {
          const socket = new WebSocket(address);
          socket.addEventListener("message", (event) => done(event.data));
          socket.addEventListener("close", (event) => done(`closed ${event.code}`));
        })""",
        [address],
    )
    return said
