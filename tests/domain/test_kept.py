"""What a day keeps as it is folded is what walking over it would find."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.domain.fold.keeping import keeping_later, worked_out
from queue_server.domain.kept import Kept, Learning
from queue_server.domain.layered import RECENT_MAX, Layered
from queue_server.domain.ordered import CHUNK_MAX, Ordered
from tests.domain.day import Day
from tests.domain.slowly import same_both_ways
from tests.domain.test_coming_up import a_day_with_a_line


@given(st.data())
def test_a_days_counts_and_lines_are_those_of_the_slow_way(data: st.DataObject) -> None:
    day = a_day_with_a_line(data)
    same_both_ways(day.day, day.now)


def a_day_with_everything() -> Day:
    """Somebody in every group a day keeps."""
    day = Day(order_policy="strict")
    for weight in (0, 0, 1, 1, 0, 0):
        day.issue(weight=weight)
    day.issue(by="phone")
    day.after(minutes=1)
    number = day.call_next("1")[0]
    day.after(minutes=2).finish(number)
    day.call_next("2")
    day.transfer("A-005", counter="1")
    day.transfer("A-005", counter="2", by="guard")
    return day


@pytest.mark.parametrize("kept", [one.name for one in fields(Kept)])
def test_a_fault_in_anything_kept_is_found(kept: str) -> None:
    day = a_day_with_everything()
    same_both_ways(day.day, day.now)
    found: Any = getattr(day.day.kept, kept)
    assert found, "a fault can be planted only where something is kept"
    for group in list(found):
        spoilt = day.day.scratch()
        groups = getattr(spoilt.kept, kept)
        if isinstance(groups, Counter):
            spoilt.kept.overtaken = groups + Counter({group: 1})
        elif kept == "learned":
            groups[group] = Learning(groups[group].count + 1, groups[group].spent)
        else:
            groups[group] = groups[group].minus(groups[group].last)
            if not groups[group]:
                del groups[group]
        with pytest.raises((AssertionError, LookupError)):
            same_both_ways(spoilt, day.now)


def test_a_refold_works_out_at_its_end_what_was_kept() -> None:
    day = a_day_with_everything()
    assert worked_out(day.day) == day.day.kept
    assert {one.name for one in fields(Kept) if not getattr(worked_out(day.day), one.name)} == set()


def test_nobody_may_ask_what_is_kept_in_the_middle_of_a_refold() -> None:
    day = a_day_with_everything().day.scratch()
    with keeping_later(day), pytest.raises(AttributeError):
        _ = day.kept.standing
    assert day.kept.standing


def test_what_is_folded_on_a_copy_leaves_the_day_as_it_was() -> None:
    day = a_day_with_everything()
    before, copy = list(day.day.announcements), day.day.scratch()
    kept = day.day.kept.copy()
    day.call_next("1")
    day.issue()
    same_both_ways(copy, day.now)
    assert (copy.kept, list(copy.announcements)) == (kept, before)


def test_an_ordered_row_holds_what_a_sorted_list_would() -> None:
    chance, row, slow = random.Random(1), Ordered[tuple[int]](), list[tuple[int]]()
    for n in range(10 * CHUNK_MAX):
        row, slow = row.plus((n,)), [*slow, (n,)]
    for _ in range(2_000):
        entry = (chance.randrange(2_000),)
        if entry in slow:
            row = row.minus(entry)
            slow.remove(entry)
        else:
            row = row.plus(entry)
            slow.append(entry)
            slow.sort()
        key = (chance.randrange(-1, 2_001),)
        index = sum(one < key for one in slow)
        assert (len(row), row.before(key)) == (len(slow), index)
        assert (list(row.until(key)), list(row.since(key))) == (slow[:index], slow[index:])
    assert list(row) == slow
    assert list(reversed(row)) == slow[::-1]
    assert (row.first, row.last) == (slow[0], slow[-1])


def test_a_layered_mapping_is_a_dict_whose_copies_go_their_own_way() -> None:
    layered, slow = Layered[int, int](), dict[int, int]()
    copies = []
    for n in range(5 * RECENT_MAX):
        layered[n * 7 % 200] = slow[n * 7 % 200] = n
        if n % 50 == 0:
            copies.append((layered.copy(), slow.copy()))
    for quick, dull in [*copies, (layered, slow)]:
        assert list(quick.items()) == list(dull.items())
        assert list(reversed(quick)) == list(reversed(dull))
        assert len(quick) == len(dull)
        assert 300 not in quick
