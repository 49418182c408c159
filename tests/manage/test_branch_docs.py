"""`docs/branch.md` and `deploy/branch.toml` say what the reader of branch files really knows."""

import re
from dataclasses import fields
from pathlib import Path

from queue_server.domain.plan import Rules
from queue_server.manage.branch_file import branch_from_toml, plan_from_mapping
from queue_server.manage.branch_text import HEAD, OTHER_SETTINGS

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs" / "branch.md").read_text()


def documented() -> dict[str, str]:
    """Key → default, of every table of the document."""
    rows = re.findall(r"^\| (`[^|]+`) \| ([^|]+) \|", DOCUMENT, re.MULTILINE)
    return {key: default.strip() for keys, default in rows for key in re.findall(r"`(\w+)`", keys)}


def test_every_setting_is_documented() -> None:
    settings = {each.name for each in fields(Rules)} | set(OTHER_SETTINGS) | set(HEAD)
    assert settings <= documented().keys()


def test_the_defaults_of_the_rules_are_the_documented_ones() -> None:
    for each in fields(Rules):
        default = each.default
        written = documented()[each.name].strip('`"')
        expected = (
            str(default).lower()
            if isinstance(default, bool)
            else f"{default:g}"
            if isinstance(default, float)
            else str(default)
        )
        assert written == expected, each.name


def test_nothing_else_is_documented() -> None:
    known = {each.name for each in fields(Rules)} | set(OTHER_SETTINGS) | set(HEAD)
    known |= {"intake_opens", "intake_closes", "name_id", "name_en", "quota", "typical_min"}
    known |= {"groups", "capacity", "kind"}
    assert documented().keys() == known


def test_the_example_is_a_branch() -> None:
    plan = branch_from_toml((ROOT / "deploy" / "branch.toml").read_text(), branch="bontang")
    assert plan.quota_on("A", plan.holidays[0]) == 20


def test_documented_defaults_of_a_service_and_a_counter() -> None:
    plan = plan_from_mapping({"services": {"A": {}}, "counters": {"1": {}, "9": {"capacity": 4}}})
    assert plan.services["A"].typical_min == int(documented()["typical_min"])
    assert plan.counters["1"].kind == "desk"
    assert plan.counters["9"].kind == "booth"
