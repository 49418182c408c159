"""`lapak account`, `lapak token`: who may come in. Screens are `cli_devices`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from queue_server.manage.cli import Data, in_sentences, new_app, say, settings_of
from queue_server.people import Role

if TYPE_CHECKING:
    from queue_server.office.answer import Answer
    from queue_server.office.questions import Question


accounts = new_app("Who signs in: invite, list, disable.")
tokens = new_app("Bearer tokens for other programs.")

Kept = Literal["display", "kiosk", "tablet", "officer", "guard", "supervisor", "admin", "auditor"]
"""What an account or a token can be of."""
Branch = Annotated[str | None, typer.Option(help="Its branch; admins and auditors need none.")]
Label = Annotated[str, typer.Option(help="What it is for, to know it again in the list.")]


@accounts.command()
@in_sentences
def invite(
    role: Annotated[Kept, typer.Option(help="What they will be.")],
    branch: Branch = None,
    name: Annotated[str, typer.Option(help="Whom it is for, to know it again in the list.")] = "",
    data: Data = None,
) -> None:
    """Print a one-use link to an account.

    Whoever opens it chooses a name, a password and a second factor.

    Example: lapak account invite --role officer --branch bontang --name "Rina Sari"
    """
    from queue_server.office.questions import Invite

    answer = ask(data, Invite(Role(role), branch, name))
    say(answer["link"])
    say(f"Opens once, until {when(answer['expires'])}. Whoever has it becomes {role}.")


@accounts.command("return")
@in_sentences
def let_back(
    username: Annotated[str, typer.Argument(help="As they sign in.")], data: Data = None
) -> None:
    """Print a one-use link back in for somebody.

    For a lost password or second factor, the last administrator's too. Whoever opens it sets a
    new password and new second factors; the old ones and all sessions end then.

    Example: lapak account return budi
    """
    from queue_server.office.questions import LetBack

    answer = ask(data, LetBack(username))
    say(answer["link"])
    say(f"Opens once, until {when(answer['expires'])}. Whoever has it becomes {username}.")


@accounts.command("list")
@in_sentences
def list_accounts(data: Data = None) -> None:
    """List all accounts.

    Example: lapak account list
    """
    from queue_server.office.questions import ListAccounts

    found = ask(data, ListAccounts())["accounts"]
    columns = ("username", "role", "branch", "name", "factors", "disabled")
    table(columns, found, "Nobody yet.")


@accounts.command()
@in_sentences
def disable(
    username: Annotated[str, typer.Argument(help="As they sign in.")], data: Data = None
) -> None:
    """Disable an account.

    Its sessions and tokens end at once.

    Example: lapak account disable budi
    """
    from queue_server.office.questions import Enable

    ask(data, Enable(username, on=False))
    say(f"{username} is disabled and signed out everywhere. Back again: lapak account enable")


@accounts.command()
@in_sentences
def enable(
    username: Annotated[str, typer.Argument(help="As they sign in.")], data: Data = None
) -> None:
    """Enable an account again.

    Example: lapak account enable budi
    """
    from queue_server.office.questions import Enable

    ask(data, Enable(username, on=True))
    say(f"{username} may sign in again.")


@tokens.command("create")
@in_sentences
def create_token(
    role: Annotated[Kept, typer.Option(help="What it may do.")],
    branch: Branch = None,
    counter: Annotated[str | None, typer.Option(help="Only at this counter.")] = None,
    label: Label = "",
    data: Data = None,
) -> None:
    """Print a bearer token; it is shown once.

    Example: lapak token create --role officer --branch bontang --counter 3
    """
    from queue_server.office.questions import MakeToken

    answer = ask(data, MakeToken(Role(role), branch, counter, label))
    say(answer["token"])


@tokens.command("list")
@in_sentences
def list_tokens(data: Data = None) -> None:
    """List all tokens (never the secrets).

    Example: lapak token list
    """
    from queue_server.office.questions import ListTokens

    found = ask(data, ListTokens())["tokens"]
    table(("id", "role", "branch", "counter", "label", "revoked"), found, "None yet.")


@tokens.command()
@in_sentences
def revoke(
    token: Annotated[str, typer.Argument(help="Its id, from lapak token list.")], data: Data = None
) -> None:
    """End a token of any kind.

    Example: lapak token revoke 3f9a0c1d2e4b5a67
    """
    from queue_server.office.questions import Revoke

    ask(data, Revoke(token))
    say("Revoked.")


def ask(data: Data, question: Question) -> Answer:
    """Asks the office, in a running server or beside a stopped one."""
    import asyncio

    from queue_server.manage.reach import reach

    return asyncio.run(reach(settings_of(data=data), question))


def when(moment: object) -> str:
    """A moment as it came, from the office (a datetime) or through the socket (a text)."""
    return str(moment).replace("T", " ")[:16] + " UTC"


def table(columns: tuple[str, ...], rows: list[dict[str, object]], nothing: str) -> None:
    """Says rows under their names; or that there is nothing."""
    if not rows:
        say(nothing)
        return
    cells = [columns, *(tuple(_cell(row[column]) for column in columns) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        say("  ".join(padded).rstrip())


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)
