"""The codes we ship (outcomes, reasons) have words on staff pages, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from queue_server.look.words import LANGUAGES, Words
from queue_server.manage import demo
from queue_server.manage.branch_file import branch_from_toml
from queue_server.web.pages.shown import CALL_REASONS, PAUSE_REASONS

SHIPPED = (
    demo.plan(),
    branch_from_toml(
        (Path(__file__).parents[2] / "deploy" / "branch.toml").read_text("utf-8"), branch="bontang"
    ),
)
CODES = {
    *(*CALL_REASONS, *PAUSE_REASONS),
    *(
        code
        for plan in SHIPPED
        for code in (*plan.outcomes, *plan.pause_reasons, *plan.call_reasons)
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_a_shipped_code_has_words(code: str, language: str) -> None:
    assert Words(language).has(f"staff-code-{code.replace('_', '-')}")
