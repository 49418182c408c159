"""Whatever is sent to whichever operation: a clear no, never a fault of ours, nothing changed."""

from __future__ import annotations

import json
from typing import Any, Final

import httpx
import pytest

from queue_server.web.routes import OPERATIONS, Operation
from tests.web.harness import BRANCH, World

COMMANDS: Final = [one for one in OPERATIONS if one.is_command]
LONG: Final = "A" * 100_000
DEEP: Final = "[" * 20_000 + "]" * 20_000

# Bodies that are right for no command at all.
NEVER: Final[dict[str, bytes]] = {
    "no json": b"{",
    "cut short": b'{"service": "A',
    "a list": b"[]",
    "a word": b'"A"',
    "null": b"null",
    "not a number": b'{"stars": NaN}',
    "infinity": b'{"stars": 1e999}',
    "deep": DEEP.encode(),
    "deep in a field": b'{"to": ' + DEEP.encode() + b"}",
    "a huge number": b'{"stars": ' + b"9" * 5_000 + b"}",
    "no utf-8": b'{"service": "\xff\xfe"}',
    "half a surrogate": b'{"service": "\\ud800"}',
    "unknown field": b'{"surprise": 1}',
    "a long field": json.dumps({"service": LONG}).encode(),
    "a long key": json.dumps({LONG: 1}).encode(),
    "two documents": b"{} {}",
    "a comment": b"{} // hello",
    "nul": b"\x00",
}

# Bodies that are wrong for the one command whose fields they name.
WRONG: Final[dict[str, list[dict[str, Any]]]] = {
    "issue": [
        {},
        {"service": 1},
        {"service": ""},
        {"service": "AA"},
        {"service": "<script>"},
        {"service": "A", "priority": "yes"},
        {"service": "A", "priority": 1},
        {"service": "A", "join": 5},
        {"service": None},
        {"service": ["A"]},
    ],
    "prove_own": [{}, {"join": None}, {"join": 5}, {"join": "x" * 201}, {"code": "x"}],
    "call": [{}, {"number": "A-001"}, {"number": "x", "reason": "a"}, {"number": 1, "reason": "a"}],
    "pause": [{}, {"reason": ""}, {"reason": "Ä"}, {"reason": "x" * 41}, {"reason": None}],
    "close": [{"return_open": "true"}, {"return_open": 1}],
    "finish": [{"outcome": 5}, {"outcome": "<script>alert(1)</script>"}],
    "skip": [{"confirm": "yes"}],
    "unpark": [{}, {"counter": ""}, {"counter": 1}, {"counter": "../../etc"}],
    "transfer": [
        {},
        {"to": {}},
        {"to": "B"},
        {"to": {"service": "A", "counter": "1"}},
        {"to": {"service": "A"}, "place": "first"},
        {"to": {"service": "A", "x": 1}},
    ],
    "prioritise": [{}, {"on": "true"}, {"on": None}, {"on": 1}],
    "notice": [{}, {"text": "x" * 281}, {"text": 5}, {"text": None}],
    "continue_numbers": [
        {},
        {"last": 3},
        {"last": {"a": 1}},
        {"last": {"A": -1}},
        {"last": {"A": "3"}},
        {"last": {"A": 10_000}},
        {"last": {"A": 1}, "x": 1},
    ],
    "rating": [{}, {"stars": 0}, {"stars": 6}, {"stars": "5"}, {"stars": 2.5}, {"stars": True}],
}


def path_of(operation: Operation, **names: str) -> str:
    filled = {"branch": BRANCH, "counter": "1", "number": "A-001", **names}
    return "/api/v1" + operation.path.format(**filled)


async def asker(world: World, operation: Operation) -> str:
    """Somebody who may: admin, or the holder of A-001."""
    issued = await world.issue()
    return str(issued["secret"]) if operation.by_holder else "admin"


async def send(
    world: World, operation: Operation, who: str, content: bytes, media_type: str
) -> httpx.Response:
    headers = {**world.bearer(who), "Content-Type": media_type}
    return await world.client.post(path_of(operation), headers=headers, content=content)


def assert_clear(response: httpx.Response) -> None:
    assert 400 <= response.status_code < 500, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["title"]
    assert problem["detail"]
    assert "Traceback" not in response.text
    assert len(response.content) < 2_000


@pytest.mark.parametrize("operation", COMMANDS, ids=lambda one: one.action)
async def test_what_is_no_body_of_any_command_changes_nothing(
    world: World, operation: Operation
) -> None:
    who = await asker(world, operation)
    before = await world.seq()
    for name, content in NEVER.items():
        response = await send(world, operation, who, content, "application/json")
        assert_clear(response)
        assert response.status_code in (413, 422), f"{name}: {response.text}"
    assert await world.seq() == before


