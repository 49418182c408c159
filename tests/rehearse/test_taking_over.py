"""Played officers who come back: to whom they left sitting there, out of the pause they took."""

import asyncio
from typing import Any, cast

from queue_server.rehearse.client import Client, TurnedAway
from queue_server.rehearse.hall import Hall, HallPace
from queue_server.rehearse.officers import Post, work
from queue_server.rehearse.script import Script

FAST = 1e6
DAY = Script((), pause_every=12, pause_s=240)


class OneCounter:
    """A server with one counter, as far as an officer notices. Nobody waits there."""

    def __init__(self, state: str, *numbers: str) -> None:
        self.state = state
        self.numbers = list(numbers)
        self.asked: list[str] = []
        self.idle = asyncio.Event()

    async def get(self, path: str, token: str | None = None) -> dict[str, Any]:
        return {"open_tickets": [{"number": number} for number in self.numbers]}

    async def post(self, path: str, token: str | None = None, body: object = None) -> Any:
        *_, name, verb = path.split("/")
        self.asked.append(f"{name} {verb}")
        if verb == "open" and self.state != "closed":
            raise TurnedAway(409, {"code": "wrong_state"})
        if verb in ("open", "resume"):
            self.state = "open"
        if verb == "finish":
            self.numbers.remove(name)
        if verb == "call-next":
            self.idle.set()
            full = len(self.numbers) > 0
            code = "counter_full" if full else "nobody_waiting"
            raise TurnedAway(409, {"code": code if self.state == "open" else "counter_not_open"})
        return {}


async def take_over(server: OneCounter) -> Hall:
    hall = Hall(cast(Client, server), "bontang", HallPace(FAST), {})
    officer = asyncio.create_task(work(hall, Post("2", "token"), DAY))
    async with asyncio.timeout(5):
        await server.idle.wait()
    officer.cancel()
    await asyncio.gather(officer, return_exceptions=True)
    return hall


async def test_whoever_was_left_at_the_counter_is_served_before_the_next_is_called() -> None:
    server = OneCounter("open", "A-244")
    hall = await take_over(server)
    assert server.asked.index("A-244 finish") < server.asked.index("2 call-next")
    assert hall.refused.keys() <= {"nobody_waiting"}


async def test_a_pause_from_before_ends() -> None:
    server = OneCounter("paused")
    hall = await take_over(server)
    assert server.state == "open"
    assert hall.refused.keys() <= {"nobody_waiting"}


async def test_a_counter_that_may_not_call_is_not_asked_again_at_once() -> None:
    server = OneCounter("closed")
    hall = Hall(cast(Client, server), "bontang", HallPace(FAST), {})
    hall.waiting = 1  # somebody else's
    server.numbers = ["B-001"]

    async def nobody(path: str, token: str | None = None) -> dict[str, Any]:
        return {"open_tickets": []}

    server.get = nobody  # type: ignore[method-assign]
    officer = asyncio.create_task(work(hall, Post("2", "token"), DAY))
    await asyncio.sleep(0.4)
    officer.cancel()
    await asyncio.gather(officer, return_exceptions=True)
    assert server.asked.count("2 call-next") == 1
