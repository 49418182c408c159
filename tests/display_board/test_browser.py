"""The screen in a real browser: what the hall sees and hears while calls come in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from queue_server import wire
from queue_server.look.words import Words
from tests.display_board.hall import FOR_LONG, Hall, call, serve, view_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WITH_SOUND = "--autoplay-policy=no-user-gesture-required"
GESTURE_WANTED = "--autoplay-policy=document-user-activation-required"
LISTEN = """
    window.heard = [];
    window.played = [];
    document.addEventListener('board:call', ({detail}) => heard.push(detail.number));
    const start = AudioBufferSourceNode.prototype.start;
    AudioBufferSourceNode.prototype.start = function (...when) {
        played.push(this.buffer.duration);
        return start.apply(this, when);
    };
"""
WAIT_S = 60  # a screen that was cut off tries again after half a minute at the latest
SETTLED_MS = 800  # longer than the screen itself waits before it says that there is no sound


@pytest.fixture(scope="module")
def browsers(chromium_path: str) -> Iterator[Callable[[str], Browser]]:
    started: dict[str, Browser] = {}
    with sync_playwright() as playwright:

        def browser(policy: str) -> Browser:
            if policy not in started:
                started[policy] = playwright.chromium.launch(
                    executable_path=chromium_path, args=["--no-sandbox", policy]
                )
            return started[policy]

        yield browser
        for each in started.values():
            each.close()


@pytest.fixture
def hall() -> Iterator[Hall]:
    with serve(Hall(view_of(call(5, "A-003", "1")))) as hall:
        yield hall


class Screen:
    """One lobby screen."""

    def __init__(self, browser: Browser, hall: Hall, width: int, height: int, query: str) -> None:
        self.hall = hall
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        self.errors: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.add_init_script(LISTEN)
        self.page.goto(f"{hall.address}/board/bontang{query}")
        self.until(lambda: len(hall.mailboxes) > 0)

    def until(self, what: Callable[[], Any], within_s: float = WAIT_S) -> None:
        deadline = time.monotonic() + within_s
        while not what():
            assert time.monotonic() < deadline, self.page.inner_text("body")
            self.page.wait_for_timeout(50)

    def heard(self) -> list[str]:
        return list(self.page.evaluate("heard"))

    def hero(self) -> str:
        return str(self.page.get_attribute("#hero-number", "data-number"))

    def place(self) -> str:
        return self.page.inner_text("#hero-counter")


@pytest.fixture
def open_screen(browsers: Callable[[str], Browser], hall: Hall) -> Iterator[Callable[..., Screen]]:
    screens: list[Screen] = []

    def open_one(
        policy: str = GESTURE_WANTED, width: int = 1366, height: int = 768, query: str = ""
    ) -> Screen:
        screens.append(Screen(browsers(policy), hall, width, height, query))
        return screens[-1]

    yield open_one
    for screen in screens:
        assert not screen.errors
        screen.context.close()


def ten_calls() -> list[wire.CallShown]:
    return [call(10 + i, f"A-{10 + i:03d}", str(i % 9 + 1)) for i in range(10)]


def test_ten_calls_within_a_second_are_ten_announcements(
    hall: Hall, open_screen: Callable[..., Screen]
) -> None:
    screen = open_screen()
    ten = ten_calls()
    for i in range(10):
        hall.push(view_of(*ten[: i + 1]))
        screen.page.wait_for_timeout(60)
    everywhere = screen.page.eval_on_selector_all(
        ".board [data-number]", "all => all.map(each => each.dataset.number)"
    )
    assert {each.number for each in ten} <= set(everywhere), "all stand on the screen at once"
    counters = {each.number: each.counter for each in ten}
    seen = set()
    while len(screen.heard()) < 10:
        number, place = screen.page.evaluate(
            "[document.querySelector('#hero-number').dataset.number,"
            " document.querySelector('#hero-counter').textContent]"
        )
        if number in counters:
            seen.add(number)
            assert place.split()[-1] == counters[number], "each number with its own counter"
        screen.page.wait_for_timeout(50)
    assert screen.heard() == [each.number for each in ten]
    assert len(seen) > 7, "each stands huge while it is announced"
    screen.until(lambda: screen.hero() == "A-019")


def test_a_first_load_announces_nothing_and_a_call_shows_at_once(
    hall: Hall, open_screen: Callable[..., Screen]
) -> None:
    screen = open_screen()
    hall.push(view_of(call(5, "A-003", "1"), call(8, "B-007", "9")))
    screen.until(lambda: screen.hero() == "B-007", within_s=2)
    assert screen.place() == "Bilik 9"
    assert screen.heard() == ["B-007"]
    screen.until(
        lambda: screen.page.inner_text("#announce") == "Nomor B-007, silakan menuju Bilik 9."
    )


def test_calls_during_an_outage_are_announced_once_on_return(
    hall: Hall, open_screen: Callable[..., Screen]
) -> None:
    screen = open_screen()
    hall.cut()
    screen.page.wait_for_selector("#cut:not([hidden])", timeout=WAIT_S * 1000)
    assert "Terputus sejak" in screen.page.inner_text("#cut")
    assert screen.hero() == "A-003", "what is known stays"
    missed = [call(6, "A-004", "2"), call(7, "A-005", "3"), call(8, "A-006", "4")]
    over = call(9, "A-007", "5", current=False)
    hall.push(view_of(*missed, over))
    hall.mend()
    screen.until(lambda: len(screen.heard()) == 3)
    screen.page.wait_for_selector("#cut", state="hidden")
    assert screen.heard() == ["A-004", "A-005", "A-006"]


def test_a_reload_loses_nothing_and_repeats_nothing(
    hall: Hall, open_screen: Callable[..., Screen]
) -> None:
    screen = open_screen()
    first = call(6, "A-004", "2")
    hall.push(view_of(first))
    screen.until(lambda: screen.heard() == ["A-004"])
    hall.shown = view_of(first, call(7, "A-005", "3"))  # while the page is away
    screen.page.reload()
    screen.until(lambda: len(screen.heard()) > 0)
    screen.page.wait_for_timeout(1500)
    assert screen.heard() == ["A-005"]


def test_a_withdrawn_call_is_struck_out_and_not_spoken_of_again(
    hall: Hall, open_screen: Callable[..., Screen]
) -> None:
    screen = open_screen()
    hall.push(view_of(call(6, "A-004", "2")))
    screen.until(lambda: screen.heard() == ["A-004"])
    hall.push(view_of(call(6, "A-004", "2", withdrawn=True, current=False), seq=7))
    screen.until(lambda: screen.page.get_attribute("#hero", "data-tone") == "withdrawn")
    assert "dibatalkan" in screen.page.inner_text("#hero-label")
    assert screen.heard() == ["A-004"]


def test_the_voice_says_chime_and_sentence_where_sound_is_allowed(
    hall: Hall, open_screen: Callable[..., Screen]
) -> None:
    screen = open_screen(WITH_SOUND)
    screen.page.wait_for_selector("#sound[data-sound=on]")
    hall.push(view_of(call(6, "A-004", "2")))
    screen.until(lambda: len(screen.page.evaluate("played")) == 9)  # chime and eight clips


def test_the_screen_asks_for_a_touch_where_the_browser_wants_one(
    open_screen: Callable[..., Screen],
) -> None:
    screen = open_screen(GESTURE_WANTED)
    screen.page.wait_for_selector("#sound[data-sound=touch]")
    assert screen.page.inner_text("#sound") == "Sentuh untuk menyalakan suara"
    screen.page.click("#sound")
    screen.page.wait_for_selector("#sound[data-sound=on]")


@pytest.mark.parametrize("press", ["finger", "key"])
def test_a_slow_press_switches_the_sound_on_and_not_off_again(
    open_screen: Callable[..., Screen], press: str
) -> None:
    """The browser allows the sound at the press already, before the click that ends it."""
    screen = open_screen(GESTURE_WANTED)
    screen.page.wait_for_selector("#sound[data-sound=touch]")
    screen.page.focus("#sound")
    screen.page.hover("#sound")
    hands = screen.page.mouse if press == "finger" else screen.page.keyboard
    words = () if press == "finger" else ("Space",)
    hands.down(*words)
    screen.page.wait_for_selector("#sound[data-sound=on]")
    hands.up(*words)
    screen.page.wait_for_timeout(SETTLED_MS)
    assert screen.page.get_attribute("#sound", "data-sound") == "on"


def test_switching_the_sound_off_is_remembered_and_seen(open_screen: Callable[..., Screen]) -> None:
    screen = open_screen(WITH_SOUND)
    screen.page.wait_for_selector("#sound[data-sound=on]")
    screen.page.click("#sound")
    screen.page.wait_for_selector("#sound[data-sound=off]")
    screen.page.reload()
    screen.page.wait_for_selector("#sound[data-sound=off]")
    assert screen.page.inner_text("#sound") == "Suara mati"


def test_hostile_text_stays_text(hall: Hall, open_screen: Callable[..., Screen]) -> None:
    screen = open_screen()
    evil = "</script><img src=x onerror='window.ran=true'><script>window.ran=true</script>"
    hall.push(view_of(seq=9, name=evil, notice=wire.NoticeShown("n", evil)))
    screen.until(lambda: screen.page.inner_text("#notice-text") == evil)
    screen.page.reload()
    assert screen.page.inner_text("#branch") == evil
    assert screen.page.evaluate("window.ran") is None


def test_the_join_code_on_the_screen_can_be_scanned(
    hall: Hall, open_screen: Callable[..., Screen], tmp_path: Any
) -> None:
    screen = open_screen()
    shown = wire.JoinShown("http://10.0.0.2/b/bontang?j=new", "new", FOR_LONG)
    hall.push(view_of(seq=9, join=shown))
    screen.page.wait_for_selector("#join-code[src$='code=new']")
    screen.page.wait_for_timeout(200)
    screen.page.screenshot(path=tmp_path / "board.png")
    (code,) = zxingcpp.read_barcodes(Image.open(tmp_path / "board.png"))
    assert code.text == "http://10.0.0.2/b/bontang?j=new"


OVERFLOW = """
    [...document.querySelectorAll('.board-screen body *')].filter(each => {
        const box = each.getBoundingClientRect();
        const cut = each.closest('#earlier, .visually-hidden, .skip-link');
        return box.width && !cut && (box.right > innerWidth + 1 || box.left < -1);
    }).map(each => each.id || each.className || each.tagName)
