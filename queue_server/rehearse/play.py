"""A whole day against a running server: everybody comes, is called, goes home; then the checks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from queue_server.rehearse import script
from queue_server.rehearse.checks import DayLog, check
from queue_server.rehearse.client import Client, TurnedAway, Unreachable
from queue_server.rehearse.hall import Hall, HallPace
from queue_server.rehearse.lobby import watch_board
from queue_server.rehearse.officers import Post, work
from queue_server.rehearse.people import visit
from queue_server.rehearse.report import show

BOOTH = "9"
BOOTH_SEATS = 4
FIRST_DESK = 2
"""Desk 1 and its officer are left to whoever tries the demo."""
PROGRESS_S = 0.2
EXIT_HELD, EXIT_BROKEN, EXIT_NOT_PLAYED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Options:
    """What day to play, where and how fast. The defaults are a day in Batam."""

    url: str
    credentials: Path
    branch: str = "bontang"
    people: int = 280
    officers: int = 5
    booth: bool = True
    speed: float = 600.0
    """Seconds of the played day in one of ours."""
    seed: int = 1


class NotPlayable(Exception):
    """The day cannot be played here, in words."""


def main(options: Options) -> int:
    """Plays a day and prints its report; 0 where every check
    holds, 1 where one is broken, 2 otherwise.
    """
    console = Console()
    try:
        return asyncio.run(play(options, console))
    except (NotPlayable, Unreachable, TurnedAway) as trouble:
        first: BaseException = trouble
    except ExceptionGroup as group:
        found = group.subgroup((Unreachable, TurnedAway))
        if found is None:
            raise
        first = next(leaves(found))
    console.print(f"[bold]The day could not be played.[/bold] {first}", highlight=False)
    return EXIT_NOT_PLAYED


def leaves(group: BaseExceptionGroup[BaseException]) -> Iterator[BaseException]:
    """The exceptions a group is made of."""
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from leaves(each)
        else:
            yield each


async def play(options: Options, console: Console) -> int:
    """The day, its report, its exit status. Cancelling it
    leaves the server as it is at that moment.
    """
    tokens = read_tokens(options.credentials)
    async with Client(options.url) as client:
        hall = Hall(client, options.branch, HallPace(options.speed), tokens)
        await _must_be_open(hall)
        day = script.write(options.people, options.seed)
        console.print(
            f"{options.people} people, {options.officers} officers, "
            f"{options.speed:g} times as fast as life, seed {options.seed}"
        )
        await _run(hall, day, posts(options, tokens), console)
        log = await DayLog.fetch(client, options.branch, tokens["auditor"])
        checks = await check(hall, log)
        show(console, hall, log, checks)
    return EXIT_HELD if all(each.holds for each in checks) else EXIT_BROKEN


def read_tokens(credentials: Path) -> dict[str, str]:
    """Account or device → bearer token, from a demo's `credentials.json`."""
    try:
        found = json.loads(credentials.read_text(encoding="utf-8"))
        return {name: entry["token"] for name, entry in found.items()}
    except (OSError, ValueError, TypeError, KeyError) as broken:
        raise NotPlayable(
            f"{credentials} is not a demo's credentials file: {broken!r}. "
            "Name one with --credentials, or leave --url out to play on a demo of its own."
        ) from None


def posts(options: Options, tokens: dict[str, str]) -> list[Post]:
    """Who sits where: one officer at the booth, the others at desks from the second on."""
    wanted = [BOOTH] if options.booth else []
    desks = range(FIRST_DESK, FIRST_DESK + options.officers - len(wanted))
    wanted += [str(desk) for desk in desks]
    missing = [counter for counter in wanted if f"officer{counter}" not in tokens]
    if missing:
        names = ", ".join(missing)
        raise NotPlayable(f"there is no officer for counter {names}: try fewer officers")
    return [
        Post(counter, tokens[f"officer{counter}"], BOOTH_SEATS if counter == BOOTH else 1)
        for counter in wanted
    ]


async def _must_be_open(hall: Hall) -> None:
    shown = await hall.client.get(f"/branches/{hall.branch}")
    if not shown["open"]:
        raise NotPlayable(f"{shown['name']} gives no numbers now: open the day first")
    hall.began_seq = shown["seq"]


async def _run(hall: Hall, day: script.Script, staff: list[Post], console: Console) -> None:
    """Until everybody has gone home. One failure ends all of it."""
    hall.expected = len(day.people)
    hall.pace.begin()
    async with asyncio.TaskGroup() as group:
        working = [group.create_task(watch_board(hall))]
        working += [group.create_task(work(hall, post, day)) for post in staff]
        visits = [group.create_task(visit(hall, person)) for person in day.people]
        await _show_progress(hall, visits, console)
        for task in working:
            task.cancel()
    for post in staff:
        await go_home(hall, post)


async def go_home(hall: Hall, post: Post) -> None:
    """Closes the counter; whoever is still there goes back to the line."""
    path = hall.path(f"counters/{post.counter}/close")
    with suppress(TurnedAway):
        await hall.client.post(path, post.token, {"return_open": True})


async def _show_progress(hall: Hall, visits: list[asyncio.Task[None]], console: Console) -> None:
    clock = TextColumn("{task.description}")
    columns = (clock, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("people gone home", total=hall.expected)
        waiting = set(visits)
        while waiting:
            _, waiting = await asyncio.wait(waiting, timeout=PROGRESS_S)
            hours, minutes = divmod(int(hall.pace.now_s / 60), 60)
            said = f"{hours}:{minutes:02d} h played, people gone home"
            progress.update(bar, completed=hall.done, description=said)
