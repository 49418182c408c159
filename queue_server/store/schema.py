"""The tables of both databases as they are now; how they came about is in `migrations/`.

A test holds that the migrations end in exactly these tables. Plain types only, so that SQLite and
PostgreSQL read the same text: times are whole milliseconds since 1970, days are dates.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

import sqlalchemy as sa

from queue_server.people import NoteKind, Role, Stage
from queue_server.people.values.roads import Fate, Occasion, Road, Sense

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(sa.TypeDecorator[datetime]):
    """An aware time as milliseconds since 1970: compares alike on every engine, loses no zone."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // timedelta(milliseconds=1)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(milliseconds=value)


class Named(sa.TypeDecorator[StrEnum]):
    """One of a closed list of names, kept as its text."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, names: type[StrEnum]) -> None:
        super().__init__()
        self.names = names

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> StrEnum | None:
        return None if value is None else self.names(value)


# ---- queue.db ----

LOG: Final = sa.MetaData()

streams = sa.Table(
    "streams",
    LOG,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.UniqueConstraint("branch", "day", "kind", name="one_stream_a_name"),
)

records = sa.Table(
    "records",
    LOG,
    sa.Column("stream", sa.ForeignKey("streams.id"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("stored", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("request", sa.Text),
    sa.Column("digest", sa.Text),
    sa.UniqueConstraint("stream", "request", name="one_outcome_a_request"),
)

plans = sa.Table(
    "plans",
    LOG,
    sa.Column("branch", sa.Text, primary_key=True),
    sa.Column("plan", sa.LargeBinary, nullable=False),
)

followers = sa.Table(
    "followers",
    LOG,
    sa.Column("name", sa.Text, primary_key=True),
)

cursors = sa.Table(
    "cursors",
    LOG,
    sa.Column("follower", sa.ForeignKey("followers.name"), primary_key=True),
    sa.Column("stream", sa.ForeignKey("streams.id"), primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
)

derived = sa.Table(
    "derived",
    LOG,
    sa.Column("stream", sa.ForeignKey("streams.id"), primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("head", sa.Text, nullable=False),
    sa.Column("value", sa.LargeBinary, nullable=False),
)

# ---- people.db ----

PEOPLE: Final = sa.MetaData()

accounts = sa.Table(
    "accounts",
    PEOPLE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("username", sa.Text, nullable=False),
    sa.Column("name_key", sa.Text, nullable=False),  # the username, case folded
    sa.Column("display_name", sa.Text, nullable=False),
    sa.Column("role", Named(Role), nullable=False),
    sa.Column("branch", sa.Text),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.UniqueConstraint("name_key", name="one_account_a_username"),
)

invitations = sa.Table(
    "invitations",
    PEOPLE,
    sa.Column("token_hash", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("role", Named(Role), nullable=False),
    sa.Column("branch", sa.Text),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("invited_by", sa.Text, nullable=False),
    sa.Column("account", sa.ForeignKey("accounts.id"), index=True),
    sa.UniqueConstraint("id", name="one_invitation_an_id"),
)

sessions = sa.Table(
    "sessions",
    PEOPLE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("token_hash", sa.Text, nullable=False),
    sa.Column("account", sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("seen_at", UtcTime, nullable=False),
    sa.Column("idle_expires_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("stage", Named(Stage), nullable=False),
    sa.Column("active_at", UtcTime),
    sa.Column("device", sa.Text, index=True),
    sa.Column("challenge", sa.LargeBinary),
    sa.UniqueConstraint("token_hash", name="one_session_a_token"),
)

totps = sa.Table(
    "totps",
    PEOPLE,
    sa.Column("account", sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("secret", sa.Text, nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
    sa.Column("confirmed_at", UtcTime),
    sa.Column("last_step", sa.BigInteger, nullable=False),
)

passkeys = sa.Table(
    "passkeys",
    PEOPLE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("account", sa.ForeignKey("accounts.id"), nullable=False, index=True),
    sa.Column("public_key", sa.Text, nullable=False),
    sa.Column("sign_count", sa.BigInteger, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("used_at", UtcTime),
)

recovery_codes = sa.Table(
    "recovery_codes",
    PEOPLE,
    sa.Column("account", sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("code_hash", sa.Text, primary_key=True),
)

pins = sa.Table(
    "pins",
    PEOPLE,
    sa.Column("account", sa.ForeignKey("accounts.id"), primary_key=True),
    sa.Column("pin_hash", sa.Text, nullable=False),
)

tokens = sa.Table(
    "tokens",
    PEOPLE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("token_hash", sa.Text, nullable=False),
    sa.Column("role", Named(Role), nullable=False),
    sa.Column("branch", sa.Text),
    sa.Column("counter", sa.Text),
    sa.Column("account", sa.ForeignKey("accounts.id"), index=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime),
    sa.Column("revoked_at", UtcTime),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("made_by", sa.Text, nullable=False),
    sa.Column("seen_at", UtcTime),
    sa.UniqueConstraint("token_hash", name="one_bearer_a_token"),
)

device_keys = sa.Table(
    "device_keys",
    PEOPLE,
    sa.Column("key_hash", sa.Text, primary_key=True),
    sa.Column("role", Named(Role), nullable=False),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
)

pairings = sa.Table(
    "pairings",
    PEOPLE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("secret_hash", sa.Text, nullable=False),
    sa.Column("code_hash", sa.Text, nullable=False),
    sa.Column("role", Named(Role), nullable=False),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("browser", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("expires_at", UtcTime, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("approved_by", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.UniqueConstraint("secret_hash", name="one_pairing_a_secret"),
    # An approved one shows its code no more: another screen may.
    sa.Index(
        "one_screen_a_code",
        "code_hash",
        unique=True,
        sqlite_where=sa.text("approved_by = ''"),
        postgresql_where=sa.text("approved_by = ''"),
    ),
)

server_keys = sa.Table(
    "server_keys",
    PEOPLE,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("secret", sa.LargeBinary, nullable=False),
)

join_keys = sa.Table(
    "join_keys",
    PEOPLE,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("secret", sa.LargeBinary, nullable=False),
    sa.Column("made_at", UtcTime, nullable=False),
)

day_salts = sa.Table(
    "day_salts",
    PEOPLE,
    sa.Column("branch", sa.Text, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("salt", sa.LargeBinary, nullable=False),
    sa.Column("erase_at", UtcTime, nullable=False),
)

notes = sa.Table(
    "notes",
    PEOPLE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("kind", Named(NoteKind), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("erase_at", UtcTime, nullable=False, index=True),
)

ratings = sa.Table(
    "ratings",
    PEOPLE,
    sa.Column("ticket_id", sa.Text, primary_key=True),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("stars", sa.Integer, nullable=False),
    sa.Column("comment", sa.Text),
    sa.Column("at", UtcTime, nullable=False),
    sa.Index("ratings_of_a_day", "branch", "day"),
)

ticket_persons = sa.Table(
    "ticket_persons",
    PEOPLE,
    sa.Column("ticket_id", sa.Text, primary_key=True),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("identity", sa.Text, nullable=False),
    sa.Column("last_four", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("erase_at", UtcTime, nullable=False, index=True),
    sa.Index("persons_of_a_day", "branch", "day"),
)

push_subscriptions = sa.Table(
    "push_subscriptions",
    PEOPLE,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("ticket_id", sa.Text, nullable=False),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("endpoint", sa.Text, nullable=False),
    sa.Column("p256dh", sa.Text, nullable=False),
    sa.Column("auth", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("created_at", UtcTime, nullable=False),
    sa.Column("erase_at", UtcTime, nullable=False, index=True),
    sa.UniqueConstraint("ticket_id", "endpoint", name="one_subscription_an_endpoint"),
    sa.Index("subscriptions_of_a_day", "branch", "day"),
)

messages = sa.Table(
    "messages",
    PEOPLE,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("ticket_id", sa.Text, nullable=False),
    sa.Column("branch", sa.Text, nullable=False),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("occasion", Named(Occasion), nullable=False),
    sa.Column("occurrence", sa.Text, nullable=False),
    sa.Column("sense", Named(Sense), nullable=False),
    sa.Column("road", Named(Road), nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("counter", sa.Text),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("happened_at", UtcTime, nullable=False),
    sa.Column("due_at", UtcTime, nullable=False),
    sa.Column("true_until", UtcTime, nullable=False),
    sa.Column("fate", Named(Fate), nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("claimed_until", UtcTime),
    sa.Column("settled_at", UtcTime),
    sa.Column("trouble", sa.Text, nullable=False),
    sa.Column("erase_at", UtcTime, nullable=False, index=True),
    sa.UniqueConstraint(
        "ticket_id", "occasion", "occurrence", "road", "address", name="one_message_an_occasion"
    ),
    sa.Index("messages_of_a_day", "branch", "day"),
    sa.Index(
        "messages_waiting",
        "due_at",
        sqlite_where=sa.text("fate = 'waiting'"),
        postgresql_where=sa.text("fate = 'waiting'"),
    ),
)

failures = sa.Table(
    "failures",
    PEOPLE,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("first_at", UtcTime, nullable=False),
    sa.Column("last_at", UtcTime, nullable=False),
)

acts = sa.Table(
    "acts",
    PEOPLE,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", UtcTime, nullable=False, index=True),
    sa.Column("branch", sa.Text),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("erase_at", UtcTime, nullable=False, index=True),
    sa.Index("acts_of_a_branch", "branch", "id"),
)
