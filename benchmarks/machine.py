"""What this machine is, and what its disk can do at best. Must not know the product."""

from __future__ import annotations

import os
import platform
import resource
import sqlite3
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from benchmarks.figures import Spread

PAGE_BYTES = 4096
ROW_BYTES = 300
"""About what an event takes in the log, with its hash."""


def describe() -> str:
    """One line for the head of a report; other work on the machine shows in its load."""
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    servers = ", ".join(f"{name} {version(name)}" for name in ("uvicorn", "uvloop", "starlette"))
    return (
        f"{_processor()}, {cores} cores, {gib:.0f} GiB, Linux {platform.release()}, {versions}, "
        f"{servers}; load before the run {load:.1f}"
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text(errors="replace").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


@dataclass(frozen=True, slots=True)
class Worked:
    """Processor seconds since the machine and this run began."""

    at_s: float
    all_s: float
    ours_s: float
    """This process and its children that have ended."""


def worked() -> Worked:
    fields = Path("/proc/stat").read_text().partition("\n")[0].split()[1:]
    user, nice, system, _idle, _waiting, irq, soft_irq, *_ = map(int, fields)
    all_s = (user + nice + system + irq + soft_irq) / os.sysconf("SC_CLK_TCK")
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Worked(time.monotonic(), all_s, sum(one.ru_utime + one.ru_stime for one in usages))


def others(since: Worked) -> float:
    """How much of the machine's time other programs took since then, from 0 to 1."""
    now = worked()
    took_s = (now.all_s - since.all_s) - (now.ours_s - since.ours_s)
    return max(0.0, took_s / ((now.at_s - since.at_s) * len(os.sched_getaffinity(0))))


def allow_files(wanted: int) -> int:
    """Raises this process's limit of open files, and its children's; what it is now."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    limit = most if most != resource.RLIM_INFINITY else wanted
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
    return limit


def fsync(folder: Path, count: int) -> Spread:
    """What one durable write of a page costs here."""
    path, took_s = folder / "fsync.probe", []
    page = os.urandom(PAGE_BYTES)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        for _ in range(count):
            began = time.perf_counter()
            os.write(descriptor, page)
            os.fdatasync(descriptor)
            took_s.append(time.perf_counter() - began)
    finally:
        os.close(descriptor)
        path.unlink()
    return Spread.of_seconds(took_s)


def plain_commits_a_second(folder: Path, count: int) -> float:
    """The standard library's sqlite3, `synchronous=FULL`, one row a commit, nothing else."""
    path = folder / "plain.probe"
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE records (seq INTEGER PRIMARY KEY, stored BLOB NOT NULL)")
        stored = os.urandom(ROW_BYTES)
        began = time.perf_counter()
        for _ in range(count):
            database.execute("BEGIN IMMEDIATE")
            database.execute("INSERT INTO records (stored) VALUES (?)", (stored,))
            database.execute("COMMIT")
        return count / (time.perf_counter() - began)
    finally:
        database.close()
        for file in folder.glob(f"{path.name}*"):
            file.unlink()


def need_linux() -> None:
    """Clocks shared by processes, and what `/proc` tells: only there."""
    if not sys.platform.startswith("linux"):
        raise SystemExit("These measurements read /proc: they run on Linux only.")
