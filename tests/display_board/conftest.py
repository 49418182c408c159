"""The hall's screens, with words strict: a missing id or variable fails the test that met it."""

from collections.abc import Iterator

import pytest

from queue_server.look import words


@pytest.fixture(autouse=True)
def strict_words() -> Iterator[None]:
    words.be_strict()
    yield
    words.be_strict(False)
