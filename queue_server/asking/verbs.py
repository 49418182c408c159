"""The table of verbs: every one there is, by its name, in the order the API tells them.

The addresses, the OpenAPI document, the buttons of pages, the fields of forms and the names in a
replay are read from it. Must not know any row.
"""

from __future__ import annotations

from typing import Final

from queue_server.asking.rows.at_counter import AT_COUNTER
from queue_server.asking.rows.counter import COUNTER
from queue_server.asking.rows.day import DAY
from queue_server.asking.rows.holder import HOLDER
from queue_server.asking.rows.in_line import IN_LINE
from queue_server.asking.rows.taking import ISSUE
from queue_server.asking.verb import VerbRow

VERBS: Final[dict[str, VerbRow]] = {
    row.name: row for row in (ISSUE, *COUNTER, *AT_COUNTER, *IN_LINE, *HOLDER, *DAY)
}


def buttons(page: str) -> frozenset[str]:
    """The verbs that are buttons of this page."""
    return frozenset(name for name, row in VERBS.items() if page in row.pages)
