"""A day grown to a size, by the rules alone: so many served, so many waiting."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from queue_server.domain import commands as c
from queue_server.domain.decide import decide
from queue_server.domain.fold import apply
from queue_server.domain.model import BranchDay, Channel
from queue_server.manage import demo
from queue_server.views import Scene

MONDAY = date(2026, 11, 23)
OPENS = datetime(2026, 11, 22, 23, tzinfo=UTC)
PACE = timedelta(seconds=2)
PRIORITY_EVERY = 10
"""One in so many has priority."""


@dataclass(slots=True)
class Grown:
    """One ticket is called at a desk; another desk is free."""

    day: BranchDay
    now: datetime = OPENS
    issued: int = 0
    busy: str = ""
    free: str = ""
    called: str = ""
    services: tuple[str, ...] = field(default=())

    @classmethod
    def to(cls, *, served: int, waiting: int) -> Grown:
        """Whoever is served was called by `call_next`, half an hour's people waiting."""
        plan = demo.plan()
        grown = cls(BranchDay(plan=replace(plan, hours={}), date=MONDAY))
        grown.busy, grown.free = list(plan.counters)[:2]
        grown.services = tuple(
            letter for letter in plan.services if plan.counters[grown.free].serves(letter)
        )
        grown._do(c.OpenDay())
        for counter in plan.counters:
            grown._do(c.OpenCounter(counter=counter))
        grown._live_through(served, waiting)
        return grown

    def _live_through(self, served: int, waiting: int) -> None:
        line = min(waiting, 30)
        for _ in range(line):
            self._do(self.issuing())
        for _ in range(served):
            self._do(self.issuing())
            self._do(c.CallNext(counter=self.free))
            self._do(c.Finish(number=self.day.counters[self.free].open_tickets[0]))
        for _ in range(waiting - line + 1):
            self._do(self.issuing())
        self._do(c.CallNext(counter=self.busy))
        [self.called] = self.day.counters[self.busy].open_tickets

    def issuing(self) -> c.IssueTicket:
        """The next person's wish: every service in turn."""
        return c.IssueTicket(
            service=self.services[self.issued % len(self.services)],
            channel=Channel.GUARD,
            ticket_id=f"{self.issued:024x}",
            browser=f"{self.issued:064x}",
            weight=int(self.issued % PRIORITY_EVERY == 0),
        )

    def scene(self) -> Scene:
        """A fresh look: nothing of it computed yet."""
        return Scene(self.day, self.now)

    @property
    def last(self) -> str:
        """The number given last."""
        return next(reversed(self.day.tickets))

    def _do(self, command: c.Command) -> None:
        self.now += PACE
        decision = decide(self.day, command, self.now)
        assert isinstance(decision, tuple), decision
        for event in decision:
            apply(self.day, event)
        self.issued += isinstance(command, c.IssueTicket)
