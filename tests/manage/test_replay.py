"""`lapak replay`: one answer a command, and the branch's days as it would live them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from queue_server.manage.replay import NotAReplay, main, play

HEADER: dict[str, Any] = {
    "services": {"A": {}, "B": {}},
    "counters": {"1": {"groups": [["A", "B"]]}, "9": {"groups": [["A"]], "capacity": 2}},
    "zone": "Asia/Makassar",
    "date": "2026-11-23",
}
BY_THE_CLOCK = {**HEADER, "settings": {"intake_opens": "08:00", "intake_closes": "15:00"}}
PAGE = Path(__file__).parents[2] / "docs" / "calling.md"


def played(*commands: dict[str, Any], header: dict[str, Any] = HEADER) -> list[dict[str, Any]]:
    return list(play(json.dumps(line) for line in (header, *commands)))


def cmd(at: str, do: str, **fields: Any) -> dict[str, Any]:
    return {"at": at, "do": do, **fields}


MORNING = (cmd("08:00:00", "open_day"), cmd("08:00:00", "open", counter="1"))


def test_every_command_has_one_answer_and_the_header_none() -> None:
    answers = played(*MORNING, cmd("08:01:00", "call_next", counter="1"))
    assert answers == [
        {"ok": True, "line": []},
        {"ok": True, "counter": "1", "line": []},
        {"refused": "nobody_waiting", "counter": "1", "line": []},
    ]


def test_a_call_says_why_and_whom_it_overtook() -> None:
    answers = played(
        *MORNING,
        cmd("08:00:01", "issue", service="A", by="guard"),
        cmd("08:00:02", "issue", service="A", by="guard", weight=1),
        cmd("08:00:03", "call_next", counter="1"),
    )
    assert answers[-1] == {
        "ok": True,
        "number": "A-002",
        "counter": "1",
        "rule": "priority",
        "overtook": ["A-001"],
        "line": ["A-001"],
    }


def test_the_line_is_of_callable_tickets_by_rank() -> None:
    answers = played(
        *MORNING,
        cmd("08:00:01", "issue", service="A", by="phone"),
        cmd("08:00:02", "issue", service="B", by="guard"),
        cmd("08:00:03", "confirm_presence", number="A-001"),
    )
    assert [answer["line"] for answer in answers[-3:]] == [[], ["B-001"], ["B-001", "A-001"]]


def test_the_state_tells_every_ticket_in_local_time() -> None:
    answers = played(
        *MORNING,
        cmd("08:00:01", "issue", service="A", by="guard"),
        cmd("08:10:00", "call_next", counter="1"),
        {"do": "state"},
    )
    assert answers[-1]["tickets"] == {
        "A-001": {
            "state": "called",
            "place": {"rank": [1, 0], "since": "2026-11-23T08:00:01"},
            "counter": "1",
            "periods": [
                {"kind": "waiting", "from": "2026-11-23T08:00:01", "to": "2026-11-23T08:10:00"},
                {"kind": "called", "from": "2026-11-23T08:10:00", "to": None},
            ],
        }
    }


def test_a_browsers_own_ticket_comes_back() -> None:
    issue = cmd("08:00:01", "issue", service="A", by="phone", person="x")
    first, second = played(*MORNING, issue, issue)[-2:]
    assert first["number"] == second["number"] == "A-001"


def test_a_clock_that_steps_back_stands_still_also_behind_a_refusal() -> None:
    answers = played(
        *MORNING,
        cmd("09:00:00", "call_next", counter="1"),
        cmd("08:30:00", "issue", service="A", by="guard"),
        {"do": "state"},
    )
    assert answers[-1]["tickets"]["A-001"]["place"]["since"] == "2026-11-23T09:00:00"


class TestDays:
    def test_a_day_opens_by_itself_at_its_hour(self) -> None:
        issue = {"do": "issue", "service": "A", "by": "guard"}
        early, late = played(
            {"at": "07:59:59", **issue}, {"at": "08:00:00", **issue}, header=BY_THE_CLOCK
        )
        assert early["refused"] == "intake_closed"
        assert early["opens_at"] == "2026-11-23T08:00:00"
        assert late["number"] == "A-001"

    def test_it_is_open_also_after_the_intake_has_closed(self) -> None:
        (answer,) = played(cmd("15:00:00", "open", counter="1"), header=BY_THE_CLOCK)
        assert answer["ok"]

    def test_a_refused_open_day_lets_time_pass(self) -> None:
        answers = played(
            *MORNING,
            cmd("08:00:00", "issue", service="A", by="phone"),
            cmd("10:00:01", "open_day"),
            {"do": "state"},
        )
        assert answers[-2]["refused"] == "wrong_state"
        assert answers[-1]["tickets"]["A-001"]["state"] == "cancelled"

    def test_the_next_date_begins_with_number_one(self) -> None:
        issue = {"do": "issue", "service": "A", "by": "guard"}
        answers = played(
            *MORNING,
            cmd("09:00:00", **issue),
            cmd("2026-11-24T07:00:00", "open_day"),
            cmd("2026-11-24T07:00:00", **issue),
        )
        assert answers[-1]["number"] == "A-001"

    def test_whoever_is_still_served_is_forgotten_when_the_next_day_opens(self) -> None:
        answers = played(
            *MORNING,
            cmd("09:00:00", "issue", service="A", by="guard"),
            cmd("09:00:00", "call_next", counter="1"),
            cmd("2026-11-24T07:00:00", "open_day"),
            cmd("2026-11-24T07:00:00", "finish", number="A-001"),
            cmd("2026-11-24T07:00:00", "issue", service="A", by="guard"),
        )
        assert answers[-3]["ok"]
        assert answers[-2]["refused"] == "unknown_ticket"
        assert answers[-1]["number"] == "A-001"

    def test_one_forgotten_press_tells_nobody_to_come_tomorrow(self) -> None:
        answers = played(
            cmd("08:00:00", "open", counter="1"),
            cmd("14:50:00", "issue", service="A", by="guard"),
            cmd("14:52:00", "call_next", counter="1"),
            cmd("2026-11-24T08:00:00", "issue", service="A", by="kiosk"),
            header=BY_THE_CLOCK,
        )
        assert answers[-1]["number"] == "A-001"

    def test_a_used_up_quota_never_tells_an_hour_that_is_past(self) -> None:
        header = {**BY_THE_CLOCK, "services": {"A": {"quota": {"mon": 1, "tue": 0}}}}
        answers = played(
            cmd("07:00:00", "open_day"),
            cmd("08:00:00", "open", counter="1"),
            cmd("08:00:00", "issue", service="A", by="guard"),
            cmd("14:00:00", "call_next", counter="1"),
            cmd("2026-11-24T08:30:00", "open_intake"),
            cmd("2026-11-24T08:31:00", "issue", service="A", by="guard"),
            header={**header, "counters": {"1": {"groups": [["A"]]}}},
        )
        assert answers[-1]["refused"] == "quota_full"
        assert answers[-1]["opens_at"] == "2026-11-25T08:00:00"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[]", "must be a JSON object"),
        ('{"at": "08:00:00"}', 'needs "do"'),
        ('{"at": "08:00:00", "do": "dance"}', '"dance" is no command'),
        ('{"at": "8 o\'clock", "do": "open_day"}', '"at" must be'),
        ('{"do": "open_day"}', '"at" must be'),
        ('{"at": "08:00:00", "do": "issue"}', 'needs "service"'),
        ('{"at": "08:00:00", "do": "issue", "service": 7}', "wrong type"),
        ('{"at": "08:00:00", "do": "issue", "service": "A", "by": "mail"}', 'cannot be "mail"'),
        ('{"at": "08:00:00", "do": "issue", "service": "A", "colour": "red"}', 'no field "colour"'),
        ('{"at": "08:00:00", "do": "transfer", "number": "A-001", "to": {}}', '"to" must be'),
    ],
)
def test_what_is_no_command_names_its_line(line: str, why: str) -> None:
    with pytest.raises(NotAReplay) as caught:
        list(play([json.dumps(HEADER), "", line]))
    assert str(caught.value).startswith("line 3: ")
    assert why in str(caught.value)


def test_the_exit_status_is_nought_whatever_was_refused_and_two_for_a_broken_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "day.jsonl"
    file.write_text(json.dumps(HEADER) + "\n" + json.dumps(cmd("08:00:00", "close_day")))
    assert main(file) == 0
    file.write_text("no header")
    assert main(file) == 2
    assert "line 1" in capsys.readouterr().err
    assert main(tmp_path / "none.jsonl") == 2


def test_the_day_on_the_page_plays_as_it_says() -> None:
    block = PAGE.read_text(encoding="utf-8").split("```")[1].strip()
    answers = list(play(block.splitlines()))
    assert all(answer["ok"] for answer in answers)
    assert answers[-1]["tickets"]["A-001"]["state"] == "called"
