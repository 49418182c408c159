"""What holders are told, sentence by sentence: `docs/notices.md`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from queue_server.people.values.roads import Fate, Occasion
from tests.notices.watched import Watched

ONE = {"1": "A"}
"""One counter: with two somebody second is so near that they get ready."""


@pytest.fixture
def hall() -> Watched:
    """Somebody waits, and nobody was told anything yet but to get ready."""
    made = Watched(near_position=1)
    made.day.issue("A")
    made.heard()
    return made


class TestACall:
    def test_is_told_with_its_counter(self, hall: Watched) -> None:
        hall.day.call_next("2")
        assert hall.calls() == ["A-001 called 2"]

    def test_each_recall_is_one_more(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.day.after(seconds=30).recall("A-001")
        hall.day.after(seconds=30).recall("A-001")
        assert hall.calls() == ["A-001 called 1", "A-001 recalled 1", "A-001 recalled 1"]

    @pytest.mark.parametrize("verb", ["start", "finish"])
    def test_that_was_answered_is_taken_away(self, hall: Watched, verb: str) -> None:
        hall.day.call_next()
        hall.heard()
        getattr(hall.day, verb)("A-001")
        assert hall.calls() == ["A-001 withdrawn answered"]

    def test_is_taken_away_once(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.heard()
        hall.day.start("A-001")
        hall.heard()
        hall.day.finish("A-001")
        assert hall.calls() == []

    @pytest.mark.parametrize("verb", ["undo", "return_", "park"])
    def test_that_is_no_more_is_not_yet(self, hall: Watched, verb: str) -> None:
        hall.day.call_next()
        hall.heard()
        getattr(hall.day, verb)("A-001")
        assert hall.calls() == ["A-001 withdrawn not_yet"]

    def test_of_a_counter_that_closes_is_not_yet(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.heard()
        hall.day.close("1", return_open=True)
        assert hall.calls() == ["A-001 withdrawn not_yet"]

    def test_cancelled_has_ended(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.heard()
        hall.day.cancel("A-001")
        assert hall.calls() == ["A-001 withdrawn ended"]

    def test_undone_before_it_was_told_is_never_told(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.follow()
        hall.day.undo("A-001")
        assert hall.calls() == []

    def test_from_where_one_was_parked_is_a_call(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.day.park("A-001")
        hall.heard()
        hall.day.unpark("A-001", "2")
        assert hall.calls() == ["A-001 called 2"]

    def test_after_an_undo_is_a_new_one(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.heard()
        hall.day.undo("A-001")
        hall.day.call_next("2")
        assert hall.calls() == ["A-001 called 2"], "the phone never had to take back the first"

    def test_of_somebody_else_is_not_ours(self, hall: Watched) -> None:
        hall.day.issue("A")
        hall.heard()
        hall.day.call_next()
        assert hall.calls() == ["A-001 called 1"]


class TestMissed:
    def test_one_can_rejoin(self, hall: Watched) -> None:
        hall.day.miss_next()
        assert hall.calls() == ["A-001 missed"], "the call is no longer so"

    def test_for_the_last_time(self) -> None:
        hall = Watched(rejoins_max=0)
        hall.day.issue("A")
        hall.heard()
        hall.day.miss_next()
        assert hall.calls() == ["A-001 missed over"]

    def test_taken_back_the_call_stands_again(self, hall: Watched) -> None:
        hall.day.miss_next()
        hall.heard()
        hall.day.undo("A-001")
        assert hall.calls() == ["A-001 recalled 1"]

    def test_taken_back_before_it_was_told_nothing_changes(self, hall: Watched) -> None:
        hall.day.call_next()
        hall.heard()
        hall.day.skip("A-001")
        hall.follow()
        hall.day.undo("A-001")
        assert hall.calls() == [], "what the phone shows is still so"

    def test_twice_are_two(self, hall: Watched) -> None:
        for _ in range(2):
            hall.day.miss_next()
            assert hall.calls() == ["A-001 missed"]
            hall.day.rejoin("A-001")


class TestGetReady:
    def ready(self, hall: Watched) -> list[str]:
        return hall.heard(Occasion.READY)

    def test_comes_once_though_one_stays_near(self) -> None:
        hall = Watched(near_position=1, counters=ONE)
        hall.day.issue("A")
        assert self.ready(hall) == ["A-001 ready"]
        hall.day.issue("A", weight=1)
        assert self.ready(hall) == ["A-002 ready"]
        hall.day.serve_next()
        assert self.ready(hall) == [], "A-001 knows"

    def test_comes_as_the_line_moves(self) -> None:
        hall = Watched(near_position=2, counters=ONE)
        for _ in range(4):
            hall.day.issue("A")
        assert self.ready(hall) == ["A-001 ready", "A-002 ready"]
        hall.day.serve_next()
        assert self.ready(hall) == ["A-003 ready"]

    def test_is_for_nobody_while_no_counter_is_open(self) -> None:
        hall = Watched()
        hall.day.close("1")
        hall.day.close("2")
        hall.day.issue("A")
        assert self.ready(hall) == []
        hall.day.open("1")
        assert self.ready(hall) == ["A-001 ready"]

    def test_comes_again_to_whoever_let_others_before(self) -> None:
        hall = Watched(near_position=1, defer_behind=1, counters=ONE)
        for _ in range(2):
            hall.day.issue("A")
        assert self.ready(hall) == ["A-001 ready"]
        hall.day.defer("A-001")
        assert self.ready(hall) == ["A-002 ready"]
        hall.day.serve_next()
        assert self.ready(hall) == ["A-001 ready"]

    def test_is_not_told_to_whoever_is_called_by_then(self) -> None:
        hall = Watched()
        hall.day.issue("A")
        hall.follow()
        hall.day.call_next()
        assert hall.heard() == ["A-001 called 1"]


class TestTheDaysEnd:
    def test_whoever_was_not_served_hears_it(self, hall: Watched) -> None:
        hall.day.close_day()
        assert hall.calls() == ["A-001 unserved"]

    def test_reopened_they_wait_again_and_nothing_is_repeated(self, hall: Watched) -> None:
        hall.day.close_day()
        hall.heard()
        hall.day.open_day()
        assert hall.heard() == ["A-001 withdrawn reopened"]
        hall.day.open("1")
        assert hall.heard() == [], "that they are near they were told before"
        hall.day.close("1")
        hall.day.close_day()
        assert hall.calls() == ["A-001 unserved"], "closed once more"

    def test_reopened_before_anybody_heard_nothing_is_told(self, hall: Watched) -> None:
        hall.day.close_day()
        hall.follow()
        hall.day.open_day()
        assert hall.calls() == []


class TestUnproven:
    def test_is_told_a_quarter_of_an_hour_before_it_lapses(self) -> None:
        hall = Watched()
        began = hall.day.now
        hall.day.issue("A", by="phone")
        hall.follow()
        ((said, fate),) = hall.phones.rows.values()
        assert (said.occasion, fate) == (Occasion.UNPROVEN, Fate.WAITING)
        assert said.due_at == began + timedelta(minutes=105)
        assert said.true_until == began + timedelta(minutes=120)

    def test_proven_it_is_never_told(self) -> None:
        hall = Watched()
        hall.day.issue("A", by="phone")
        hall.follow()
        hall.day.confirm("A-001")
        hall.follow()
        fates = {s.occasion: fate for s, fate in hall.phones.rows.values()}
        assert fates[Occasion.UNPROVEN] is Fate.WITHDRAWN
