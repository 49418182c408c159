"""`lapak init` and `lapak configure`: a branch comes into being, and changes."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from queue_server.manage.cli import EXIT_FAILED, Data, in_sentences, say, settings_of, warn

if TYPE_CHECKING:
    from queue_server.domain.plan import BranchPlan
    from queue_server.settings import Settings


@in_sentences
def init(
    branch: Annotated[str | None, typer.Option(help="Short name, part of addresses.")] = None,
    name: Annotated[str | None, typer.Option(help="Full name.")] = None,
    zone: Annotated[str | None, typer.Option(help="Time zone, such as Asia/Makassar.")] = None,
    service: Annotated[
        list[str] | None, typer.Option(help='"A=Jaminan Hari Tua", "A=…:40" with a quota.')
    ] = None,
    counters: Annotated[int | None, typer.Option(min=1, max=60, help="How many desks.")] = None,
    booth: Annotated[list[str] | None, typer.Option(help="NAME:SEATS, such as 9:4.")] = None,
    hours: Annotated[
        str | None, typer.Option(help="Monday to Friday, 07:30-15:00; - for by hand only.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option(help="Whom people ask about their personal data.")
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", help="Any of its settings, such as wait_stop_min=120."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    data: Data = None,
) -> None:
    """Make a branch, asked step by step.

    Ends with a link for the first administrator.

    Example: lapak init

    Example: lapak init --branch bontang --zone Asia/Makassar --service "A=Jaminan Hari Tua:40"
    --counters 5 --hours 07:30-15:00
    --contact "Ibu Sari, 0811-555-0100" --set wait_stop_min=120 --yes
    """
    from queue_server.manage.branch_text import difference
    from queue_server.manage.first_branch import Given, ask_for_branch

    settings = settings_of(data=data)
    present = _plans(settings)
    given = Given(
        branch=branch,
        name=name,
        zone=zone,
        services=tuple(service) if service else None,
        counters=counters,
        booths=tuple(booth) if booth else None,
        hours=hours,
        contact=contact,
        settings=tuple(setting or ()),
        taken=frozenset(present),
    )
    plan = ask_for_branch(given, ask=not yes)
    say()
    _show(difference(None, plan))
    if not yes and not typer.confirm("Make it so?", default=True):
        raise typer.Exit(EXIT_FAILED)
    _apply(settings, plan)
    say(f"The branch {plan.branch} is there. To change it, edit its file and apply it:")
    say(f"  lapak configure {plan.branch} --show > {plan.branch}.toml")
    say(f"  lapak configure {plan.branch} {plan.branch}.toml")
    _invite_first_admin(settings)


@in_sentences
def configure(
    branch: Annotated[str, typer.Argument(help="The branch's short name.")],
    file: Annotated[
        Path | None, typer.Argument(help="A TOML file (docs/branch.md); - reads standard input.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the branch as it is now.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Apply without asking.")] = False,
    data: Data = None,
) -> None:
    """Change a branch by a file.

    Checks it, shows what would change, asks, and applies it at once. Makes the branch where
    there is none of this name.

    Example: lapak configure bontang --show > bontang.toml

    Example: lapak configure bontang bontang.toml
    """
    from queue_server.manage.branch_file import branch_from_toml
    from queue_server.manage.branch_text import difference, to_toml
    from queue_server.manage.sentences import Sorry

    settings = settings_of(data=data)
    if file is None and not show:
        raise Sorry("Name a file to apply, or --show to see the branch as it is now.")
    if file is None:
        present = _plans(settings)
        if branch not in present:
            raise Sorry(f'There is no branch "{branch}". There are: {", ".join(present) or "none"}')
        typer.echo(to_toml(present[branch]), nl=False)
        return
    plan = branch_from_toml(_text(file), branch=branch)
    changes = difference(_plans(settings).get(branch), plan)
    if not changes:
        say(f"Nothing to change: {branch} is as the file says.")
        return
    _show(changes)
    if not yes and not typer.confirm("Apply?"):
        warn("Nothing was changed.")
        raise typer.Exit(EXIT_FAILED)
    _apply(settings, plan)
    say("Applied; it holds from now on.")


def _text(file: Path) -> str:
    """What the file says, whether or not its editor marked it as UTF-8. Raises `NotAPlan`."""
    from queue_server.manage.strict import NotAPlan

    content = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise NotAPlan([f"line {line} is not UTF-8: save the file as text in UTF-8"]) from None


def _plans(settings: Settings) -> dict[str, BranchPlan]:
    from queue_server.manage.reach import reach
    from queue_server.office.questions import Plans
    from queue_server.store import codec

    found = asyncio.run(reach(settings, Plans()))
    return {name: codec.decode_plan(plan.encode()) for name, plan in sorted(found.items())}


def _apply(settings: Settings, plan: BranchPlan) -> None:
    from queue_server.manage.branch_text import contact_note
    from queue_server.manage.reach import reach
    from queue_server.office.questions import Configure
    from queue_server.store import codec

    asyncio.run(reach(settings, Configure(codec.encode_plan(plan).decode())))
    if note := contact_note(plan):
        warn(note)


def _show(changes: list[str]) -> None:
    for change in changes:
        say(f"  {change}")


def _invite_first_admin(settings: Settings) -> None:
    """Somebody has to be able to sign in; a second branch finds the administrator there."""
    from queue_server.manage.reach import reach
    from queue_server.office.questions import Invite, ListAccounts
    from queue_server.people import Role

    known = asyncio.run(reach(settings, ListAccounts()))["accounts"]
    if any(each["role"] == Role.ADMIN and not each["disabled"] for each in known):
        return
    link = asyncio.run(reach(settings, Invite(Role.ADMIN)))["link"]
    say("\nThe first administrator makes their account here, once the server runs (lapak serve):")
    say(f"  {link}")
