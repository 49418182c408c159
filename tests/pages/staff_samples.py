"""Views as the staff pages get them, with everything a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from queue_server.look.pages import render
from queue_server.look.words import Words
from queue_server.notices.figures import NoShows
from queue_server.web.pages.desk_shown import Desk
from queue_server.web.pages.floor_shown import Floor
from queue_server.web.pages.looking import Looking
from queue_server.web.pages.roads_shown import RoadsShown
from queue_server.web.pages.shown import PlanWords, RefusalShown
from queue_server.wire import (
    CounterPlanned,
    CounterStaffShown,
    DeskView,
    Few,
    FoundTicket,
    GuardView,
    JoinShown,
    LineTicket,
    PlanView,
    ServiceNamed,
    ServiceNow,
    TicketPage,
    UndoShown,
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
    if state == "missed":
        more = {"rejoins_left": 2, **more}
    return LineTicket(number, state, ago(minutes), **more)


def few(*first: LineTicket, count: int | None = None) -> Few:
    """A list's beginning: all of it, unless it says it has more."""
    return Few(len(first) if count is None else count, first)


def found(*tickets: LineTicket, query: str = "13") -> Looking:
    """What a typed number led to."""
    return Looking(query, page=a_page(tickets, len(tickets)))


def turning(group: str, *tickets: LineTicket, count: int, page: int = 1) -> Looking:
    """One page of a list somebody looks through."""
    return Looking(group=group, page=a_page(tickets, count, page))


def a_page(tickets: tuple[LineTicket, ...], count: int, page: int = 1) -> TicketPage:
    asked_for = tuple(
        FoundTicket(issued_at=ago(11), channel="phone", **msgspec.structs.asdict(one))
        for one in tickets
    )
    return TicketPage(asked_for, count, page, page + 1 if page * 20 < count else None, 812)


PLAN = PlanView(
    branch="bontang",
    name="Kantor Cabang Bontang",
    zone="Asia/Makassar",
    plan="5f1c09ab",
    services=(
        ServiceNamed("A", "Jaminan Hari Tua", "Old-age benefit"),
        ServiceNamed("B", "Kehilangan Pekerjaan", "Job loss"),
    ),
    counters=(
        *(CounterPlanned(name, "desk", 1, (ALL,)) for name in "12345"),
        CounterPlanned("9", "booth", 4, (ALL,)),
    ),
    outcomes=("done", "documents_missing"),
    pause_reasons=("break", "prayer"),
    call_reasons=(),
)
SERVICES = (
    ServiceNow("A", 3, ago(44), Wait(50, 75, False)),
    ServiceNow("B", 1, ago(40), None, 40, 12),
)
NEXT = ticket("B-004", minutes=40, weight=1, rule="priority")
LINE = (
    NEXT,
    ticket("A-013", minutes=44, rule="rank"),
    ticket("A-014", minutes=42, coming=True, rule="rank"),
    ticket("A-015", minutes=36, wishes_priority=True, rule="rank"),
)


def desk_view(**more: Any) -> DeskView:
    """Counter 3, open, nobody called yet; B-004 is next by priority."""
    plain = DeskView(
        branch="bontang",
        name="Kantor Cabang Bontang",
        zone="Asia/Makassar",
        plan="5f1c09ab",
        date="2026-11-23",
        day="open",
        intake=True,
        counter="3",
        kind="desk",
        state="open",
        reason=None,
        holder="Sari",
        left=False,
        since=ago(100),
        capacity=1,
        open_tickets=(),
        line=few(*LINE),
        overtakes=("A-013", "A-014"),
        overtakes_count=2,
        elsewhere=0,
        parked=few(),
        missed=few(),
        recent=(),
        undo=None,
        counters={"3": "open", "4": "paused", "5": "closed", "9": "open"},
        served_today=12,
        notice=None,
        seq=812,
    )
    return msgspec.structs.replace(plain, **more)


def next_by(rule: str, number: str) -> dict[str, Any]:
    """The line with somebody first by a rule, who overtakes nobody."""
    chosen = msgspec.structs.replace(next(one for one in LINE if one.number == number), rule=rule)
    rest = (one for one in LINE if one.number != number)
    return {"line": few(chosen, *rest), "overtakes": (), "overtakes_count": 0}


def undoable(verb: str, number: str = "A-012", until: datetime | None = None) -> UndoShown:
    return UndoShown(number, verb, until or soon(19))


def counter(name: str, state: str = "open", **more: Any) -> CounterStaffShown:
    plain = CounterStaffShown(
        name=name,
        state=state,
        holder=None if state == "closed" else "Sari",
        since=ago(60),
    )
    return msgspec.structs.replace(plain, **more)


def guard_view(**more: Any) -> GuardView:
    """An open day in the middle of its morning."""
    plain = GuardView(
        branch="bontang",
        name="Kantor Cabang Bontang",
        zone="Asia/Makassar",
        plan="5f1c09ab",
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
        waiting=4,
        longest=LINE[1],
        finished=1,
        forgotten=0,
        forgotten_before=0,
        wishes=few(LINE[3]),
        unproven=few(ticket("A-051", presence=False)),
        absent=few(),
        parked=few(),
        missed=few(ticket("A-007", "missed", rejoins_left=1)),
        join=JoinShown("http://127.0.0.1:8000/b/bontang?j=abc", "abc", soon(30)),
        notice=None,
        alarm=None,
        hurried=(),
        last={"A": 51, "B": 0},
        seq=900,
    )
    return msgspec.structs.replace(plain, **more)


def desk_page(
    view: DeskView,
    *,
    language: str = "id",
    refused: RefusalShown | None = None,
    looking: Looking | None = None,
    **how: Any,
) -> Page:
    looking = looking or Looking()
    desk = Desk(view, PLAN, NOW, **{"mine": True, "looking": looking, **how})
    return _page("desk/desk.html", language, refused, looking, view=view, desk=desk)


def floor_page(
    template: str,
    view: GuardView,
    *,
    language: str = "id",
    refused: RefusalShown | None = None,
    looking: Looking | None = None,
    **more: object,
) -> Page:
    looking = looking or Looking()
    floor = Floor(view, NOW, looking)
    more.setdefault("roads", RoadsShown((), NoShows(0, 0)))
    return _page(template, language, refused, looking, view=view, floor=floor, **more)


def _page(
    template: str, language: str, refused: RefusalShown | None, looking: Looking, **more: object
) -> Page:
    words, ids = Words(language), iter(range(10_000))
    room = template.partition("/")[0]
    html = render(
        template,
        words,
        request_id=lambda: f"r{next(ids)}",
        now=NOW,
        me="Sari",
        flash=None,
        refused=refused,
        looking=looking,
        keep=looking.address,
        shown=PlanWords(words, PLAN),
        here="/desk/bontang/3" if room == "desk" else f"/{room}/bontang",
        **more,
    )
    return Page(html)
