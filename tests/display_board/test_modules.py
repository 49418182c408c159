"""The screen's own modules, run by node: what is announced and when, and what stands where."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server import wire
from queue_server.look.pages import static_folders
from queue_server.look.speech import CLIPS, SPARE
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


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def told_call(shown: wire.CallShown) -> Any:
    return json.loads(wire.encode(shown))


def told(view: wire.BoardView) -> Any:
    return json.loads(wire.encode(view))


def test_each_call_stands_where_the_view_puts_it(folder: Path) -> None:
    view = view_of(
        call(1, "A-001", "1", current=False),
        call(2, "A-002", "2", at=NOW),
        call(3, "A-003", "3", at=NOW),
        now=NOW,
    )
    (shown,) = ask(folder, ["places", told(view), ms(NOW), None])
    assert shown == [3, "called", [2], [1]]


def test_the_call_being_spoken_stands_huge_and_the_newer_one_above_the_rest(folder: Path) -> None:
    spoken = call(2, "A-002", "2", at=NOW - timedelta(minutes=2))
    view = view_of(call(1, "A-001", "1", current=False), spoken, call(3, "A-003", "3"), now=NOW)
    (shown,) = ask(folder, ["places", told(view), ms(NOW), told_call(spoken)])
    assert shown == [2, "called", [3], [1]]
    over = view_of(call(1, "A-001", "1"), spoken, call(3, "A-003", "3", current=False), now=NOW)
    (shown,) = ask(folder, ["places", told(over), ms(NOW), told_call(spoken)])
    assert shown == [2, "called", [1], [3]]


def test_a_call_spoken_that_no_view_carries_any_more_still_stands(folder: Path) -> None:
    gone = call(1, "A-001", "1", at=NOW)
    view = view_of(call(5, "A-005", "5"), now=NOW)
    (shown,) = ask(folder, ["places", told(view), ms(NOW), told_call(gone)])
    assert shown == [1, "called", [5], []]


@pytest.mark.parametrize(
    ("hero", "tone"),
    [
        (call(1, "A-001", at=NOW - timedelta(seconds=29)), "called"),
        (call(1, "A-001", at=NOW - timedelta(seconds=31)), "at"),
        (call(1, "A-001", at=NOW, current=False), "over"),
        (call(1, "A-001", at=NOW, current=False, withdrawn=True), "withdrawn"),
    ],
)
def test_a_call_is_loud_then_quiet_then_over(folder: Path, hero: wire.CallShown, tone: str) -> None:
    (shown,) = ask(folder, ["places", told(view_of(hero, now=NOW)), ms(NOW), None])
    assert shown[:2] == [1, tone]


def test_an_empty_hall_has_no_huge_number(folder: Path) -> None:
    (shown,) = ask(folder, ["places", told(view_of(now=NOW)), ms(NOW), None])
    assert shown == [None, "over", [], []]


def test_a_call_is_heard_as_chime_and_sentence(folder: Path) -> None:
    [heard] = view_of(call(5, "A-012", "3"), now=NOW).calls
    one, both, none, hasty = ask(
        folder,
        ["speech", told_call(heard), ["id"], SPARE, False],
        ["speech", told_call(heard), ["id", "en"], SPARE, False],
        ["speech", told_call(call(5, "A-012", withdrawn=True)), ["id"], SPARE, False],
        ["speech", told_call(heard), ["id"], SPARE, True],
    )
    names = "nomor-antrean a 0 1 2 silakan-menuju loket 3".split()
    assert one == ["look/clips/chime.opus", *[f"look/clips/id/{name}.opus" for name in names]]
    assert both[: len(one)] == one
    assert Path(both[-1]) == Path("look/clips/en/3.opus")
    assert none == ["look/clips/chime.opus"]
    assert hasty == [None, *[url for url in one[1:] if "silakan" not in url]]


@pytest.mark.parametrize("languages", [["id"], ["id", "en"]])
def test_every_clip_the_screen_prepares_is_shipped(folder: Path, languages: list[str]) -> None:
    names = {language: list(CLIPS[language]) for language in CLIPS}
    (urls,) = ask(folder, ["everything", names, languages])
    assert len(urls) == 1 + sum(len(names[one]) for one in languages)
    assert [url for url in urls if not (folder / url).is_file()] == []
