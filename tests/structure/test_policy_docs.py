"""`docs/policy.md` shows the policy table and its routes as the code has them.

`python -m tests.structure.test_policy_docs` writes its tables anew.
"""

from collections.abc import Iterator
from pathlib import Path

from queue_server.web.policy import POLICY, Reach, Role
from queue_server.web.routes import API, OPERATIONS, OTHERS, PAGES, SOCKETS
from tests.structure.tables import with_tables

PAGE = Path(__file__).parents[2] / "docs" / "policy.md"

ROOMS_OF_THEIR_OWN = {
    "board_page": ("GET /board/{branch}", "GET /board/{branch}/join.svg"),
    "kiosk_page": ("GET /kiosk/{branch}", "POST /kiosk/{branch}/ticket"),
}
"""Given by the board's and the kiosk's own rooms."""


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
    for one in OPERATIONS:
        if one.action == action:
            yield f"{one.method} {API}{one.path}"
    for path, needed, _ in SOCKETS:
        if needed == action:
            yield path
    for path, method, needed, _ in (*PAGES, *OTHERS):
        if needed == action:
            yield f"{method} {path}"
    yield from ROOMS_OF_THEIR_OWN.get(action, ())


TABLES = {"policy": policy(), "routes": routes()}


def test_the_page_shows_the_tables_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page, TABLES) == page
    assert all(table in page for table in TABLES.values())
    assert all(f"`{reach}`" in page for reach in Reach if reach is not Reach.NO)


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), TABLES), encoding="utf-8")
