"""What the lobby screen shows and says: each call at its place, however many there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from string import ascii_uppercase
from typing import Any

import pytest

from queue_server import views, wire
from queue_server.domain import events as e
from queue_server.domain.plan import CounterPlan
from tests.domain.day import Day
from tests.views.crowded import Crowd, a_plan

BYTES_MAX = 8_192
MANY = 40


@pytest.fixture
def day() -> Day:
    return Day(counters={str(n): "A" for n in range(1, 13)})


def board(day: Day, language: str = "id", later: timedelta = timedelta()) -> wire.BoardView:
    return views.board(views.Scene(day.day, day.now + later), language)


def call(day: Day, counter: str) -> str:
    number: str = day.issue("A")
    day.call_next(counter)
    return number


def numbers(view: wire.BoardView, seqs: tuple[int, ...]) -> list[str]:
    by_seq = {one.seq: one.number for one in view.calls}
    return [by_seq[seq] for seq in seqs]


def test_the_newest_call_stands_huge_and_the_others_under_it(day: Day) -> None:
    first, second = call(day, "1"), call(day, "2")
    view = board(day)
    assert view.screen.state == "calls"
    assert view.calls[0].number == second
    assert view.screen.hero == view.calls[0].seq
    assert numbers(view, view.screen.current) == [first]


def test_a_call_says_where_to_go_in_the_language_of_the_screen(day: Day) -> None:
    number = call(day, "3")
    [here] = board(day).calls
    assert (here.place, here.label) == ("Loket 3", "Nomor yang dipanggil")
    spelled = " ".join(number.lower().replace("-", ""))
    assert here.clips["id"] == f"nomor-antrean {spelled} silakan-menuju loket 3"
    assert here.clips["en"] == f"ticket-number {spelled} please-go-to counter 3"
    [there] = board(day, "en").calls
    assert (there.place, there.label) == ("Counter 3", "Now calling")


def test_a_number_called_again_stands_once_and_says_again(day: Day) -> None:
    number = call(day, "1")
    day.now += timedelta(seconds=40)
    day.recall(number)
    view = board(day)
    assert [one.label for one in view.calls] == ["Panggilan ulang", "Panggilan terakhir"]
    assert view.screen.current == view.screen.earlier == ()
    assert view.expected == 1


def test_who_is_being_served_is_an_earlier_call(day: Day) -> None:
    served, called = call(day, "1"), call(day, "2")
    day.start(served)
    view = board(day)
    assert numbers(view, view.screen.earlier) == [served]
    assert view.calls[0].number == called


def test_a_call_taken_back_is_said_and_goes_after_a_while(day: Day) -> None:
    number = call(day, "1")
    day.undo(number)
    view = board(day)
    [gone] = view.calls
    assert (gone.label, gone.clips) == ("Panggilan dibatalkan, mohon tunggu kembali.", {})
    assert view.screen.hero == gone.seq
    last = timedelta(seconds=day.day.plan.rules.undo_s + 19)
    assert board(day, later=last).screen.hero == gone.seq
    over = board(day, later=last + timedelta(seconds=2)).screen
    assert (over.hero, over.state) == (None, "empty")


def test_an_empty_hall_says_so_and_what_day_it_is(day: Day) -> None:
    screen = board(day).screen
    assert (screen.state, screen.title) == ("empty", "Belum ada panggilan")
    assert screen.today == "Senin, 23 November 2026"
    assert board(day, "en").screen.today == "Monday, 23 November 2026"


def test_a_day_that_is_over_promises_no_opening_by_hand(day: Day) -> None:
    day.close_day()
    screen = board(day).screen
    assert (screen.state, screen.text) == ("closed", "Pelayanan hari ini sudah selesai.")
    tomorrow = board(day, later=timedelta(days=1)).screen
    assert (tomorrow.state, tomorrow.text) == ("before", "Nomor antrean dibuka oleh petugas.")


def hall_of(busy: int) -> Crowd:
    """Every counter has called somebody, and all names are as long as they may be."""
    plan = a_plan(ascii_uppercase, 1)
    names = [f"LOKET{n:03d}" for n in range(busy)]
    letters = tuple(plan.services)
    counters = {name: CounterPlan(name, (letters,)) for name in names}
    plan = replace(plan, name="K" * 80, counters=counters, spoken_number="words")
    crowd = Crowd(plan)
    crowd.happen(e.NoticePosted, note="n")
    last = dict.fromkeys(ascii_uppercase, 7_777)
    crowd.happen(e.NumbersContinued, last=tuple(last.items()))
    crowd.given.update(last)
    for name in names:
        crowd.called(name)
    return crowd


def test_a_hall_of_forty_busy_counters_is_a_small_view_and_loses_nobody() -> None:
    crowd = hall_of(MANY)
    scene = replace(crowd.scene(), notices={"n": "\N{GRINNING FACE}" * 280})
    for language in ("id", "en"):
        view = views.board(scene, language)
        assert len(wire.encode(view)) <= BYTES_MAX
        shown = 1 + len(view.screen.current)
        assert view.expected == MANY
        assert str(MANY - shown) in view.screen.more
        assert view.screen.rows == 15


def test_with_room_for_all_nothing_is_said_of_more() -> None:
    for busy in (1, 5, 12, 16):
        screen = views.board(hall_of(busy).scene()).screen
        assert len(screen.current) == busy - 1
        assert screen.more == ""


@pytest.mark.parametrize("busy", [0, 3, 16, 40])
def test_every_place_names_a_call_of_the_view_once(busy: int) -> None:
    view = views.board(hall_of(busy).scene())
    places: list[Any] = [*view.screen.current, *view.screen.earlier]
    if view.screen.hero is not None:
        places.append(view.screen.hero)
    assert len(places) == len(set(places))
    assert set(places) <= {one.seq for one in view.calls}
