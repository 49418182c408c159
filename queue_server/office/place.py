"""Where the office's socket is: in the data folder, for its owner alone."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

SOCKET: Final = "control.sock"
ADDRESS_BYTES_MAX: Final = 100
"""A socket's path may have 107 bytes on Linux."""


@contextmanager
def reachable(path: Path) -> Iterator[str]:
    """A short way to a socket deep in a tree: their addresses are limited, folders are not."""
    if len(os.fsencode(path)) <= ADDRESS_BYTES_MAX:
        yield str(path)
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)


def bind(path: Path) -> socket.socket:
    """Listens there, mode 0600. Whoever calls holds the folder's lock: what a killed server left
    behind is taken away. Raises `OSError`.
    """
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # Bound for its owner alone: a moment with wider rights would be enough for somebody.
    before = os.umask(0o177)
    try:
        with reachable(path) as address:
            listening.bind(address)
    except OSError:
        listening.close()
        raise
    finally:
        os.umask(before)
    return listening