"""
# Rows out of the list's box, or lower than their figures (which are 0.67 of the font's size high).
CUT_OFF = """
    [...document.querySelectorAll('#current li')].filter(row => {
        const box = row.getBoundingClientRect();
        const list = document.querySelector('#lists').getBoundingClientRect();
        const size = parseFloat(getComputedStyle(row.firstElementChild).fontSize);
        return box.bottom > list.bottom + 1 || box.height < size * 0.75;
    }).map(row => row.textContent.trim())
"""
# Of one row, or of two rows under one another, what lies on something else.
OVERLAPS = """
    [...document.querySelectorAll('#current li')].filter((row, i, rows) => {
        const parts = [...row.children].map(each => each.getBoundingClientRect());
        const side = parts.some((each, j) => j && each.width && each.left < parts[j - 1].right - 1);
        const below = rows.slice(i + 1).map(each => each.getBoundingClientRect());
        const box = row.getBoundingClientRect();
        return side || below.some(each => each.top < box.bottom - 1 && each.left < box.right - 1
            && each.right > box.left + 1);
    }).map(row => row.textContent.trim())
"""
WANTS_A_TOUCH = f"""
    const button = document.querySelector('#sound');
    button.hidden = false;
    button.dataset.sound = 'touch';
    document.querySelector('#sound-text').textContent = '{Words("id")("board-sound-touch")}';
