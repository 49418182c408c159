"""The officers: call next, wait, serve, finish; pause, park, skip who does not come."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from queue_server.rehearse.client import TurnedAway
from queue_server.rehearse.hall import Guest, Hall
from queue_server.rehearse.lobby import somebody_waits
from queue_server.rehearse.script import WALK_S, Script

PATIENCE_S = WALK_S[1] + 30.0
"""How long an officer waits for somebody to come, in the played day."""
ANSWER_GRACE_S = 2.0
"""… but at least this long by our clock: a fast day must not skip people the network has not told
yet.
"""
RECALL_GAP_S = 21.0
"""By our clock: the server's `recall_gap_s` is 20."""
RECALLS_UP_TO_SPEED = 20.0
"""Faster than this a recall would come hours late; the officer skips with a confirmation instead.
"""
BREATH_S = 0.05
"""Of our clock: the board may still show somebody whom another counter has just called."""
REFUSED_S = 1.0
"""Of our clock: where a counter may not call for now, asking again at once changes nothing."""
IDLE_S = 300.0
"""Between two looks where nobody waits; the board tells sooner."""
PARKED_S = 900.0


@dataclass
class Post:
    """A counter and who is at it."""

    counter: str
    token: str
    seats: int = 1
    parked: list[tuple[float, Guest]] = field(default_factory=list)
    """Who went to fetch a paper, and when (of the played day) they are back."""


async def work(hall: Hall, post: Post, script: Script) -> None:
    """Opens the counter and serves at every seat of it, until cancelled."""
    await _open(hall, post)
    there = await _there_already(hall, post)
    async with asyncio.TaskGroup() as seats:
        for seat in range(post.seats):
            seats.create_task(_serve_on(hall, post, script, there[seat :: post.seats]))


async def _open(hall: Hall, post: Post) -> None:
    """A counter that is open already is taken as it is, and out of the pause it was left in; a new
    day begins with closed ones.
    """
    for verb in ("open", "resume"):
        with suppress(TurnedAway):
            await hall.client.post(hall.path(f"counters/{post.counter}/{verb}"), post.token)
            return


async def _there_already(hall: Hall, post: Post) -> list[str]:
    """Whom this counter holds from before: players who were stopped left them sitting there."""
    try:
        desk = await hall.client.get(hall.path(f"counters/{post.counter}/desk"), post.token)
    except TurnedAway as no:
        hall.refuse(no.code)
        return []
    return [ticket["number"] for ticket in desk["open_tickets"]]


async def _serve_on(hall: Hall, post: Post, script: Script, there: list[str]) -> None:
    for number in there:
        await _serve_stranger(hall, post, number)
    served = 0
    while True:
        guest = await _back_with_paper(hall, post) or await _next_guest(hall, post)
        if guest is None:
            await asyncio.sleep(BREATH_S)
            await somebody_waits(hall, IDLE_S)
        elif await _serve(hall, post, guest):
            served += 1
            if post.seats == 1 and served % script.pause_every == 0:
                await _pause(hall, post, script.pause_s)


async def _next_guest(hall: Hall, post: Post) -> Guest | None:
    """Whoever the rules call, once they have come; None where nobody waits or nobody came."""
    if hall.day_is_over():
        return None
    try:
        path = hall.path(f"counters/{post.counter}/call-next")
        number = (await hall.client.post(path, post.token))["number"]
    except TurnedAway as no:
        hall.refuse(no.code)
        if no.code == "counter_not_open":
            await _open(hall, post)
        if no.code != "nobody_waiting":
            await asyncio.sleep(REFUSED_S)
        return None
    guest = hall.guests.get(number)
    if guest is None:
        await _serve_stranger(hall, post, number)
        return None
    return guest if await _comes(hall, post, guest) else None


async def _serve_stranger(hall: Hall, post: Post, number: str) -> None:
    """Somebody else's ticket (a newcomer trying the demo): served after a while all the same."""
    await hall.pace.sleep(PATIENCE_S)
    await _ticket(hall, post, number, "start")
    await hall.pace.sleep(PATIENCE_S)
    await _ticket(hall, post, number, "finish")


async def _back_with_paper(hall: Hall, post: Post) -> Guest | None:
    """Whoever is back, called again to the free seat."""
    due = [entry for entry in post.parked if entry[0] <= hall.pace.now_s]
    if not due:
        return None
    post.parked.remove(due[0])
    guest = due[0][1]
    called = await _ticket(hall, post, guest.number, "unpark", counter=post.counter)
    return guest if called else None


async def _serve(hall: Hall, post: Post, guest: Guest) -> bool:
    """One person at one seat; False where they are not done with."""
    if not await _ticket(hall, post, guest.number, "start"):
        return False
    if guest.person.forgets_a_paper and not guest.fetched_paper:
        guest.fetched_paper = True
        await hall.pace.sleep(guest.person.service_s / 3)
        if await _ticket(hall, post, guest.number, "park"):
            post.parked.append((hall.pace.now_s + PARKED_S, guest))
            return False
    await hall.pace.sleep(guest.person.service_s)
    await _ticket(hall, post, guest.number, "finish", outcome="served")
    await guest.leave(hall.board_changed)
    return True


async def _comes(hall: Hall, post: Post, guest: Guest) -> bool:
    """Waits for the person, recalls where there is time for it, then skips."""
    patience_s = max(PATIENCE_S, ANSWER_GRACE_S * hall.pace.speed)
    recalls = 2 if hall.pace.speed <= RECALLS_UP_TO_SPEED else 0
    for recalls_left in range(recalls, -1, -1):
        try:
            async with asyncio.timeout(patience_s / hall.pace.speed):
                await guest.at_counter.wait()
        except TimeoutError:
            pass
        else:
            return True
        if recalls_left:
            await asyncio.sleep(max(0.0, RECALL_GAP_S - patience_s / hall.pace.speed))
            await _ticket(hall, post, guest.number, "recall")
    await _ticket(hall, post, guest.number, "skip", confirm=True)
    guest.at_counter.clear()
    return False


async def _ticket(hall: Hall, post: Post, number: str, verb: str, **body: object) -> bool:
    try:
        await hall.client.post(hall.path(f"tickets/{number}/{verb}"), post.token, body)
    except TurnedAway as no:
        hall.refuse(no.code)
        return False
    return True


async def _pause(hall: Hall, post: Post, pause_s: float) -> None:
    path = hall.path(f"counters/{post.counter}")
    with suppress(TurnedAway):
        await hall.client.post(f"{path}/pause", post.token, {"reason": "break"})
        await hall.pace.sleep(pause_s)
        await hall.client.post(f"{path}/resume", post.token)
