"""The trail as a table for a spreadsheet: what the page shows, with codes and hashes beside it.

Must not know requests.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from io import StringIO
from zoneinfo import ZoneInfo

from queue_server.look.trail_table import Line, TrailTable
from queue_server.web.pages.audit_lines import AuditLine

_FIELDS = [field.name for field in fields(AuditLine)]


def as_csv(lines: Iterable[AuditLine], day: date, zone: ZoneInfo) -> bytes:
    """A day's lines, oldest first, times as the branch's clocks show them."""
    out = StringIO()
    TrailTable(out).write_all((_line(one, day) for one in lines), zone)
    return out.getvalue().encode()


def _line(line: AuditLine, day: date) -> Line:
    return {**{name: getattr(line, name) for name in _FIELDS}, "day": day}
