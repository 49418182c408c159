"""How this server speaks of itself: one line an event, no personal data, no ticket's address, also
where something broke.

To a person at a terminal in colours, to a file or a journal as JSON.
"""

from __future__ import annotations

import logging
import sys
from types import TracebackType
from typing import Any

import structlog

from queue_server.serving.traces import told

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def begin() -> None:
    """Sets it up, once, for this process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines("%(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    structlog.configure(
        processors=processors(at_terminal=sys.stderr.isatty()),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )


def processors(*, at_terminal: bool) -> list[Any]:
    """From an event to its line."""
    return [
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_told),
        structlog.dev.ConsoleRenderer() if at_terminal else structlog.processors.JSONRenderer(),
    ]


def _told(exc_info: ExcInfo) -> str:
    return told(exc_info[1])


class Lines(logging.Formatter):
    """What libraries say, uvicorn of a fault among it."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return told(ei[1])
