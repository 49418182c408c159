"""A server-rendered page in a real browser: follows news, keeps what one does, sends once."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import pytest
import uvicorn
from jinja2 import Template
from playwright.async_api import Browser, Page, async_playwright, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from queue_server.look import pages
from queue_server.look.assets import StaticAssets
from queue_server.look.words import Words

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self' ws: wss:; form-action 'self'; base-uri 'none'"
)
PAGE = """
{% extends "base.html" %}
{% from "components.html" import number, action_form, ask, notice with context %}
{% block main_attributes -%}
data-socket="/ws" data-seq="{{ office.seq }}" data-zone="Asia/Makassar"
{%- endblock %}
{% block main %}
{% if said %}{{ notice(said, kind="done", flash=true) }}{% endif %}
<ol>
{% for one in office.line %}<li id="n-{{ one }}">{{ number(one, "small") }}</li>{% endfor %}
</ol>
<label>Catatan <input id="note" name="note"></label>
{% call ask("Batalkan", id="ask") %}<p>Sungguh?</p>{% endcall %}
{{ action_form("/do/next", "Panggil", "r-" ~ office.seq, key="n") }}
{{ action_form("/do/refuse", "Tolak", "r-" ~ office.seq) }}
{{ action_form("/do/leave", "Pergi", "r-" ~ office.seq) }}
{% endblock %}
{% block scripts %}{{ module("look/refresh.js") }}{% endblock %}
"""


@dataclass
class Office:
    """What a page shows, who watches it, and what was asked of it."""

    line: list[str] = field(default_factory=lambda: ["A-001", "A-002"])
    seq: int = 1
    sockets: list[WebSocket] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    answer_after: asyncio.Event = field(default_factory=asyncio.Event)
    refuse_sockets: bool = False

    def page(self, said: str = "", status: int = 200) -> Response:
        template: Template = pages.environment().from_string(PAGE)
        text = template.render(words=Words(), demo=False, unencrypted="", office=self, said=said)
        return HTMLResponse(text, status, {"Content-Security-Policy": POLICY})

    async def tell(self) -> None:
        for watcher in self.sockets:
            await watcher.send_json({"seq": self.seq, "view": {"date": "2026-11-23"}})

    async def news(self, number: str) -> None:
        self.line.append(number)
        self.seq += 1
        await self.tell()

    async def show(self, request: Request) -> Response:
        return self.page(request.query_params.get("said", ""))

    async def do(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        await self.answer_after.wait()
        self.requests.append(form["request_id"])
        verb = request.path_params["verb"]
        if verb == "refuse":
            return self.page("Tidak ada yang menunggu", 409)
        if verb == "leave":
            return RedirectResponse("/elsewhere", 303)
        self.line.pop(0)
        self.seq += 1
        await self.tell()
        return RedirectResponse("/?said=Dipanggil", 303)

    async def elsewhere(self, request: Request) -> Response:
        return HTMLResponse("<title>Elsewhere</title><main id='main'>elsewhere</main>")

    async def watch(self, websocket: WebSocket) -> None:
        if self.refuse_sockets:
            await websocket.close(1013)
            return
        await websocket.accept()
        self.sockets.append(websocket)
        await websocket.send_json({"seq": self.seq, "view": {"date": "2026-11-23"}})
        try:
            while True:
                await websocket.receive_text()
        except WebSocketDisconnect:
            self.sockets.remove(websocket)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/", self.show),
                Route("/elsewhere", self.elsewhere),
                Route("/do/{verb}", self.do, methods=["POST"]),
                WebSocketRoute("/ws", self.watch),
                Mount("/static", StaticAssets()),
            ]
        )


@pytest.fixture
async def office() -> AsyncIterator[tuple[Office, str]]:
    office = Office()
    office.answer_after.set()
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(office.app(), log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve([listener]))
    yield office, f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest.fixture
async def chromium(chromium_path: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium_path, args=["--no-sandbox"]
        )
        yield browser
        await browser.close()


@pytest.fixture
async def page(office: tuple[Office, str], chromium: Browser) -> AsyncIterator[Page]:
    page = await chromium.new_page(locale="id-ID", viewport={"width": 360, "height": 640})
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security" in line.text else None,
    )
    await page.goto(office[1])
    await until_watching(office[0])
    yield page
    assert not problems


async def until_watching(office: Office) -> None:
    for _ in range(100):
        if office.sockets:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("the page opened no socket")


async def test_news_arrive_while_what_one_does_stays(
    office: tuple[Office, str], page: Page
) -> None:
    await page.fill("#note", "jangan hilang")
    await page.click("#ask summary")
    first = await page.query_selector("#n-A-001")
    await office[0].news("A-003")
    await expect(page.locator("#n-A-003")).to_be_visible()
    assert await page.input_value("#note") == "jangan hilang"
    await expect(page.locator("#ask")).to_have_attribute("open", "")
    assert first is not None
    assert await first.evaluate("node => node.isConnected"), "rows are kept, not made anew"
    await expect(page.locator("main")).to_have_attribute("data-seq", "2")


async def test_a_press_is_sent_once_and_its_answer_stays_a_while(
    office: tuple[Office, str], page: Page
) -> None:
    await page.evaluate("window.stillHere = true")
    office[0].answer_after.clear()
    button = page.locator("form[action='/do/next'] button")
    await button.click()
    await button.click()
    await page.keyboard.press("n")
    office[0].answer_after.set()
    await expect(page.locator(".notice.done")).to_have_text("Dipanggil")
    assert office[0].requests == ["r-1"]
    await expect(page.locator("#n-A-001")).to_have_count(0)
    await office[0].news("A-009")
    await expect(page.locator("#n-A-009")).to_be_visible()
    await expect(page.locator(".notice.done")).to_be_visible()
    assert await page.evaluate("window.stillHere"), "the page was never loaded anew"


async def test_a_key_presses_its_button_but_not_while_one_types(
    office: tuple[Office, str], page: Page
) -> None:
    await page.focus("#note")
    await page.keyboard.press("n")
    assert await page.input_value("#note") == "n"
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("n")
    await expect(page.locator("#n-A-001")).to_have_count(0)
    assert office[0].requests == ["r-1"]


async def test_a_refusal_is_shown_where_one_is(office: tuple[Office, str], page: Page) -> None:
    await page.click("form[action='/do/refuse'] button")
    await expect(page.locator(".notice")).to_contain_text("Tidak ada yang menunggu")
    assert page.url.rstrip("/") == office[1]


async def test_an_answer_elsewhere_leads_there(office: tuple[Office, str], page: Page) -> None:
    await page.click("form[action='/do/leave'] button")
    await page.wait_for_url("**/elsewhere")


async def test_a_cut_line_is_told_and_heals(office: tuple[Office, str], page: Page) -> None:
    office[0].refuse_sockets = True
    for watcher in list(office[0].sockets):
        await watcher.close(1012, "1")
    banner = page.locator("#stale")
    await expect(banner).to_contain_text("Sambungan terputus", timeout=60_000)
    office[0].line.append("A-077")
    office[0].seq += 1
    office[0].refuse_sockets = False
    await page.evaluate("dispatchEvent(new Event('online'))")
    await expect(banner).to_be_hidden(timeout=60_000)
    await expect(page.locator("#n-A-077")).to_be_visible()


async def test_without_the_network_a_press_is_kept_for_another_try(
    office: tuple[Office, str], page: Page
) -> None:
    await page.route("**/do/next", lambda route: route.abort())
    button = page.locator("form[action='/do/next'] button")
    await button.click()
    await expect(page.locator(".not-sent")).to_contain_text("Belum terkirim", timeout=60_000)
    await office[0].news("A-003")  # a refresh must not change the request's id
    await expect(page.locator("#n-A-003")).to_be_visible()
    await page.unroute("**/do/next")
    await button.click()
    await expect(page.locator("#n-A-001")).to_have_count(0)
    assert office[0].requests == ["r-1"]


async def test_all_of_it_works_without_scripts(
    office: tuple[Office, str], chromium: Browser
) -> None:
    context = await chromium.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(office[1])
    await page.click("form[action='/do/next'] button")
    await expect(page.locator(".notice.done")).to_have_text("Dipanggil")
    await page.click("text=EN")
    assert page.url.endswith("?lang=en")
