"""The log as it began: streams, their records, the branches' present plans."""

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("branch", sa.Text, primary_key=True),
        sa.Column("plan", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "streams",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.UniqueConstraint("branch", "day", name="one_stream_a_branch_day"),
    )
    op.create_table(
        "records",
        sa.Column("stream", sa.Integer, sa.ForeignKey("streams.id"), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("stored", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("request", sa.Text),
        sa.Column("digest", sa.Text),
        sa.UniqueConstraint("stream", "request", name="one_outcome_a_request"),
    )
