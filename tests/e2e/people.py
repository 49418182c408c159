"""Everybody at their screens: phones, desks, the board, the guard, the kiosk, each in a browser of
its own (a context), all as an Indonesian visitor has them.

`Crowd` opens them and closes them again; a page that threw an error, or met the content policy,
fails its test at the end.
"""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

import zxingcpp
from PIL import Image
from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    WebSocket,
    WebSocketRoute,
    expect,
)

from tests.e2e.house import BRANCH, House

CODE_WAIT_MS: Final = 2_000
PHONE: Final = (360, 640)
DESK: Final = (1366, 768)
HALL: Final = (1920, 1080)

SOON_MS: Final = 5_000
"""A call is everywhere within this. A second is promised and measured by `scripts/bench`; a test
must not fail because its machine is slow.
"""
PATIENT_MS: Final = 60_000
"""For what waits on purpose: a connection coming back, a voice saying its sentence."""

GOING_AWAY: Final = 1001
POLL_MS: Final = 50
"""For what a page tells us instead of showing it."""

# What the hall hears: every clip the board starts, by the name it was fetched under; and every call
# it announces. Both outlive a reload.
LISTEN: Final = """
    const fetched = new WeakMap(), decoded = new WeakMap();
    const wrap = (what, name, make) => { what[name] = make(what[name]); };
    wrap(Response.prototype, 'arrayBuffer', (real) => async function () {
        const bytes = await real.call(this);
        fetched.set(bytes, this.url.split('/').pop().replace('.opus', ''));
        return bytes;
    });
    wrap(BaseAudioContext.prototype, 'decodeAudioData', (real) => async function (bytes) {
        const name = fetched.get(bytes);
        const sound = await real.call(this, bytes);
        decoded.set(sound, name);
        return sound;
    });
    wrap(AudioBufferSourceNode.prototype, 'start', (real) => function (...when) {
        hearClip(decoded.get(this.buffer));
        return real.apply(this, when);
    });
    document.addEventListener('board:call', ({detail}) => hearCall(detail.number));
"""


@dataclass
class Screen:
    """One page in a browser of its own, and what happened in it."""

    page: Page
    wrong: list[str] = field(default_factory=list)
    sockets: list[WebSocket] = field(default_factory=list)

    def open_sockets(self) -> int:
        return sum(not socket.is_closed() for socket in self.sockets)

    def find(self, selector: str, has_text: str | None = None) -> Locator:
        return self.page.locator(selector, has_text=has_text)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    async def codes(self) -> list[str]:
        """The QR codes a camera finds on what is seen now."""
        picture = Image.open(io.BytesIO(await self.page.screenshot()))
        return [code.text for code in zxingcpp.read_barcodes(picture)]


@dataclass
class Board(Screen):
    """The lobby screen. `calls`: the numbers it announced; `clips`: what its voice said."""

    calls: list[str] = field(default_factory=list)
    clips: list[str] = field(default_factory=list)

    async def shows(self, number: str, place: str, within_ms: int = SOON_MS) -> None:
        """Stands it on the screen with its counter: huge, or in the list?"""
        hero = self.find(f"#hero:has([data-number='{number}'])")
        row = self.find(f"#lists li:has([data-number='{number}'])")
        both = hero.or_(row).filter(visible=True)
        await expect(both.first).to_contain_text(place, timeout=within_ms)

    async def said(self, number: str, clips: list[str]) -> None:
        """Waits until this call, and this sentence, came from the loudspeaker."""
        async with asyncio.timeout(PATIENT_MS / 1000):
            while number not in self.calls or not _within(clips, self.clips):
                await self.page.wait_for_timeout(POLL_MS)


def _within(part: list[str], whole: list[str]) -> bool:
    """Does it stand in there, in one piece?"""
    length = len(part)
    return any(whole[i : i + length] == part for i in range(len(whole) - length + 1))


class Phone(Screen):
    """A participant's."""

    async def take_number(self, service: str = "A") -> str:
        """From the join page to the ticket page."""
        await self.page.check(f"input[name=service][value={service}]")
        await self.page.locator("#join button[type=submit]").click()
        await self.page.wait_for_url("**/ticket")
        return await self.number()

    async def number(self) -> str:
        return str(await self.find("#face .ticket-number").get_attribute("data-number"))

    @property
    def head(self) -> Locator:
        return self.find("[data-slot=head]")

    @property
    def counter(self) -> Locator:
        return self.find("[data-slot=counter]")

    async def press(self, verb: str, sure: bool = False) -> None:
        form = self.find(f"form[data-verb={verb}]")
        if sure:
            await self.find(f"details[data-show={verb}] summary").click()
        await form.locator("button").click()


class Desk(Screen):
    """An officer's."""

    def press(self, verb: str, number: str = "") -> Locator:
        """The button of this verb; about this ticket, where there are several."""
        which = f":has(input[name=number][value='{number}'])" if number else ""
        # A page that looks for something keeps it behind the address: `/do/recall?q=12`.
        own = f"form:is([action$='/do/{verb}'], [action*='/do/{verb}?'])"
        return self.find(f"{own}{which} button[type=submit]")

    async def type_code(self) -> None:
        """The code the demo shows; two of one person within half a minute wait for the next."""
        shown = self.find(".notice.warm")
        while not (code := "".join(filter(str.isdigit, await shown.inner_text()))):
            await self.page.wait_for_timeout(CODE_WAIT_MS)
            await self.page.reload()
        await self.page.get_by_label("Kode 6 angka").fill(code)

    async def open_counter(self) -> None:
        await self.press("open").click()
        await expect(self.find(".counter-state.is-open")).to_be_visible()

    async def call_next(self) -> str:
        """Presses it, and reads who came."""
        await self.press("call-next").click()
        seat = self.find(".seat.is-called .ticket-number").first
        return str(await seat.get_attribute("data-number"))

    def seat(self, number: str) -> Locator:
        return self.find(f"#seat-{number}")


