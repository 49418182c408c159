"""What can be asked of a branch's day."""

from __future__ import annotations

from typing import Any, Final

from queue_server import wire
from queue_server.asking import answers
from queue_server.asking.ask import Ask
from queue_server.asking.before import text_to_read
from queue_server.asking.by_command import by_command
from queue_server.asking.verb import About, VerbRow
from queue_server.domain import commands as c
from queue_server.domain.refusals import Code
from queue_server.people import NoteKind


def _day(name: str, says: str, path: str, makes: type[c.Command], **more: Any) -> VerbRow:
    def build(ask: Ask) -> c.Command:
        return makes(**ask.asker)

    whole: dict[str, Any] = {
        "deed": by_command,
        "about": About.BRANCH,
        "pages": ("supervisor",),
        "makes": makes,
        "command": build,
        "answer": wire.DayAnswer,
        "tell": answers.about_day,
        "refusals": (Code.WRONG_STATE,),
    }
    return VerbRow(name=name, says=says, path=path, **{**whole, **more})


DAY: Final = (
    _day(
        "open_day",
        "Opens the day, or reopens it on its own date.",
        "day/open",
        c.OpenDay,
    ),
    _day("open_intake", "Gives numbers from now on, by hand.", "day/open-intake", c.OpenIntake),
    _day("close_intake", "Gives no more numbers, by hand.", "day/close-intake", c.CloseIntake),
    _day(
        "close_day",
        "Closes the day; who still waits is unserved.",
        "day/close",
        c.CloseDay,
        refusals=(Code.WRONG_STATE, Code.DAY_BUSY),
    ),
    _day(
        "continue_numbers",
        "Says the last number handed out of each letter, so that a restored day goes on.",
        "day/continue",
        c.ContinueNumbers,
        body=wire.ContinueRequest,
        example={"last": {"A": 12, "B": 3}},
        pages=("guard", "supervisor"),
        command=lambda ask: c.ContinueNumbers(last=ask.body.last, **ask.asker),
        refusals=(Code.WRONG_STATE, Code.UNKNOWN_SERVICE),
        replayed=False,
    ),
    _day(
        "notice",
        "Shows a notice to everyone; an empty text takes it away.",
        "notice",
        c.PostNotice,
        body=wire.NoticeRequest,
        example={"text": "Loket 2 pindah ke lantai 1."},
        blank=("text",),
        before=(text_to_read,),
        codes=("nothing_to_read",),
        pages=("guard", "supervisor"),
        note=lambda body: (NoteKind.NOTICE, body.text),
        command=lambda ask: c.PostNotice(note=ask.note, **ask.asker),
        replayed=False,
    ),
)
