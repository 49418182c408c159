"""`docs/policy.md` shows the policy table and its routes as the code has them.

`python -m tests.structure.test_policy_docs` writes its tables anew.
"""

from collections.abc import Iterator
from pathlib import Path

from queue_server.people import Role
from queue_server.people.policy import POLICY, Reach
from queue_server.web.routes import HEARD, entries
from tests.structure.tables import with_tables

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"


def policy() -> str:
    """Action × role; what is denied is empty."""
    lines = ["| action | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|"]
    for action, rights in POLICY.items():
        cells = ["" if rights[role] is Reach.NO else rights[role].value for role in Role]
        lines.append(f"| `{action}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def routes() -> str:
    """By action, every address that asks for it."""
    lines = ["| action | where |", "|---|---|"]
    for action in POLICY:
        where = ", ".join(f"`{address}`" for address in addresses(action))
        lines.append(f"| `{action}` | {where} |")
    return "\n".join(lines)


def addresses(action: str) -> Iterator[str]:
    for one in entries():
        if one.action == action:
            yield f"{one.method} {one.path}".removeprefix("SOCKET ").replace(HEARD, "hears")


TABLES = {"policy": policy(), "routes": routes()}


def test_the_page_shows_the_tables_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page, TABLES) == page
    assert all(table in page for table in TABLES.values())
    assert all(f"`{reach}`" in page for reach in Reach if reach is not Reach.NO)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), TABLES), encoding="utf-8")
