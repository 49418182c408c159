"""From an `Ask` to its answer: row, rights, before, deed. The one way there is.

The API and every page's form end here. Must not know HTTP, nor any verb by its name.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace

from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.before import good_key
from queue_server.asking.declined import Declined
from queue_server.asking.rights import enter
from queue_server.asking.verb import Answered
from queue_server.asking.verbs import VERBS
from queue_server.live.outcome import KeyReused, Unavailable
from queue_server.people import Role, StoreUnavailable


async def perform(around: Around, ask: Ask) -> Answered:
    """Does what is asked, once for each `key` of this caller. Raises `Declined`, and whatever
    reading what was sent raises.

    Cancelling leaves open whether it was done: asking again with the same key tells.
    """
    row = VERBS[ask.verb]
    is_holder = ask.caller.role is Role.PARTICIPANT and not ask.as_anybody
    enter(around, ask, row.own_right if is_holder else row.right)
    ask = replace(ask, body=ask.read(row.body))
    for check in (*row.rights, good_key, row.spend):
        check(around, ask)
    try:
        async with asyncio.timeout(around.settings.command_timeout_s):
            return await row.deed(around, ask, row)
    except (Unavailable, StoreUnavailable, TimeoutError):
        declined = Declined("unavailable", retry_after_s=around.settings.unavailable_retry_after_s)
    except KeyReused:
        declined = Declined("key_reused")
    except Declined as why:
        declined = why
    around.metrics.command(ask.verb, declined.code)
    raise declined from None
