"""The browser's modules say what Python says: the same table through both."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from queue_server.look.files import static_folders
from queue_server.look.plain import SHARED, plain
from queue_server.look.words import LANGUAGES, UnknownWords, Words

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
        words = json.dumps(
            {"language": language, "texts": {id_: plain(language, id_) for id_ in SHARED}}
        )
        answers: list[Any] = json.loads(self.run("modules.mjs", words, json.dumps(questions)))
        return answers


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return Browser(tmp_path_factory.mktemp("modules"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_fixed_sentences_are_said_the_same_in_the_browser(browser: Browser, language: str) -> None:
    values = {"time": "10.42", "hours": "2", "minutes": "05"}
    said = browser.ask(language, *(["t", id_, values] for id_ in SHARED))
    assert said == [Words(language).format(id_, values) for id_ in SHARED]


def test_a_sentence_with_forms_is_kept_from_browsers() -> None:
    with pytest.raises(UnknownWords, match="phone-head-waiting"):
        plain("id", "phone-head-waiting")


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


def test_the_screen_is_kept_on_as_long_as_it_is_wished(browser: Browser) -> None:
    assert "all held" in browser.run("wake.mjs")
