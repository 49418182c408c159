"""A stream has a kind, and whoever follows the log has cursors.

Everything until now was a service day. No record is touched: they keep their streams' numbers.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"

DAY = "day"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _make_streams_anew()
    else:
        op.add_column("streams", sa.Column("kind", sa.Text, nullable=False, server_default=DAY))
        op.alter_column("streams", "kind", server_default=None)
        op.drop_constraint("one_stream_a_branch_day", "streams")
        op.create_unique_constraint("one_stream_a_name", "streams", ["branch", "day", "kind"])
    _make_followers()
    _make_derived()


def _make_streams_anew() -> None:
    """SQLite changes no constraint of a table that is there. The records that stand on it are
    without their streams for a moment, which it is told to overlook until the end.
    """
    connection = op.get_bind()
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    rows = connection.exec_driver_sql("SELECT id, branch, day FROM streams").all()
    op.drop_table("streams")
    op.create_table(
        "streams",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.UniqueConstraint("branch", "day", "kind", name="one_stream_a_name"),
    )
    for row in rows:
        connection.exec_driver_sql("INSERT INTO streams VALUES (?, ?, ?, ?)", (*row, DAY))


def _make_followers() -> None:
    op.create_table(
        "followers",
        sa.Column("name", sa.Text, primary_key=True),
    )
    op.create_table(
        "cursors",
        sa.Column("follower", sa.Text, sa.ForeignKey("followers.name"), primary_key=True),
        sa.Column("stream", sa.Integer, sa.ForeignKey("streams.id"), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
    )


def _make_derived() -> None:
    op.create_table(
        "derived",
        sa.Column("stream", sa.Integer, sa.ForeignKey("streams.id"), primary_key=True),
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
