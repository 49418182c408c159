"""What must hold of every day, or the fold stops."""

from __future__ import annotations


class BrokenInvariant(Exception):
    """A promise of the day would be broken: a bug. The day stops before anything is durable."""


def must(condition: bool, promise: str) -> None:
    if not condition:
        raise BrokenInvariant(promise)
