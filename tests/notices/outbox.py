"""An outbox for the rules alone: what a phone with one road would have been told.

Says the law that the stores are held to (`tests/store/test_outbox.py`) in a few lines.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from queue_server.people.values.roads import Change, Fate, Said

Key = tuple[str, str, str]


@dataclass
class Phones:
    """Everybody's messages, by ticket, occasion and occurrence."""

    rows: dict[Key, tuple[Said, Fate]] = field(default_factory=dict)

    def put(self, changes: Iterable[Change]) -> None:
        for change in changes:
            for key, (said, fate) in self.rows.items():
                earlier = key[0] == change.ticket_id and said.seq < change.seq
                if earlier and said.occasion in change.untrue and fate is Fate.WAITING:
                    self.rows[key] = said, Fate.WITHDRAWN
            for said in change.said:
                key = said.ticket_id, said.occasion, said.occurrence
                if key not in self.rows and self._belongs(said):
                    self.rows[key] = said, Fate.WAITING

    def _belongs(self, said: Said) -> bool:
        told = [s for s, fate in self.of(said.ticket_id) if fate is Fate.SENT and s.seq < said.seq]
        return not said.corrects or (bool(told) and told[-1].occasion in said.corrects)

    def of(self, ticket_id: str) -> list[tuple[Said, Fate]]:
        return [row for key, row in self.rows.items() if key[0] == ticket_id]

    def send(self) -> list[str]:
        """All that waits and is due, as `A-001 called 1`."""
        sent = []
        for key, (said, fate) in self.rows.items():
            if fate is Fate.WAITING and said.due_at is None:
                self.rows[key] = said, Fate.SENT
                parts = said.number, said.occasion, said.counter or said.sense
                sent.append(" ".join(filter(None, parts)))
        return sent
