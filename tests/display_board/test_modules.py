"""The screen's own modules, run by node: what is announced and when, and what stands where."""

import json
import random
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from display_board.screen import arrange, kind_of
from queue_server import wire
from queue_server.look.pages import static_folders
from tests.display_board.hall import call, view_of

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None, reason="no node here: the lobby screen's modules were not tested"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our modules and their tests, where every node takes `.js` files for modules."""
    folder = tmp_path_factory.mktemp("board") / "static"
    shutil.copytree(static_folders()["board"], folder / "board")
    shutil.copytree(static_folders()["look"], folder / "look")
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, folder)
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def run(folder: Path, *command: str, given: str = "") -> str:
    done = subprocess.run(
        ["node", *command],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def ask(folder: Path, *questions: list[Any]) -> list[Any]:
    given = json.dumps(questions)
    answers: list[Any] = json.loads(run(folder, "modules.mjs", given=given))
    return answers


@pytest.mark.parametrize("name", ["announcer", "voice"])
def test_the_sentences_of(name: str, folder: Path) -> None:
    said = run(folder, "--test", f"{name}.test.mjs")
    assert "fail 0" in said
    assert "pass 0" not in said


def some_view(dice: random.Random) -> wire.BoardView:
    calls = []
    busy = dice.random() < 0.7
    for seq in range(1, dice.randint(1, 16)):
        withdrawn = dice.random() < 0.2
        calls.append(
            call(
                seq,
                f"A-{dice.randint(1, 12):03d}",
                str(dice.randint(1, 11)),
                at=NOW - timedelta(seconds=dice.randint(0, 90)),
                again=dice.random() < 0.2,
                withdrawn=withdrawn,
                current=busy and not withdrawn and dice.random() < 0.5,
            )
        )
    return view_of(
        *calls,
        open=dice.random() < 0.6,
        opens_at=dice.choice([None, NOW + timedelta(hours=dice.randint(1, 40))]),
        waiting={"A": dice.randint(0, 1) if busy else 0, "B": 0},
    )


def test_the_server_and_the_browser_arrange_alike(folder: Path) -> None:
    dice = random.Random(20261123)
    views = [some_view(dice) for _ in range(300)]
    now_ms = int(NOW.timestamp() * 1000)
    there = ask(folder, *[["arrange", json.loads(wire.encode(view)), now_ms] for view in views])
    here = []
    for view in views:
        screen = arrange(view, NOW)
        here.append(
            [
                screen.state,
                screen.hero and screen.hero.seq,
                screen.tone,
                [each.seq for each in screen.current],
                [each.seq for each in screen.earlier],
                screen.hero and kind_of(view, screen.hero),
            ]
        )
    assert here == there
    assert {state for state, *_ in here} == {"calls", "empty", "before", "closed"}
    assert {tone for _, _, tone, *_ in here} == {"called", "at", "over", "withdrawn"}


def test_a_call_is_heard_as_chime_and_sentence(folder: Path) -> None:
    told = {"number": "A-012", "counter": "3"}
    (digits, words, both) = ask(
        folder,
        ["speech", told, "desk", "id", "digits"],
        ["speech", told, "booth", "id", "words"],
        ["speech", told, "desk", "both", "digits"],
    )
    names = "nomor-antrean a 0 1 2 silakan-menuju loket 3".split()
    assert digits == ["look/clips/chime.opus", *[f"look/clips/id/{name}.opus" for name in names]]
    assert [Path(url).stem for url in words[1:]] == [
        *"nomor-antrean a 2 belas silakan-menuju bilik 3".split()
    ]
    assert both[: len(digits)] == digits
    assert all("/en/" in url for url in both[len(digits) :])
    assert len(both) > len(digits)


@pytest.mark.parametrize("voice", ["id", "both"])
def test_every_clip_the_screen_prepares_is_shipped(folder: Path, voice: str) -> None:
    (urls,) = ask(folder, ["everything", voice])
    missing = [url for url in urls if not (folder / url.removeprefix("/static/v-1/")).is_file()]
    assert urls
    assert not missing
