"""The trail as a table for a spreadsheet: what the page shows, with codes and hashes beside it.

Must not know requests.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final
from zoneinfo import ZoneInfo

from queue_server.look.cells import cell
from queue_server.web.pages.audit_lines import AuditLine

COLUMNS: Final = (
    *("at", "branch", "by", "who", "role", "kind", "what"),
    *("number", "counter", "about", "outcome", "seq", "hash"),
)
# Without it spreadsheets take UTF-8 for something older.
_MARK: Final = "\ufeff"


def as_csv(lines: Iterable[AuditLine], zone: ZoneInfo) -> bytes:
    """Oldest first, times as the branch's clocks show them."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow(COLUMNS)
    for line in lines:
        at = line.at.astimezone(zone).isoformat(timespec="milliseconds")
        rest = (getattr(line, name) for name in COLUMNS[1:])
        table.writerow([at, *(cell(value) for value in rest)])
    return (_MARK + out.getvalue()).encode()
