"""`lapak account`, `lapak token`, `lapak device`: who may come in."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from queue_server.manage.cli import Data, in_sentences, new_app, say, settings_of
from queue_server.store.people import Role

if TYPE_CHECKING:
    from queue_server.manage.office import Answer, Question


class DeviceKind(StrEnum):
    BOARD = "board"
    KIOSK = "kiosk"


accounts = new_app("Who signs in: invite, list, disable.")
tokens = new_app("Bearer tokens for other programs.")
devices = new_app("Lobby boards and kiosks.")

Branch = Annotated[str | None, typer.Option(help="Its branch; admins and auditors need none.")]
Label = Annotated[str, typer.Option(help="What it is for, to know it again in the list.")]


@accounts.command()
@in_sentences
def invite(
    role: Annotated[Role, typer.Option(help="What they will be.")],
    branch: Branch = None,
    name: Annotated[str, typer.Option(help="Whom it is for, to know it again in the list.")] = "",
    data: Data = None,
) -> None:
    """Print a one-use link to an account.

    Whoever opens it chooses a name, a password and a second factor.

    Example: lapak account invite --role officer --branch bontang --name "Rina Sari"
    """
    from queue_server.manage.office import Invite

    answer = _ask(data, Invite(role, branch, name))
    say(answer["link"])
    say(f"Opens once, until {_when(answer['expires'])}. Whoever has it becomes {role}.")


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
    from queue_server.manage.office import LetBack

    answer = _ask(data, LetBack(username))
    say(answer["link"])
    say(f"Opens once, until {_when(answer['expires'])}. Whoever has it becomes {username}.")


@accounts.command("list")
@in_sentences
def list_accounts(data: Data = None) -> None:
    """List all accounts.

    Example: lapak account list
    """
    from queue_server.manage.office import Accounts

    found = _ask(data, Accounts())["accounts"]
    columns = ("username", "role", "branch", "name", "factors", "disabled")
    _table(columns, found, "Nobody yet.")


@accounts.command()
@in_sentences
def disable(
    username: Annotated[str, typer.Argument(help="As they sign in.")], data: Data = None
) -> None:
    """Disable an account.

    Its sessions and tokens end at once.

    Example: lapak account disable budi
    """
    from queue_server.manage.office import Enable

    _ask(data, Enable(username, on=False))
    say(f"{username} is disabled and signed out everywhere. Back again: lapak account enable")


@accounts.command()
@in_sentences
def enable(
    username: Annotated[str, typer.Argument(help="As they sign in.")], data: Data = None
) -> None:
    """Enable an account again.

    Example: lapak account enable budi
    """
    from queue_server.manage.office import Enable

    _ask(data, Enable(username, on=True))
    say(f"{username} may sign in again.")


@tokens.command("create")
@in_sentences
def create_token(
    role: Annotated[Role, typer.Option(help="What it may do.")],
    branch: Branch = None,
    counter: Annotated[str | None, typer.Option(help="Only at this counter.")] = None,
    label: Label = "",
    data: Data = None,
) -> None:
    """Print a bearer token; it is shown once.

    Example: lapak token create --role officer --branch bontang --counter 3
    """
    from queue_server.manage.office import MakeToken

    answer = _ask(data, MakeToken(role, branch, counter, label))
    say(answer["token"])


@tokens.command("list")
@in_sentences
def list_tokens(data: Data = None) -> None:
    """List all tokens (never the secrets).

    Example: lapak token list
    """
    from queue_server.manage.office import Tokens

    found = _ask(data, Tokens())["tokens"]
    _table(("id", "role", "branch", "counter", "label", "revoked"), found, "None yet.")


@tokens.command()
@in_sentences
def revoke(
    token: Annotated[str, typer.Argument(help="Its id, from lapak token list.")], data: Data = None
) -> None:
    """End a token, a board or a kiosk.

    Example: lapak token revoke 3f9a0c1d2e4b5a67
    """
    from queue_server.manage.office import Revoke

    _ask(data, Revoke(token))
    say("Revoked.")


@devices.command("key")
@in_sentences
def device_key(
    kind: Annotated[DeviceKind, typer.Option(help="What the screen shows.")],
    branch: Annotated[str, typer.Option(help="Its branch.")],
    label: Label = "",
    data: Data = None,
) -> None:
    """Print a one-use address for a screen.

    The browser that opens it first becomes a board or kiosk of the branch.

    Example: lapak device key --kind board --branch bontang
    """
    from queue_server.manage.office import MakeDeviceKey

    role = Role.DISPLAY if kind is DeviceKind.BOARD else Role.KIOSK
    answer = _ask(data, MakeDeviceKey(role, branch, label))
    say(answer["link"])
    say(f"Opens once, until {_when(answer['expires'])}; the browser then stays a {kind.value}.")


def _ask(data: Data, question: Question) -> Answer:
    import asyncio

    from queue_server.manage.reach import reach

    return asyncio.run(reach(settings_of(data=data), question))


def _when(moment: object) -> str:
    """A moment as it came, from the office (a datetime) or through the socket (a text)."""
    return str(moment).replace("T", " ")[:16] + " UTC"


def _table(columns: tuple[str, ...], rows: list[dict[str, object]], nothing: str) -> None:
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
