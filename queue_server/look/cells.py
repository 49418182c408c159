"""Cells of a CSV as a spreadsheet may see them. Must not know what the table is about."""

from __future__ import annotations

from typing import Final

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What spreadsheets take for a formula at the start of a cell (OWASP: CSV injection); the wide
forms where the spreadsheet speaks an East Asian language.
"""


def cell(value: object) -> str:
    """A value as a spreadsheet may see it: what would begin a formula becomes a text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
