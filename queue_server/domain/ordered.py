"""Rows kept in order, never changed but followed by a new one: a day and its copies share them.

A row is cut into chunks of a few dozen. What is put in or taken out leaves all chunks but one as
they are, so that neither a copy nor a change costs what the row is long. Must not know what it
holds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")

CHUNK_MAX = 32
_Chunks = tuple[tuple[Entry, ...], ...]
_last = itemgetter(-1)


class Ordered(Generic[Entry]):
    """Entries in rising order. No two are alike.

    Where an entry is looked for, a tuple may stand for its beginning: `(rank,)` is before
    `(rank, number)`.
    """

    __slots__ = ("_chunks",)

    def __init__(self, chunks: _Chunks[Entry] = ()) -> None:
        self._chunks = chunks

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Ordered[Entry]:
        """All of them; they come in rising order."""
        starts = range(0, len(entries), CHUNK_MAX)
        return cls(tuple(tuple(entries[at : at + CHUNK_MAX]) for at in starts))

    def plus(self, entry: Entry) -> Ordered[Entry]:
        """With one more."""
        chunks = self._chunks
        if not chunks:
            return Ordered(((entry,),))
        last: Any = chunks[-1]
        if last[-1] < entry:  # the usual way; the chunk before is left full
            if len(last) >= CHUNK_MAX:
                return Ordered((*chunks, (entry,)))
            return Ordered((*chunks[:-1], (*last, entry)))
        index, at = self._spot(entry)
        chunk = chunks[index]
        return self._with(index, (*chunk[:at], entry, *chunk[at:]))

    def minus(self, entry: Entry) -> Ordered[Entry]:
        """Without one it holds."""
        index, at = self._spot(entry)
        chunk = self._chunks[index]
        assert chunk[at] == entry
        return self._with(index, chunk[:at] + chunk[at + 1 :])

    def before(self, key: Any) -> int:
        """How many are less than this."""
        if not self._chunks:
            return 0
        index, at = self._spot(key)
        return sum(map(len, self._chunks[:index])) + at

    def since(self, key: Any) -> Iterator[Entry]:
        """Those that are not less than this, lowest first."""
        if not self._chunks:
            return iter(())
        index, at = self._spot(key)
        return chain(self._chunks[index][at:], *self._chunks[index + 1 :])

    def until(self, key: Any) -> Iterator[Entry]:
        """Those that are less than this, lowest first."""
        if not self._chunks:
            return iter(())
        index, at = self._spot(key)
        return chain(*self._chunks[:index], self._chunks[index][:at])

    @property
    def first(self) -> Entry:
        """The lowest of a row that is not empty."""
        return self._chunks[0][0]

    @property
    def last(self) -> Entry:
        """The highest."""
        return self._chunks[-1][-1]

    def __len__(self) -> int:
        return sum(map(len, self._chunks))

    def __bool__(self) -> bool:
        return bool(self._chunks)

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(self._chunks)

    def __reversed__(self) -> Iterator[Entry]:
        return chain.from_iterable(map(reversed, reversed(self._chunks)))

    def __eq__(self, other: object) -> bool:
        """Alike in what they hold, wherever they are cut."""
        return isinstance(other, Ordered) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Ordered({list(self)})"

    def _spot(self, key: Any) -> tuple[int, int]:
        """In which chunk, and before which of it, this stands or would stand."""
        chunks: Any = self._chunks
        index = 0
        if len(chunks) > 1 and chunks[0][-1] < key:  # mostly it is the first of a line
            index = min(bisect_left(chunks, key, 1, key=_last), len(chunks) - 1)
        return index, bisect_left(chunks[index], key)

    def _with(self, index: int, chunk: tuple[Entry, ...]) -> Ordered[Entry]:
        """With another chunk in one's place: none where it is empty, two where it is too long."""
        chunks = self._chunks
        half = len(chunk) // 2
        new = (chunk[:half], chunk[half:]) if len(chunk) > CHUNK_MAX else (chunk,) * bool(chunk)
        return Ordered(chunks[:index] + new + chunks[index + 1 :])
