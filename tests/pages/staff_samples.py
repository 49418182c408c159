"""Views as the staff pages get them, with everything a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from queue_server.look.pages import render
from queue_server.look.words import Words
from queue_server.web.pages.desk_shown import Desk
from queue_server.web.pages.floor_shown import Floor
from queue_server.web.pages.shown import Refused, Shown
from queue_server.wire import (
    CounterShown,
    CounterStaffShown,
    DeskView,
    GuardView,
    JoinShown,
    LineTicket,
    ServiceShown,
    Wait,
)
from tests.pages.reading import Page

NOW = datetime(2026, 11, 23, 1, 42, 10, tzinfo=UTC)  # 09.42 WITA
ALL = ("A", "B")


def ago(minutes: float = 0, *, s: float = 0) -> datetime:
    return NOW - timedelta(minutes=minutes, seconds=s)


def soon(s: float) -> datetime:
    return NOW + timedelta(seconds=s)


def ticket(number: str, state: str = "waiting", minutes: float = 10, **more: Any) -> LineTicket:
    """A ticket that came into its state `minutes` ago."""
    plain = LineTicket(
        number=number,
        service=number[0],
        state=state,
        counter=None,
        tied=None,
        weight=0,
        yielded=False,
        wishes_priority=False,
        presence=True,
        coming=False,
        since=ago(minutes),
        issued_at=ago(minutes + 1),
        state_since=ago(minutes),
        announcements=0,
        skippable=False,
        recall_at=None,
        undo_verb=None,
        undo_until=None,
        undo_counter=None,
        rejoins_left=2,
        defers=0,
        channel="phone",
        overdue=False,
        can=(),
    )
    return msgspec.structs.replace(plain, **more)


SERVICES = (
    ServiceShown(
        "A", "Jaminan Hari Tua", "Old-age benefit", None, None, 3, Wait(50, 75, False), None
    ),
    ServiceShown("B", "Kehilangan Pekerjaan", "Job loss", 40, 12, 1, None, None),
)
LINE = (
    ticket("A-013", minutes=44),
    ticket("A-014", minutes=42, coming=True),
    ticket("B-004", minutes=40, weight=1),
    ticket("A-015", minutes=36, wishes_priority=True),
)


def desk_view(**more: Any) -> DeskView:
    """Counter 3, open, nobody called yet; B-004 is next by priority."""
    plain = DeskView(
        branch="bontang",
        name="Kantor Cabang Bontang",
        zone="Asia/Makassar",
        day="open",
        intake=True,
        counter="3",
        kind="desk",
        state="open",
        reason=None,
        holder="Sari",
        since=ago(100),
        capacity=1,
        groups=(ALL,),
        open_tickets=(),
        line=LINE,
        next="B-004",
        next_rule="priority",
        others=(),
        parked=(),
        missed=(),
        recent=(),
        counters=(
            CounterShown("3", "desk", "open", ()),
            CounterShown("4", "desk", "paused", ()),
            CounterShown("5", "desk", "closed", ()),
            CounterShown("9", "booth", "open", ()),
        ),
        services=SERVICES,
        outcomes=("done", "documents_missing"),
        pause_reasons=("break", "prayer"),
        call_reasons=(),
        served_today=12,
        notice=None,
        seq=812,
    )
    return msgspec.structs.replace(plain, **more)


def counter(name: str, state: str = "open", **more: Any) -> CounterStaffShown:
    plain = CounterStaffShown(
        name=name,
        kind="desk",
        state=state,
        reason=None,
        holder=None if state == "closed" else "Sari",
        since=ago(60),
        capacity=1,
        groups=(ALL,),
        numbers=(),
    )
    return msgspec.structs.replace(plain, **more)


def guard_view(**more: Any) -> GuardView:
    """An open day in the middle of its morning."""
    plain = GuardView(
        branch="bontang",
        name="Kantor Cabang Bontang",
        zone="Asia/Makassar",
        date="2026-11-23",
        day="open",
        intake=True,
        opens_at=None,
        closes_at=NOW.replace(hour=7, minute=0, second=0),
        services=SERVICES,
        counters=(
            counter("1", numbers=("A-006",)),
            counter("2", "paused", reason="prayer"),
            counter("3", "closed"),
        ),
        line=LINE,
        unproven=(ticket("A-051", presence=False, since=None),),
        open_tickets=(ticket("A-006", "serving"),),
        parked=(),
        missed=(ticket("A-007", "missed", rejoins_left=1),),
        ended=(ticket("A-001", "finished"),),
        join=JoinShown("http://127.0.0.1:8000/b/bontang?j=abc", "abc", soon(30)),
        notice=None,
        alarm=None,
        last={"A": 51, "B": 0},
        seq=900,
    )
    return msgspec.structs.replace(plain, **more)


def _common(language: str, refused: Refused | None) -> dict[str, object]:
    ids = iter(range(10_000))
    return {
        "words": Words(language),
        "request_id": lambda: f"r{next(ids)}",
        "now": NOW,
        "me": "Sari",
        "flash": None,
        "refused": refused,
    }


def desk_page(
    view: DeskView, *, language: str = "id", refused: Refused | None = None, **how: Any
) -> Page:
    desk = Desk(view, NOW, **{"mine": True, **how})
    context = _common(language, refused)
    words = context.pop("words")
    assert isinstance(words, Words)
    shown = Shown(words, view.services, view.counters)
    here = "/desk/bontang/3"
    html = render("desk/desk.html", words, view=view, desk=desk, shown=shown, here=here, **context)
    return Page(html)


def floor_page(
    template: str,
    view: GuardView,
    *,
    language: str = "id",
    refused: Refused | None = None,
    query: str = "",
    **more: object,
) -> Page:
    context = _common(language, refused)
    words = context.pop("words")
    assert isinstance(words, Words)
    shown = Shown(words, view.services, view.counters)
    floor = Floor(view, NOW, query)
    here = f"/{template.partition('/')[0]}/bontang"
    return Page(
        render(template, words, view=view, floor=floor, shown=shown, here=here, **context, **more)
    )
