"""Whatever a branch can set, every road to a branch knows: `lapak init`, the file and its `--show`,
what a change says of itself, the log, and the demo's file. A setting that is added is asked here
without anybody thinking of it.
"""

from __future__ import annotations

import tomllib
from dataclasses import fields
from importlib import resources
from typing import Any, Final

import pytest

from queue_server.domain.plan import BranchPlan, OrderPolicy, Rules
from queue_server.manage.branch_file import branch_from_toml
from queue_server.manage.branch_text import OTHER_SETTINGS, difference, to_toml
from queue_server.manage.first_branch import Given, ask_for_branch
from queue_server.manage.strict import NotAPlan
from queue_server.store import codec

SETTINGS: Final = (*(each.name for each in fields(Rules)), *OTHER_SETTINGS)
CHOSEN: Final = {"order_policy": '"fifo"', "spoken_number": '"words"', "holidays": "[2027-12-25]"}
"""Where another value is neither a number, the other of two, nor a list of codes."""
GIVEN: Final = {"branch": "bontang", "services": ("A=Jaminan",), "counters": 1}


def made(*settings: str) -> BranchPlan:
    return ask_for_branch(Given(**GIVEN, settings=settings), ask=False)  # type: ignore[arg-type]


def value(plan: BranchPlan, name: str) -> Any:
    return getattr(plan.rules if hasattr(plan.rules, name) else plan, name)


def another(name: str) -> str:
    """A value that is not the default, as TOML."""
    default = value(made(), name)
    if name in CHOSEN:
        return CHOSEN[name]
    if isinstance(default, bool):
        return str(not default).lower()
    return '["one", "two"]' if isinstance(default, tuple) else str(default + 1)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_road_to_a_branch_knows_it(name: str) -> None:
    before, plan = made(), made(f"{name}={another(name)}")
    assert value(plan, name) != value(before, name)
    assert value(branch_from_toml(to_toml(plan), branch="bontang"), name) == value(plan, name)
    assert codec.decode_plan(codec.encode_plan(plan)) == plan
    (said,) = difference(before, plan)
    assert said.startswith(f"{name}: ")


def test_the_demo_shows_every_setting() -> None:
    text = resources.files("queue_server.manage").joinpath("demo.toml").read_text("utf-8")
    shown = tomllib.loads(text)["settings"]
    assert shown.keys() == set(SETTINGS)
    plan = branch_from_toml(text, branch="bontang")
    assert plan.rules == Rules()
    assert all(value(plan, name) == value(made(), name) for name in OTHER_SETTINGS)


def test_a_bare_word_is_a_text() -> None:
    assert made("order_policy=strict").rules.order_policy is OrderPolicy.STRICT


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("wait_stop_min", "NAME=VALUE"),
        ("=3", "NAME=VALUE"),
        ("wait_stop=3", "did you mean settings.wait_stop_min?"),
        ("wait_stop_min=soon", "settings.wait_stop_min"),
    ],
)
def test_what_is_no_setting_is_told(text: str, told: str) -> None:
    with pytest.raises(NotAPlan) as wrong:
        made(text)
    assert told in str(wrong.value)
