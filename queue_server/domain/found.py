"""Tickets found by the rows a day keeps: none is looked up before it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, overload

from queue_server.domain.model import Ticket
from queue_server.domain.ordered import Ordered


class Found(Sequence[Ticket]):
    """The tickets of some rows, in their common order. Its length and its first few are cheap."""

    __slots__ = ("_rows", "_tickets")

    def __init__(self, tickets: Mapping[str, Ticket], rows: Sequence[Ordered[Any]]) -> None:
        self._tickets = tickets
        self._rows = rows

    def __len__(self) -> int:
        return sum(map(len, self._rows))

    def __iter__(self) -> Iterator[Ticket]:
        return (self._tickets[entry[-1]] for entry in self._merged())

    def __reversed__(self) -> Iterator[Ticket]:
        if len(self._rows) == 1:
            return (self._tickets[entry[-1]] for entry in reversed(self._rows[0]))
        return reversed(list(self))

    @overload
    def __getitem__(self, index: int) -> Ticket: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Ticket]: ...
    def __getitem__(self, index: int | slice) -> Ticket | Sequence[Ticket]:
        far = index.stop if isinstance(index, slice) else index + 1
        if far is None or far <= 0:
            return list(self)[index]
        return self._first(far)[index]

    def _first(self, most: int) -> list[Ticket]:
        firsts = sorted(chain.from_iterable(islice(row, most) for row in self._rows))
        return [self._tickets[entry[-1]] for entry in firsts[:most]]

    def _merged(self) -> Iterator[Any]:
        if len(self._rows) == 1:
            return iter(self._rows[0])
        return iter(sorted(chain.from_iterable(self._rows)))
