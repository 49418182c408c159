"""What is asked for and not pushed: a page of tickets, and the plan."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from queue_server import wire
from queue_server.web.openapi_examples import ANSWERS
from tests.web.harness import API, World


async def tickets(world: World, query: str, who: str = "guard") -> dict[str, Any]:
    response = await world.get(f"{API}/tickets?{query}", who)
    assert response.status_code == 200, response.text
    page: dict[str, Any] = response.json()
    return page


async def test_a_list_is_turned_page_by_page(world: World) -> None:
    for _ in range(51):
        await world.issue("A")
    first = await tickets(world, "group=line")
    assert (len(first["tickets"]), first["count"], first["next"]) == (50, 51, 2)
    second = await tickets(world, "group=line&page=2")
    assert [one["number"] for one in second["tickets"]] == ["A-051"]
    assert (second["page"], second["next"]) == (2, None)
    assert (await tickets(world, "group=line&page=9"))["tickets"] == []


async def test_a_number_is_found_wherever_it_is(world: World) -> None:
    await world.issue("A"), await world.issue("B")
    await world.open_counter()
    await world.call_next()
    found = await tickets(world, "search=1")
    by_number = {one["number"]: one for one in found["tickets"]}
    assert by_number.keys() == {"A-001", "B-001"}
    assert by_number["A-001"]["state"] == "called"
    assert by_number["B-001"]["channel"] == "guard"
    assert [one["number"] for one in (await tickets(world, "search=b1"))["tickets"]] == ["B-001"]
    only = await tickets(world, "search=1&group=open")
    assert [one["number"] for one in only["tickets"]] == ["A-001"]
    assert (await tickets(world, ""))["count"] == 0


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("group=nobody", 422, "bad_input"),
        ("group=line&page=0", 422, "bad_input"),
        ("group=line&page=x", 422, "bad_input"),
        ("group=line&page=100001", 422, "bad_input"),
        ("search=" + "1" * 21, 422, "bad_input"),
        ("group=line&counter=..", 422, "bad_input"),
        ("surprise=1", 422, "bad_input"),
        ("group=line&counter=77", 404, "unknown_counter"),
    ],
)
async def test_what_cannot_be_asked(world: World, query: str, status: int, code: str) -> None:
    response = await world.get(f"{API}/tickets?{query}", "guard")
    assert (response.status_code, response.json()["code"]) == (status, code)


async def test_the_plan_names_what_the_views_name_by_letters(world: World) -> None:
    plan = (await world.get(f"{API}/plan", "officer1")).json()
    guard = (await world.get(f"{API}/guard", "guard")).json()
    assert plan["plan"] == guard["plan"]
    assert [one["letter"] for one in plan["services"]] == [
        one["letter"] for one in guard["services"]
    ]
    assert [one["name"] for one in plan["counters"]] == [one["name"] for one in guard["counters"]]


def test_the_examples_are_what_their_shapes_say() -> None:
    for name in ("TicketPage", "PlanView"):
        shape = getattr(wire, name)
        told = msgspec.json.decode(wire.encode(msgspec.convert(ANSWERS[name], shape)))
        assert told == ANSWERS[name]
