"""What somebody asks, as one value. Must not know how it came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypedDict

from queue_server.people.callers import Caller
from queue_server.people.policy import only_at_held_counter


class By(TypedDict):
    """What every command says of its asker."""

    by: str
    as_holder: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """Who asks what of which branch. What is empty does not apply."""

    verb: str
    caller: Caller
    branch: str
    read: Callable[[type[Any]], Any]
    """Reads what they sent into the shape the verb's row names; raises whatever its door says."""
    number: str = ""
    counter: str = ""
    key: str | None = None
    """The caller's own name of this request: asked twice under it, it is done once."""
    as_anybody: bool = False
    """Asked as anybody may, even where the caller holds a ticket."""
    base: str | None = None
    """The address links begin with."""
    body: Any = None
    """What they sent, once read."""
    note: str | None = None
    """The id of a free text that came with it."""

    @property
    def asker(self) -> By:
        return {"by": self.caller.by, "as_holder": only_at_held_counter(self.caller.role)}
