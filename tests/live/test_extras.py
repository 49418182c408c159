"""What views show that is not in the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from queue_server.domain import commands as c
from queue_server.domain.model import Channel
from queue_server.live.extras import Sources
from queue_server.live.topics import BoardTopic, DeskTopic, GuardTopic, KioskTopic, TicketTopic
from queue_server.wire import BoardView, DeskView, JoinShown, NoticeShown, TicketView
from tests.clocks import turns
from tests.live.house import MONDAY, live, next_message, plan

UNTIL = datetime(2026, 11, 23, 1, 0, 30, tzinfo=UTC)


@dataclass
class People:
    """Where the rest is kept."""

    texts: dict[str, str] = field(default_factory=lambda: {"n1": "Loket 3 tutup.", "o1": "Sari"})
    stars: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    away: bool = False

    async def text(self, key: str) -> str | None:
        self.asked.append(key)
        if self.away:
            raise OSError("the people's database is away")
        return self.texts.get(key)

    async def rated(self, branch: str, day: date) -> Mapping[str, int]:
        return self.stars

    def join(self, branch: str) -> JoinShown:
        return JoinShown(f"http://here/b/{branch}?j=code", "code", UNTIL)

    def sources(self) -> Sources:
        return Sources(self.text, self.text, self.rated, self.join)


async def test_notice_holder_join_code_and_stars_are_shown() -> None:
    people = People(stars={"t1": 5})
    async with live(plans=[plan()], sources=people.sources()) as house:
        await house.done(c.OpenDay())
        await house.done(c.OpenCounter(counter="1", holder="o1"))
        await house.done(c.PostNotice(note="n1"))
        await house.issue(channel=Channel.PHONE, ticket_id="t1")
        board = house.hub.view(BoardTopic("bontang"))
        assert isinstance(board, BoardView)
        assert board.notice == NoticeShown("n1", "Loket 3 tutup.")
        assert board.join == JoinShown("http://here/b/bontang?j=code", "code", UNTIL)
        desk = house.hub.view(DeskTopic("bontang", "1"))
        assert isinstance(desk, DeskView)
        assert desk.holder == "Sari"
        ticket = house.hub.view(TicketTopic("bontang", MONDAY, "A-001"))
        assert isinstance(ticket, TicketView)
        assert ticket.stars == 5
        assert sorted(people.asked) == ["n1", "o1"]  # Once each.


async def test_a_rating_is_shown_at_once() -> None:
    async with live(plans=[plan()]) as house:
        await house.done(c.OpenDay())
        await house.issue(channel=Channel.PHONE, ticket_id="t1")
        holder = house.hub.attach(TicketTopic("bontang", MONDAY, "A-001"))
        await next_message(holder)
        house.hub.rated("bontang", MONDAY, "t1", 4)
        assert (await next_message(holder))["view"]["stars"] == 4


async def test_a_source_that_is_away_leaves_a_gap_and_is_asked_again() -> None:
    people = People(away=True)
    async with live(plans=[plan()], sources=people.sources()) as house:
        await house.done(c.OpenDay())
        await house.done(c.PostNotice(note="n1"))
        board = house.hub.attach(BoardTopic("bontang"))
        assert (await next_message(board))["view"]["notice"] is None
        people.away = False
        await house.clock.advance(31)
        assert (await next_message(board))["view"]["notice"]["text"] == "Loket 3 tutup."


async def test_days_that_are_no_longer_shown_are_forgotten() -> None:
    people = People()
    async with live(
        plans=[plan()], sources=people.sources(), around_the_clock=["bontang"]
    ) as house:
        await house.done(c.PostNotice(note="n1"))
        await house.clock.advance(3 * 86_400)
        assert len(house.hub._extras._known) <= 2


async def test_another_code_of_the_hall_is_told_to_its_screens_and_to_nobody_else() -> None:
    codes = iter(range(1000))

    def join(branch: str) -> JoinShown:
        return JoinShown(f"http://here/b/{branch}", str(next(codes)), UNTIL)

    async with live(plans=[plan()], sources=Sources(join=join)) as house:
        await house.done(c.OpenDay())
        await house.issue(channel=Channel.PHONE)
        topics = (BoardTopic("bontang"), GuardTopic("bontang"), KioskTopic("bontang"))
        screens = [house.hub.attach(topic) for topic in topics]
        phone = house.hub.attach(TicketTopic("bontang", MONDAY, "A-001"))
        shown = [(await next_message(one))["view"]["join"]["code"] for one in screens]
        await next_message(phone)
        house.hub.turn("bontang")
        for screen, before in zip(screens, shown, strict=True):
            message = await next_message(screen)
            assert (message["seq"], message["view"]["join"]["code"] != before) == (2, True)
        await turns()
        assert not phone.pending


async def test_news_at_the_moment_of_another_code_is_told_to_everybody() -> None:
    async with live(plans=[plan()]) as house:
        await house.done(c.OpenDay())
        for _ in range(2):
            await house.issue()
        phone = house.hub.attach(TicketTopic("bontang", MONDAY, "A-002"))
        await next_message(phone)
        house.hub.turn("bontang")
        await house.done(c.Cancel(number="A-001"))
        house.hub.turn("bontang")
        assert (await next_message(phone))["view"]["position"] == 1
