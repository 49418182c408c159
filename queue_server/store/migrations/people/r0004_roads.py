"""Where holders are told away from their page, and what is on its way to them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"


def upgrade() -> None:
    _make_push_subscriptions()
    _make_messages()


def _make_push_subscriptions() -> None:
    op.create_table(
        "push_subscriptions",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("ticket_id", sa.Text, nullable=False),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("endpoint", sa.Text, nullable=False),
        sa.Column("p256dh", sa.Text, nullable=False),
        sa.Column("auth", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("erase_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("ticket_id", "endpoint", name="one_subscription_an_endpoint"),
    )
    op.create_index("ix_push_subscriptions_erase_at", "push_subscriptions", ["erase_at"])
    op.create_index("subscriptions_of_a_day", "push_subscriptions", ["branch", "day"])


def _make_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("ticket_id", sa.Text, nullable=False),
        sa.Column("branch", sa.Text, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("occasion", sa.Text, nullable=False),
        sa.Column("occurrence", sa.Text, nullable=False),
        sa.Column("sense", sa.Text, nullable=False),
        sa.Column("road", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("counter", sa.Text),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("happened_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("true_until", sa.BigInteger, nullable=False),
        sa.Column("fate", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("claimed_until", sa.BigInteger),
        sa.Column("settled_at", sa.BigInteger),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.Column("erase_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint(
            "ticket_id", "occasion", "occurrence", "road", "address", name="one_message_an_occasion"
        ),
    )
    op.create_index("ix_messages_erase_at", "messages", ["erase_at"])
    op.create_index("messages_of_a_day", "messages", ["branch", "day"])
    waits = sa.text("fate = 'waiting'")
    op.create_index(
        "messages_waiting", "messages", ["due_at"], sqlite_where=waits, postgresql_where=waits
    )
