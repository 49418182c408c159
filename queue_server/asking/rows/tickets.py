"""How the rows about one ticket begin: a command with its number, an answer with its state."""

from __future__ import annotations

from typing import Any, Final

from queue_server import wire
from queue_server.asking import answers
from queue_server.asking.ask import Ask
from queue_server.asking.by_command import by_command
from queue_server.asking.verb import About, VerbRow
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code

OF_TICKET: Final = (Code.UNKNOWN_TICKET, Code.WRONG_STATE, Code.NOT_YOUR_COUNTER)
FLOOR: Final = ("desk", "guard")


def a_ticket(name: str, says: str, makes: type[c.TicketCommand], **more: Any) -> VerbRow:
    """A row with what is the same for most of them; `more` says what is not."""

    def build(ask: Ask) -> c.Command:
        return makes(number=ask.number, **ask.asker)

    whole: dict[str, Any] = {
        "deed": by_command,
        "about": About.TICKET,
        "path": name.replace("_", "-"),
        "pages": ("desk",),
        "makes": makes,
        "command": build,
        "answer": wire.TicketAnswer,
        "tell": answers.about_ticket,
        "refusals": OF_TICKET,
        "codes": ("day_over",),
    }
    return VerbRow(name=name, says=says, **{**whole, **more})
