"""What asking needs of a running server, by its own words. Must not know how a server is made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from queue_server.asking.declined import Declined
from queue_server.asking.joining.codes import Codes
from queue_server.asking.joining.scans import Scans
from queue_server.live.face import DaysFace
from queue_server.live.hub import Hub
from queue_server.people import People
from queue_server.people.access import Access
from queue_server.people.keys import Keys
from queue_server.settings import Settings

MINUTE_S = 60.0


class Allowances(Protocol):
    """How often somebody may ask."""

    def wait_s(self, key: str, count_max: int, window_s: float) -> int: ...
    def wait_once_s(self, key: str, what: str, count_max: int, window_s: float) -> int: ...


class Tally(Protocol):
    """Counts what became of commands."""

    def command(self, verb: str, outcome: str) -> None: ...


class Around(Protocol):
    """One running server, as far as somebody asks something of it."""

    @property
    def settings(self) -> Settings: ...
    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def days(self) -> DaysFace: ...
    @property
    def hub(self) -> Hub: ...
    @property
    def people(self) -> People: ...
    @property
    def keys(self) -> Keys: ...
    @property
    def access(self) -> Access: ...
    @property
    def limits(self) -> Allowances: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def scans(self) -> Scans: ...
    @property
    def metrics(self) -> Tally: ...
    @property
    def salts(self) -> dict[tuple[str, date], bytes]: ...


def spend(around: Around, key: str, count_max: int, window_s: float = MINUTE_S) -> None:
    """One more of this key. Raises `Declined` when the window's count is used up."""
    wait_s = around.limits.wait_s(key, count_max, window_s)
    if wait_s:
        raise Declined("too_many_requests", retry_after_s=wait_s)
