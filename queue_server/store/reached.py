"""How far each stream had come, written down outside the database: a log that lost its end (its
write-ahead log removed or cut, an older copy put back) is noticed by it.

A line after each commit and before anybody is answered, without waiting for the disk. A killed
process loses no line of it; after a power cut it may be behind the log, and is never ahead of it.
Must not know how a log is read.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from queue_server.store.log import Stream

BYTES_MAX: Final = 256 * 1024
"""Then it is written anew with its last lines only: about two thousand commits."""

DAYS_KEPT: Final = 2
"""A branch's newest streams of a kind: what is older was moved into the database long ago."""

_LINE: Final = re.compile(r"([^/ ]+)/(\d{4}-\d\d-\d\d)/(\S+) (\d+) ([0-9a-f]{64})")

log = logging.getLogger(__name__)


class Mark(NamedTuple):
    """A stream's last record."""

    seq: int
    head: str


Marks = Mapping[Stream, Mark]


def marks_of(path: Path, number: int) -> dict[Stream, Mark]:
    """What was written down for the databases of this number (`store.identity`).

    A line that was cut off counts for nothing. Raises `OSError`.
    """
    try:
        head, *lines = path.read_text("ascii", "replace").splitlines()
    except (FileNotFoundError, ValueError):
        return {}
    return dict(filter(None, map(_mark, lines))) if head == _title(number) else {}


class Reached:
    """The file, open for writing."""

    def __init__(self, path: Path, number: int, marks: Marks) -> None:
        """Begins it anew with these marks, on the disk before it returns. Raises `OSError`."""
        self._path = path
        self._title = _title(number)
        self._marks = dict(marks)
        self._in_trouble = False
        self._file = self._begun(sync=True)

    def note(self, stream: Stream, mark: Mark) -> None:
        """The log holds this now. Never raises: a mark that is missing harms no command."""
        self._marks[stream] = mark
        try:
            self._size += os.write(self._file, _line(stream, mark))
            if self._size > BYTES_MAX:
                self._anew()
            self._in_trouble = False
        except OSError as error:
            if not self._in_trouble:
                log.warning("%s cannot be written: %s", self._path, error)
            self._in_trouble = True

    def close(self) -> None:
        os.close(self._file)

    def _anew(self) -> None:
        old, self._file = self._file, self._begun(sync=False)
        os.close(old)

    def _begun(self, *, sync: bool) -> int:
        self._marks = _newest(self._marks)
        lines = [f"{self._title}\n".encode(), *(_line(*one) for one in self._marks.items())]
        beside = self._path.with_suffix(".new")
        file = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            self._size = os.write(file, b"".join(lines))
            if sync:
                os.fsync(file)
            beside.replace(self._path)
        except OSError:
            os.close(file)
            raise
        return file


def _newest(marks: Marks) -> dict[Stream, Mark]:
    kept: dict[Stream, Mark] = {}
    seen: dict[tuple[str, str], int] = {}
    for stream in sorted(marks, reverse=True):
        of_kind = stream.branch, stream.kind
        seen[of_kind] = seen.get(of_kind, 0) + 1
        if seen[of_kind] <= DAYS_KEPT:
            kept[stream] = marks[stream]
    return kept


def _title(number: int) -> str:
    return f"what the log had reached, 1, {number}"


def _line(stream: Stream, mark: Mark) -> bytes:
    return f"{stream.branch}/{stream.day}/{stream.kind} {mark.seq} {mark.head}\n".encode()


def _mark(line: str) -> tuple[Stream, Mark] | None:
    if (found := _LINE.fullmatch(line)) is None:
        return None
    branch, day, kind, seq, head = found.groups()
    return Stream(branch, date.fromisoformat(day), kind), Mark(int(seq), head)
