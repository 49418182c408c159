"""The worlds of `tests.web`, for those who mean harm."""

from tests.web.conftest import (
    demo_folder,
    folder,
    live,
    shared,
    strict_words,
    two_branches,
    world,
)

__all__ = ["demo_folder", "folder", "live", "shared", "strict_words", "two_branches", "world"]
