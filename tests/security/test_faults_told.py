"""Something breaks while somebody's secret is in hand, at every address there is: neither the
server's lines nor the answer may hold it.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
import sqlalchemy as sa
import structlog
from httpx import Response
from starlette.requests import Request
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from queue_server.domain.fold.invariants import BrokenInvariant
from queue_server.people import People
from queue_server.serving import logs
from queue_server.serving.traces import told
from queue_server.store.engines import Database
from tests.web.harness import BRANCH, World

SECRET: Final = "kenari-rahasia"
IN_PATH: Final = f"{SECRET}-path"
FIELDS: Final = {
    name: f"{SECRET}-{name}"
    for name in "password pin code recovery passkey totp_secret identity text comment name".split()
}
COOKIES: Final = (
    "session recent enrol known invite display kiosk tablet ticket browser join".split()
)
BEARER: Final = {"Authorization": f"Bearer {SECRET}-bearer"}
FILLED: Final = {
    "branch": BRANCH,
    "counter": "1",
    "number": "A-001",
    "verb": "open",
    "kind": "board",
}


def address(path: str) -> str:
    for name, value in {**FILLED, "secret": IN_PATH, "token": IN_PATH}.items():
        path = path.replace(f"{{{name}}}", value)
    return f"{path}?key={SECRET}-key&j={SECRET}-j&q={SECRET}-q"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """The server's lines, as they would be written to a journal."""
    lines = io.StringIO()
    structlog.configure(
        processors=logs.processors(at_terminal=False),
        logger_factory=structlog.PrintLoggerFactory(lines),
    )
    yield lines
    structlog.reset_defaults()


async def broken(scope: Scope, receive: Receive, send: Send) -> NoReturn:
    """Breaks with everything that was sent in its words."""
    request = Request(scope, receive)
    everything = f"{request.url} {request.headers} {request.cookies} {await request.body()!r}"
    try:
        raise KeyError(everything)
    except KeyError as error:
        raise RuntimeError(f"while reading {everything}") from error


def addresses(world: World) -> list[tuple[str, str, BaseRoute]]:
    """Method, path and route of everything that is asked by HTTP."""
    found: list[tuple[str, str, BaseRoute]] = []
    for route in world.app.routes:
        if isinstance(route, Route):
            methods = sorted((route.methods or set()) - {"HEAD"})
            found += [(method, route.path, route) for method in methods]
        elif isinstance(route, Mount):
            found.append(("GET", f"{route.path}/x", route))
    return found


async def asked(world: World, method: str, path: str, headers: dict[str, str]) -> Response:
    world.client.cookies.clear()
    for name in COOKIES:
        world.client.cookies.set(name, f"{SECRET}-{name}", domain="test.local")
    data = FIELDS if method == "POST" else None
    return await world.client.request(method, address(path), data=data, headers=headers)


