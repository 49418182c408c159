"""What the kiosk needs of the rest of the house, and gets from `app`."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire


class KioskDoors(Protocol):
    """The ways in and out of this room."""

    @property
    def problem(self) -> type[Exception]:
        """What a refused door raises; with `status` and `text(language) -> (title, sentence)`."""

    async def enter(self, request: Request, branch: str, page: str) -> Response | None:
        """None: come in. A response: follow it (a key was exchanged). Raises `problem`."""

    async def pair(self, request: Request, branch: str, page: str, problem: Exception) -> Response:
        """The page of a browser that may not come in: how it becomes the branch's kiosk."""

    async def issue(self, request: Request, branch: str) -> wire.IssueAnswer:
        """The posted form (`service`, `priority`, `request_id`) as a number. Raises `problem`."""

    async def confirm(self, request: Request, branch: str) -> str:
        """The posted form (`letter`, `digits`, `check`, `request_id`): that person is here. The
        number, as it is written. Raises `problem`.
        """

    def kiosk_view(self, branch: str) -> wire.KioskView:
        """What is to be shown now. Raises `problem` where there is no such branch."""

    def now(self) -> datetime:
        """The present, aware."""

    def language(self, request: Request) -> str:
        """In which language this page is read."""

    def render(
        self, request: Request, template: str, status: int = 200, **context: object
    ) -> Response:
        """A whole page from a template."""
