"""The audit trail in words: the queue's own log and what was done beside it, as lines of one list.

Pure: made from stored records, acts and the names of people. Must not know requests or rights, nor
any free text: notes stay where they can be erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from queue_server.look.trail_table import rest_of
from queue_server.look.words import Words
from queue_server.people import Account, Act, Token
from queue_server.web.context import StoredRecord
from queue_server.web.pages.shown import PlanWords

DONE: Final = "done"
_BEGIN_WITH_A_CODE: Final = frozenset(
    "sign_in second_factor_failed locked unlocked confirmed factor_added"
    " factor_removed device_paired invited invitation_revoked".split()
)
"""Acts whose `about` is a code of ours, sometimes with a name behind it; others' are people's."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody of the trail, by what the trail calls them."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line. `by` and `kind` are what it can be picked by, the rest is to be read."""

    at: datetime
    branch: str | None
    by: str
    who: str
    role: str
    kind: str
    what: str
    number: str = ""
    counter: str = ""
    about: str = ""
    outcome: str = DONE
    outcome_text: str = ""
    seq: int | None = None
    """In the day's log; None for what was done beside it."""
    rest: str = ""
    """What else the event says, as it is stored."""
    hash: str = ""

    @property
    def done(self) -> bool:
        return self.outcome == DONE


class Names:
    """Who is who, in one language."""

    def __init__(self, words: Words, accounts: Iterable[Account], tokens: Iterable[Token]) -> None:
        self._words = words
        self._known: dict[str, Actor] = {
            "system": Actor(words("audit-by-system")),
            "lapak": Actor(words("audit-by-lapak")),
        }
        for token in tokens:
            self._known[f"device:{token.id}"] = Actor(token.label or token.id, token.role.value)
        for account in accounts:
            name = account.display_name or account.username
            self._known[account.id] = Actor(name, account.role.value)

    def of(self, by: str, nobody: str) -> Actor:
        """`nobody`: what the trail means where it names none, a participant or a stranger."""
        if not by:
            return Actor(self._words(f"audit-by-{nobody}"))
        return self._known.get(by) or Actor(self._words("audit-by-unknown", id=by))


class Teller:
    """Makes lines in one language, with the names of one branch's counters and services."""

    def __init__(self, words: Words, people: Names, shown: PlanWords) -> None:
        self._words = words
        self._people = people
        self._shown = shown

    def of_record(self, record: StoredRecord, branch: str) -> AuditLine:
        """Something that happened in the queue."""
        event: dict[str, Any] = msgspec.json.decode(record.stored)
        kind, by = str(event["event"]), str(event["by"])
        who = self._people.of(by, "participant")
        counter = event.get("counter")
        return AuditLine(
            at=msgspec.convert(event["at"], datetime),
            branch=branch,
            by=by,
            who=who.name,
            role=self._role(who.role),
            kind=kind,
            what=self.kind(kind),
            number=event.get("number") or "",
            counter=self._shown.counter(counter) if counter else "",
            about=" · ".join(self._more(kind, event)),
            outcome_text=self._words("audit-outcome-done"),
            seq=record.seq,
            rest=rest_of(event),
            hash=record.hash,
        )

    def of_act(self, act: Act) -> AuditLine:
        """Something that was done, or tried, beside the queue."""
        who = self._people.of(act.by, "stranger")
        return AuditLine(
            at=act.at,
            branch=act.branch,
            by=act.by,
            who=who.name,
            role=self._role(act.role or who.role),
            kind=act.what,
            what=self.kind(act.what),
            about=self._about(act),
            outcome=act.outcome,
            outcome_text=self._outcome(act.outcome),
        )

    def kind(self, kind: str) -> str:
        """A kind of event or act in words."""
        return self._worded("audit-event", kind)

    def _about(self, act: Act) -> str:
        if act.what == "recovery_used":
            return self._words("audit-about-left", n=act.about)
        if act.what in ("log_read", "log_exported"):
            return " · ".join(value for _, value in parse_qsl(act.about)) or act.about
        code, space, rest = act.about.partition(" ")
        words_id = f"audit-about-{code}"
        if act.what not in _BEGIN_WITH_A_CODE or not self._words.has(words_id):
            return act.about
        return f"{self._words(words_id)}{space}{rest}"

    def _outcome(self, outcome: str) -> str:
        if outcome == DONE:
            return self._words("audit-outcome-done")
        title = f"refusal-{outcome.replace('_', '-')}-title"
        if self._words.has(title):
            return self._words(title)
        return self._words("audit-outcome-refused")

    def _role(self, role: str) -> str:
        return self._worded("audit-role", role) if role else ""

    def _worded(self, family: str, code: str) -> str:
        """A code in words; one that has none is made readable."""
        words_id = f"{family}-{code.replace('_', '-')}"
        if self._words.has(words_id):
            return self._words(words_id)
        return code.replace("_", " ").capitalize()

    def _more(self, kind: str, event: Mapping[str, Any]) -> list[str]:
        """What else the event says, in short pieces."""
        t, shown = self._words, self._shown
        said: list[str] = []
        if kind == "ticket_called":
            said.append(t("audit-more-rule", rule=self._worded("audit-rule", event["rule"])))
            if event["overtook"]:
                said.append(t("audit-more-overtook", numbers=", ".join(event["overtook"])))
        if event.get("reason"):
            said.append(t("audit-more-reason", reason=shown.code(event["reason"])))
        if kind == "ticket_called" and event.get("note"):
            said.append(t("audit-more-note"))
        if event.get("outcome"):
            said.append(t("audit-more-outcome", outcome=shown.code(event["outcome"])))
        if kind in ("ticket_issued", "ticket_transferred"):
            said.append(shown.service(event["service"]))
        if event.get("tied"):
            said.append(shown.tied(event["tied"]))
        if kind == "ticket_issued":
            said.extend(self._issued(event))
        if kind == "ticket_prioritised":
            said.append(
                t("audit-more-priority-on" if event["weight"] else "audit-more-priority-off")
            )
        if event.get("returned"):
            said.append(t("audit-more-returned", numbers=", ".join(event["returned"])))
        if event.get("unserved"):
            said.append(t("audit-more-unserved", n=len(event["unserved"])))
        if kind in ("ticket_rejoined", "ticket_deferred") and event.get("behind"):
            said.append(t("audit-more-behind", number=event["behind"]))
        if kind == "action_undone":
            said.append(self._worded("audit-undone", event["verb"]))
        if kind == "numbers_continued":
            last = ", ".join(f"{letter}-{number:03d}" for letter, number in event["last"])
            said.append(t("audit-more-last", numbers=last))
        if kind == "notice_posted" and event.get("note") is None:
            said.append(t("audit-more-removed"))
        return said

    def _issued(self, event: Mapping[str, Any]) -> list[str]:
        said = [self._worded("audit-channel", event["channel"])]
        if event.get("place") is None:
            said.append(self._words("audit-more-unproven"))
        if event.get("weight"):
            said.append(self._words("audit-more-priority-on"))
        return said
