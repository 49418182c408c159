"""A branch that is awake, and a push service of our own that it may ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from queue_server.notices import sending
from tests.notices.push_service import PushService, push_service
from tests.web.conftest import demo_folder, folder, strict_words
from tests.web.harness import World, living_world

__all__ = ["demo_folder", "folder", "strict_words"]


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as made:
        yield made


@pytest.fixture
async def world(
    folder: Path, service: PushService, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    monkeypatch.setattr(sending, "BACK_OFF_S", 0.02)
    async with living_world(folder, push_services_extra=(service.url,)) as made:
        await made.open_counter()
        yield made
