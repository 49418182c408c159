"""What the hall is told: every call once, in order, whatever happens to the screen meanwhile."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import PATIENT_MS, Board, Crowd, Line

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

DESKS = tuple("12345678")
BOOTH = "9"
WAIT_S = 60


async def hall_of(house: House, waiting: int, counters: tuple[str, ...]) -> None:
    """So many people wait, and these counters are open."""
    for _ in range(waiting):
        await house.issue("A")
    for counter in counters:
        await house.open_counter(counter)


async def until(board: Board, announced: list[str]) -> None:
    """Waits until the hall has heard as many calls, and compares."""
    async with asyncio.timeout(WAIT_S):
        while len(board.calls) < len(announced):
            await board.page.wait_for_timeout(50)
    assert board.calls == announced


async def test_ten_calls_within_a_second_are_ten_announcements(house: House, crowd: Crowd) -> None:
    await hall_of(house, 10, (*DESKS, BOOTH))
    board = await crowd.silent_board()
    began = asyncio.get_running_loop().time()
    called = await asyncio.gather(*(house.call_next(each) for each in (*DESKS, BOOTH, BOOTH)))
    assert asyncio.get_running_loop().time() - began < 1
    places = dict(zip(called, (*(f"Loket {n}" for n in DESKS), *["Bilik 9"] * 2), strict=True))
    for number, place in places.items():
        await board.shows(number, place)
    in_order = [call["number"] for call in (await house.see("display", "/board"))["calls"]]
    assert sorted(in_order) == sorted(called)
    await until(board, in_order[::-1])


async def test_three_calls_during_an_outage_are_heard_on_return(house: House, crowd: Crowd) -> None:
    await hall_of(house, 5, ("1", "2", "3", "4"))
    line = Line()
    board = await crowd.silent_board(line=line)
    first = await house.call_next("4")
    await board.shows(first, "Loket 4")
    await line.cut()
    await expect(board.find("#cut")).to_contain_text("Terputus sejak", timeout=PATIENT_MS)
    missed = [await house.call_next(each) for each in ("1", "2", "3")]
    over = missed.pop(1)
    await house.do("officer2", f"/tickets/{over}/finish")
    assert board.calls == [first]
    line.mend()
    for number, place in zip(missed, ("Loket 1", "Loket 3"), strict=True):
        await board.shows(number, place, PATIENT_MS)
    await expect(board.find("#cut")).to_be_hidden()
    await until(board, [first, *missed])


async def test_a_screen_that_is_switched_on_tells_nothing_old(house: House, crowd: Crowd) -> None:
    await hall_of(house, 3, ("1", "2"))
    old = await house.call_next("1")
    board = await crowd.silent_board()
    await board.shows(old, "Loket 1")
    new = await house.call_next("2")
    await until(board, [new])


async def test_a_reload_in_the_middle_repeats_nothing_and_loses_nothing(
    house: House, crowd: Crowd
) -> None:
    await hall_of(house, 6, ("1", "2", "3", "4", "5", "6"))
    board = await crowd.silent_board()
    called = [await house.call_next(each) for each in ("1", "2", "3")]
    await until(board, called[:1])
    await board.page.goto("about:blank")
    called += [await house.call_next(each) for each in ("4", "5")]
    await board.page.go_back()
    called.append(await house.call_next("6"))
    await until(board, called)


async def test_a_call_again_is_announced_and_one_taken_back_is_struck_out(
    house: House, crowd: Crowd
) -> None:
    await hall_of(house, 2, ("1", "2"))
    board = await crowd.silent_board()
    number = await house.call_next("1")
    await until(board, [number])
    await house.do("officer1", f"/tickets/{number}/undo")
    await expect(board.find("#hero-label")).to_contain_text("dibatalkan")
    again = await house.call_next("2")
    assert again == number
    await until(board, [number, number])
    await board.shows(number, "Loket 2")
