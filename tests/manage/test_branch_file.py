"""A branch file: what it may say, and a sentence for everything it may not."""

from datetime import date, time

import pytest

from queue_server.domain.plan import BranchPlan, CounterKind, Hours, OrderPolicy, Rules
from queue_server.manage.branch_file import (
    branch_from_toml,
    parse_clock,
    plan_from_header,
    plan_from_mapping,
)
from queue_server.manage.strict import NotAPlan

SMALL = """
zone = "Asia/Makassar"
[services.A]
[counters.1]
"""


def problems(text: str) -> str:
    with pytest.raises(NotAPlan) as caught:
        branch_from_toml(text, branch="bontang")
    return str(caught.value)


def branch(text: str) -> BranchPlan:
    return branch_from_toml(text, branch="bontang")


def test_the_least_a_branch_needs_has_every_default() -> None:
    plan = branch(SMALL)
    assert plan.rules == Rules()
    assert plan.by_hand_only()
    assert plan.counters["1"].groups == (("A",),)


def test_a_name_keeps_the_joiners_its_script_needs() -> None:
    persian = "\u0645\u06cc\u200c\u0631\u0648\u0645"
    named = branch(f'zone = "Asia/Makassar"\n[counters.1]\n[services.A]\nname = "{persian} "')
    assert named.services["A"].name_id == persian


def test_the_header_of_a_replay() -> None:
    header = {
        "settings": {
            "order_policy": "fifo",
            "intake_opens": "07:30",
            "intake_closes": "15:00",
        },
        "services": {"A": {"quota": {"mon": 40}}, "B": {"quota": None}},
        "counters": {"1": {"groups": [["A"], ["B"]], "capacity": 1}, "9": {"capacity": 4}},
        "zone": "Asia/Makassar",
        "date": "2026-11-23",
    }
    plan, day = plan_from_header(header)
    assert day == date(2026, 11, 23)
    assert plan.rules.order_policy is OrderPolicy.FIFO
    assert plan.hours_on(date(2026, 11, 29)) == Hours(time(7, 30), time(15))
    assert plan.quota_on("A", day) == 40
    assert plan.quota_on("B", day) is None
    assert plan.counters["1"].groups == (("A",), ("B",))
    assert plan.counters["9"].kind is CounterKind.BOOTH
    assert header["date"] == "2026-11-23"


def test_an_empty_header_but_for_its_date_is_all_defaults() -> None:
    plan, _ = plan_from_header({"date": "2026-11-23"})
    assert not plan.services
    assert plan.rules == Rules()


@pytest.mark.parametrize("header", [3, [], None, {}, {"date": 3}, {"date": "23-11-2026"}])
def test_a_header_without_a_date_is_none(header: object) -> None:
    with pytest.raises(NotAPlan):
        plan_from_header(header)


def test_hours_by_weekday_leave_the_others_closed() -> None:
    plan = branch(SMALL + '[hours.fri]\nintake_opens = "07.30"\nintake_closes = 11:00:00\n')
    assert plan.hours == {"fri": Hours(time(7, 30), time(11))}


def test_one_quota_for_every_weekday() -> None:
    plan = branch(SMALL.replace("[services.A]", "[services.A]\nquota = 40"))
    assert plan.quota_on("A", date(2026, 11, 29)) == 40


def test_twenty_four_hours_end_after_the_last_millisecond() -> None:
    closes = parse_clock("24:00")
    assert closes
    assert time(23, 59, 59, 999000) < closes


