"""Second factors, paired screens, keys of the hall's codes, and the audit trail.

Everybody signs in again: nobody had shown a second factor yet. Tables that get columns are made
anew with their rows, so that both engines end with the same tables and no left-over defaults.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"

Row = dict[str, Any]


def upgrade() -> None:
    op.drop_table("sessions")
    _make_sessions()
    _make_anew("invitations", _make_invitations, _with_an_id)
    _make_anew("tokens", _make_tokens, lambda row: {**row, "place": "", "made_by": ""})
    _make_factors()
    _make_pairings()
    _make_join_keys()
    _make_acts()


def _make_anew(name: str, make: Callable[[], sa.Table], fill: Callable[[Row], Row]) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(sa.text("*")).select_from(sa.table(name))).mappings().all()
    op.drop_table(name)
    table = make()
    for row in rows:
        connection.execute(sa.insert(table).values(fill(dict(row))))


def _with_an_id(row: Row) -> Row:
    return {**row, "id": secrets.token_hex(8), "name": ""}


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("seen_at", sa.BigInteger, nullable=False),
        sa.Column("idle_expires_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("active_at", sa.BigInteger),
        sa.Column("device", sa.Text),
        sa.Column("challenge", sa.LargeBinary),
        sa.UniqueConstraint("token_hash", name="one_session_a_token"),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_index("ix_sessions_device", "sessions", ["device"])


def _make_invitations() -> sa.Table:
    made = op.create_table(
        "invitations",
        sa.Column("token_hash", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("branch", sa.Text),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("invited_by", sa.Text, nullable=False),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.id")),
        sa.UniqueConstraint("id", name="one_invitation_an_id"),
    )
    op.create_index("ix_invitations_account", "invitations", ["account"])
    return made


def _make_tokens() -> sa.Table:
    made = op.create_table(
        "tokens",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("branch", sa.Text),
        sa.Column("counter", sa.Text),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.id")),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("made_by", sa.Text, nullable=False),
        sa.Column("seen_at", sa.BigInteger),
        sa.UniqueConstraint("token_hash", name="one_bearer_a_token"),
    )
    op.create_index("ix_tokens_account", "tokens", ["account"])
    return made


def _make_factors() -> None:
    op.create_table(
        "totps",
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("confirmed_at", sa.BigInteger),
        sa.Column("last_step", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("public_key", sa.Text, nullable=False),
        sa.Column("sign_count", sa.BigInteger, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger),
    )
    op.create_index("ix_passkeys_account", "passkeys", ["account"])
    op.create_table(
        "recovery_codes",
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("code_hash", sa.Text, primary_key=True),
    )
    op.create_table(
        "pins",
        sa.Column("account", sa.Text, sa.ForeignKey("accounts.id"), primary_key=True),
        sa.Column("pin_hash", sa.Text, nullable=False),
    )


def _make_pairings() -> None:
    op.create_table(
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
        sa.UniqueConstraint("secret_hash", name="one_pairing_a_secret"),
    )
    waits = sa.text("approved_by = ''")
    op.create_index(
        "one_screen_a_code",
        "pairings",
        ["code_hash"],
        unique=True,
        sqlite_where=waits,
        postgresql_where=waits,
    )


def _make_join_keys() -> None:
    op.create_table(
        "join_keys",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
    )
    # They replace the one key that codes had until now.
    op.execute("DELETE FROM server_keys WHERE name = 'join'")


def _make_acts() -> None:
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("branch", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("erase_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_acts_at", "acts", ["at"])
    op.create_index("ix_acts_erase_at", "acts", ["erase_at"])
    op.create_index("acts_of_a_branch", "acts", ["branch", "id"])
