"""What a day costs as it grows: a command decided and folded, a view made and encoded.

In this process, without server or disk: after more and more served, with more and more waiting.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.figures import Row
from benchmarks.grown import Grown
from queue_server import views, wire
from queue_server.domain import commands as c
from queue_server.domain.decide import decide, settle
from queue_server.domain.fold import apply

SERVED_TIMES = 1.2
WAITING_TIMES = 3.0
VIEW_MAX_BYTES = 8 * 1024
VIEW_MAX_MS = 1.0
FEW_SERVED, FEW_WAITING = 50, 30

Act = Callable[[Grown], object]


@dataclass(frozen=True, slots=True)
class Growth:
    """How far days grow, and how often each is measured."""

    served: tuple[int, ...] = (50, 500, 3_000)
    waiting: tuple[int, ...] = (150, 300, 1_500)
    rounds: int = 40
    at_once: int = 5
    """Repeats between two looks at the clock."""


def _do(command: Callable[[Grown], c.Command]) -> Act:
    """As a branch does it: on a scratch copy, settled first."""

    def act(grown: Grown) -> None:
        day = grown.day.scratch()
        for event in settle(day, grown.now):
            apply(day, event)
        decision = decide(day, command(grown), grown.now)
        assert isinstance(decision, tuple), decision
        for event in decision:
            apply(day, event)

    return act


COMMANDS: dict[str, Act] = {
    "issue": _do(lambda grown: grown.issuing()),
    "call_next": _do(lambda grown: c.CallNext(counter=grown.free)),
    "finish": _do(lambda grown: c.Finish(number=grown.called)),
    "close counter": _do(lambda grown: c.CloseCounter(counter=grown.free)),
}
VIEWS: dict[str, Act] = {
    "board": lambda grown: wire.encode(views.board(grown.scene())),
    "desk": lambda grown: wire.encode(views.desk(grown.scene(), grown.free)),
    "guard": lambda grown: wire.encode(views.guard(grown.scene())),
    "kiosk": lambda grown: wire.encode(views.kiosk(grown.scene())),
    "branch": lambda grown: wire.encode(views.branch(grown.scene())),
    "ticket": lambda grown: wire.encode(views.ticket(grown.scene(), grown.last)),
}


async def run(growth: Growth) -> Row:
    row = Row("what a day costs as it grows")
    served = [Grown.to(served=n, waiting=FEW_WAITING) for n in growth.served]
    waiting = [Grown.to(served=FEW_SERVED, waiting=n) for n in growth.waiting]
    _compare(row, growth, f"after {_listed(growth.served)} served", served, SERVED_TIMES)
    _compare(row, growth, f"with {_listed(growth.waiting)} waiting", waiting, WAITING_TIMES)
    _weigh(row, [*served, *waiting])
    return row


def _compare(row: Row, growth: Growth, when: str, days: Sequence[Grown], times: float) -> None:
    """Of each command and view: its cost in every day, the last beside the first."""
    row.say(f"µs {when}")
    for name, act in (COMMANDS | VIEWS).items():
        costs_us = _costs_us(act, days, growth)
        ratio = costs_us[-1] / costs_us[0]
        row.say(f"  {name:13} {'  '.join(f'{cost:8,.1f}' for cost in costs_us)}   {ratio:.2f} ×")
        row.aim(ratio <= times, f"{name} {when}: ≤ {times} × ({ratio:.2f})")
        if name in VIEWS:
            row.aim(max(costs_us) <= VIEW_MAX_MS * 1000, f"{name} {when}: made in ≤ 1 ms")


def _costs_us(act: Act, days: Sequence[Grown], growth: Growth) -> list[float]:
    """Processor time of the best round of each day, taken in turns."""
    best = [float("inf")] * len(days)
    gc.disable()
    try:
        for _ in range(growth.rounds):
            for index, took_us in enumerate(_round(act, days, growth.at_once)):
                best[index] = min(best[index], took_us)
    finally:
        gc.enable()
    return best


def _round(act: Act, days: Sequence[Grown], at_once: int) -> Iterator[float]:
    for grown in days:
        act(grown)  # so that each day finds what it needs as near as the others do
        began_ns = time.thread_time_ns()
        for _ in range(at_once):
            act(grown)
        yield (time.thread_time_ns() - began_ns) / 1000 / at_once


def _weigh(row: Row, days: Sequence[Grown]) -> None:
    for name, act in VIEWS.items():
        sizes = [len(made) for grown in days if isinstance(made := act(grown), bytes)]
        row.say(f"bytes of {name}: {', '.join(f'{size:,}' for size in sizes)}")
        row.aim(max(sizes) <= VIEW_MAX_BYTES, f"{name} ≤ {VIEW_MAX_BYTES:,} bytes")


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(f"{number:,}" for number in numbers)
