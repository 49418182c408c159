"""What a row says: its figures, its targets, a verdict on each. Must not know how it measured."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil


@dataclass(frozen=True, slots=True)
class Spread:
    """Durations in milliseconds: the middle and the tail."""

    median: float
    p95: float
    p99: float
    most: float

    @classmethod
    def of_seconds(cls, seconds: Sequence[float]) -> Spread:
        """Of at least one measurement."""
        ordered = sorted(one * 1000 for one in seconds)
        return cls(
            median=quantile(ordered, 0.5),
            p95=quantile(ordered, 0.95),
            p99=quantile(ordered, 0.99),
            most=ordered[-1],
        )

    def __str__(self) -> str:
        return (
            f"median {self.median:.1f}, p95 {self.p95:.1f}, p99 {self.p99:.1f}, "
            f"longest {self.most:.1f} ms"
        )


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that so large a share does not exceed (nearest rank)."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


@dataclass(slots=True)
class Row:
    """One measurement: lines of figures, and whether each of its targets was met."""

    title: str
    lines: list[str] = field(default_factory=list)
    verdicts: list[tuple[bool, str]] = field(default_factory=list)

    def say(self, line: str) -> None:
        self.lines.append(line)

    def aim(self, met: bool, target: str) -> None:
        """A target, and whether it was met here."""
        self.verdicts.append((met, target))

    @property
    def met(self) -> bool:
        return all(met for met, _ in self.verdicts)

    def text(self) -> str:
        """As it is printed: a heading, the figures, one line of verdict a target."""
        said = [f"  {line}" for line in self.lines]
        judged = [f"  {'met   ' if met else 'MISSED'}  {target}" for met, target in self.verdicts]
        return "\n".join([self.title, *said, *judged, ""])