WRONG = {
    "no zone": (SMALL.replace("zone", "# zone"), "zone is missing"),
    "unknown zone": (SMALL.replace("Makassar", "Bontang"), '"Asia/Bontang" is no time zone'),
    "no TOML": ("zone = ", "this is not TOML"),
    "unknown key": ("size = 3\n" + SMALL, "size is not a setting"),
    "misspelt rule": (
        SMALL + "[settings]\nwait_max = 30",
        "settings.wait_max is not a setting; did you mean settings.wait_max_min?",
    ),
    "wrong type": (
        SMALL + '[settings]\nundo_s = "30"',
        'settings.undo_s must be a whole number, not the text "30"',
    ),
    "a flag is no number": (
        SMALL + "[settings]\nundo_s = true",
        "settings.undo_s must be a whole number, not true",
    ),
    "a number is no flag": (
        SMALL + "[settings]\none_live_ticket = 1",
        "settings.one_live_ticket must be true or false, not the number 1",
    ),
    "negative": (SMALL + "[settings]\nundo_s = -1", "settings.undo_s must be between 0 and"),
    "behind nobody": (
        SMALL + "[settings]\nrejoin_behind = 0",
        "settings.rejoin_behind must be between 1 and",
    ),
    "unknown policy": (
        SMALL + '[settings]\norder_policy = "lifo"',
        "settings.order_policy must be one of fifo, strict, interleave, ageing",
    ),
    "infinite": (
        SMALL + "[settings]\nleaving_rate_per_h = inf",
        "settings.leaving_rate_per_h must be at least 0 and at most",
    ),
    "a reason with spaces": (
        SMALL + '[settings]\npause_reasons = ["makan siang"]',
        "settings.pause_reasons must be codes",
    ),
    "no holiday": (
        SMALL + '[settings]\nholidays = ["25/12"]',
        "settings.holidays must be dates such as 2026-12-25",
    ),
    "unknown voice": (
        SMALL + '[settings]\nspoken_number = "sung"',
        "settings.spoken_number must be one of digits, words",
    ),
    "settings are a table": ("settings = 3\n" + SMALL, "settings must be a table"),
    "negative quota": (
        SMALL.replace("[services.A]", "[services.A]\nquota = {mon = -1}"),
        "services.A.quota.mon must be between 0 and",
    ),
    "quota on no weekday": (
        SMALL.replace("[services.A]", "[services.A]\nquota = {monday = 1}"),
        "services.A.quota.monday is no weekday",
    ),
    "service name": (
        SMALL.replace("services.A", "services.JHT"),
        "services.JHT: a service is named by one capital letter",
    ),
    "no service": (
        'zone = "Asia/Jakarta"\n[counters.1]',
        "a branch gives numbers for at least one service",
    ),
    "no counter": (
        'zone = "Asia/Jakarta"\n[services.A]',
        "a branch calls people to at least one counter",
    ),
    "counter name": (
        SMALL.replace("counters.1", 'counters."meja depan"'),
        "counters.meja depan: a counter is named by 1 to 8 letters and digits",
    ),
    "unknown service in a group": (
        SMALL + 'groups = [["Z"]]',
        'counters.1.groups names the text "Z", which is no service',
    ),
    "groups are lists in a list": (
        SMALL + 'groups = ["A"]',
        "counters.1.groups must be lists in a list",
    ),
    "no seat": (SMALL + "capacity = 0", "counters.1.capacity must be between 1 and"),
    "a desk for four": (
        SMALL + 'kind = "desk"\ncapacity = 4',
        "counters.1 is a desk and serves one person",
    ),
    "a service twice": (
        SMALL + 'groups = [["A"], ["A"]]',
        "counters.1.groups names a service twice",
    ),
    "an empty group": (SMALL + 'groups = [[], ["A"]]', "counters.1.groups has an empty group"),
    "a service nobody serves": (
        SMALL + "groups = []",
        "services.A is served by no counter",
    ),
    "closes before it opens": (
        SMALL + '[hours.mon]\nintake_opens = "15:00"\nintake_closes = "07:30"',
        "hours.mon.intake_closes must be later than intake_opens",
    ),
    "closes when it opens": (
        SMALL + '[settings]\nintake_opens = "08:00"\nintake_closes = "08:00"',
        "settings.intake_closes must be later than intake_opens",
    ),
    "never closes": (
        SMALL + '[hours.mon]\nintake_opens = "15:00"',
        "hours.mon.intake_closes is missing",
    ),
    "no hour": (
        SMALL + '[hours.mon]\nintake_opens = "25:00"\nintake_closes = 26',
        'hours.mon.intake_opens must be an hour such as "07:30", not the text "25:00"',
    ),
    "an empty weekday": (SMALL + "[hours.mon]", "hours.mon needs intake_opens and intake_closes"),
    "no weekday": (SMALL + "[hours.monday]", "hours.monday is no weekday"),
    "hours twice": (
        SMALL + '[settings]\nintake_opens = "08:00"\nintake_closes = "09:00"\n'
        '[hours.mon]\nintake_opens = "08:00"\nintake_closes = "09:00"',
        "keep one of the two",
    ),
    "two lines in a name": (
        'name = "a\\nb"\n' + SMALL,
        "name must be one line of at most 80 characters",
    ),
    "a branch without a letter in its name": (
        'name = "   "\n' + SMALL,
        "name must have a letter, a digit or a sign to be read",
    ),
    "a service of blanks": (
        'zone = "Asia/Makassar"\n[counters.1]\n[services.A]\nname_id = "   "',
        "services.A.name_id must have a letter, a digit or a sign to be read",
    ),
    "a service of braille without dots": (
        'zone = "Asia/Makassar"\n[counters.1]\n[services.A]\nname = "\u2800"',
        "services.A.name must have a letter, a digit or a sign to be read",
    ),
    "a service with a name for a poster": (
        'zone = "Asia/Makassar"\n[counters.1]\n[services.A]\nname = "' + "n" * 61 + '"',
        "services.A.name must be one line of at most 60 characters",
    ),
    "nobody's name to ask": (
        'contact = " \u00a0 "\n' + SMALL,
        "contact must be one line of at most 200 characters",
    ),
    "a hall of counters": (
        'zone = "Asia/Makassar"\n[services.A]\n' + "".join(f"[counters.{n}]\n" for n in range(61)),
        "counters must be at most 60, not 61",
    ),
    "a stadium": (SMALL + "capacity = 25", "counters.1.capacity must be at most 24, not 25"),
    "a dictionary of reasons": (
        SMALL + f"[settings]\npause_reasons = {[f'r{n}' for n in range(41)]}",
        "settings.pause_reasons must be at most 40, not 41",
    ),
    "no working day for years": (
        SMALL
        + "[settings]\nholidays = ["
        + ", ".join(
            f"{year}-{month:02d}-{day:02d}"
            for year in (2026, 2027)
            for month in range(1, 13)
            for day in range(1, 20)
        )
        + "]",
        "settings.holidays must be at most 400, not 456",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_a_branch_is_said_with_its_key(case: str) -> None:
    text, sentence = WRONG[case]
    assert sentence in problems(text)


def test_all_problems_are_told_at_once() -> None:
    said = problems(SMALL + "capacity = 0\n[settings]\nundo_s = -1\nsize = 3")
    assert len(said.splitlines()) == 3


def test_a_branch_needs_a_name_for_addresses() -> None:
    with pytest.raises(NotAPlan, match="cannot name a branch"):
        plan_from_mapping({}, branch="Kantor Bontang")


@pytest.mark.parametrize(
    ("opens", "closes", "enough"),
    [
        ("00:00", "24:00", False),
        ("00:00", "23:59", False),
        ("00:00", "23:01", False),
        ("00:00", "23:00", True),
        ("01:00", "24:00", True),
        ("00:59", "24:00", False),
    ],
)
def test_between_two_days_there_is_an_hour(opens: str, closes: str, enough: bool) -> None:
    hours = {"settings": {"intake_opens": opens, "intake_closes": closes}}
    if enough:
        assert plan_from_mapping(hours).hours
    else:
        with pytest.raises(NotAPlan, match="cannot give numbers around the clock"):
            plan_from_mapping(hours)


@pytest.mark.parametrize(
    ("day", "following", "enough"),
    [("mon", "tue", False), ("sun", "mon", False), ("mon", "wed", True), ("tue", "mon", True)],
)
def test_only_neighbours_need_it(day: str, following: str, enough: bool) -> None:
    late = {"intake_opens": "12:00", "intake_closes": "24:00"}
    early = {"intake_opens": "00:30", "intake_closes": "12:00"}
    if enough:
        assert plan_from_mapping({"hours": {day: late, following: early}}).hours
    else:
        with pytest.raises(NotAPlan, match=f"on {day} until 30 minutes before .* on {following}"):
            plan_from_mapping({"hours": {day: late, following: early}})


def test_hours_over_midnight_are_refused_with_the_reason() -> None:
    hours = {"settings": {"intake_opens": "22:00", "intake_closes": "06:00"}}
    with pytest.raises(NotAPlan, match="no hours reach over midnight"):
        plan_from_mapping(hours)
