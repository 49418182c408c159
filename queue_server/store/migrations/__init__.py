"""How the tables came about: numbered steps for each database, applied at start, never changed
afterwards.

A new step: a file beside the others, its number in `HEADS`, and the tables in `store.schema` as
they are after it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa

HEADS: Final = {"log": "r0002", "people": "r0004"}
"""The newest step of each database. Known here, so that a start without anything to do needs no
Alembic.
"""


class TooNew(Exception):
    """The database was written by a newer program than this one."""


def upgrade(connection: sa.Connection, database: str) -> None:
    """Brings the tables of `database` ("log" or "people") up to date, in the caller's transaction.

    Raises `TooNew` for a step this program does not know.
    """
    current = revision(connection, database)
    if current == HEADS[database]:
        return
    from alembic import command  # Half a second to import, and hardly ever needed.
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    here = Path(__file__).parent
    config = Config()
    config.set_main_option("script_location", str(here))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(here / database))
    config.attributes.update(connection=connection, version_table=_version_table(database))
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise TooNew(
            f"The {database} database was written by a newer program (its step is {current}, this "
            f"program knows up to {HEADS[database]}): run that program, or restore a backup."
        )
    if connection.dialect.name == "postgresql":
        # Several nodes may start at once: one migrates, the others wait and find it done.
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext('lapak migrations'))"))
    command.upgrade(config, "head")


def revision(connection: sa.Connection, database: str) -> str | None:
    """The newest step applied; None for a database without tables."""
    table = _version_table(database)
    if not sa.inspect(connection).has_table(table):
        return None
    number: sa.ColumnClause[str] = sa.column("version_num", sa.Text)
    found = connection.execute(sa.select(number).select_from(sa.table(table)))
    return found.scalar_one_or_none()


def _version_table(database: str) -> str:
    return f"{database}_version"
