"""A plan written down again, and a change of it in words."""

from dataclasses import replace
from datetime import date

import pytest

from queue_server.domain.plan import BranchPlan
from queue_server.manage.branch_file import branch_from_toml
from queue_server.manage.branch_text import difference, to_toml

BONTANG = """
name = 'Kantor Cabang "Bontang"'
zone = "Asia/Makassar"
contact = "data@bontang.example"

[settings]
order_policy = "ageing"
holidays = [2026-12-25, "2027-01-01"]
pause_reasons = ["lunch", "prayer"]
leaving_rate_per_h = 0.2
identity_asked = true
spoken_number = "words"

[hours.mon]
intake_opens = "07:30"
intake_closes = "24:00"

[services.A]
name_id = "Jaminan Hari Tua"
name_en = "Old-age savings"
quota = { mon = 40, fri = 20 }
[services.B]

[counters.1]
groups = [["A"], ["B"]]
[counters.9]
kind = "booth"
capacity = 4
"""


@pytest.fixture
def plan() -> BranchPlan:
    return branch_from_toml(BONTANG, branch="bontang")


def test_what_is_written_reads_back_equal(plan: BranchPlan) -> None:
    assert branch_from_toml(to_toml(plan), branch="bontang") == plan


def test_nothing_changed_says_nothing(plan: BranchPlan) -> None:
    assert difference(plan, plan) == []


def test_a_new_branch_introduces_itself(plan: BranchPlan) -> None:
    said = "\n".join(difference(None, plan))
    assert "a new branch bontang" in said
    assert "counters 1, 9 (4 seats)" in said
    assert "numbers given on mon" in said


def changed(plan: BranchPlan, old: str, new: str) -> list[str]:
    assert old in BONTANG
    return difference(plan, branch_from_toml(BONTANG.replace(old, new), branch="bontang"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"ageing"', '"fifo"', "order_policy: ageing → fifo"),
        ('"24:00"', '"15:00"', "hours on mon: 07:30–24:00 → 07:30–15:00"),
        ("hours.mon", "hours.tue", "hours on mon: 07:30–24:00 → none"),
        ("fri = 20", "fri = 30", "service A: quota: mon 40, fri 20 → mon 40, fri 30"),
        ('[["A"], ["B"]]', '[["A", "B"]]', "counter 1: groups: A then B → A+B"),
        ("capacity = 4", "capacity = 6", "counter 9: capacity: 4 → 6"),
        ("[counters.9]", "[counters.10]", "counter 9: taken away"),
        ("[services.B]", "[services.B]\n[services.C]", "service C: added"),
        ('"lunch", ', "", "pause_reasons: lunch, prayer → prayer"),
        ("identity_asked = true", "", "identity_asked: yes → no"),
    ],
)
def test_a_change_is_told_in_words(plan: BranchPlan, old: str, new: str, said: str) -> None:
    assert said in changed(plan, old, new)


def test_the_name_and_the_holidays(plan: BranchPlan) -> None:
    new = replace(plan, name="Bontang", holidays=(date(2026, 12, 25),))
    assert difference(plan, new) == [
        'name: Kantor Cabang "Bontang" → Bontang',
        "holidays: 2026-12-25, 2027-01-01 → 2026-12-25",
    ]
