"""What others made is exactly what its package shipped, with its licence beside it."""

import json
from hashlib import sha256
from typing import Any

import pytest

from queue_server.look.files import static_folders

VENDOR = static_folders()["look"] / "vendor"
SHIPPED: list[dict[str, Any]] = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
FONT_BYTES_MAX = 30_000


@pytest.mark.parametrize("package", SHIPPED, ids=lambda package: package["folder"])
def test_files_are_as_they_were_taken(package: dict[str, Any]) -> None:
    folder = VENDOR / package["folder"]
    found = {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
    assert found == package["files"]
    assert "LICENSE" in found
    assert package["version"]
    assert package["licence"]


def test_nothing_is_vendored_unnamed() -> None:
    named = {package["folder"] for package in SHIPPED}
    assert {folder.name for folder in VENDOR.iterdir() if folder.is_dir()} == named
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    for package in SHIPPED:
        assert package["version"].split()[0] in readme
        assert package["licence"] in readme


def test_the_font_is_small_enough_for_a_phone() -> None:
    assert (VENDOR / "font" / "atkinson-hyperlegible-next.woff2").stat().st_size <= FONT_BYTES_MAX
