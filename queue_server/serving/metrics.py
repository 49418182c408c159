"""What this server counts about itself, for Prometheus. No personal data, no ticket numbers.

Each application has a registry of its own, so that several can live in one process (tests).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

_MESSAGE_SECONDS: Final = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 600.0)


class MessageCounted(Protocol):
    """What is counted of a message."""

    @property
    def road(self) -> str: ...
    @property
    def occasion(self) -> str: ...
    @property
    def happened_at(self) -> datetime: ...


class Metrics:
    """The counters."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "lapak_requests", "Requests answered", ["method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "lapak_request_seconds",
            "Time to answer",
            ["method"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self._commands = Counter(
            "lapak_commands", "Commands by outcome", ["verb", "outcome"], registry=self.registry
        )
        self.sockets = Gauge("lapak_sockets", "Open sockets", ["kind"], registry=self.registry)
        self._cut = Counter(
            "lapak_sockets_closed", "Sockets we closed", ["code"], registry=self.registry
        )
        self.followers_behind = Gauge(
            "lapak_follower_behind_seconds",
            "How long the oldest record has waited for a follower",
            ["follower"],
            registry=self.registry,
        )
        self.follower_failures = Gauge(
            "lapak_follower_failures",
            "Times a follower did not take what it was given, since the start",
            ["follower"],
            registry=self.registry,
        )

        self._messages = Counter(
            "lapak_messages",
            "Messages to holders away from their page, by what became of them",
            ["road", "occasion", "fate"],
            registry=self.registry,
        )
        self._messages_after = Histogram(
            "lapak_message_seconds",
            "From what happened to when the road took the message",
            ["road"],
            buckets=_MESSAGE_SECONDS,
            registry=self.registry,
        )
        self.roads_failing = Gauge(
            "lapak_road_failing",
            "Failures of a road since it last took a message",
            ["road"],
            registry=self.registry,
        )

        # Finding a label's counter costs more than counting: each is found once.
        self._found: dict[tuple[str, int], tuple[Counter, Histogram]] = {}

    def request(self, method: str, status: int, took_s: float) -> None:
        # Methods are the caller's words: only known ones become a label.
        known = method if method in ("GET", "HEAD", "POST", "DELETE") else "other"
        found = self._found.get((known, status))
        if found is None:
            found = self._requests.labels(known, str(status)), self._seconds.labels(known)
            self._found[known, status] = found
        requests, seconds = found
        requests.inc()
        seconds.observe(took_s)

    def command(self, verb: str, outcome: str) -> None:
        """`outcome`: done, repeated, or the code of the refusal."""
        self._commands.labels(verb, outcome).inc()

    def message(self, message: MessageCounted, fate: str, at: datetime) -> None:
        """One is settled. A message that waited for its hour counts from then on."""
        self._messages.labels(message.road, message.occasion, fate).inc()
        if fate == "sent":
            after_s = max(0.0, (at - message.happened_at).total_seconds())
            self._messages_after.labels(message.road).observe(after_s)

    def socket_closed(self, code: int) -> None:
        self._cut.labels(str(code)).inc()

    def text(self) -> bytes:
        return generate_latest(self.registry)
