"""Commands over the API, told as a day at the branch."""

import pytest

from tests.web.harness import API, World


async def test_a_number_is_issued_called_served(world: World) -> None:
    issued = await world.issue()
    assert (issued["number"], issued["presence"], issued["position"]) == ("A-001", True, 1)
    await world.open_counter()
    called = await world.call_next()
    assert (called["number"], called["counter"], called["rule"]) == ("A-001", "1", "rank")
    started = await world.post(f"{API}/tickets/A-001/start", "officer1")
    assert started.json()["state"] == "serving"
    finished = await world.post(f"{API}/tickets/A-001/finish", "officer1", {"outcome": "done"})
    assert (finished.status_code, finished.json()["state"]) == (200, "finished")


async def test_the_holder_sees_only_their_ticket_and_acts_on_it(world: World) -> None:
    for _ in range(3):
        await world.issue()
    mine = (await world.issue())["secret"]
    seen = await world.get("/api/v1/ticket", mine)
    assert (seen.json()["number"], seen.json()["position"]) == ("A-004", 4)
    assert (await world.post("/api/v1/ticket/coming", mine)).status_code == 200
    assert (await world.get("/api/v1/ticket", mine)).json()["coming"] is True
    cancelled = await world.post("/api/v1/ticket/cancel", mine)
    assert cancelled.json()["state"] == "cancelled"


async def test_a_rating_is_taken_once_served(world: World) -> None:
    mine = (await world.issue())["secret"]
    early = await world.post("/api/v1/ticket/rating", mine, {"stars": 5})
    assert (early.status_code, early.json()["code"]) == (409, "wrong_state")
    await world.open_counter()
    await world.call_next()
    await world.post(f"{API}/tickets/A-001/finish", "officer1")
    rated = await world.post("/api/v1/ticket/rating", mine, {"stars": 4, "comment": "ok\x00"})
    assert rated.status_code == 200
    assert (await world.get("/api/v1/ticket", mine)).json()["stars"] == 4


async def test_a_join_code_proves_presence_and_nothing_else_does(world: World) -> None:
    far = await world.issue(who=None)
    assert far["presence"] is False
    board = await world.get(f"{API}/board", "display")
    code = board.json()["join"]["code"]
    near = await world.post(f"{API}/tickets", None, {"service": "A", "join": code})
    assert near.json()["presence"] is True
    wrong = await world.post(f"{API}/tickets", None, {"service": "A", "join": code[::-1]})
    assert wrong.json()["presence"] is False


@pytest.mark.parametrize(
    ("to", "expected"),
    [({"service": "B"}, 200), ({"counter": "1"}, 200), ({}, 422)],
    ids=["service", "counter", "nowhere"],
)
async def test_a_transfer_has_one_destination(
    world: World, to: dict[str, str], expected: int
) -> None:
    await world.issue()
    await world.open_counter()
    await world.call_next()
    response = await world.post(f"{API}/tickets/A-001/transfer", "officer1", {"to": to})
    assert response.status_code == expected, response.text


async def test_handing_on_to_the_front_is_the_supervisors(world: World) -> None:
    await world.issue()
    await world.open_counter()
    await world.call_next()
    body = {"to": {"service": "B"}, "place": "next"}
    denied = await world.post(f"{API}/tickets/A-001/transfer", "officer1", body)
    assert denied.status_code == 403
    granted = await world.post(f"{API}/tickets/A-001/transfer", "supervisor", body)
    assert granted.status_code == 200


async def test_an_officer_acts_only_at_the_counter_they_hold(world: World) -> None:
    await world.issue()
    await world.open_counter("1", "officer1")
    stranger = await world.post(f"{API}/counters/1/call-next", "officer2")
    assert (stranger.status_code, stranger.json()["code"]) == (409, "not_your_counter")
    anyone = await world.post(f"{API}/counters/1/call-next", "supervisor")
    assert anyone.status_code == 200


async def test_a_notice_is_shown_and_taken_away(world: World) -> None:
    await world.post(f"{API}/notice", "guard", {"text": "Loket 2 pindah\x07"})
    seen = (await world.get(API)).json()["notice"]
    assert seen["text"] == "Loket 2 pindah"
    await world.post(f"{API}/notice", "guard", {"text": ""})
    assert (await world.get(API)).json()["notice"] is None


async def test_the_log_tells_everything_without_persons(world: World) -> None:
    await world.issue()
    await world.issue(who=None)
    page = (await world.get(f"{API}/log?after=0", "auditor")).json()
    assert [entry["seq"] for entry in page["entries"]] == [1, 2, 3]
    assert page["more"] is False
    rest = (await world.get(f"{API}/log?after=2", "auditor")).json()
    assert [entry["event"]["event"] for entry in rest["entries"]] == ["ticket_issued"]


async def test_the_desk_of_a_branch_is_the_one_you_hold(world: World) -> None:
    none = await world.get(f"{API}/desk", "officer1")
    assert (none.status_code, none.json()["code"]) == (404, "no_counter_held")
    await world.open_counter("2")
    assert (await world.get(f"{API}/desk", "officer1")).json()["counter"] == "2"
    assert (await world.get(f"{API}/counters/2/desk", "officer1")).json()["holder"] == "Petugas 1"
