"""The spoken call: the right clips in the right order, and each of them shipped."""

import json
from pathlib import Path
from typing import Any

import pytest

from queue_server.look.files import static_folders
from queue_server.look.speech import CLIPS, SPOKEN, sentence

TABLE: list[dict[str, Any]] = json.loads(Path(__file__).with_name("speech_table.json").read_text())
CLIP_FOLDER = static_folders()["look"] / "clips"
ALL_CLIPS_BYTES_MAX = 200_000  # a language is fetched once, on the branch's own network


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['number']} {row['spoken']}")
def test_a_call_is_spoken_clip_by_clip(row: dict[str, Any]) -> None:
    said = sentence(
        row["number"],
        row["counter"],
        row["kind"],
        language=row["language"],
        spoken=row["spoken"],
    )
    assert " ".join(said) == row["clips"]


@pytest.mark.parametrize("language", CLIPS)
@pytest.mark.parametrize("spoken", SPOKEN)
def test_every_number_can_be_spoken(language: str, spoken: str) -> None:
    for n in range(1, 10_000, 7):
        for kind in ("desk", "booth"):
            said = sentence(f"A-{n:03d}", str(n), kind, language=language, spoken=spoken)
            assert set(said) <= set(CLIPS[language])


@pytest.mark.parametrize("language", CLIPS)
def test_the_shipped_clips_are_exactly_those_that_are_spoken(language: str) -> None:
    files = {file.stem: file.stat().st_size for file in (CLIP_FOLDER / language).iterdir()}
    assert set(files) == set(CLIPS[language])
    assert min(files.values()) > 500, "a clip is nearly empty"
    assert sum(files.values()) < ALL_CLIPS_BYTES_MAX


def test_the_chime_is_shipped() -> None:
    assert (CLIP_FOLDER / "chime.opus").read_bytes().startswith(b"OggS")
