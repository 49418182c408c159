"""What both kinds of things kept beside the records need: a stream's row, and refusing alone."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from queue_server.store.connections import Act
from queue_server.store.log import Conflict, Stream
from queue_server.store.rows import columns
from queue_server.store.schema import streams

STREAM = columns(streams, Stream)
"""The columns of a stream's name, in its order."""


def named(stream: Stream) -> sa.ColumnElement[bool]:
    """Is this the stream's row?"""
    values = zip(STREAM, (stream.branch, stream.day, stream.kind), strict=True)
    return sa.and_(*(column == value for column, value in values))


def refusing(work: Act[None]) -> Act[None]:
    """What the database refuses is this work's own refusal: it must not undo the appends that share
    its transaction.
    """

    def alone(connection: sa.Connection) -> None:
        try:
            work(connection)
        except IntegrityError as taken:
            raise Conflict("somebody else was first") from taken

    return alone
