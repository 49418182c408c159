"""One event of every kind, as a day at Bontang might bring it, and what each golden file decodes
to.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from queue_server.domain import events as e
from queue_server.domain.model import Announced, Channel, Learned, Place, Rule, RunEffect
from queue_server.domain.plan import (
    BranchPlan,
    CounterKind,
    CounterPlan,
    Hours,
    OrderPolicy,
    Rules,
    Service,
)
from queue_server.store.log import Batch, NewEvent, RequestMark, Stream

AT = datetime(2026, 11, 23, 1, 10, 0, 250_000, tzinfo=UTC)
DAY = date(2026, 11, 23)
PLACE = Place(rank=(12, 0), since=AT - timedelta(minutes=7))
BONTANG = Stream("bontang", DAY)

PLAN = BranchPlan(
    branch="bontang",
    name="Kantor Cabang Bontang",
    zone="Asia/Makassar",
    services={
        "A": Service("A", "Jaminan Hari Tua", "Old age benefit", {"mon": 40, "fri": 0}, 12.5),
        "B": Service("B"),
    },
    counters={
        "1": CounterPlan("1", (("A",), ("B",))),
        "9": CounterPlan("9", (("A", "B"),), CounterKind.BOOTH, 4),
    },
    rules=Rules(order_policy=OrderPolicy.AGEING, wait_max_min=45, leaving_rate_per_h=0.5),
    hours={"mon": Hours(time(8), time(15, 30))},
    holidays=(date(2026, 12, 25),),
    outcomes=("done", "incomplete_papers"),
    pause_reasons=("prayer",),
    identity_asked=True,
    contact="dpo@example.id",
)

EVENTS: dict[str, e.Event] = {
    "day_opened": e.DayOpened(
        at=AT, plan=PLAN, date=DAY, previous_head="ab" * 32, learned=(("A", Learned(31, 11.25)),)
    ),
    "day_reopened": e.DayReopened(at=AT, by="s1"),
    "day_closed": e.DayClosed(at=AT, by="s1", unserved=("A-007", "B-002")),
    "intake_opened": e.IntakeOpened(at=AT, by="s1"),
    "intake_closed": e.IntakeClosed(at=AT, by="s1"),
    "numbers_continued": e.NumbersContinued(at=AT, by="g1", last=(("A", 14), ("B", 0))),
    "settings_changed": e.SettingsChanged(at=AT, by="s1", plan=PLAN),
    "notice_posted": e.NoticePosted(at=AT, by="g1", note="note-1"),
    "counter_opened": e.CounterOpened(at=AT, by="o1", counter="1", holder="o1"),
    "counter_paused": e.CounterPaused(at=AT, by="o1", counter="1", reason="prayer"),
    "counter_resumed": e.CounterResumed(at=AT, by="o1", counter="1"),
    "counter_closed": e.CounterClosed(at=AT, by="o1", counter="1", returned=("A-003",)),
    "ticket_issued": e.TicketIssued(
        at=AT,
        number="A-012",
        ticket_id="t-12",
        service="A",
        channel=Channel.PHONE,
        place=PLACE,
        browser="b" * 43,
        identity="i" * 43,
        weight=1,
        wishes_priority=True,
    ),
    "presence_confirmed": e.PresenceConfirmed(at=AT, by="g1", number="A-012", place=PLACE),
    "ticket_lapsed": e.TicketLapsed(at=AT, number="A-012"),
    "ticket_prioritised": e.TicketPrioritised(at=AT, by="g1", number="A-012", weight=1),
    "ticket_called": e.TicketCalled(
        at=AT,
        by="o1",
        number="A-012",
        counter="1",
        rule=Rule.OUT_OF_ORDER,
        overtook=("A-010", "B-004"),
        kind=Announced.CALL,
        run=RunEffect.CLEARS,
        reason="appointment",
        note="note-2",
    ),
    "ticket_recalled": e.TicketRecalled(at=AT, by="o1", number="A-012", counter="1"),
    "serving_started": e.ServingStarted(at=AT, by="o1", number="A-012"),
    "ticket_finished": e.TicketFinished(at=AT, by="o1", number="A-012", outcome="done"),
    "ticket_skipped": e.TicketSkipped(at=AT, by="o1", number="A-012"),
    "ticket_rejoined": e.TicketRejoined(at=AT, number="A-012", place=PLACE, behind="A-015"),
    "ticket_returned": e.TicketReturned(
        at=AT, by="o1", number="A-012", cooling_until=AT + timedelta(seconds=90)
    ),
    "ticket_parked": e.TicketParked(at=AT, by="o1", number="A-012"),
    "ticket_unparked": e.TicketUnparked(at=AT, by="o1", number="A-012", counter="1"),
    "ticket_transferred": e.TicketTransferred(
        at=AT, by="o1", number="A-012", service="B", tied="9", place=PLACE
    ),
    "action_undone": e.ActionUndone(at=AT, by="o1", number="A-012", verb="skip"),
    "ticket_deferred": e.TicketDeferred(at=AT, number="A-012", place=PLACE, behind="A-017"),
    "person_coming": e.PersonComing(at=AT, number="A-012"),
    "ticket_cancelled": e.TicketCancelled(at=AT, number="A-012"),
}
"""By stored kind, in the newest version."""

GOLDEN: dict[tuple[str, int], e.Event] = {
    **{(kind, 1): event for kind, event in EVENTS.items()},
    ("day_opened", 2): EVENTS["day_opened"],
    ("settings_changed", 2): EVENTS["settings_changed"],
}
"""What the golden file of each (kind, version) decodes to. Nothing is ever taken out."""


def issued(number: int, request: str | None = None) -> NewEvent:
    """The event of one more A ticket, as request `request`."""
    event = e.TicketIssued(
        at=AT,
        number=f"A-{number:03d}",
        ticket_id=f"t-{number}",
        service="A",
        channel=Channel.PHONE,
        place=Place((number, 0), AT),
    )
    return NewEvent(event, RequestMark(request, "digest") if request else None)


def batch(expected_seq: int, *events: NewEvent, stream: Stream = BONTANG) -> Batch:
    return Batch(stream, expected_seq, events or (issued(expected_seq + 1),))
