"""From which network a waiting screen asked, as a keyed hash: of too many codes, the one that makes
room is of the network that has most. Codes shown just now are asked for again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"


def upgrade() -> None:
    op.drop_table("pairings")
    table = op.create_table(
        "pairings",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("secret_hash", sa.Text, nullable=False),
        sa.Column("code_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("browser", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("approved_by", sa.Text, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.UniqueConstraint("secret_hash", name="one_pairing_a_secret"),
    )
    op.create_index(
        "one_screen_a_code",
        table.name,
        ["code_hash"],
        unique=True,
        sqlite_where=sa.text("approved_by = ''"),
        postgresql_where=sa.text("approved_by = ''"),
    )
