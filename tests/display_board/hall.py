"""A hall without the rest of the house: the lobby screen's real pages over a view the test holds.

`Hall` is the doors; `serve` runs it on a free port, with a socket that speaks like the real one
(newest view first, then each one pushed) and can be cut.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from display_board.pages import routes
from queue_server import wire
from queue_server.domain.plan import Rules
from queue_server.look import pages
from queue_server.look.assets import StaticAssets
from queue_server.look.words import Words, language_of
from queue_server.views.board import said

ZONE = "Asia/Makassar"
FOR_LONG = datetime(2099, 1, 1, tzinfo=UTC)
"""Until when a code is shown that no test looks at."""
RULES = Rules()


class NotAllowed(Exception):
    status = 403


def call(
    seq: int,
    number: str,
    counter: str = "3",
    *,
    at: datetime | None = None,
    again: bool = False,
    withdrawn: bool = False,
    current: bool = True,
) -> wire.CallShown:
    kind = "booth" if counter == "9" else "desk"
    at = at or datetime.now(UTC).replace(microsecond=0)
    return wire.CallShown(seq, number, counter, kind, at, again, withdrawn, current)


def view_of(
    *calls: wire.CallShown,
    seq: int | None = None,
    language: str = "id",
    now: datetime | None = None,
    **other: Any,
) -> wire.BoardView:
    """A view with these calls, given oldest first, as it is said in a language at a moment."""
    at = now or datetime.now(UTC)
    shown: dict[str, Any] = {
        "branch": "bontang",
        "name": "Kantor Cabang Bontang",
        "zone": ZONE,
        "open": True,
        "opens_at": None,
        "seq": seq if seq is not None else max((each.seq for each in calls), default=1),
        "calls": tuple(reversed(calls)),
        "expected": sum(each.current for each in calls),
        "waiting": {"A": 12, "B": 3, "C": 0, "D": 1, "E": 2},
        "join": wire.JoinShown("http://127.0.0.1:8000/b/bontang?j=9f2a", "9f2a", FOR_LONG),
        "notice": None,
        "date": at.astimezone(ZoneInfo(ZONE)).date().isoformat(),
        "over": True,
        "screen": wire.BoardScreen("empty"),
    }
    view = wire.BoardView(**{**shown, **other})
    return said(view, language, at, "digits", RULES.undo_s)


@dataclass
class Hall:
    """Doors that let everyone in who is `allowed`, and one view for all."""

    shown: wire.BoardView
    allowed: bool = True
    demo: bool = False
    problem: type[Exception] = NotAllowed
    mailboxes: set[asyncio.Queue[wire.BoardView | None]] = field(default_factory=set)
    reachable: bool = True
    loop: asyncio.AbstractEventLoop | None = None
    address: str = ""

    async def enter(self, request: Request, branch: str, page: str) -> Response | None:
        assert page == "board_page"
        if not self.allowed:
            raise NotAllowed
        return None

    async def pair(self, request: Request, branch: str, page: str, problem: Exception) -> Response:
        assert isinstance(problem, NotAllowed)
        return HTMLResponse(f"how {branch} pairs a screen", 403)

    def board_view(self, branch: str, language: str) -> wire.BoardView:
        assert branch == self.shown.branch
        return said(self.shown, language, self.now(), "digits", RULES.undo_s)

    def language(self, request: Request) -> str:
        return language_of(request.query_params.get("lang"))

    def now(self) -> datetime:
        return datetime.now(UTC)

    def render(
        self, request: Request, template: str, status: int = 200, **context: object
    ) -> Response:
        words = Words(self.language(request))
        return HTMLResponse(pages.render(template, words, demo=self.demo, **context), status)

    def push(self, view: wire.BoardView) -> None:
        """To every screen that listens now."""
        self.shown = view
        self._post(view)

    def cut(self) -> None:
        """End every connection and take no new one."""
        self.reachable = False
        self._post(None)

    def mend(self) -> None:
        self.reachable = True

    def _post(self, view: wire.BoardView | None) -> None:
        def post() -> None:
            for box in self.mailboxes:
                box.put_nowait(view)

        if self.loop is not None:  # else nobody has listened yet
            self.loop.call_soon_threadsafe(post)

    async def listen(self, socket: WebSocket) -> None:
        self.loop = asyncio.get_running_loop()
        if not self.reachable:
            await socket.close(1012)
            return
        await socket.accept()
        box: asyncio.Queue[wire.BoardView | None] = asyncio.Queue()
        self.mailboxes.add(box)
        try:
            view: wire.BoardView | None = self.shown
            while view is not None:
                pushed = wire.PushedView(view.seq, msgspec.Raw(wire.encode(view)))
                await socket.send_text(wire.encode(pushed).decode())
                view = await box.get()
            await socket.close(1012)
        except WebSocketDisconnect:
            pass
        finally:
            self.mailboxes.discard(box)

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                *routes(self),
                WebSocketRoute("/ws/branches/{branch}/board", self.listen),
                Mount("/static", app=StaticAssets()),
            ]
        )


@contextmanager
def serve(hall: Hall) -> Iterator[Hall]:
    """The hall on a port of its own, in a thread."""
    config = uvicorn.Config(hall.app(), port=0, log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = datetime.now(UTC) + timedelta(seconds=10)
    while not server.started and datetime.now(UTC) < deadline:
        thread.join(0.02)
    hall.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    try:
        yield hall
    finally:
        hall.cut()
        server.should_exit = True
        thread.join(10)
