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
from tests.web.harness import World


async def ask(folder: Path, question: Question) -> Answer:
    """Through the socket of the server that holds the folder."""
    return _done(await client.ask(folder, question))


async def told(world: World, question: Question) -> Answer:
    """At the desk itself."""
    plans = PlanCodec(codec.encode_plan, codec.decode_plan)
    site = world.site
    branches = Branches(world.days.branches, world.days.configure, plans)
    return _done(await Office(site.access, branches, site.settings.address()).answer(question))


def _done(said: Answer | No) -> Answer:
    assert not isinstance(said, No), said
    return said
