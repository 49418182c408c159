"""What every request handler shares: the site.

Owns nothing but the bundle. Must not know any handler.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from starlette.requests import HTTPConnection

from queue_server.web.errors import Problem

if TYPE_CHECKING:
    from queue_server.asking.joining.codes import Codes
    from queue_server.asking.joining.scans import Scans
    from queue_server.live.face import DaysFace
    from queue_server.live.following import Following
    from queue_server.live.hub import Hub
    from queue_server.notices.reaching import Reaching
    from queue_server.people import People
    from queue_server.people.access import Access
    from queue_server.people.keys import Keys
    from queue_server.people.passwords import Passwords
    from queue_server.people.sign_ins import SignIns
    from queue_server.reports.archive import Archive
    from queue_server.serving.limits import Limits
    from queue_server.serving.metrics import Metrics
    from queue_server.settings import Settings
    from queue_server.web.access.crowd import Crowd
    from queue_server.web.watches import Sockets

# Of an address nobody has made: what answers it names the branch.
_BRANCH_LETTERS_MAX = 40


class StoredRecord(Protocol):
    """What the log keeps of one event, as far as it is shown."""

    @property
    def seq(self) -> int: ...
    @property
    def stored(self) -> bytes: ...
    @property
    def hash(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Health:
    """How to ask what the web does not know itself."""

    ping_store: Callable[[], Awaitable[None]]
    """Raises when the stores cannot be read."""
    migrations: Callable[[], str]


@dataclass(slots=True)
class Site:
    """One running server, as its handlers see it. Made by `app`, one for each application."""

    settings: Settings
    now: Callable[[], datetime]
    """The clock's `now`: aware, UTC, whole milliseconds."""
    days: DaysFace
    hub: Hub
    people: People
    access: Access
    """What the services of people take."""
    keys: Keys
    sign_ins: SignIns
    passwords: Passwords
    crowd: Crowd
    """Strangers whose passwords wait to be checked."""
    limits: Limits
    codes: Codes
    scans: Scans
    metrics: Metrics
    read_log: Callable[[str, date, int], Awaitable[Sequence[StoredRecord]]]
    """The stored records of a branch day after a `seq`."""
    archive: Archive
    following: Following
    reaching: Reaching
    sockets: Sockets
    health: Health
    salts: dict[tuple[str, date], bytes] = field(default_factory=dict)
    """The day salts in use, by branch and date."""

    @property
    def demo(self) -> bool:
        return self.settings.demo


def site_of(connection: HTTPConnection) -> Site:
    """The site of a request or a socket."""
    site: Site = connection.app.state.site
    return site


def branch_of(connection: HTTPConnection) -> str:
    """The branch the path names. Raises `Problem` 404 when there is none of this name."""
    branch = str(connection.path_params["branch"])
    need_branch(site_of(connection), branch)
    return branch


def need_branch(site: Site, branch: str) -> None:
    """Raises `Problem` 404 unless the branch exists."""
    if not site.days.exists(branch):
        raise Problem(404, "unknown_branch", branch=branch[:_BRANCH_LETTERS_MAX])


def spend(site: Site, key: str, count_max: int, window_s: float) -> None:
    """One more of this key. Raises `Problem` 429 when the window's count is used up."""
    wait_s = site.limits.wait_s(key, count_max, window_s)
    if wait_s:
        raise Problem(429, "too_many_requests", retry_after_s=wait_s)
