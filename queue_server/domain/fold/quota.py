"""Places in the quota: taken by whoever is known to be here, given back before any call."""

from __future__ import annotations

from queue_server.domain.model import BranchDay, Ticket


def take_quota(day: BranchDay, letter: str) -> None:
    """With the issue, or with the proof of whoever took a number from afar."""
    day.quota_used[letter] = day.quota_used.get(letter, 0) + 1


def give_quota_back(day: BranchDay, ticket: Ticket) -> None:
    """A ticket that ends without a call; one whose holder was never seen took nothing."""
    if ticket.place is not None and not ticket.called_ever:
        day.quota_used[ticket.letter] -= 1
