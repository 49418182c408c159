"""How staff pages name a branch's things: services, counters, codes, and first times.

Pure: made from the branch's plan and the words of the page. Must not know requests, rights or
forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from queue_server.look.words import Words
from queue_server.wire import PlanView

# What a branch that named no codes of its own is offered; each has words in `staff.ftl`.
PAUSE_REASONS = ("break", "prayer", "meeting", "system", "other")
CALL_REASONS = ("urgent", "appointment", "returning", "correction", "other")


class PlanWords:
    """The names of one branch's services and counters in one language; without a plan, of none."""

    def __init__(self, words: Words, plan: PlanView | None = None) -> None:
        self._words = words
        self._services = {one.letter: one for one in plan.services} if plan else {}
        self._kinds = {one.name: one.kind for one in plan.counters} if plan else {}

    def service_name(self, letter: str) -> str:
        """`Klaim JHT`; empty when the branch gave none."""
        service = self._services.get(letter)
        if service is None:
            return ""
        return service.name_en if self._words.language == "en" else service.name_id

    def service(self, letter: str) -> str:
        """`A · Klaim JHT`."""
        name = self.service_name(letter)
        return self._words("staff-service", letter=letter, name=name) if name else letter

    def counter(self, name: str) -> str:
        """`Loket 3`, `Bilik 9`."""
        return self._words(f"counter-{self._kind(name)}", counter=name)

    def tied(self, name: str) -> str:
        """`Khusus Loket 3`."""
        return self._words(f"staff-chip-tied-{self._kind(name)}", counter=name)

    def _kind(self, name: str) -> str:
        return "booth" if self._kinds.get(name) == "booth" else "desk"

    def code(self, code: str) -> str:
        """A branch's code (outcome, reason) in words; a code without words is made readable."""
        words_id = f"staff-code-{code.replace('_', '-')}"
        if self._words.has(words_id):
            return self._words(words_id)
        return code.replace("_", " ").capitalize()

    @staticmethod
    def stopwatch(since: datetime, now: datetime) -> str:
        """`4:12`: what `time.js` goes on with."""
        seconds = max(0, int((now - since).total_seconds()))
        return f"{seconds // 60}:{seconds % 60:02d}"


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """A refusal in words, and the place of the page where its button was pressed."""

    place: str
    title: str
    text: str