"""
NUMERAL = "document.querySelector('#hero-number').getBoundingClientRect().height"
BANNER = Words("id")("board-stale", time="10.42")
SIZES = [
    (1366, 768),
    (1920, 1080),
    (1080, 1920),
    (360, 640),
    (1280, 720),
    (3840, 2160),
    (768, 1024),
]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("query", ["", "?lang=en&theme=light"])
def test_the_screen_fits(
    hall: Hall, open_screen: Callable[..., Screen], width: int, height: int, query: str
) -> None:
    screen = open_screen(GESTURE_WANTED, width, height, query)
    for others in (0, 3, 5, 7, 8, 12, 15):
        old = datetime.now(UTC) - timedelta(minutes=4)
        calls = [call(i, f"A-{998 + i}", str(i % 9 + 1), at=old) for i in range(1, others + 1)]
        hall.shown = view_of(*calls, call(20 + others, "A-012", "3", at=old))
        screen.page.evaluate("localStorage.clear()")  # a first load announces nothing
        screen.page.reload()
        # What takes room: the line is cut, and the browser wants a touch before it speaks.
        screen.page.evaluate(WANTS_A_TOUCH)
        screen.page.evaluate("document.querySelector('#cut').hidden = false")
        screen.page.evaluate(f"document.querySelector('#cut-text').textContent = '{BANNER}'")
        assert screen.page.locator("#current li").count() == others
        assert screen.page.evaluate(OVERFLOW) == []
        assert screen.page.evaluate(NUMERAL) >= height / 7
        if width > 700:
            assert screen.page.evaluate("document.scrollingElement.scrollHeight") <= height
            assert screen.page.evaluate(CUT_OFF) == [], f"cut off, of {others}"
            assert screen.page.evaluate(OVERLAPS) == [], f"on each other, of {others}"


def test_the_longest_numbers_fit(hall: Hall, open_screen: Callable[..., Screen]) -> None:
    for width, height in SIZES:
        for number in ("A-1000", "A-88888"):
            hall.shown = view_of(call(1, number, "VIP12345"), call(2, "B" + number[1:], "TIMUR2"))
            screen = open_screen(GESTURE_WANTED, width, height)
            assert screen.page.evaluate(OVERFLOW) == []
            inside = "document.querySelector('#hero-number').scrollWidth <= "
            assert screen.page.evaluate(inside + "document.querySelector('#hero').clientWidth")


LONGEST_NAME = "Kantor Cabang Pelayanan Ketenagakerjaan Kabupaten Penajam Paser Utara Nusantara"
LONGEST_NOTICE = ("Sistem pusat sedang lambat, mohon bersabar. " * 10)[:280]
EVERY_LETTER = dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1234)
# What is read, where it leaves the screen or its own box, or lies on something else that is read.
UNREADABLE = """() => {
    const read = [...document.querySelectorAll(
        `#branch, #today, .board-clock, #hero-label, #hero-number, #hero-counter, #rest-title,
        #rest-text, #lists h2, .board-rows li, #more, #notice, .board-waiting li, #join, #join h2,
        #join p, #no-join`)].filter((each) => each.getBoundingClientRect().width > 0);
    const named = (each) => each.id || each.textContent.trim();
    const box = (each) => each.getBoundingClientRect();
    const within = (a, b) => a.top >= b.top - 1 && a.left >= b.left - 1
        && a.bottom <= b.bottom + 1 && a.right <= b.right + 1;
    const apart = (a, b) => a.bottom <= b.top + 2 || b.bottom <= a.top + 2
        || a.right <= b.left + 2 || b.right <= a.left + 2;
    const screen = {top: 0, left: 0, bottom: innerHeight, right: innerWidth};
    const holder = (each) => each.closest("#hero, #rest, #lists") || document.body;
    const out = read.filter((each) =>
        !within(box(each), screen) || !within(box(each), box(holder(each))));
    const torn = [...document.querySelectorAll("#current li > *")].filter((part) =>
        part.getBoundingClientRect().width && (box(part).height - box(part.parentElement).height > 8
            || part.scrollWidth > part.clientWidth + 1));
    const on = read.filter((each, i) => read.slice(i + 1).some((other) =>
        !each.contains(other) && !other.contains(each) && !apart(box(each), box(other))));
    return [...out, ...torn, ...on].map(named);
}"""


def longest(count: int, **other: Any) -> wire.BoardView:
    """So many calls, and every word as long as a branch may make it."""
    old = datetime.now(UTC) - timedelta(minutes=125)
    calls = [call(i, f"A-{1000 + i}", f"MENARA{i:02d}", at=old) for i in range(1, count + 1)]
    usual: dict[str, Any] = {
        "name": LONGEST_NAME,
        "notice": wire.NoticeShown("n", LONGEST_NOTICE),
        "waiting": EVERY_LETTER,
        "seq": 99,
    }
    return view_of(*calls, **{**usual, **other})


@pytest.mark.parametrize(
    ("width", "height"), [(1366, 768), (1920, 1080), (768, 1024), (1080, 1920)]
)
def test_any_name_of_any_length_stands_whole(
    hall: Hall, open_screen: Callable[..., Screen], width: int, height: int
) -> None:
    screen = open_screen(GESTURE_WANTED, width, height)
    later = datetime.now(UTC) + timedelta(days=20)
    for shown in (
        longest(1),
        longest(8),
        longest(16, expected=31),
        longest(0),
        longest(0, open=False, opens_at=later, waiting={}),
        longest(3, opens_at=later),
    ):
        hall.shown = shown
        screen.page.evaluate("localStorage.clear()")
        screen.page.reload()
        screen.page.wait_for_selector("#sound[data-sound=touch]")
        screen.page.evaluate("document.fonts.ready")
        assert screen.page.evaluate(UNREADABLE) == [], (shown.screen.state, len(shown.calls))
    hall.push(view_of(seq=100))
    screen.until(lambda: screen.page.inner_text("#branch") != LONGEST_NAME)
    assert screen.page.evaluate("document.querySelectorAll('[style*=font-size]').length") == 0
    hall.push(longest(0, seq=101))
    screen.until(lambda: screen.page.inner_text("#branch") == LONGEST_NAME)
    assert screen.page.evaluate(UNREADABLE) == []