@pytest.mark.parametrize("action", sorted(WRONG))
async def test_wrong_fields_are_named_and_change_nothing(world: World, action: str) -> None:
    operation = next(one for one in COMMANDS if one.verb == action)
    who = await asker(world, operation)
    before = await world.seq()
    for body in WRONG[action]:
        response = await send(world, operation, who, json.dumps(body).encode(), "application/json")
        assert_clear(response)
        assert response.status_code == 422, f"{body}: {response.text}"
    assert await world.seq() == before


@pytest.mark.parametrize("operation", COMMANDS, ids=lambda one: one.action)
async def test_an_empty_body_is_enough_exactly_where_no_field_is_needed(
    world: World, operation: Operation
) -> None:
    who = await asker(world, operation)
    response = await world.client.post(path_of(operation), headers=world.bearer(who))
    needs_fields = {"issue", "call", "pause", "unpark", "transfer", "prioritise", "notice"}
    if operation.verb in needs_fields | {"rating", "continue_numbers", "prove_own"}:
        assert response.status_code == 422
    else:
        assert response.status_code in (200, 409), response.text


@pytest.mark.parametrize("operation", COMMANDS, ids=lambda one: one.action)
async def test_the_order_of_checks_is_kept(world: World, operation: Operation) -> None:
    """Each request is wrong in every later way too; the earliest counts."""
    path = path_of(operation, branch="nowhere", number="A-999")
    url, bad = path, b"{" * 50
    put = await world.client.put(url, content=b"x" * 200_000)
    assert put.status_code == 405
    seen = {one.method for one in OPERATIONS if one.path == operation.path}
    assert set(put.headers["allow"].split(", ")) - {"HEAD"} == seen
    large = await world.client.post(url, content=b"x" * 200_000)
    assert large.status_code == 413
    text = await world.client.post(url, content=bad, headers={"Content-Type": "text/plain"})
    assert text.status_code == 415
    wrong_token = {"Content-Type": "application/json", "Authorization": "Bearer nobody"}
    unknown = await world.client.post(url, content=bad, headers=wrong_token)
    assert unknown.status_code == 401
    headers = {"Content-Type": "application/json", **world.bearer("display")}
    denied = await world.client.post(url, content=bad, headers=headers)
    assert denied.status_code == 403
    if operation.by_holder:
        return
    headers |= world.bearer("admin")
    nowhere = await world.client.post(url, content=bad, headers=headers)
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "unknown_branch")
    if "{number}" in operation.path:
        missing = await world.client.post(
            path_of(operation, number="A-999"), content=bad, headers=headers
        )
        assert (missing.status_code, missing.json()["code"]) == (404, "unknown_ticket")
    if "{counter}" in operation.path:
        missing = await world.client.post(
            path_of(operation, counter="99"), content=bad, headers=headers
        )
        assert (missing.status_code, missing.json()["code"]) == (404, "unknown_counter")


@pytest.mark.parametrize(
    "name", ["%00", "..", "%2e%2e%2f", "<script>", "A" * 4_000, "%ff%fe", "'; drop table", " "]
)
async def test_odd_names_in_paths_are_not_found(world: World, name: str) -> None:
    for path in (
        f"/api/v1/branches/{name}",
        f"/api/v1/branches/{BRANCH}/tickets/{name}/start",
        f"/api/v1/branches/{BRANCH}/counters/{name}/open",
        f"/api/v1/branches/{BRANCH}/counters/{name}/desk",
    ):
        for method in ("GET", "POST"):
            response = await world.client.request(method, path, headers=world.bearer("admin"))
            assert response.status_code in (404, 405), f"{path}: {response.text[:200]}"


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=" + "9" * 50, "day=x", "after=%00"]
)
async def test_odd_questions_of_the_log_are_refused(world: World, query: str) -> None:
    response = await world.get(f"/api/v1/branches/{BRANCH}/log?{query}", "auditor")
    assert response.status_code == 422
    assert_clear(response)


@pytest.mark.parametrize(
    "value", ["", "Basic abc", "Bearer", "Bearer ", "Bearer " + "x" * 5_000, "Bearer a.b.c.d"]
)
async def test_an_authorization_that_opens_nothing_is_401_everywhere(
    world: World, value: str
) -> None:
    for path in (f"/api/v1/branches/{BRANCH}", "/api/v1/ticket"):
        response = await world.client.get(path, headers={"Authorization": value})
        assert response.status_code == 401
        assert response.headers["www-authenticate"].startswith("Bearer")


async def test_errors_speak_the_asked_language(world: World) -> None:
    path = f"/api/v1/branches/{BRANCH}/counters/1/call-next"
    indonesian = await world.post(path, "admin")
    english = await world.post(path, "admin", language="en-GB,en;q=0.9")
    unknown = await world.post(path, "admin", language="xx")
    assert english.json()["detail"] == "Open counter 1 first; it is closed."
    assert indonesian.json()["detail"] == unknown.json()["detail"] != english.json()["detail"]
    assert english.headers["content-language"] == "en"
    assert english.json()["code"] == indonesian.json()["code"] == "counter_not_open"
