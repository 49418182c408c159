"""What others made for our tests is exactly what its package shipped, its licence beside it."""

from hashlib import sha256
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "vendor"
SHIPPED = {
    "acorn/LICENSE": "76a876cf886ff9be2a8b5e2e86514fed06223c8c9f0c1e9ee9606e93841e00b7",
    "acorn/acorn.js": "fdb08546776ec6228b03e8d02b40d4ab3255bae5f401adba7ff5dad927ac5c9c",
    "axe/LICENSE": "af175b9d96ee93c21a036152e1b905b0b95304d4ae8c2c921c7609100ba8df7e",
    "axe/axe.min.js": "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb",
    "README.md": None,
}


def test_files_are_as_they_were_taken() -> None:
    files = {str(file.relative_to(FOLDER)): file for file in FOLDER.rglob("*") if file.is_file()}
    assert files.keys() == SHIPPED.keys()
    found = {name: sha256(file.read_bytes()).hexdigest() for name, file in files.items()}
    assert {
        name for name, expected in SHIPPED.items() if expected not in (None, found[name])
    } == set()
