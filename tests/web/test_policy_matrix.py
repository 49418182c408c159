"""Every address and socket × everybody, with good, bad and half credentials × their own branch and
another: each cell is asked for real and held against the table that people read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from queue_server.asking.verbs import VERBS
from tests.web.cast import Cast
from tests.web.harness import BRANCH, World, a_second_branch, living_world
from tests.web.knocking import address, branches, knock, watch
from tests.web.matrix import Actor, Door, allowed, doors, rights, steps

TABLE: Final = rights()
DOORS: Final = doors()
API: Final = [one for one in DOORS if one.is_api and "openapi" not in one.path]
SOCKETS: Final = [one for one in DOORS if one.method == "SOCKET"]
HEARD: Final = [one for one in DOORS if one.method.startswith("hears")]
QUEUE_PAGES: Final = ("/desk/", "/guard/", "/supervisor/")
COMMANDS: Final = [
    one for one in DOORS if one.path.startswith(QUEUE_PAGES) and one.path.endswith("/do/{verb}")
]
PAGES: Final = [one for one in DOORS if one not in (*API, *SOCKETS, *HEARD)]
FOR_EVERYBODY: Final = ("health", "asset")
"""Nobody is asked who they are."""

Cells = list[str]


@dataclass
class Stage:
    world: World
    cast: Cast


@pytest.fixture
async def stage(folder: Path) -> AsyncIterator[Stage]:
    async with living_world(
        folder,
        socket_hello_timeout_s=0.02,
        issues_per_browser_per_min=100_000,
        sign_in_failures_max=100_000,
        pairings_per_address_max=100_000,
        pairings_per_branch_max=100_000,
    ) as world:
        await a_second_branch(world)
        secret = (await world.issue())["secret"]
        cast = Cast(world.site, secret)
        await cast.begin()
        yield Stage(world, cast)


def test_the_page_names_every_kind_of_door() -> None:
    assert min(len(API), len(SOCKETS), len(PAGES)) >= 5
    assert len(COMMANDS) == len(QUEUE_PAGES)
    assert len(HEARD) == len(SOCKETS)
    assert not {one.action for one in DOORS} - TABLE.keys()


async def test_the_api_lets_in_whom_the_table_says(stage: Stage) -> None:
    wrong, counted = [], Counter[str]()
    before = await stage.world.seq()
    for actor in (*await stage.cast.programs(), *await stage.cast.browsers()):
        for door in API:
            for branch in branches(door):
                found = await knock(stage.world, door, actor, branch)
                found = "in" if found == "absent" else found
                counted[found] += 1
                if found != expected_of_program(actor, door, branch):
                    wrong.append(f"{actor.name} {door.method} {door.path} {branch}: {found}")
    assert not wrong, "\n".join(wrong)
    assert await stage.world.seq() == before
    assert counted.total() > 2_000
    assert all(counted[kind] > 300 for kind in ("in", "denied", "unknown")), counted


def expected_of_program(actor: Actor, door: Door, branch: str) -> str:
    if actor.bearer is not None and not actor.good:
        return "unknown"
    if allowed(TABLE, actor, door, door.action, branch):
        return "in"
    return "unknown" if actor.seen_by(door) == "anonymous" else "denied"


async def test_every_page_lets_in_whom_the_table_says(stage: Stage) -> None:
    wrong: Cells = []
    counted = Counter[str]()
    before = await stage.world.seq()
    browsers, programs = await stage.cast.browsers(), await stage.cast.programs()
    for door in PAGES:
        # Some addresses end the session they are asked with: there everybody comes anew.
        is_step = door.method == "POST" and "{" not in door.path
        actors = await stage.cast.browsers() if is_step else browsers
        for actor in (*actors, *programs):
            for branch in branches(door):
                found = await knock(stage.world, door, actor, branch)
                found = "in" if found == "absent" else found
                counted[found] += 1
                may = allowed(TABLE, actor, door, door.action, branch)
                if may is not (found == "in") and not leads_to_signing_in(door, actor):
                    wrong.append(f"{actor.name} {door.method} {door.path} {branch}: {found}")
    assert not wrong, "\n".join(wrong)
    assert await stage.world.seq() == before
    assert counted.total() > 1_000
    assert min(counted["in"], counted["denied"] + counted["unknown"]) > 300, counted


def leads_to_signing_in(door: Door, actor: Actor) -> bool:
    """What everybody may ask for, and what then says: sign in (again)."""
    return TABLE[door.action]["anonymous"] == "any" and door.action == "public_page"


async def test_every_button_of_a_page_does_what_the_table_says(stage: Stage) -> None:
    """Page by page each verb there is: the page's own right and the verb's."""
    wrong: Cells = []
    counted = Counter[str]()
    before = await stage.world.seq()
    actors = await stage.cast.browsers()
    for door in COMMANDS:
        for verb in VERBS:
            for actor in actors:
                for branch in branches(door):
                    found = await knock(stage.world, door, actor, branch, verb.replace("_", "-"))
                    counted[found] += 1
                    may = all(
                        allowed(TABLE, actor, door, action, branch)
                        for action in (door.action, verb)
                        if action in TABLE
                    )
                    if found != "absent" and may is not (found == "in"):
                        wrong.append(f"{actor.name} {verb} {door.path} {branch}: {found}")
    assert not wrong, "\n".join(wrong)
    assert await stage.world.seq() == before
    assert counted.total() > 1_500
    assert min(counted["in"], counted["denied"]) > 100, counted


async def test_every_socket_lets_in_whom_the_table_says(stage: Stage) -> None:
    wrong: Cells = []
    counted = Counter[str]()
    for actor in (*await stage.cast.programs(), *await stage.cast.browsers()):
        for door in SOCKETS:
            for branch in branches(door):
                found = await watch(stage.world.app, address(stage.world, door, branch), actor)
                counted[found] += 1
                if allowed(TABLE, actor, door, door.action, branch) is not (found == "in"):
                    wrong.append(f"{actor.name} {door.path} {branch}: {found}")
                if not actor.good and found != "unknown":
                    wrong.append(f"{actor.name} is known at {door.path}: {found}")
    assert not wrong, "\n".join(wrong)
    assert counted.keys() == {"in", "denied", "unknown"}
    assert counted.total() > 300


BODIES: Final = {
    "call": {"number": "A-003", "reason": "emergency"},
    "pause": {"reason": "break"},
    "transfer": {"to": {"service": "B"}},
    "unpark": {"counter": "2"},
    "prioritise": {"on": True},
}


async def test_an_officer_acts_at_no_counter_but_the_one_they_hold(stage: Stage) -> None:
    """Every right of theirs that the table calls `held`, at a colleague's counter and about the
    ticket that is there.
    """
    world, cast = stage.world, stage.cast
    mine = await cast.program("officer")
    await world.issue()
    await world.issue()
    await world.open_counter("1", mine)
    await world.open_counter("2", "officer1")
    own = (await world.call_next("1", mine))["number"]
    theirs = (await world.call_next("2", "officer1"))["number"]
    before, asked = await world.seq(), 0
    for door in API:
        if TABLE[door.action]["officer"] != "held" or door.method != "POST":
            continue
        path = door.path.format(branch=BRANCH, counter="2", number=theirs)
        refused = await world.post(path, mine, BODIES.get(door.action, {}))
        assert not_theirs(refused.json()), f"{path}: {refused.text}"
        asked += 1
    assert asked >= 17
    assert await world.seq() == before
    recalled = await world.post(f"/api/v1/branches/{BRANCH}/tickets/{own}/recall", mine)
    assert recalled.json().get("code") != "not_your_counter"


def not_theirs(refusal: dict[str, str]) -> bool:
    """Refused because of the counter, and not for another reason."""
    return refusal["code"] in ("not_your_counter", "counter_held") or (
        refusal["code"] == "cannot_undo" and refusal["why"] == "other_counter"
    )


NEXT_STEP: Final = {
    "nobody": "/sign-in",
    "factor": "/sign-in/second",
    "enrol": "/account/second-factor",
    "locked": "/unlock",
    "full": "/",
}


@pytest.mark.parametrize(("door", "stages"), steps(), ids=lambda one: getattr(one, "path", ""))
async def test_each_step_of_signing_in_is_open_to_its_stage_alone(
    stage: Stage, door: Door, stages: dict[str, str]
) -> None:
    actors = {one.name.removeprefix("supervisor, "): one for one in await stage.cast.browsers()}
    actors["full"] = actors["supervisor"]
    assert stages.keys() == NEXT_STEP.keys()
    for name, answer in stages.items():
        stage.world.client.cookies.clear()
        headers = actors[name].headers()
        if door.method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        response = await stage.world.client.request(door.method, door.path, headers=headers)
        leads_to = response.headers.get("location", "")
        if answer == "open":
            assert not leads_to, f"{name}: {leads_to}"
        elif answer == "again":
            assert leads_to == "/account" or response.status_code == 403, name
        else:
            assert leads_to.startswith(NEXT_STEP[name]), f"{name}: {leads_to}"
        assert "session" not in response.cookies, "nobody gets further by knocking"
