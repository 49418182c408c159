"""What of the trail somebody wants to see: a day, and what its lines must fit.

Read from the address, so that a view of the trail can be kept and sent. Must not know rights.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from queue_server.web.pages.audit_lines import AuditLine

NOBODY: Final = "nobody"
"""Stands for lines without anybody's name: an empty choice means everybody."""
_NUMBER: Final = re.compile(r"([A-Za-z])\s*-?\s*0*([0-9]{1,6})")
_CODE_LETTERS_MAX: Final = 120


@dataclass(frozen=True, slots=True)
class AuditAsked:
    """What was asked for; empty fields ask for everything."""

    day: date
    by: str = ""
    kind: str = ""
    number: str = ""
    outcome: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str], today: date) -> AuditAsked:
        """From an address. What nobody could mean is taken as not asked."""
        outcome = query.get("outcome", "")
        page = query.get("page", "")
        return cls(
            day=_day(query.get("day", ""), today),
            by=query.get("by", "")[:_CODE_LETTERS_MAX],
            kind=query.get("kind", "")[:_CODE_LETTERS_MAX],
            number=_number(query.get("number", "")),
            outcome=outcome if outcome in ("done", "refused") else "",
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The day's first moment there, and the next day's."""
        begins = datetime.combine(self.day, time(), zone)
        return begins, datetime.combine(self.day + timedelta(days=1), time(), zone)

    def fits(self, line: AuditLine) -> bool:
        return (
            self.by in ("", line.by or NOBODY)
            and self.kind in ("", line.kind)
            and (not self.number or self.number == line.number or self._named_in(line))
            and (not self.outcome or (self.outcome == "done") == line.done)
        )

    def _named_in(self, line: AuditLine) -> bool:
        """Was it overtaken, returned, …? A-012 is not named by A-0123, nor by who looked for it."""
        if line.seq is None:
            return line.about == self.number
        return re.search(rf"{self.number}(?![0-9])", line.about) is not None

    def address(self, **other: object) -> str:
        """The query of this view, changed in what is given; empty fields are left out."""
        fields: dict[str, object] = {
            "day": self.day.isoformat(),
            "by": self.by,
            "kind": self.kind,
            "number": self.number,
            "outcome": self.outcome,
            **other,
        }
        return "?" + urlencode({name: value for name, value in fields.items() if value})


@dataclass(frozen=True, slots=True)
class Option:
    """One option of a filter."""

    value: str
    text: str


def people_in(lines: Sequence[AuditLine], asked: str) -> list[Option]:
    """Everybody the day's lines name, by name; and whoever is asked for, named or not."""
    return _choices({line.by or NOBODY: line.who for line in lines}, asked)


def kinds_in(lines: Sequence[AuditLine], asked: str) -> list[Option]:
    """Everything that was done that day, by name; and what is asked for."""
    return _choices({line.kind: line.what for line in lines}, asked)


def _choices(found: dict[str, str], asked: str) -> list[Option]:
    if asked:
        found.setdefault(asked, asked)
    return sorted((Option(*one) for one in found.items()), key=lambda one: one.text.lower())


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today
    # At the ends of the calendar a zone leads out of it.
    return day if date(2000, 1, 1) <= day <= date(2999, 12, 31) else today


def _number(text: str) -> str:
    """As people write it, `a12`: as the log writes it, `A-012`."""
    found = _NUMBER.fullmatch(text.strip())
    return f"{found[1].upper()}-{int(found[2]):03d}" if found else ""
