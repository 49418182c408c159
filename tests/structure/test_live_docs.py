"""`docs/live.md` shows the codes of `LineTicket.can` as the wire has them.

`python -m tests.structure.test_live_docs` writes its table anew.
"""

from pathlib import Path

from queue_server.wire import VERB_CODES, Group
from tests.structure.tables import with_tables

PAGE = Path(__file__).parents[2] / "docs" / "live.md"


def codes() -> str:
    """Letter → verb."""
    rows = [f"| `{letter}` | `{verb}` |" for letter, verb in VERB_CODES.items()]
    return "\n".join(["| letter | verb |", "|---|---|", *rows])


def written(page: str) -> str:
    return with_tables(page, {"verb codes": codes()})


def test_the_page_shows_the_letters_of_the_wire() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == written(page)


def test_the_page_names_every_group_one_may_ask_for() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert not [group for group in Group if f"`{group}`" not in page]


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
