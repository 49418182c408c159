"""What all commands of `lapak` share: the `--data` option, failures as sentences, one way to speak.

Imported whenever somebody types `lapak --help`, so it imports next to nothing itself.
"""

from __future__ import annotations

import errno
import functools
import os
import pwd
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ParamSpec, TypeVar

import typer

if TYPE_CHECKING:
    from queue_server.settings import Settings

EXIT_FAILED = 1
"""Understood, and it could not be done. Typer itself uses 2 for what was not understood."""

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", help="The data folder (else LAPAK_DATA, else ./data).", show_default=False
    ),
]

P = ParamSpec("P")
R = TypeVar("R")


def new_app(help_text: str = "") -> typer.Typer:
    return typer.Typer(
        help=help_text,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


def settings_of(**given: object) -> Settings:
    """The settings, with what the command line says; None stands for nothing said."""
    from queue_server.settings import Settings

    return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]


def say(text: str = "") -> None:
    typer.echo(text)


def warn(text: str) -> None:
    typer.echo(text, err=True)


def in_sentences(command: Callable[P, R]) -> Callable[P, R]:
    """Expected failures end as a sentence on stderr and an honest exit status, no traceback."""

    @functools.wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except (typer.Exit, typer.Abort):
            raise
        except KeyboardInterrupt:
            warn("Stopped.")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            # Whoever read along has heard enough (`lapak export | head`).
            sys.stderr.close()
            raise typer.Exit(EXIT_FAILED) from None
        except Exception as failure:
            sentence = _sentence(failure)
            if sentence is None:
                raise
            warn(sentence)
            raise typer.Exit(EXIT_FAILED) from None

    return told


def _sentence(failure: Exception) -> str | None:
    """What to say of an expected failure; None for a bug, which shows its traceback."""
    from pydantic import ValidationError

    from queue_server.manage.demo import NotADemo
    from queue_server.manage.sentences import Sorry
    from queue_server.manage.strict import NotAPlan
    from queue_server.store.backup import BackupRefused
    from queue_server.store.folder import FolderHeld
    from queue_server.store.identity import HalfFolder
    from queue_server.store.log import Damaged, StoreUnavailable
    from queue_server.store.migrations import TooNew

    if isinstance(failure, NotAPlan):
        return "Nothing was changed:\n" + "\n".join(f"  {each}" for each in failure.problems)
    if isinstance(failure, ValidationError):
        return "\n".join(_setting(error["loc"], error["msg"]) for error in failure.errors())
    told = Sorry | NotADemo | BackupRefused | FolderHeld | HalfFolder | TooNew
    told |= StoreUnavailable | Damaged
    if isinstance(failure, told):
        return str(failure)
    if isinstance(failure, OSError):
        return _of_the_machine(failure)
    return None


def _of_the_machine(failure: OSError) -> str:
    """A folder or file that cannot be used, and what to look at."""
    what = failure.strerror or str(failure)
    if failure.filename is None:
        return f"The machine said no: {what}."
    look = {
        errno.EACCES: f"This runs as the user {_me()}, who may not.",
        errno.EPERM: f"This runs as the user {_me()}, who may not.",
        errno.EROFS: "Name one that can be written.",
        errno.ENOSPC: "Make room on the disk.",
        errno.ENOENT: "Is the name right?",
    }
    return f"Cannot use {failure.filename}: {what}. {look.get(failure.errno or 0, '')}".strip()


def _me() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())


_OURS = "Value error, "
"""What pydantic puts before a sentence of our own."""


def _setting(path: tuple[int | str, ...], message: str) -> str:
    name = "".join(f"_{part}" for part in path).upper()
    return f"The setting LAPAK{name} (or its option) does not fit: {message.removeprefix(_OURS)}"
