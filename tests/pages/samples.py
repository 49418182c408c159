"""Tickets in every stage, as the hub would hand them out."""

from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.domain.plan import Rules
from queue_server.views.ticket import said
from queue_server.wire import Face, NoticeShown, TicketView, Wait

RULES = Rules()

NOW = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)  # Monday, 10.42 WITA


def ticket(stage: str = "waiting", **differences: Any) -> TicketView:
    usual: dict[str, Any] = {
        "branch": "bontang",
        "branch_name": "Kantor Cabang Bontang",
        "zone": "Asia/Makassar",
        "number": "A-012",
        "service": "A",
        "service_name_id": "Jaminan Hari Tua (JHT)",
        "service_name_en": "Old-age benefit (JHT)",
        "stage": stage,
        "position": None,
        "ahead": (),
        "wait": None,
        "counter": None,
        "counter_kind": None,
        "called_at": None,
        "calls": 0,
        "priority": False,
        "wishes_priority": False,
        "presence": True,
        "unproven_until": None,
        "quota_full": False,
        "defers_left": 2,
        "rejoins_left": 2,
        "can": (),
        "coming": False,
        "overtaken": 0,
        "stars": None,
        "issued_at": NOW - timedelta(minutes=31),
        "counters_open": 5,
        "notice": None,
        "opens_at": None,
        "as_of": NOW,
        "as_of_text": "",
        "seq": 107,
        "face": Face("", "", "", {}, ()),
    }
    return said(TicketView(**{**usual, **differences}), "id", RULES)


STAGES: dict[str, TicketView] = {
    "waiting": ticket(
        position=8,
        ahead=(1, 0, 0, 1, 0, 0, 0),
        wait=Wait(15, 25, False),
        overtaken=2,
        can=("defer", "coming", "cancel"),
    ),
    "far back": ticket(
        number="A-1024",
        position=42,
        ahead=(1, *([0] * 11)),
        wait=Wait(95, 150, True),
        wishes_priority=True,
        can=("defer", "cancel"),
        defers_left=1,
    ),
    "before any counter opened": ticket(
        position=1, counters_open=0, notice=NoticeShown("n1", "Mohon bersabar.")
    ),
    "no estimate": ticket(position=2, ahead=(0,)),
    "ready": ticket(
        "ready", position=3, ahead=(0, 0), wait=Wait(5, 15, False), priority=True, can=("coming",)
    ),
    "on the way": ticket("ready", position=2, ahead=(0,), wait=Wait(0, 5, False), coming=True),
    "next": ticket("next", position=1, wait=Wait(0, 5, False), can=("coming", "cancel")),
    "next of a service while others come first": ticket(
        "next", position=1, wait=Wait(90, 210, True), can=("defer", "coming", "cancel")
    ),
    "called": ticket(
        "called", counter="3", counter_kind="desk", called_at=NOW, calls=1, can=("coming",)
    ),
    "called again to a booth": ticket(
        "called", counter="9", counter_kind="booth", called_at=NOW, calls=2, coming=True
    ),
    "serving": ticket("serving", counter="3", counter_kind="desk"),
    "finished": ticket("finished", can=("rating",)),
    "rated": ticket("finished", stars=4),
    "missed": ticket("missed", can=("rejoin", "cancel"), rejoins_left=1),
    "missed for good": ticket("missed", can=("cancel",), rejoins_left=0),
    "parked": ticket("parked", can=("cancel",)),
    "cancelled": ticket("cancelled"),
    "unserved until tomorrow": ticket("unserved", opens_at=NOW + timedelta(days=1)),
    "unserved until later today": ticket("unserved", opens_at=NOW + timedelta(hours=3)),
    "unserved over the weekend": ticket("unserved", opens_at=NOW + timedelta(days=3)),
    "unserved for long": ticket("unserved", opens_at=NOW + timedelta(days=30)),
    "ended, for nobody had pressed finish": ticket("forgotten", can=("rating",)),
    "rated after that": ticket("forgotten", stars=4),
    "served for long": ticket("serving", counter="3", counter_kind="desk", can=("leave",)),
    "unserved, opened by hand": ticket("unserved"),
    "unproven": ticket(
        "unproven",
        presence=False,
        unproven_until=NOW + timedelta(minutes=120),
        can=("coming", "cancel"),
        wishes_priority=True,
    ),
    "unproven without a place left": ticket(
        "unproven",
        presence=False,
        unproven_until=NOW + timedelta(minutes=120),
        quota_full=True,
        can=("cancel",),
    ),
}
