"""The screen's pages over HTTP: the first state, the join code, and a door that stays shut."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from queue_server import wire
from tests.display_board.hall import Hall, call, view_of


async def page(hall: Hall, path: str = "/board/bontang") -> httpx.Response:
    transport = httpx.ASGITransport(app=hall.app())
    async with httpx.AsyncClient(transport=transport, base_url="http://board") as client:
        return await client.get(path)


async def text(view: wire.BoardView, path: str = "/board/bontang") -> str:
    answer = await page(Hall(view), path)
    assert answer.status_code == 200
    return answer.text


async def test_the_first_state_shows_the_calls_with_their_counters() -> None:
    html = await text(view_of(call(4, "A-011", "2"), call(5, "A-012", "3"), call(6, "D-001", "9")))
    assert 'id="hero-number" data-number="D-001"' in html
    assert ">Bilik 9</p>" in html
    assert html.index('data-number="A-012"') < html.index('data-number="A-011"')
    assert "Loket 3" in html


async def test_every_call_still_current_is_on_the_screen() -> None:
    numbers = [f"A-{n:03d}" for n in range(1, 13)]
    html = await text(view_of(*[call(i, n, str(i % 9 + 1)) for i, n in enumerate(numbers, 1)]))
    assert all(f'data-number="{number}"' in html for number in numbers)


async def test_the_screen_speaks_english_when_asked() -> None:
    html = await text(view_of(call(5, "A-012", "3")), "/board/bontang?lang=en")
    assert "Now calling" in html
    assert "Counter 3" in html


async def test_waiting_is_counted_by_letter_only() -> None:
    html = await text(view_of(waiting={"B": 3, "A": 12}))
    assert html.index(">A</span>") < html.index(">B</span>")
    assert '<span class="board-count">12</span>' in html


async def test_without_scripts_the_page_asks_again_by_itself() -> None:
    html = await text(view_of())
    assert '<noscript><meta http-equiv="refresh"' in html


async def test_it_is_dark_unless_asked_to_be_light() -> None:
    assert 'data-theme="dark"' in await text(view_of())
    assert 'data-theme="light"' in await text(view_of(), "/board/bontang?theme=light")


EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


async def test_a_notice_stays_a_sentence() -> None:
    html = await text(view_of(notice=wire.NoticeShown("n", EVIL), name=EVIL))
    assert "<script>alert" not in html
    assert "<img src=x" not in html


SOON = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({}, "Belum ada panggilan"),
        ({"open": False, "waiting": {}}, "Sudah tutup"),
        ({"open": False, "waiting": {}}, "Pelayanan hari ini sudah selesai."),
        ({"open": False, "waiting": {}, "over": False}, "Belum buka"),
        ({"open": False, "waiting": {}, "over": False}, "Nomor antrean dibuka oleh petugas."),
        ({"open": False, "waiting": {}, "opens_at": SOON}, "Belum buka"),
        ({"open": False, "waiting": {}, "opens_at": SOON + timedelta(days=1)}, "dibuka besok"),
        ({"open": True, "opens_at": SOON + timedelta(days=1)}, "Nomor antrean dibuka besok"),
    ],
)
async def test_a_quiet_hall_says_so(other: dict[str, Any], words: str) -> None:
    opens = other.get("opens_at")
    # As seen now: a run of all tests may begin on another day.
    at = {"opens_at": datetime.now(UTC) + opens} if opens else {}
    assert words in await text(view_of(**{**other, **at}))


async def test_a_withdrawn_call_is_shown_as_withdrawn_then_goes() -> None:
    just_now = datetime.now(UTC)
    gone = call(5, "A-012", withdrawn=True, current=False, at=just_now)
    assert "Panggilan dibatalkan" in await text(view_of(gone))
    long_ago = call(5, "A-012", withdrawn=True, current=False, at=just_now - timedelta(minutes=2))
    assert 'data-number="A-012"' not in await text(view_of(long_ago))


async def test_the_join_code_is_a_picture_of_its_own() -> None:
    hall = Hall(view_of())
    answer = await page(hall, "/board/bontang/join.svg?code=9f2a")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "no-store"
    assert "<path" in answer.text
    hall.shown = view_of(join=None)
    assert (await page(hall, "/board/bontang/join.svg")).status_code == 404


async def test_a_screen_without_the_right_is_told_how_to_become_one() -> None:
    answer = await page(Hall(view_of(call(5, "A-012")), allowed=False))
    assert answer.status_code == 403
    assert answer.text == "how bontang pairs a screen"
    assert "A-012" not in answer.text
