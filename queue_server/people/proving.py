"""What it takes to check how somebody proves who they are: the store, the time, hashes and keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from queue_server.people.access import Access
from queue_server.people.contract import People
from queue_server.people.keys import Keys
from queue_server.people.passwords import Passwords


class Proving(Protocol):
    """One running server, as far as a way in is checked or kept."""

    @property
    def people(self) -> People: ...
    @property
    def access(self) -> Access: ...
    @property
    def now(self) -> Callable[[], datetime]: ...
    @property
    def passwords(self) -> Passwords: ...
    @property
    def keys(self) -> Keys: ...
