"""A day in figures people can read: waits by service as a
small plot, calls, misses, the longest wait.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from statistics import median

from rich.console import Console
from rich.table import Table

from queue_server.rehearse.checks import Check, DayLog
from queue_server.rehearse.hall import Hall

BLOCKS = " ▁▂▃▄▅▆▇█"
BINS_MIN = (5, 10, 15, 20, 30, 40, 50, 60, 90, 120)
BIN_NAMES = "<5 10 15 20 30 40 50 60 90 120 >"


def show(console: Console, hall: Hall, log: DayLog, checks: Sequence[Check]) -> None:
    """The whole report."""
    _waits(console, hall)
    _figures(console, hall, log)
    _checks(console, checks)


def _waits(console: Console, hall: Hall) -> None:
    by_service: dict[str, list[float]] = {}
    called = Counter(one.person.service for one in hall.guests.values() if one.waited_s is not None)
    now_s = hall.pace.now_s
    for guest in hall.guests.values():
        waited_min = guest.waited_at_least_s(now_s) / 60
        by_service.setdefault(guest.person.service, []).append(waited_min)
    table = Table(
        title="Waits until the first call, in minutes of the played day; of those who had none, "
        "as long as they were there"
    )
    table.add_column("service")
    table.add_column("called", justify="right")
    table.add_column("median", justify="right")
    table.add_column("longest", justify="right")
    table.add_column(f"how many waited ({BIN_NAMES})")
    for service, waits in sorted(by_service.items()):
        table.add_row(
            service,
            f"{called[service]} of {len(waits)}",
            f"{median(waits):.0f}",
            f"{max(waits):.0f}",
            plot(waits),
        )
    console.print(table)


def plot(minutes: Sequence[float]) -> str:
    """A bar for each stretch of minutes: how many waited so long."""
    counts = [0] * (len(BINS_MIN) + 1)
    for wait in minutes:
        counts[sum(wait >= edge for edge in BINS_MIN)] += 1
    top = max(counts)
    return "".join(BLOCKS[-(-count * (len(BLOCKS) - 1) // top)] * 2 for count in counts)


def _figures(console: Console, hall: Hall, log: DayLog) -> None:
    called = log.of("ticket_called")
    first = datetime.fromisoformat(log.events[0]["at"])
    last = datetime.fromisoformat(log.events[-1]["at"])
    rules: dict[str, int] = {}
    for event in called:
        rules[event["rule"]] = rules.get(event["rule"], 0) + 1
    table = Table(title="The day", show_header=False)
    figures = {
        "people": f"{len(hall.guests)} with a number, {hall.turned_away} turned away",
        "calls": f"{len(called)} from the line, "
        f"{len(log.of('ticket_recalled'))} recalls, {len(log.of('ticket_unparked'))} unparked",
        "chosen by": ", ".join(f"{rule} {n}" for rule, n in sorted(rules.items())),
        "did not come": f"{len(log.of('ticket_skipped'))} missed, "
        f"{len(log.of('ticket_rejoined'))} came back",
        "their own": f"{len(log.of('ticket_deferred'))} deferred, "
        f"{len(log.of('ticket_cancelled'))} cancelled",
        "served": f"{len(log.of('ticket_finished'))}",
        "log": f"{len(log.events)} events in {(last - first).total_seconds():.0f} s",
        "expected refusals": ", ".join(f"{c} {n}" for c, n in sorted(hall.refused.items())) or "-",
    }
    for name, figure in figures.items():
        table.add_row(name, figure)
    console.print(table)


def _checks(console: Console, checks: Sequence[Check]) -> None:
    for each in checks:
        mark = "[green]holds[/green]" if each.holds else "[bold red]BROKEN[/bold red]"
        console.print(f"{mark}  {each.sentence} ({each.counted})")
