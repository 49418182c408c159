"""A small kind of stream for tests: errands, begun and done. What a new kind needs is all here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from queue_server.domain.events import Happened
from queue_server.store import codec
from queue_server.store.log import NewEvent, Stream
from tests.store.examples import AT, DAY

KIND = "errand"
ERRANDS = Stream("bontang", DAY, KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandBegun(Happened):
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandDone(Happened):
    what: str


def begun(what: str = "stamps") -> NewEvent:
    return NewEvent(ErrandBegun(at=AT, by="o1", what=what))


def done(what: str = "stamps") -> NewEvent:
    return NewEvent(ErrandDone(at=AT, by="o1", what=what))


@contextmanager
def known() -> Iterator[None]:
    """The codec knows errands meanwhile."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(codec.KINDS, KIND, codec.Events((ErrandBegun, ErrandDone)))
        yield
