"""The machine's owner, for tests: asks the office of a running site, or through its socket."""

from __future__ import annotations

from pathlib import Path

from queue_server.live.days import PlanCodec
from queue_server.office import client
from queue_server.office.answer import Answer
from queue_server.office.branches import Branches
from queue_server.office.office import Office
from queue_server.office.questions import Question
from queue_server.people.no import No
from queue_server.store import codec
from queue_server.web.context import Site


async def ask(folder: Path, question: Question) -> Answer:
    """Through the socket of the server that holds the folder."""
    return _done(await client.ask(folder, question))


async def told(site: Site, question: Question) -> Answer:
    """At the desk itself."""
    plans = PlanCodec(codec.encode_plan, codec.decode_plan)
    branches = Branches(site.days.branches, site.days.configure, plans)
    return _done(await Office(site.access, branches, site.settings.address()).answer(question))


def _done(said: Answer | No) -> Answer:
    assert not isinstance(said, No), said
    return said
