"""A phone, and the world around it, for every test of pages. Words are strict there: a missing id
or variable fails the test that met it.
"""

from tests.pages.phones import phone
from tests.web.conftest import demo_folder, folder, strict_words, world

__all__ = ["demo_folder", "folder", "phone", "strict_words", "world"]
