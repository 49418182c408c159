"""Tickets are found by what they have in common, and by the number somebody says."""

from __future__ import annotations

import pytest

from queue_server.domain.finding import Group, longest_waiting, members, typed
from tests.domain.day import Day


@pytest.fixture
def day() -> Day:
    return Day(services="ABC", counters={"1": "AB", "2": "C"}, recall_gap_s=0)


def group(day: Day, name: str, counter: str | None = None) -> list[str]:
    return [ticket.number for ticket in members(day.day, Group(name), counter)]


class TestAGroup:
    def test_the_line_is_the_whole_branchs_or_a_counters(self, day: Day) -> None:
        day.issue("A"), day.issue("C"), day.issue("A", by="phone")
        assert group(day, "line") == ["A-001", "C-001"]
        assert group(day, "line", "1") == ["A-001"]
        assert group(day, "elsewhere", "1") == ["C-001", "A-002"]
        assert group(day, "elsewhere") == ["A-002"]

    def test_a_counter_there_is_none_of_has_no_line(self, day: Day) -> None:
        with pytest.raises(KeyError):
            group(day, "line", "7")

    def test_the_unproven_and_those_who_wish_for_priority(self, day: Day) -> None:
        day.issue("A", by="phone", wishes_priority=True)
        day.issue("A", wishes_priority=True)
        day.issue("A", wishes_priority=True)
        day.prioritise("A-003")
        assert group(day, "unproven") == ["A-001"]
        assert group(day, "wishes") == ["A-001", "A-002"]

    def test_whoever_was_called_once_is_not_yet_missed_in_the_hall(self, day: Day) -> None:
        day.issue("A"), day.issue("C")
        day.call_next("1"), day.after(seconds=5).call_next("2")
        assert group(day, "absent") == []
        day.recall("C-001"), day.recall("A-001")
        assert group(day, "absent") == ["A-001", "C-001"]
        day.start("A-001")
        assert group(day, "absent") == ["C-001"]
        assert group(day, "open") == ["C-001", "A-001"]

    def test_the_longest_on_hold_come_first_but_a_counters_own_before_all(self, day: Day) -> None:
        for service, counter in (("A", "1"), ("C", "2"), ("A", "1")):
            number = day.after(seconds=1).issue(service)
            day.call_next(counter), day.park(number)
        assert group(day, "parked") == ["A-001", "C-001", "A-002"]
        assert group(day, "parked", "1") == ["A-001", "A-002", "C-001"]

    def test_the_newest_missed_come_first_but_a_counters_own_before_all(self, day: Day) -> None:
        for service, counter in (("A", "1"), ("C", "2"), ("A", "1"), ("C", "2")):
            day.after(seconds=1).issue(service)
            day.miss_next(counter)
        assert group(day, "missed") == ["C-002", "A-002", "C-001", "A-001"]
        assert group(day, "missed", "1") == ["A-002", "A-001", "C-002", "C-001"]

    def test_the_ended_newest_first(self, day: Day) -> None:
        day.issue("A"), day.issue("A")
        day.after(seconds=1).cancel("A-002")
        day.after(seconds=1).serve_next("1")
        assert group(day, "ended") == ["A-001", "A-002"]

    def test_the_forgotten_have_ended_too(self) -> None:
        day = Day(forgotten_after_min=0)
        day.issue("A"), day.issue("B")
        day.call_next("1"), day.leave("A-001")
        assert group(day, "ended") == ["A-001"]
        assert [ticket.number for ticket in typed(day.day, "1")] == ["B-001", "A-001"]


class TestATypedNumber:
    @pytest.mark.parametrize("text", ["12", "a12", "A-012", " a-12 ", "A 012", "012"])
    def test_is_found_however_it_is_typed(self, day: Day, text: str) -> None:
        for _ in range(13):
            day.issue("A")
        assert [ticket.number for ticket in typed(day.day, text)] == ["A-012"]

    def test_of_digits_alone_every_letter_is_found_the_living_first(self, day: Day) -> None:
        for service in "ABC":
            day.issue(service)
        day.cancel("A-001")
        assert [ticket.number for ticket in typed(day.day, "1")] == ["B-001", "C-001", "A-001"]

    def test_one_handed_on_is_found_by_the_letter_it_bears(self, day: Day) -> None:
        day.issue("A")
        day.transfer("A-001", service="C")
        assert [ticket.number for ticket in typed(day.day, "A1")] == ["A-001"]
        assert typed(day.day, "C1") == []

    @pytest.mark.parametrize("text", ["", "zz", "A", "<script>", "A-9999999", "1; drop", "0", "9"])
    def test_what_is_no_number_of_today_finds_nobody(self, day: Day, text: str) -> None:
        day.issue("A")
        assert list(typed(day.day, text)) == []


def test_who_has_waited_longest_for_each_service(day: Day) -> None:
    for service in ("A", "C", "A"):
        day.after(minutes=1).issue(service)
    longest = longest_waiting(day.day)
    assert {letter: ticket.number for letter, ticket in longest.items()} == {
        "A": "A-001",
        "C": "C-001",
    }