async def test_no_fault_at_any_address_tells_what_was_sent(
    world: World, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = addresses(world)
    for method, path, route in every:
        monkeypatch.setattr(route, "app", broken)
        for headers in ({"Accept": "text/html"}, {"Accept": "application/json", **BEARER}):
            answer = await asked(world, method, path, headers)
            assert answer.status_code == 500, f"{method} {path}"
            assert SECRET not in answer.text, f"{method} {path}"
            assert SECRET not in str(answer.headers), f"{method} {path}"
    lines = said.getvalue()
    assert lines.count("builtins.RuntimeError") == 2 * len(every), "nothing was said of a fault"
    assert "test_faults_told.py" in lines, "nobody could find where it broke"
    assert SECRET not in lines


async def test_no_fault_of_the_store_tells_what_was_looked_for(
    world: World, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By each address's own code: what it hands on is in the words of what breaks there."""

    async def lost(*given: object, **named: object) -> NoReturn:
        raise RuntimeError(f"no row for {given} {named} {SECRET}")

    people: People = world.site.people
    for name in dir(type(people)):
        if not name.startswith("_") and callable(getattr(people, name)):
            monkeypatch.setattr(type(people), name, lost)
    failed = 0
    for method, path, _ in addresses(world):
        for headers in ({"Accept": "text/html"}, BEARER):
            answer = await asked(world, method, path, dict(headers))
            if answer.status_code >= 500:
                failed += 1
                assert SECRET not in answer.text, f"{method} {path}"
    assert failed > 40, "hardly anything broke: nothing was tested"
    assert SECRET not in said.getvalue()


async def test_no_fault_of_a_socket_tells_what_was_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a fault goes up to uvicorn, which writes it by `logging`."""

    async def torn(scope: Scope, receive: Receive, send: Send) -> NoReturn:
        raise RuntimeError(f"{scope['path']} {scope['headers']}")

    routes = [route for route in world.app.routes if isinstance(route, WebSocketRoute)]
    assert len(routes) == 5
    for route in routes:
        monkeypatch.setattr(route, "app", torn)
        path = address(route.path).partition("?")[0]
        given = [(b"host", b"test"), (b"origin", b"http://test"), (b"cookie", SECRET.encode())]
        scope: dict[str, Any] = {
            "type": "websocket",
            "scheme": "ws",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": SECRET.encode(),
            "headers": given,
            "client": ("10.0.0.7", 999),
            "server": ("test", 80),
            "subprotocols": [],
        }
        with pytest.raises(RuntimeError) as fault:
            await world.app(scope, none_comes, none_goes)
        line = written_by_logging(fault.value)
        assert "RuntimeError" in line
        assert "torn" in line
        assert SECRET not in line


async def none_comes() -> dict[str, Any]:
    return {"type": "websocket.connect"}


async def none_goes(_: Any) -> None:
    return None


def written_by_logging(error: BaseException) -> str:
    record = logging.LogRecord(
        "uvicorn.error", logging.ERROR, "", 0, "Exception in ASGI application", (), None
    )
    record.exc_info = (type(error), error, error.__traceback__)
    return logs.Lines("%(name)s: %(message)s").format(record)


def test_the_process_writes_by_these_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    root, lines = logging.RootLogger(logging.WARNING), io.StringIO()
    monkeypatch.setattr(logging, "root", root)
    monkeypatch.setattr(sys, "stderr", lines)
    try:
        logs.begin()
        (handler,) = root.handlers
        assert isinstance(handler.formatter, logs.Lines)
        try:
            raise RuntimeError(SECRET)
        except RuntimeError:
            structlog.get_logger("web").exception("fault")
    finally:
        structlog.reset_defaults()
    assert '"exception"' in lines.getvalue()
    assert SECRET not in lines.getvalue()


def test_all_that_led_to_a_fault_is_told_by_kind_and_our_own_by_words() -> None:
    def invariant() -> NoReturn:
        try:
            raise ExceptionGroup(SECRET, [ValueError(SECRET), OSError(SECRET)])
        except ExceptionGroup as group:
            group.add_note(SECRET)
            raise BrokenInvariant("A-012 is nowhere") from group

    with pytest.raises(BrokenInvariant) as fault:
        invariant()
    text = told(fault.value)
    kinds = [line for line in text.splitlines() if line.startswith(("builtins", "queue_server"))]
    assert [kind.rpartition(".")[2].partition(":")[0] for kind in kinds] == [
        "ValueError",
        "OSError",
        "ExceptionGroup",
        "BrokenInvariant",
    ]
    assert "A-012 is nowhere" in text
    assert SECRET not in text.replace("SECRET", "")


def test_a_fault_that_leads_to_itself_ends() -> None:
    one, two = RuntimeError(), ValueError()
    one.__cause__, two.__cause__ = two, one
    assert told(one).count("RuntimeError") == 1


@pytest.mark.parametrize("read_only", [False, True])
def test_a_statement_that_fails_does_not_name_what_it_was_given(
    tmp_path: Path, read_only: bool
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'some.db'}")
    database.alone().connect().close()
    with (
        pytest.raises(sa.exc.OperationalError, match="nowhere") as failed,
        database.alone(read_only=read_only).connect() as connection,
    ):
        connection.execute(sa.text("select * from nowhere where x = :x"), {"x": SECRET})
    assert SECRET not in str(failed.value)
