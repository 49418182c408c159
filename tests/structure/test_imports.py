"""The rooms of the house and who may import whom: the table is here, and held."""

from pathlib import Path

import pytest

from tests.structure.import_reader import (
    House,
    cycle_between_rooms,
    cycle_inside_a_room,
    impurities,
    names_used_twice,
    read_house,
    wrong_imports,
)

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("queue_server", "display_board", "kiosk")

# A room may import itself, and of the project what stands behind it. `store.log` is that one
# module, not its room. Outside the project only `domain` is held to the standard library.
TABLE: dict[str, frozenset[str]] = {
    room: frozenset(may.split())
    for room, may in {
        "__init__": "",
        "domain": "",
        "people": "",
        "wire": "domain",
        "clock": "domain",
        "settings": "domain",
        "views": "domain wire look.moments look.phrasebook look.speech look.words",
        "store": "domain people",
        "live": "domain views store.log wire clock settings",
        "notices": "domain people store.log live.following live.tasks look.phrasebook look.words "
        "settings clock",
        "serving": "settings",
        "look": "settings",
        "asking": "domain.commands domain.events domain.refusals live.day live.face live.hub "
        "live.outcome live.topics people wire settings",
        "web": "asking domain.refusals live.face live.finding live.following live.hub "
        "live.mailbox live.topics notices people reports serving look wire settings",
        "reports": "domain store.log wire settings",
        "display_board": "look wire",
        "kiosk": "look wire",
        "rehearse": "wire",
        "office": "people live domain settings",
        "manage": "asking.verbs domain people office live.days store settings look",
        "app": "*",
        "__main__": "*",
    }.items()
}


@pytest.fixture(scope="module")
def house() -> House:
    return read_house(ROOT, PACKAGES)


def as_text(sentences: list[str]) -> str:
    return "\n".join(sentences)


def test_every_room_imports_only_what_the_house_allows(house: House) -> None:
    assert not as_text(wrong_imports(house, TABLE))


def test_the_rules_are_pure(house: House) -> None:
    assert not as_text(impurities(house, "domain"))


def test_no_rooms_import_in_a_ring(house: House) -> None:
    assert cycle_between_rooms(house) is None


def test_no_files_of_a_room_import_in_a_ring(house: House) -> None:
    assert cycle_inside_a_room(house) is None


def test_a_public_class_name_means_one_thing(house: House) -> None:
    assert not as_text(names_used_twice(house))


def test_the_reader_saw_the_house(house: House) -> None:
    """A checker that reads nothing would find nothing wrong."""
    assert {"domain", "display_board", "kiosk"} <= {module.room for module in house.modules}