class Line:
    """A screen's connection in the test's hand: cut, it takes no new one until it is mended."""

    def __init__(self) -> None:
        self.whole = True
        self.taken: list[WebSocketRoute] = []

    async def take(self, socket: WebSocketRoute) -> None:
        if not self.whole:
            await socket.close(code=GOING_AWAY)
            return
        socket.connect_to_server()
        self.taken.append(socket)

    async def cut(self) -> None:
        self.whole = False
        while self.taken:
            await self.taken.pop().close(code=GOING_AWAY)

    def mend(self) -> None:
        self.whole = True


AnyScreen = TypeVar("AnyScreen", bound=Screen)


def _note_policy(screen: Screen, line: ConsoleMessage) -> None:
    if "Content Security Policy" in line.text:
        screen.wrong.append(line.text)


class Crowd:
    """Opens everybody's browser for one test."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser = browser
        self.house = house
        self.screens: list[Screen] = []
        self.service_workers: Literal["allow", "block"] = "block"
        """With a worker a phone keeps what its page is made of: a script it lost is no loss."""

    async def context(
        self, width: int, height: int, line: Line | None = None, **more: Any
    ) -> BrowserContext:
        given: dict[str, Any] = {
            "reduced_motion": "reduce",
            "service_workers": self.service_workers,
            **more,
        }
        context = await self.browser.new_context(
            viewport={"width": width, "height": height},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            base_url=self.house.base,
            **given,
        )
        if line is not None:
            await context.route_web_socket("**/ws/**", line.take)
        return context

    async def phone(self, address: str = "", **more: Any) -> Phone:
        """A phone at the join page, or at this address."""
        context = await self.context(*PHONE, is_mobile=True, has_touch=True, **more)
        phone = Phone(await context.new_page())
        return await self._watched(phone, address or f"/b/{BRANCH}")

    async def phone_in_hall(self, **more: Any) -> Phone:
        """A phone that scanned the code in the hall."""
        view = await self.house.see("display", "/board")
        return await self.phone(view["join"]["url"], **more)

    async def staff(self, name: str, address: str, home: str = "", **more: Any) -> Desk:
        """Somebody of the staff at this page (or `home`); the first time sent to sign in before.

        Later times the same session is used: a code of the app is taken once, and the next one
        comes after half a minute.
        """
        context = await self.context(*DESK, storage_state=self.house.sessions.get(name), **more)
        desk = await self._watched(Desk(await context.new_page()), address)
        if "/sign-in" in desk.page.url:
            await self._sign_in(desk, name)
        await desk.page.wait_for_url(f"**{home or address}")
        self.house.sessions[name] = await context.storage_state()
        return desk

    async def _sign_in(self, desk: Desk, name: str) -> None:
        known = self.house.credentials(name)
        await desk.page.get_by_label("Nama pengguna").fill(known["username"])
        await desk.page.get_by_label("Kata sandi").fill(known["password"])
        await desk.button("Masuk").click()
        await desk.type_code()
        await desk.button("Masuk").click()

    async def desk(self, counter: str, **more: Any) -> Desk:
        """This counter's officer, at the counter that is open."""
        desk = await self.staff(f"officer{counter}", f"/desk/{BRANCH}/{counter}", **more)
        await desk.open_counter()
        return desk

    async def guard(self, **more: Any) -> Desk:
        return await self.staff("guard", f"/guard/{BRANCH}", **more)

    async def board(self, **more: Any) -> Board:
        context = await self.context(*HALL, **more)
        board = Board(await context.new_page())
        await context.expose_function("hearCall", lambda call: board.calls.append(call))
        await context.expose_function("hearClip", lambda clip: board.clips.append(clip))
        await context.add_init_script(LISTEN)
        return await self._watched(board, f"/?open=board&branch={BRANCH}")

    async def silent_board(self, **more: Any) -> Board:
        """With its sound switched off it only shows: faster, where a test is about many calls."""
        board = await self.board(**more)
        await expect(board.find("#sound")).to_have_attribute("data-sound", "on")
        await board.find("#sound").click()
        await expect(board.find("#sound")).to_have_attribute("data-sound", "off")
        return board

    async def kiosk(self, page: str = "kiosk", **more: Any) -> Screen:
        """A paired screen without ears: the kiosk, or another board."""
        context = await self.context(*HALL, has_touch=True, **more)
        screen = Screen(await context.new_page())
        return await self._watched(screen, f"/?open={page}&branch={BRANCH}")

    async def _watched(self, screen: AnyScreen, address: str) -> AnyScreen:
        """Opens the page, noting its connections and what goes wrong in it."""
        self.screens.append(screen)
        page = screen.page
        page.on("websocket", lambda socket: screen.sockets.append(socket))
        page.on("pageerror", lambda error: screen.wrong.append(f"{page.url}: {error}"))
        page.on("console", lambda line: _note_policy(screen, line))
        await page.goto(address)
        return screen

    async def leave(self) -> None:
        """Everybody goes home; nobody may have met an error."""
        for screen in self.screens:
            await screen.page.context.close()
        assert [wrong for screen in self.screens for wrong in screen.wrong] == []
