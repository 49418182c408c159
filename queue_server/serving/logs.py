"""How this server speaks of itself: one line an event, no personal data, no ticket's address.

To a person at a terminal in colours, to a file or a journal as JSON.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog


def begin() -> None:
    """Sets it up, once, for this process."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    at_terminal = sys.stderr.isatty()
    renderer: Any = structlog.processors.JSONRenderer()
    if at_terminal:
        # Plain: a traceback with local values would show tokens and names.
        plain = structlog.dev.plain_traceback
        renderer = structlog.dev.ConsoleRenderer(exception_formatter=plain)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *([] if at_terminal else [structlog.processors.format_exc_info]),
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
