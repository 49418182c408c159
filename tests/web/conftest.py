"""The worlds of these tests: the demo's folder is made once and copied for each."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from queue_server.look import words
from tests.web.harness import Live, World, a_second_branch, living_world, make_demo


@pytest.fixture(autouse=True)
def strict_words() -> Iterator[None]:
    """A sentence nobody wrote fails the test that met it."""
    words.be_strict()
    yield
    words.be_strict(False)


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    make_demo(folder)
    return folder


@pytest.fixture
def folder(demo_folder: Path, tmp_path: Path) -> Path:
    """A data folder of one's own, with the demo's branch and accounts."""
    copied = tmp_path / "data"
    shutil.copytree(demo_folder, copied)
    return copied


@pytest.fixture
async def world(folder: Path) -> AsyncIterator[World]:
    async with living_world(folder) as world:
        yield world


@pytest.fixture
async def two_branches(world: World) -> World:
    await a_second_branch(world)
    return world


@pytest.fixture
def live(folder: Path) -> Iterator[Live]:
    """A real server on a port of its own, for what only a real connection shows; there one guard's
    token stands for a whole hall.
    """
    with Live(folder, issues_per_staff_per_min="1000000") as server:
        yield server


@pytest.fixture(scope="module")
def shared(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A real server for all tests of a file that leave it as it was."""
    copied = tmp_path_factory.mktemp("shared") / "data"
    shutil.copytree(demo_folder, copied)
    with Live(copied) as server:
        yield server
