"""What the lobby screen needs of the rest of the house; `app` hands it in."""

from collections.abc import Awaitable
from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire


class BoardDoors(Protocol):
    """Sign-in, the present view and the page frame, without knowing how they are made."""

    @property
    def problem(self) -> type[Exception]:
        """What `enter` raises to whom may not come in; its `status` and `code` say why."""

    def enter(self, request: Request, branch: str, page: str) -> Awaitable[Response | None]:
        """Exchange a one-use key for a cookie (then a redirect comes back) and check the rights.

        None: come in. Raises `problem`. Cancelling may leave a key used and no cookie set.
        """

    def pair(
        self, request: Request, branch: str, page: str, problem: Exception
    ) -> Awaitable[Response]:
        """The page of a screen that may not come in: how it becomes one of the branch's."""

    def board_view(self, branch: str, language: str) -> wire.BoardView:
        """What is to be shown now. Raises `problem` where there is no such branch."""

    def language(self, request: Request) -> str:
        """In which language this screen is read."""

    def now(self) -> datetime:
        """The server's present, with its zone."""

    def render(
        self, request: Request, template: str, status: int = 200, **context: object
    ) -> Response:
        """A whole page in the reader's language."""
