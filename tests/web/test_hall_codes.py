"""The hall's codes and the scans of them, by themselves: what proves presence, what does not."""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.asking.joining.checks import check_code, check_code_fits
from queue_server.asking.joining.codes import Codes, Verdict, base36, read_code
from queue_server.asking.joining.scans import Scans
from queue_server.people import JoinKey
from queue_server.people.keys import Keys
from tests.clocks import FakeClock

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BRANCHES = ("bontang", "tarakan")
STEP_S = 30


def key(number: int, made_at: datetime = START) -> JoinKey:
    return JoinKey(number, bytes([number]) * 32, made_at)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(START)


@pytest.fixture
def codes(clock: FakeClock) -> Codes:
    return Codes([key(1)], "http://hall", STEP_S, clock.now)


def later(clock: FakeClock, seconds: float) -> None:
    clock.jump(clock.now() + timedelta(seconds=seconds))


def check(codes: Codes, text: str, branch: str = "bontang") -> Verdict:
    return codes.check(branch, text, BRANCHES)


# Codes


def test_a_code_is_taken_in_its_own_step_and_in_the_next(codes: Codes, clock: FakeClock) -> None:
    code = codes.code("bontang")
    assert check(codes, code) is Verdict.RIGHT
    later(clock, 2 * STEP_S - 0.001)
    assert check(codes, code) is Verdict.RIGHT
    later(clock, 0.001)
    assert check(codes, code) is Verdict.OLD


def test_a_code_that_is_yet_to_come_is_not_taken(codes: Codes, clock: FakeClock) -> None:
    later(clock, STEP_S)
    code = codes.code("bontang")
    later(clock, -STEP_S)
    assert check(codes, code) is not Verdict.RIGHT


def test_a_code_of_another_branch_proves_nothing_and_says_so(codes: Codes) -> None:
    assert check(codes, codes.code("tarakan")) is Verdict.ELSEWHERE


def _changed(code: str) -> Iterator[str]:
    for at, letter in enumerate(code):
        for other in string.ascii_letters + string.digits + "-_.":
            if other != letter:
                yield code[:at] + other + code[at + 1 :]
        yield code[:at] + code[at + 1 :]
        yield code[:at] + letter + code[at:]


def test_no_letter_of_a_code_may_be_changed_lost_or_doubled(codes: Codes) -> None:
    code = codes.code("bontang")
    taken = [each for each in _changed(code) if each != code and check(codes, each) == "right"]
    assert taken == []


@pytest.mark.parametrize("text", ["", ".", "1..", "1.0.x", "٣.1.x", "1" * 200, "1.a.\x00", "١"])
def test_what_is_no_code_is_told_from_one(codes: Codes, text: str) -> None:
    assert check(codes, text) is Verdict.WRONG


def test_one_code_has_one_spelling(codes: Codes) -> None:
    number, step, mac = codes.code("bontang").split(".")
    for spelt in (f"0{number}.{step}.{mac}", f"{number}.0{step}.{mac}"):
        assert check(codes, spelt) is Verdict.WRONG


def test_a_new_key_makes_new_codes_at_once_and_takes_the_last_of_the_old(
    codes: Codes, clock: FakeClock
) -> None:
    later(clock, 10)
    shown = codes.code("bontang")
    codes.use([key(2, clock.now()), key(1)])
    assert codes.code("bontang") != shown
    assert check(codes, shown) is Verdict.RIGHT
    later(clock, STEP_S)
    assert check(codes, shown) is Verdict.RIGHT
    later(clock, STEP_S)
    assert check(codes, shown) is Verdict.OLD


def test_whoever_copied_a_replaced_key_can_make_no_code_with_it(
    codes: Codes, clock: FakeClock
) -> None:
    codes.use([key(2, clock.now()), key(1)])
    later(clock, 2 * STEP_S)
    forged = Codes([key(1)], "http://elsewhere", STEP_S, clock.now).code("bontang")
    assert check(codes, forged) is not Verdict.RIGHT


