"""A server for tests that are cruel to it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.server import Server


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path)
    try:
        yield server
    finally:
        await server.end()
