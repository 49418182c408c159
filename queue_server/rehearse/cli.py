"""`lapak rehearse`: its options, and how it says what went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from queue_server.rehearse.play import Options

EXIT_NOT_PLAYED = 2


def rehearse(
    url: Annotated[
        str | None, typer.Option(help="A running server; without it, a demo of its own.")
    ] = None,
    credentials: Annotated[
        Path | None, typer.Option(help="The server's credentials.json.", show_default=False)
    ] = None,
    branch: Annotated[str, typer.Option(help="The branch to play.")] = "bontang",
    people: Annotated[int, typer.Option(min=1, max=5000, help="Who come that day.")] = 280,
    officers: Annotated[int, typer.Option(min=1, max=9, help="At work.")] = 5,
    booth: Annotated[bool, typer.Option(help="Is one of them at the booth?")] = True,
    speed: Annotated[float, typer.Option(min=1, max=5000, help="Times as fast as life.")] = 600,
    seed: Annotated[int, typer.Option(help="The same seed, the same day.")] = 1,
    living: Annotated[bool, typer.Option("--living", help="A slow day without end.")] = False,
    until_input_ends: Annotated[
        bool, typer.Option("--until-input-ends", hidden=True, help="For whoever starts it.")
    ] = False,
) -> None:
    """Play a whole day through the public API, and check what must hold.

    People arrive, wait, are called on phone and board, come or do not; officers serve, pause and
    park. The default is a day in Batam. At the end: a report, and checks that must all hold.

    Example: lapak rehearse --people 120 --speed 300
    """
    from queue_server.rehearse.play import Options

    options = Options(
        url=url or "",
        credentials=credentials or Path("credentials.json"),
        branch=branch,
        people=people,
        officers=officers,
        booth=booth,
        speed=speed,
        seed=seed,
    )
    if living:
        _live(options, until_input_ends)
    elif url:
        _play(options)
    else:
        _play_on_own_demo(options)


def _play(options: Options) -> None:
    from queue_server.rehearse.play import main

    raise typer.Exit(main(options))


def _play_on_own_demo(options: Options) -> None:
    """The demo is stopped before its log is verified: that is how a supervisor would find it."""
    from dataclasses import replace

    from queue_server.rehearse.client import Unreachable
    from queue_server.rehearse.own_demo import own_demo
    from queue_server.rehearse.play import main

    try:
        with own_demo() as demo:
            status = main(replace(options, url=demo.url, credentials=demo.credentials))
            demo.stop()
            verified = demo.verify()
    except Unreachable as why:
        typer.echo(f"The day could not be played: {why}", err=True)
        raise typer.Exit(EXIT_NOT_PLAYED) from None
    raise typer.Exit(status or verified)


def _live(options: Options, until_input_ends: bool) -> None:
    import asyncio

    from queue_server.rehearse import living
    from queue_server.rehearse.play import NotPlayable

    lives = living.until_input_ends if until_input_ends else living.live
    try:
        asyncio.run(lives(options))
    except NotPlayable as why:
        typer.echo(str(why), err=True)
        raise typer.Exit(EXIT_NOT_PLAYED) from None
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