def test_a_key_that_is_gone_or_never_was_proves_nothing(codes: Codes) -> None:
    shown = codes.code("bontang")
    codes.use([key(3), key(2)])
    assert check(codes, shown) is Verdict.OLD
    assert check(codes, shown.replace("1.", "9.", 1)) is Verdict.WRONG


@given(made=st.integers(0, 10_000_000), looked=st.integers(-200, 200), key_turned=st.booleans())
def test_only_codes_of_this_step_and_the_one_before_are_ever_taken(
    made: int, looked: int, key_turned: bool
) -> None:
    clock = FakeClock(START + timedelta(seconds=made))
    codes = Codes([key(1)], "http://hall", STEP_S, clock.now)
    code, step = codes.code("bontang"), codes.step()
    if key_turned:
        codes.use([key(2, clock.now()), key(1)])
    later(clock, looked)
    right = check(codes, code) is Verdict.RIGHT
    assert right == (codes.step() - step in (0, 1))


@given(st.integers(0, 36**12 - 1))
def test_steps_are_written_as_they_are_read(step: int) -> None:
    code = read_code(f"1.{base36(step)}.{'x' * 22}")
    assert code is not None
    assert code.step == step


# Scans


@pytest.fixture
def scans(clock: FakeClock) -> Scans:
    return Scans(b"k" * 32, 180, clock.now)


def test_a_scan_is_right_for_three_minutes_in_its_own_browser(
    scans: Scans, clock: FakeClock
) -> None:
    scan = scans.make("bontang", "mine")
    later(clock, 179)
    assert scans.read("bontang", scan, "mine").verdict is Verdict.RIGHT
    later(clock, 1)
    assert scans.read("bontang", scan, "mine").verdict is Verdict.SCAN_OVER


def test_a_scan_is_nothing_in_another_browser_or_branch(scans: Scans) -> None:
    scan = scans.make("bontang", "mine")
    assert scans.read("bontang", scan, "another").verdict is Verdict.SCAN_FOREIGN
    assert scans.read("bontang", scan, None).verdict is Verdict.SCAN_FOREIGN
    assert scans.read("tarakan", scan, "mine").verdict is Verdict.WRONG


def test_no_letter_of_a_scan_may_be_changed(scans: Scans) -> None:
    scan = scans.make("bontang", "mine")
    changed = (each for each in _changed(scan) if each != scan)
    assert not [each for each in changed if scans.read("bontang", each, "mine").is_right]


def test_a_scan_is_used_once_and_by_one_request(scans: Scans) -> None:
    scan = scans.read("bontang", scans.make("bontang", "mine"), "mine")
    assert scans.take(scan.nonce, "first")
    assert scans.take(scan.nonce, "first"), "its answer may have been lost"
    assert not scans.take(scan.nonce, "second")
    assert not scans.take(scan.nonce)


def test_a_refused_number_gives_the_scan_back(scans: Scans) -> None:
    scan = scans.make("bontang", "mine")
    nonce = scans.read("bontang", scan, "mine").nonce
    scans.take(nonce)
    assert scans.read("bontang", scan, "mine").verdict is Verdict.SCAN_USED
    scans.give_back(nonce)
    assert scans.read("bontang", scan, "mine").is_right


def test_a_restart_ends_every_scan_used_or_not(scans: Scans, clock: FakeClock) -> None:
    scan = scans.make("bontang", "mine")
    restarted = Scans(b"k" * 32, 180, clock.now)
    assert restarted.read("bontang", scan, "mine").verdict is Verdict.SCAN_OVER


def test_the_four_digits_are_a_tickets_own() -> None:
    keys = Keys(b"t" * 32, b"c" * 32, b"p" * 32, "http://hall")
    code = check_code(keys, "t1")
    assert len(code) == 4
    assert code.isdigit()
    assert check_code_fits(keys, "t1", f" {code[:2]} {code[2:]} ")
    others = {check_code(keys, f"t{n}") for n in range(2000)}
    assert len(others) > 1500, "spread over all there are"
    assert not check_code_fits(keys, "t1", "")
