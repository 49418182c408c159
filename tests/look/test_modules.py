"""The browser's modules say what Python says: the same table through both."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.look.files import static_folders
from queue_server.look.speech import CLIPS
from queue_server.look.words import LANGUAGES, Words, catalogue
from tests.look.test_speech import TABLE
from tests.look.test_words import SPANS

NOW = datetime(2026, 11, 23, 0, 10, tzinfo=UTC)
ZONE = "Asia/Makassar"

pytestmark = pytest.mark.skipif(
    shutil.which("node") is None, reason="no node here: the browser's modules were not compared"
)


class Browser:
    """Our modules, in a folder where every node takes `.js` files for modules."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "look"
        kept = shutil.ignore_patterns("clips", "*.css", "*.svg", "*.woff2")
        shutil.copytree(static_folders()["look"], self.folder, ignore=kept)
        (folder / "package.json").write_text('{"type": "module"}')

    def run(self, script: str, *arguments: str) -> str:
        path = Path(__file__).with_name(script)
        command = ["node", str(path), str(self.folder), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, language: str, *questions: list[Any]) -> list[Any]:
        words = json.dumps({"language": language, "ftl": catalogue(language, "common")})
        answers: list[Any] = json.loads(self.run("modules.mjs", words, json.dumps(questions)))
        return answers


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(tmp_path_factory.mktemp("modules"))


def test_the_spoken_call_is_the_same_in_the_browser(browser: Browser) -> None:
    questions = [
        [
            "sentence",
            {name: row[name] for name in ("number", "counter", "kind")},
            {name: row[name] for name in ("language", "spoken")},
        ]
        for row in TABLE
    ]
    assert browser.ask("id", *questions) == [row["clips"] for row in TABLE]


def test_the_browser_knows_the_same_clips(browser: Browser) -> None:
    for language, clips in CLIPS.items():
        (names,) = browser.ask("id", ["clipNames", language])
        assert sorted(names) == sorted(clips)


@pytest.mark.parametrize("language", LANGUAGES)
def test_waits_are_told_the_same_in_the_browser(browser: Browser, language: str) -> None:
    words = Words(language)
    waits = [
        {"low_min": low, "high_min": high, "rough": rough}
        for low, high, *_ in SPANS
        for rough in (False, True)
    ]
    questions: list[list[Any]] = [["waitRange", low, high] for low, high, *_ in SPANS]
    questions += [["waitSentence", wait] for wait in waits] + [["waitSentence", None]]
    told = [words.wait_range(low, high) for low, high, *_ in SPANS]
    told += [words.wait_sentence(w["low_min"], w["high_min"], bool(w["rough"])) for w in waits]
    assert browser.ask(language, *questions) == [*told, words("wait-unknown")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_times_are_told_the_same_in_the_browser(browser: Browser, language: str) -> None:
    words = Words(language)
    midnight = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)
    since = [NOW - timedelta(minutes=minutes, seconds=30) for minutes in (0, 4, 59, 60, 125)]
    questions: list[list[Any]] = [["language"]]
    questions += [["clock", at.isoformat(), ZONE, True] for at in (NOW, midnight)]
    questions += [["clock", NOW.isoformat(), ZONE, False]]
    questions += [["elapsed", at.isoformat(), NOW.isoformat()] for at in since]
    told = [language, words.clock(NOW, ZONE), words.clock(midnight, ZONE)]
    told += [words.clock(NOW, ZONE, named=False)]
    told += [words.elapsed(at, NOW) for at in since]
    assert browser.ask(language, *questions) == told


def test_a_stopwatch_runs_in_minutes_and_seconds(browser: Browser) -> None:
    since = (NOW - timedelta(minutes=4, seconds=12)).isoformat()
    assert browser.ask("id", ["stopwatch", since, NOW.isoformat()]) == ["4:12"]


def test_the_socket_client_keeps_its_promises(browser: Browser) -> None:
    assert "all held" in browser.run("socket.mjs")
