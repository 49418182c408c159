"""When somebody who waits is told to get ready: said once, for the page and for every other road.

`docs/calling.md`: position ≤ `near_position`, or the early end of the wait is near; nobody while no
counter that serves them is open.
"""

from __future__ import annotations

from queue_server.domain.estimates import Outlook, Standing
from queue_server.domain.model import Ticket
from queue_server.domain.plan import Rules


def is_near(rules: Rules, standing: Standing, counters_open: int) -> bool:
    """Is it time to get ready? `counters_open`: those that serve the ticket."""
    if not counters_open:
        return False
    soon = standing.wait is not None and standing.wait.nearly_there
    return standing.position <= rules.near_position or soon


def time_to_get_ready(rules: Rules, outlook: Outlook, ticket: Ticket) -> bool:
    """Likewise, of a callable ticket."""
    counters_open = outlook.counters_open(ticket.service)
    return is_near(rules, outlook.standing(ticket), counters_open)
