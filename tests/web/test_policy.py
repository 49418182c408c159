"""Who may what, cell by cell; and every route is in the table."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from queue_server.people import Role
from queue_server.people.policy import POLICY, Reach, may, reach
from queue_server.web import entered, routes
from queue_server.web.messages import NotUnderstood, read_message
from queue_server.web.routes import HEARD, OPERATIONS, PAGES, Operation, entries
from tests.web.harness import BRANCH, World

ASKED_INSIDE: Final = {"transfer_next"}
"""Asked within an action, at no address of its own."""
STAFF_AND_DEVICES: Final = (
    "display",
    "kiosk",
    "officer1",
    "guard",
    "supervisor",
    "admin",
    "auditor",
)


def declared() -> set[str]:
    return {one.action for one in entries()}


def test_every_route_has_its_line_in_the_table() -> None:
    assert declared() - POLICY.keys() == set()


def test_every_line_of_the_table_belongs_to_a_route() -> None:
    assert POLICY.keys() - declared() == ASKED_INSIDE


def test_every_url_is_made_from_the_declared_ones(world: World) -> None:
    """Nobody adds a route behind the table's back."""
    listed = [(one.method, one.path) for one in entries() if not one.method.startswith(HEARD)]
    assert sorted(listed) == sorted(served(world.app.routes))


def served(found: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    for route in found:
        if isinstance(route, WebSocketRoute):
            yield "SOCKET", route.path
        elif isinstance(route, Mount):
            yield "GET", f"{route.path}/{{file}}"
        else:
            assert isinstance(route, Route), route
            yield from ((method, route.path) for method in (route.methods or set()) - {"HEAD"})


async def _nobody(_: Request) -> Response:
    raise AssertionError


def test_a_room_gives_what_is_declared_and_nothing_else() -> None:
    given = [Route(path, _nobody, methods=[method]) for path, method, _ in routes.ROOMS]
    assert routes.routes(given)
    with pytest.raises(routes.Undeclared, match="/board/secret"):
        routes.routes([*given, Route("/board/secret", _nobody)])
    with pytest.raises(routes.Undeclared, match="DELETE"):
        routes.routes([*given, Route(given[0].path, _nobody, methods=["DELETE"])])
    with pytest.raises(routes.Undeclared):
        routes.routes(given[1:])


def test_no_site_starts_with_an_action_nobody_decided_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "OTHERS", (("/fly", "GET", "fly", _nobody),))
    with pytest.raises(routes.Undeclared, match="fly"):
        routes.routes([])


@pytest.mark.parametrize(
    "text", ['{"bye": {}}', '{"hello": {"token": ""}, "bye": {}}', "{}", "[]", "hello", '"hello"']
)
def test_a_message_nobody_declared_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read_message(text)


def test_what_is_not_in_the_table_is_nobodys() -> None:
    assert all(reach("fly", role) is Reach.NO for role in Role)


def role_of(name: str | None) -> Role:
    if name is None:
        return Role.ANONYMOUS
    return Role(name.rstrip("1")) if name in STAFF_AND_DEVICES else Role.PARTICIPANT


async def ask(world: World, operation: Operation, who: str | None, branch: str) -> int:
    names = {"branch": branch, "counter": "1", "number": "A-001"}
    path = "/api/v1" + operation.path.format(**names)
    headers = {**world.bearer(who), "Content-Type": "application/json"}
    # A body no command takes: whoever passes the rights stumbles over it, and nothing happens.
    content = b"{" if operation.is_command else None
    response = await world.client.request(operation.method, path, headers=headers, content=content)
    return response.status_code


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: f"{one.method} {one.path}")
async def test_each_role_gets_as_far_as_the_table_says(
    two_branches: World, operation: Operation
) -> None:
    world = two_branches
    issued = await world.issue()
    for who in (None, issued["secret"], *STAFF_AND_DEVICES):
        role = role_of(who)
        for branch in (BRANCH, "tarakan"):
            status = await ask(world, operation, who, branch)
            allowed = expected(operation, role, branch)
            if allowed:
                assert status not in (401, 403), f"{role} at {branch}: {status}"
            else:
                assert status == (401 if role is Role.ANONYMOUS else 403), f"{role}: {status}"


def expected(operation: Operation, role: Role, branch: str) -> bool:
    match reach(operation.action, role):
        case Reach.NO:
            return False
        case Reach.ANY:
            return True
        case Reach.TICKET:
            return operation.path.startswith("/ticket") or branch == BRANCH
        case _:
            return branch == BRANCH


async def test_a_holders_secret_opens_no_staff_path_to_another_ticket(world: World) -> None:
    """`cancel` and `rejoin` are the holder's for their own ticket only."""
    await world.issue()
    mine = (await world.issue())["secret"]
    response = await world.post(f"/api/v1/branches/{BRANCH}/tickets/A-001/cancel", mine)
    assert response.status_code == 403
    assert (await world.get(f"/api/v1/branches/{BRANCH}")).json()["waiting"] == 2


async def test_a_token_of_one_counter_acts_at_no_other(world: World) -> None:
    from queue_server.office.questions import MakeToken
    from tests.office import told

    made = await told(world, MakeToken(Role.OFFICER, BRANCH, "2"))
    token = made["token"]
    assert (
        await world.post(f"/api/v1/branches/{BRANCH}/counters/1/open", token)
    ).status_code == 403
    assert (
        await world.post(f"/api/v1/branches/{BRANCH}/counters/2/open", token)
    ).status_code == 200


def test_an_admin_of_one_branch_is_none_of_another() -> None:
    class Bound:
        role = Role.ADMIN
        branch = "bontang"
        ticket_branch = None
        by = "admin"

    assert may(Bound(), "close_day", "bontang")
    assert not may(Bound(), "close_day", "tarakan")


# Whoever comes to a page of the staff comes through the router

FINDS_OUT_ITSELF = {"public_page", "issue", "ticket", "erase_own", "tablet_page"}
"""Of everybody, or about a ticket: the no stands on the page it belongs to."""


def test_no_page_of_the_staff_is_reached_but_by_its_row() -> None:
    by_router = {
        path
        for path, _, action, endpoint in PAGES
        if action not in FINDS_OUT_ITSELF and endpoint.__module__ == entered.__name__
    }
    assert by_router == {path for path, _, action, _ in PAGES if action not in FINDS_OUT_ITSELF}
    assert len(by_router) > 12


def test_no_view_of_the_api_is_reached_but_by_its_row() -> None:
    views = [one for one in OPERATIONS if not one.is_command]
    assert {one.endpoint.__module__ for one in views} == {entered.__name__}


def test_no_page_asks_for_its_own_entry_again() -> None:
    pages = Path(str(files("queue_server.web").joinpath("pages")))
    asking = [page.name for page in pages.rglob("*.py") if "web.policy import" in page.read_text()]
    assert asking == []
