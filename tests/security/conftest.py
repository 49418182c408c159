"""The world of the web's tests, for what is held about all of it at once."""

from tests.web.conftest import demo_folder, folder, strict_words, world

__all__ = ["demo_folder", "folder", "strict_words", "world"]
