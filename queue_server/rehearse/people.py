"""The people: take a number, wait at a distance, come when called, or do not."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from queue_server.rehearse.client import TurnedAway
from queue_server.rehearse.hall import Fields, Guest, Hall
from queue_server.rehearse.lobby import hear_call
from queue_server.rehearse.script import Person
from queue_server.wire import OVER

ISSUES_AS = {"guard": "guard", "kiosk": "kiosk"}
LOOKS_AWAY_S = 600.0
"""How long somebody who missed a call takes to notice."""


async def visit(hall: Hall, person: Person) -> None:
    """One person's whole day at the branch, from the door to the door."""
    await hall.pace.until(person.arrives_s)
    guest = await _take_number(hall, person)
    if guest is None:
        hall.turned_away += 1
    else:
        hall.guests[guest.number] = guest
        follow = _follow_phone if guest.has_phone else _listen
        cancels = asyncio.create_task(_cancel_later(hall, guest))
        try:
            await follow(hall, guest)
        finally:
            guest.gone_s = hall.pace.now_s
            cancels.cancel()
            with suppress(asyncio.CancelledError):
                await cancels
    hall.done += 1


async def _take_number(hall: Hall, person: Person) -> Guest | None:
    """By phone (the guard then proves presence), at the kiosk, or from the guard."""
    body: Fields = {"service": person.service}
    if person.priority:
        body["priority"] = True
    token = hall.tokens[ISSUES_AS[person.channel]] if person.channel in ISSUES_AS else None
    try:
        answer = await hall.client.post(hall.path("tickets"), token, body)
        if not answer["presence"]:
            path = hall.path(f"tickets/{answer['number']}/confirm-presence")
            await hall.client.post(path, hall.tokens["guard"])
        if person.priority and person.channel != "guard":
            path = hall.path(f"tickets/{answer['number']}/prioritise")
            await hall.client.post(path, hall.tokens["guard"], {"on": True})
    except TurnedAway as no:
        hall.refuse(no.code)
        return None
    return Guest(
        person,
        answer["number"],
        answer["secret"] or "",
        taken_s=hall.pace.now_s,
        misses_left=person.misses,
        has_phone=person.channel == "phone",
    )


async def _follow_phone(hall: Hall, guest: Guest) -> None:
    """Acts on what the phone shows, until the ticket has ended."""
    async for view in hall.client.views("/ws/ticket", guest.secret):
        stage = view["stage"]
        if stage == "called":
            call = view["counter"], view["called_at"]
            if call not in guest.calls_seen:
                guest.calls_seen.add(call)
                await _answer_call(hall, guest)
        if guest.stages[-1:] != [stage]:
            guest.stages.append(stage)
            await _act_on(hall, guest, view)
        if stage in OVER or (stage == "missed" and not _will_rejoin(guest, view)):
            return


async def _act_on(hall: Hall, guest: Guest, view: Fields) -> None:
    person = guest.person
    if view["stage"] in ("ready", "next") and person.defers and "defer" in view["can"]:
        await _own(hall, guest, "defer")
    elif view["stage"] == "missed" and _will_rejoin(guest, view):
        await hall.pace.sleep(LOOKS_AWAY_S)
        await _own(hall, guest, "rejoin")
    elif view["stage"] == "finished" and person.stars:
        await _own(hall, guest, "rating", {"stars": person.stars})


def _will_rejoin(guest: Guest, view: Fields) -> bool:
    return guest.person.rejoins and "rejoin" in view["can"]


async def _listen(hall: Hall, guest: Guest) -> None:
    """Without a phone: watches the board, and asks the guard where nothing happens for long."""
    seq = 0
    while not guest.served:
        newest = await hear_call(hall, guest, seq, LOOKS_AWAY_S)
        if newest > seq:
            seq = newest
            await _answer_call(hall, guest)
            continue
        stage = await _stage(hall, guest)
        if stage in OVER or (stage == "missed" and not await _guard_lets_back(hall, guest)):
            return


async def _guard_lets_back(hall: Hall, guest: Guest) -> bool:
    if not guest.person.rejoins:
        return False
    try:
        path = hall.path(f"tickets/{guest.number}/rejoin")
        await hall.client.post(path, hall.tokens["guard"])
    except TurnedAway as no:
        hall.refuse(no.code)
        return no.code != "no_rejoins_left"
    return True


async def _stage(hall: Hall, guest: Guest) -> str:
    view = await hall.client.get("/ticket", guest.secret)
    stage: str = view["stage"]
    return stage


async def _answer_call(hall: Hall, guest: Guest) -> None:
    """Walks over, or does not hear it this time."""
    if guest.waited_s is None:
        guest.waited_s = hall.pace.now_s - guest.taken_s
    if guest.misses_left:
        guest.misses_left -= 1
        return
    if guest.secret:
        await _own(hall, guest, "coming")
    await hall.pace.sleep(guest.person.walks_s)
    guest.at_counter.set()


async def _cancel_later(hall: Hall, guest: Guest) -> None:
    """Has to leave after a while."""
    if guest.person.cancels_after_s is None:
        return
    await hall.pace.sleep(guest.person.cancels_after_s)
    await _own(hall, guest, "cancel")


async def _own(hall: Hall, guest: Guest, verb: str, body: Fields | None = None) -> None:
    """The participant's own command; a no is an answer."""
    try:
        await hall.client.post(f"/ticket/{verb}", guest.secret, body)
    except TurnedAway as no:
        hall.refuse(no.code)
