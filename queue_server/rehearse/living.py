"""A branch that lives: people come and are served slowly, for
ever, so that a newcomer sees something happen.
"""

from __future__ import annotations

import asyncio
import sys
from random import Random

from queue_server.rehearse import script
from queue_server.rehearse.client import Client, TurnedAway, Unreachable
from queue_server.rehearse.hall import Hall, HallPace
from queue_server.rehearse.lobby import watch_board
from queue_server.rehearse.officers import work
from queue_server.rehearse.people import visit
from queue_server.rehearse.play import Options, posts, read_tokens

LIVING_SPEED = 8.0
"""A service of nine minutes takes a little over one: slow enough to watch, fast enough to see."""
OFFICERS = 4
FEW, MANY = 16, 24
"""People in the hall: below they come quickly, above they keep away."""
COMES_S, HURRIES_S = 20.0, 2.0
AGAIN_S = 10.0
AT_ONCE_MAX = 40


async def live(options: Options) -> None:
    """Keeps the branch alive until cancelled, whatever the server does meanwhile."""
    tokens = read_tokens(options.credentials)
    while True:
        async with Client(options.url) as client:
            hall = Hall(client, options.branch, HallPace(LIVING_SPEED), tokens)
            try:
                await _live(hall, options)
            except* (Unreachable, TurnedAway, OSError):
                pass
        await asyncio.sleep(AGAIN_S)


async def _live(hall: Hall, options: Options) -> None:
    chance = Random()
    day = script.Script((), pause_every=12, pause_s=240)
    hall.pace.begin()
    quiet = Options(url=options.url, credentials=options.credentials, officers=OFFICERS)
    async with asyncio.TaskGroup() as group:
        group.create_task(watch_board(hall))
        for post in posts(quiet, hall.tokens):
            group.create_task(work(hall, post, day))
        while True:
            # Whoever waits from before a restart is nobody's guest, but fills the hall too.
            inside = max(len(hall.guests) + hall.turned_away - hall.done, hall.waiting)
            if inside < AT_ONCE_MAX:
                person = script.a_person(chance, hall.pace.now_s)
                group.create_task(_come_and_go(hall, person))
            await asyncio.sleep(HURRIES_S if inside < FEW else COMES_S * max(1.0, inside / MANY))


async def _come_and_go(hall: Hall, person: script.Person) -> None:
    """Whoever went home is forgotten, so that a branch may live for weeks."""
    await visit(hall, person)
    gone = [number for number, guest in hall.guests.items() if guest.person is person]
    for number in gone:
        del hall.guests[number]
        hall.done -= 1
    for seq in sorted(hall.board_calls)[:-AT_ONCE_MAX]:
        del hall.board_calls[seq]


async def until_input_ends(options: Options) -> None:
    """Lives until standard input ends: whoever started this process is gone then."""
    async with asyncio.TaskGroup() as group:
        living = group.create_task(live(options))
        await _input_end()
        living.cancel()


async def _input_end() -> None:
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
