"""What stands on a locked screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from queue_server.domain.plan import BranchPlan, CounterKind, CounterPlan, Service
from queue_server.look.words import LANGUAGES
from queue_server.notices.saying import text, trial
from queue_server.people.values.roads import Occasion, Sense
from tests.domain.day import a_plan
from tests.notices.examples import a_message

SENSES = {
    Occasion.MISSED: (Sense.USUAL, Sense.OVER),
    Occasion.WITHDRAWN: (Sense.ANSWERED, Sense.NOT_YET, Sense.ENDED, Sense.REOPENED),
}


@pytest.fixture
def plan() -> BranchPlan:
    """A branch whose service has a name that nobody else may read."""
    counters = {
        "3": CounterPlan("3", (("A",),)),
        "9": CounterPlan("9", (("A",),), kind=CounterKind.BOOTH, capacity=2),
    }
    services = {"A": Service("A", name_id="Klaim JHT", name_en="Old-age benefit")}
    return replace(a_plan(), name="Kantor Cabang Bontang", services=services, counters=counters)


def test_a_call_names_number_counter_and_branch(plan: BranchPlan) -> None:
    said = text(a_message(), plan, "id")
    assert f"{said.title}. {said.body}" == "A-012 · Silakan ke Loket 3. Kantor Cabang Bontang."
    assert text(a_message(), plan, "en").title == "A-012 · Please go to Counter 3"


def test_a_booth_is_called_a_booth(plan: BranchPlan) -> None:
    said = text(a_message(Occasion.RECALLED, counter="9"), plan, "id")
    assert said.title == "A-012 · Dipanggil lagi: Bilik 9"


def test_a_number_that_lapses_says_by_the_branchs_clock_when(plan: BranchPlan) -> None:
    said = text(a_message(Occasion.UNPROVEN), plan, "id")
    local = a_message().true_until.astimezone(plan.timezone())
    assert f"{local:%H.%M}" in said.body


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("occasion", Occasion)
def test_everything_there_is_to_say_has_words_and_names_no_service(
    plan: BranchPlan, occasion: Occasion, language: str
) -> None:
    for sense in SENSES.get(occasion, (Sense.USUAL,)):
        said = text(a_message(occasion, sense=sense), plan, language)
        assert said.title.startswith("A-012 · ")
        assert said.body.endswith("Kantor Cabang Bontang.")
        assert "JHT" not in said.title + said.body
        assert "benefit" not in said.title + said.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_trial_says_that_it_is_one(plan: BranchPlan, language: str) -> None:
    assert "A-012" in trial("A-012", plan, language).title
