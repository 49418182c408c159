"""The chain: each record's hash covers the hash before it, so that nothing can be changed unseen.

It hashes stored bytes, not events, so that codecs may change. Must not know where records are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

from queue_server.store import codec
from queue_server.store.log import ChainRow, Damaged, Record, RequestMark, Stream


def link(previous: str, stream: str, seq: int, stored: bytes) -> str:
    """A record's hash, hexadecimal; `previous` is empty for a stream's first record."""
    return sha256(b"%s\n%s\n%d\n%s" % (previous.encode(), stream.encode(), seq, stored)).hexdigest()


def rows_after(
    seq: int, head: str, stream: Stream, new: Iterable[tuple[bytes, RequestMark | None]]
) -> list[ChainRow]:
    """Rows to append directly after record `seq`, whose hash is `head`."""
    rows, name = [], str(stream)
    for stored, mark in new:
        seq += 1
        head = link(head, name, seq, stored)
        asked = (mark.request, mark.digest) if mark else (None, None)
        rows.append(ChainRow(seq, stored, head, *asked))
    return rows


def records(
    stream: Stream, rows: Iterable[ChainRow], after: int = 0, head: str = ""
) -> list[Record]:
    """Reads rows that directly follow record `after` with hash `head`. Raises `Damaged`,
    `UnknownKind`.
    """
    events = codec.events_of(stream.kind)
    return [_record(stream, row, events) for row in believed(stream, rows, after, head)]


def believed(
    stream: Stream, rows: Iterable[ChainRow], after: int = 0, head: str = ""
) -> Iterator[ChainRow]:
    """The rows, each checked as it comes: numbers, bytes and hashes. Raises `Damaged`."""
    name = str(stream)
    for row in rows:
        after += 1
        if row.seq != after:
            raise Damaged(f"{stream}: record {after} is missing, {row.seq} follows")
        # SQLite keeps whatever somebody puts there by hand, text in a column of bytes too.
        if not isinstance(row.stored, bytes):
            raise Damaged(f"{stream}: record {after} holds no bytes")
        head = link(head, name, after, row.stored)
        if row.hash != head:
            raise Damaged(f"{stream}: record {after} was changed, or one before it was")
        yield row


def _record(stream: Stream, row: ChainRow, events: codec.Events) -> Record:
    try:
        event = events.decode(row.stored)
    except Damaged as wrong:
        raise Damaged(f"{stream}: record {row.seq}: {wrong}") from wrong
    mark = None if row.request is None else RequestMark(row.request, row.digest or "")
    return Record(row.seq, event, row.stored, row.hash, mark)
