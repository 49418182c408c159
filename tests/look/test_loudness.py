"""The shipped clips, decoded by the browser that plays them: no word drowns beside another."""

from __future__ import annotations

import base64
import importlib.util
from array import array
from math import pi, sin
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import sync_playwright

from queue_server.look.files import static_folders
from queue_server.look.speech import CLIPS

ROOT = Path(__file__).resolve().parents[2]
CLIP_FOLDER = static_folders()["look"] / "clips"
APART_LU_MAX = 4.0  # two either way
CHIME_BELOW_LU = 3.0
NEAR_LU = 1.0
FULL = 32768
DECODE = """async (clip) => {
    const bytes = Uint8Array.from(atob(clip), (sign) => sign.charCodeAt(0));
    const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes.buffer);
    const whole = Int16Array.from(sound.getChannelData(0), (value) => value * 32767);
    let text = "";
    for (const byte of new Uint8Array(whole.buffer)) text += String.fromCharCode(byte);
    return [sound.numberOfChannels, btoa(text)];
}"""


@pytest.fixture(scope="module")
def loudness() -> ModuleType:
    spec = importlib.util.spec_from_file_location("loudness", ROOT / "scripts/lib/loudness.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def decoded(chromium_path: str) -> dict[str, list[float]]:
    """Clip -> what a loudspeaker gets of it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=["--no-sandbox"])
        page = browser.new_page()
        found: dict[str, list[float]] = {}
        for file in sorted(CLIP_FOLDER.rglob("*.opus")):
            clip = base64.b64encode(file.read_bytes()).decode()
            channels, samples = page.evaluate(DECODE, clip)
            assert channels == 1, f"{file.name}: in two channels it is twice as strong as measured"
            whole = array("h", base64.b64decode(samples))
            found[str(file.relative_to(CLIP_FOLDER))] = [value / FULL for value in whole]
        browser.close()
    return found


def tone(peak: float, seconds: float) -> list[float]:
    return [peak * sin(2 * pi * 997 * n / 48_000) for n in range(int(seconds * 48_000))]


def test_the_measure_is_the_standards(loudness: ModuleType) -> None:
    """A full tone of 997 Hz in one channel is -3.01 LUFS (BS.1770); pauses do not count."""
    assert loudness.lufs(tone(1.0, 2)) == pytest.approx(-3.01, abs=0.02)
    assert loudness.lufs(tone(0.1, 2)) == pytest.approx(-23.01, abs=0.02)
    paused = tone(0.1, 2) + [0.0] * 48_000 * 4
    assert loudness.lufs(paused) == pytest.approx(-23.01, abs=0.5)
    assert loudness.lufs(tone(0.1, 0.2)) == pytest.approx(-26.02, abs=0.1)
    assert loudness.lufs([0.0] * 48_000) == pytest.approx(-70)


@pytest.mark.browser
@pytest.mark.slow
def test_every_word_is_as_loud_as_the_others_and_the_chime_is_below_them(
    decoded: dict[str, list[float]], loudness: ModuleType
) -> None:
    assert len(decoded) == 1 + sum(map(len, CLIPS.values()))
    levels = {name: loudness.lufs(samples) for name, samples in decoded.items()}
    chime = levels.pop("chime.opus")
    softest, loudest = min(levels, key=levels.__getitem__), max(levels, key=levels.__getitem__)
    assert levels[loudest] - levels[softest] < APART_LU_MAX, (softest, loudest)
    middle = sum(levels.values()) / len(levels)
    assert middle - chime == pytest.approx(CHIME_BELOW_LU, abs=NEAR_LU)


@pytest.mark.browser
@pytest.mark.slow
def test_no_clip_reaches_the_end_of_the_scale(decoded: dict[str, list[float]]) -> None:
    peaks = {name: max(map(abs, samples)) for name, samples in decoded.items()}
    assert max(peaks.values()) < 10 ** (-1 / 20), max(peaks, key=peaks.__getitem__)
