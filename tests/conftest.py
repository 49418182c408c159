"""What the whole suite shares: where the browser is, and that a missing one is said loudly.

Fixtures of one room live in that room's own conftest.
"""

import os
import shutil
from collections.abc import Iterator
from typing import Final

import pytest
from argon2 import PasswordHasher
from hypothesis import settings

from queue_server.people import passwords

_REAL: Final = {name: getattr(passwords, name) for name in ("_HASHER", "_NOBODYS")}

# Several processes share the cores: a slow example is no failure. The blob replays a failing one.
settings.register_profile("suite", deadline=None, print_blob=True)
settings.load_profile("suite")

NO_CHROMIUM = "no Chromium here: install it, or name one in LAPAK_CHROMIUM"


def find_chromium() -> str | None:
    """The browser to test with: `LAPAK_CHROMIUM`, else one found by name on the path."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    found = (shutil.which(name) for name in (os.environ.get("LAPAK_CHROMIUM", ""), *names) if name)
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = find_chromium()
    if path is None:
        pytest.skip(NO_CHROMIUM)
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if find_chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if NO_CHROMIUM in str(report.longrepr)
    ]
    if skipped:
        terminalreporter.section("NOT TESTED IN A BROWSER", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{len(skipped)} tests were skipped: {NO_CHROMIUM}.", red=True)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Checks of passwords cost as little as they may: their 64 MiB were nearly half of the time of
    all tests that sign somebody in. Servers that run as processes of their own keep the real ones.
    """
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_HASHER", quick)
        patch.setattr(passwords, "_NOBODYS", quick.hash("nobody's"))
        yield


@pytest.fixture
def real_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashed as in a server, for tests of what that is and of what it costs."""
    for name, real in _REAL.items():
        monkeypatch.setattr(passwords, name, real)
