"""People and rights without any face: the services on a store of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queue_server.people import Account, Role
from queue_server.people.access import Access
from queue_server.settings import Settings
from queue_server.store.folder import open_stores

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
async def access(tmp_path: Path) -> AsyncIterator[Access]:
    """With one administrator of all branches, `admin`, and one officer, `officer1`."""
    async with await open_stores(tmp_path) as stores:
        access = Access(stores.people, lambda: NOW, Settings(data=tmp_path), lambda: None)
        for name, role, branch in (
            ("admin", Role.ADMIN, None),
            ("officer1", Role.OFFICER, "bontang"),
        ):
            await access.people.add_account(Account(name, name, name, role, branch, "-", NOW))
        yield access
