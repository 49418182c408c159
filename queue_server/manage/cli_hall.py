"""`lapak poster` and `lapak key`: what hangs in the hall, and what its codes are made with."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from queue_server.manage.cli import Data, in_sentences, new_app, say, settings_of, warn

keys = new_app("The keys of the hall's QR codes, and of what is pushed to phones.")


class Paper(StrEnum):
    A4 = "a4"
    A3 = "a3"


@in_sentences
def poster(
    branch: Annotated[str, typer.Argument(help="The branch's short name.")],
    size: Annotated[Paper, typer.Option(help="Of the paper.")] = Paper.A4,
    out: Annotated[
        Path | None, typer.Option(help="The file to write (poster-BRANCH.pdf).", show_default=False)
    ] = None,
    data: Data = None,
) -> None:
    """Write the branch's poster, a PDF.

    Its QR leads to the page where one takes a number; a number from the poster is called once
    presence is confirmed.

    Example: lapak poster bontang --size a3 --out pintu.pdf
    """
    from queue_server.look.poster import Poster, pdf
    from queue_server.manage.reach import reach
    from queue_server.manage.sentences import Sorry
    from queue_server.office.questions import Plans
    from queue_server.store import codec

    settings = settings_of(data=data)
    plans = asyncio.run(reach(settings, Plans()))
    if branch not in plans:
        raise Sorry(
            f'There is no branch "{branch}". There are: {", ".join(sorted(plans)) or "none"}'
        )
    base = settings.address()
    name = codec.decode_plan(plans[branch].encode()).name
    file = out or Path(f"poster-{branch}.pdf")
    links = f"{base}/b/{branch}", f"{base}/privacy/{branch}"
    file.write_bytes(pdf(Poster(name, *links, size=size.value)))
    say(f"Written: {file}. Its QR leads to {links[0]}")
    if settings.public_url is None:
        warn("No phone may reach that address: set public_url in lapak.toml (docs/settings.md).")


@keys.command()
@in_sentences
def rotate(data: Data = None) -> None:
    """Make the hall's codes with a new key at once.

    For when the old one may have been copied. Screens show a new code within a second; the last
    code of the old key is taken for one step more.

    Example: lapak key rotate
    """
    from queue_server.manage.reach import reach
    from queue_server.office.questions import TurnKey

    answer = asyncio.run(reach(settings_of(data=data), TurnKey()))
    say(f"The hall's codes are made with key {answer['key']} from now on.")


@keys.command()
@in_sentences
def rotate_push(data: Data = None) -> None:
    """Push to phones with a new key at once.

    For when the old one may have been copied. Phones that were to ring with a dark screen are asked
    anew when their page is opened; until then they ring while it is open.

    Example: lapak key rotate-push
    """
    from queue_server.manage.reach import reach
    from queue_server.office.questions import TurnPushKey

    asyncio.run(reach(settings_of(data=data), TurnPushKey()))
    say("Phones are pushed to with a new key from now on; their pages subscribe anew.")