class TestTheCheckerItself:
    """A wrong import planted in a small house of its own is found, and a right one is not."""

    @pytest.fixture
    def root(self, tmp_path: Path) -> Path:
        for package in PACKAGES:
            (tmp_path / package).mkdir()
            (tmp_path / package / "__init__.py").touch()
        for room in ("domain", "store", "live", "web"):
            (tmp_path / "queue_server" / room).mkdir()
            (tmp_path / "queue_server" / room / "__init__.py").touch()
        for module in ("domain/refusals", "domain/decide", "store/log", "store/sql", "wire"):
            (tmp_path / "queue_server" / f"{module}.py").touch()
        return tmp_path

    def plant(self, root: Path, path: str, text: str) -> House:
        (root / path).write_text(text, "utf-8")
        return read_house(root, PACKAGES)

    @pytest.mark.parametrize(
        ("path", "text", "expected"),
        [
            (
                "queue_server/web/pages.py",
                "\nfrom queue_server.domain.decide import decide\n",
                "queue_server/web/pages.py:2 imports `domain.decide`, but `web` may import "
                "`asking`, `domain.refusals`, `live.face`, `live.finding`, `live.following`, "
                "`live.hub`, `live.mailbox`, `live.topics`, `look`, `notices`, `people`, "
                "`reports`, `serving`, `settings`, `wire` of the project.",
            ),
            (
                "queue_server/domain/model.py",
                "from queue_server import wire",
                "queue_server/domain/model.py:1 imports `wire`, but `domain` may import nothing "
                "of the project.",
            ),
            ("queue_server/live/runner.py", "from ..store.sql import Log", "imports `store.sql`"),
            ("queue_server/live/runner.py", "from queue_server.store import sql", "`store.sql`"),
            ("queue_server/live/runner.py", "import queue_server.store", "imports `store`"),
            ("queue_server/live/runner.py", "def f(): import queue_server.web", "imports `web`"),
            ("kiosk/agent.py", "import queue_server.store.log", "imports `store.log`"),
            ("kiosk/agent.py", "import display_board", "imports `display_board`"),
            ("kiosk/agent.py", "from tests.structure import house", "imports `tests.structure`"),
            (
                "queue_server/web/x.py",
                "from importlib import import_module\nimport_module('queue_server.store.sql')",
                "imports `store.sql`",
            ),
            ("queue_server/attic.py", "", "queue_server/attic.py is in no room of the house"),
        ],
    )
    def test_catches_a_wrong_import(self, root: Path, path: str, text: str, expected: str) -> None:
        wrong = wrong_imports(self.plant(root, path, text), TABLE)
        assert len(wrong) == 1
        assert expected in wrong[0]

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("queue_server/web/pages.py", "from queue_server.domain.refusals import Code"),
            ("queue_server/web/pages.py", "from queue_server.domain import refusals"),
            ("queue_server/live/runner.py", "from queue_server.store.log import Log"),
            ("queue_server/live/runner.py", "from ..store import log"),
            ("queue_server/store/sql.py", "from . import log\nimport sqlalchemy"),
            ("queue_server/__main__.py", "from queue_server.web import pages"),
        ],
    )
    def test_lets_a_right_import_be(self, root: Path, path: str, text: str) -> None:
        assert wrong_imports(self.plant(root, path, text), TABLE) == []

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("import msgspec", "no standard library"),
            ("import asyncio", "the rules do no I/O"),
            ("from time import monotonic", "the rules do no I/O"),
            ("async def decide(): ...", "`decide` is a coroutine"),
            ("import datetime\nat = datetime.datetime.now()", "asks the clock"),
            ("print('called')", "reads or writes"),
        ],
    )
    def test_catches_impure_rules(self, root: Path, text: str, expected: str) -> None:
        found = impurities(self.plant(root, "queue_server/domain/fold.py", text), "domain")
        assert any(expected in sentence for sentence in found)

    def test_lets_pure_rules_be(self, root: Path) -> None:
        text = "from dataclasses import dataclass\nfrom .commands import CallNext\n"
        house = self.plant(root, "queue_server/domain/fold.py", text)
        assert impurities(house, "domain") == []

    def test_catches_a_ring(self, root: Path) -> None:
        self.plant(root, "queue_server/store/sql.py", "import queue_server.live")
        house = self.plant(root, "queue_server/live/hub.py", "from queue_server.store import log")
        assert cycle_between_rooms(house) == "Rooms import in a ring: live → store → live."

    def test_catches_a_ring_inside_a_room(self, root: Path) -> None:
        self.plant(root, "queue_server/live/hub.py", "from queue_server.live.painter import paint")
        house = self.plant(
            root,
            "queue_server/live/painter.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .hub import Hub",
        )
        assert cycle_inside_a_room(house) == (
            "Files import in a ring: queue_server.live.hub → queue_server.live.painter"
            " → queue_server.live.hub."
        )

    def test_catches_a_class_name_used_twice(self, root: Path) -> None:
        self.plant(root, "queue_server/live/hub.py", "class Line: ...\nclass _Own: ...")
        house = self.plant(root, "kiosk/x.py", "class _Own: ...\nclass Line: ...")
        assert names_used_twice(house) == [
            "`Line` means one thing, but is a class in queue_server/live/hub.py:1 and kiosk/x.py:2."
        ]
