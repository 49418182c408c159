"""Nobody's sockets take all places: one ticket's, many unproven ones', one sign-in's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from queue_server.settings import Settings
from queue_server.web.ends import End, Ended
from queue_server.web.places import Entering, Holder, Places

LIMITS = {
    "sockets_max": 20,
    "sockets_per_ticket_max": 4,
    "sockets_per_address_max": 10,
    "sockets_kept_share": 0.2,
    "sockets_unproven_share": 0.25,
    "sockets_entering_max": 3,
}
OFFICER = Holder("o1")
BOARD = Holder("device:b")


class Hall:
    """Sockets that stay until they are cut or leave."""

    def __init__(self, **limits: float) -> None:
        self.places = Places(Settings.model_validate(LIMITS | limits))
        self.cut: list[tuple[str, End]] = []
        self._stacks: list[ExitStack] = []

    def come(self, holder: Holder, times: int = 1) -> None:
        for _ in range(times):
            stack = ExitStack()
            self._stacks.append(stack)
            stack.enter_context(
                self.places.seat(holder, lambda end: self.cut.append((holder.name, end)))
            )

    def refused(self, holder: Holder) -> bool:
        try:
            self.come(holder)
        except Ended as ended:
            return ended.end is End.TOO_MANY
        return False

    def all_go(self) -> None:
        for stack in self._stacks:
            stack.close()


def phone(
    name: str, address: str = "10.0.0.1", proven: Callable[[], bool] = lambda: True
) -> Holder:
    return Holder(f"ticket:{name}", address, proven)


@pytest.fixture
async def hall() -> Hall:
    return Hall()


async def test_a_tickets_newest_displaces_its_oldest(hall: Hall) -> None:
    hall.come(phone("A-001"), times=4)
    assert hall.cut == []
    hall.come(phone("A-001"), times=300)
    assert hall.cut == [("ticket:A-001", End.ELSEWHERE)] * 300
    hall.come(phone("A-002"), times=4)
    assert len(hall.cut) == 300


async def test_phones_leave_places_for_staff_and_screens(hall: Hall) -> None:
    for n in range(16):
        hall.come(phone(f"A-{n}", address=f"10.0.0.{n}"))
    assert hall.refused(phone("A-016", address="10.0.0.16"))
    hall.come(OFFICER, times=2)
    hall.come(BOARD, times=2)
    assert hall.cut == []


async def test_of_one_address_come_so_many_phones_and_all_of_the_staff(hall: Hall) -> None:
    for n in range(10):
        hall.come(phone(f"A-{n}"))
    assert hall.refused(phone("A-010"))
    hall.come(phone("A-011", address="10.0.0.2"))
    hall.come(OFFICER)


async def test_numbers_nobody_has_seen_have_a_part_of_their_own(hall: Hall) -> None:
    for n in range(5):
        hall.come(phone(f"A-{n}", proven=lambda: False))
    assert hall.refused(phone("A-005", proven=lambda: False))
    hall.come(phone("A-006"))


async def test_whoever_was_seen_meanwhile_counts_there_no_more(hall: Hall) -> None:
    seen: set[str] = set()
    for n in range(5):
        hall.come(phone(f"A-{n}", proven=lambda: "A-0" in seen))
    seen.add("A-0")
    assert not hall.refused(phone("A-005", proven=lambda: False))


async def test_a_full_part_does_not_look_again_for_each_who_comes(hall: Hall) -> None:
    looks = 0

    def never() -> bool:
        nonlocal looks
        looks += 1
        return False

    for n in range(5):
        hall.come(phone(f"A-{n}", proven=never))
    looks = 0
    for n in range(5, 105):
        assert hall.refused(phone(f"A-{n}", address=f"10.0.1.{n}", proven=lambda: False))
    assert looks <= 5


async def test_in_a_full_house_the_sign_in_with_most_gives_way(hall: Hall) -> None:
    hall.come(OFFICER, times=20)
    assert hall.refused(OFFICER)
    hall.come(BOARD)
    hall.come(phone("A-001"))
    assert hall.cut == [("o1", End.TOO_MANY)] * 2


async def test_in_a_house_full_of_ones_nobody_gives_way(hall: Hall) -> None:
    for n in range(20):
        hall.come(Holder(f"o{n}"))
    assert hall.refused(BOARD)
    assert hall.cut == []


async def test_whoever_goes_leaves_nothing_behind(hall: Hall) -> None:
    hall.come(phone("A-001", proven=lambda: False), times=9)
    hall.come(OFFICER, times=3)
    hall.all_go()
    for n in range(5):
        hall.come(phone(f"A-{n}", proven=lambda: False))
        hall.come(phone(f"B-{n}"))
    hall.come(BOARD, times=10)
    assert [cut for cut in hall.cut if cut[1] is End.TOO_MANY] == []


async def test_the_oldest_of_the_address_with_most_makes_room_at_the_entrance(
    hall: Hall,
) -> None:
    """Three that say nothing: one of somebody honest, two of one address."""
    inside = asyncio.Event()
    ends: asyncio.Queue[tuple[str, End]] = asyncio.Queue()

    async def say_nothing(name: str, address: str) -> None:
        try:
            with hall.places.entrance(address) as entering:
                await _wait(entering, inside)
        except Ended as ended:
            ends.put_nowait((name, ended.end))

    async with asyncio.TaskGroup() as crowd:
        for name, address in (("honest", "a"), ("first", "b"), ("second", "b"), ("third", "b")):
            crowd.create_task(say_nothing(name, address))
        async with asyncio.timeout(5):
            assert await ends.get() == ("first", End.TOO_MANY)
        inside.set()
    assert ends.empty()


async def test_whoever_says_nothing_is_asked_to_sign_in(hall: Hall) -> None:
    with pytest.raises(Ended) as ended, hall.places.entrance("a") as entering:
        async with entering.within(0):
            await asyncio.Event().wait()
    assert ended.value.end is End.SIGN_IN


async def _wait(entering: Entering, inside: asyncio.Event) -> None:
    async with entering.within(60):
        await inside.wait()
