"""The demo branch as its people use it: numbers, desks, calls. Through the public API only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from benchmarks.line import Answer, Line
from benchmarks.server import Server

NAME = "bontang"
BASE = f"/api/v1/branches/{NAME}"
DESKS = tuple(str(n) for n in range(1, 9))
SERVICES = "ABCDE"


class Unexpected(Exception):
    """An answer that no client of a healthy branch gets: the measurement is worth nothing."""


def expect(answer: Answer, *statuses: int) -> Answer:
    if answer.status not in statuses:
        raise Unexpected(f"{answer.status}: {answer.body[:300]!r}")
    return answer


@dataclass(frozen=True, slots=True)
class Branch:
    """Who asks, over which line."""

    server: Server
    line: Line

    async def issue(
        self, service: str = "A", *, who: str | None = "guard", priority: bool = False
    ) -> Any:
        """A number: from the guard, or (None) taken by a phone that is not known yet."""
        token = None if who is None else self.server.tokens[who]
        body = {"service": service, "priority": priority}
        return expect(await self.line.post(f"{BASE}/tickets", token, body), 201).json

    async def open_desk(self, desk: str) -> None:
        token = self.server.tokens[f"officer{desk}"]
        expect(await self.line.post(f"{BASE}/counters/{desk}/open", token), 200, 409)

    async def call_next(self, desk: str) -> Answer:
        """409 where nobody waits."""
        token = self.server.tokens[f"officer{desk}"]
        return expect(await self.line.post(f"{BASE}/counters/{desk}/call-next", token), 200, 409)

    async def finish(self, desk: str, number: str) -> Answer:
        token = self.server.tokens[f"officer{desk}"]
        return expect(await self.line.post(f"{BASE}/tickets/{number}/finish", token), 200)

    async def events(self) -> list[dict[str, Any]]:
        """The whole log of today."""
        token, after = self.server.tokens["auditor"], 0
        events: list[dict[str, Any]] = []
        while True:
            page = expect(await self.line.get(f"{BASE}/log?after={after}", token), 200).json
            events += [entry["event"] for entry in page["entries"]]
            after = page["next_after"]
            if not page["more"]:
                return events
