"""Files for their owner alone: made so, and mended where somebody opened them to others.

Must not know what is in them.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077
_OTHERS_WRITE: Final = 0o022


def make(path: Path) -> None:
    """An empty file where there is none; what SQLite makes beside it takes the same rights."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def mend(paths: Iterable[Path]) -> list[str]:
    """Takes others' rights to these files away; a sentence about each that had to be mended.

    Raises `PermissionError` where the file is not ours to mend.
    """
    return [note for path in paths if (note := _mended(path)) is not None]


def folder_note(folder: Path) -> str | None:
    """A warning where others may put files of theirs in the place of ours."""
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not mode & _OTHERS_WRITE:
        return None
    return (
        f"Others than its owner may write in {folder} (its mode is {mode:04o}) and so replace the"
        f" databases: chmod 700 {folder}"
    )


def _mended(path: Path) -> str | None:
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
    if not mode & _OTHERS:
        return None
    path.chmod(mode & ~_OTHERS)
    return (
        f"{path} was open to others than its owner (its mode was {mode:04o}); it is not any more."
        " Whoever could read it may know accounts, keys and personal data: see SECURITY.md, In an"
        " emergency."
    )
