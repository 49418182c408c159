"""`docs/calling.md` shows the states, the settings and the refusals as the code has them.

`python -m tests.structure.test_calling_docs` writes its tables anew.
"""

from dataclasses import fields
from pathlib import Path

from queue_server.domain.model import TicketState
from queue_server.domain.plan import Rules
from queue_server.domain.refusals import FIELDS, Code
from queue_server.domain.transitions import TABLE, Verb
from tests.structure.tables import with_tables

PAGE = Path(__file__).parents[2] / "docs" / "calling.md"


def transitions() -> str:
    """State × verb, rows by verb."""
    states = list(TicketState)
    lines = ["| | " + " | ".join(states) + " |", "|---" * (len(states) + 1) + "|"]
    for verb in Verb:
        cells = [" or ".join(sorted(TABLE[verb].get(state, ()))) for state in states]
        lines.append(f"| `{verb}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def refusals() -> str:
    """Code and fields."""
    lines = ["| code | fields |", "|---|---|"]
    for code in Code:
        fields = ", ".join(f"`{name}`" for name in FIELDS[code])
        lines.append(f"| `{code}` | {fields} |")
    return "\n".join(lines)


def settings() -> str:
    """Every rule a branch may set, with its default."""
    lines = ["| setting | default |", "|---|---|"]
    rules = (f"| `{field.name}` | {field.default} |" for field in fields(Rules))
    return "\n".join([*lines, *rules])


TABLES = {"transitions": transitions(), "settings": settings(), "refusals": refusals()}


def test_the_page_shows_the_tables_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page, TABLES) == page
    assert all(table in page for table in TABLES.values())


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), TABLES), encoding="utf-8")
