"""The web's edge towards asking: an ask goes in, what was declined comes out with a status.

Must not know verbs, nor how a request is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from queue_server.asking.ask import Ask
from queue_server.asking.declined import Declined
from queue_server.asking.perform import perform
from queue_server.asking.verb import Answered
from queue_server.web.context import Site
from queue_server.web.errors import Problem


@contextmanager
def with_status() -> Iterator[None]:
    """What is declined inside is raised as a `Problem`."""
    try:
        yield
    except Declined as why:
        raise Problem.of(why) from None


async def ask(site: Site, what: Ask) -> Answered:
    """Does it. Raises `Problem`. Cancelling leaves open whether it was done; its key tells."""
    with with_status():
        return await perform(site, what)
