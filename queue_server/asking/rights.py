"""Whether somebody may ask this: the table's line, then what the verb's row adds to it.

Must not know what a verb does.
"""

from __future__ import annotations

from queue_server.asking.around import Around
from queue_server.asking.ask import Ask
from queue_server.asking.declined import Declined
from queue_server.people import Role
from queue_server.people.callers import Caller
from queue_server.people.rights import refused

# Of an address nobody has made: what answers it names the branch.
_BRANCH_LETTERS_MAX = 40


def enter(around: Around, ask: Ask, action: str) -> None:
    """Before what is asked is read: raises `Declined` unless the table allows it, there is such a
    branch, and the counter is the one the caller's token was made for.
    """
    need(ask.caller, action, ask.branch)
    need_branch(around, ask.branch)
    need_counter(ask.caller, ask.counter)


def need(caller: Caller, action: str, branch: str, *, granted: bool = False) -> None:
    """Raises `Declined`: whoever is known and tries what is not theirs stands in the log."""
    no = refused(caller, action, branch, granted=granted)
    if no is not None:
        raise Declined(no.code)


def need_branch(around: Around, branch: str) -> None:
    """Raises `Declined` unless the branch exists."""
    if not around.days.exists(branch):
        raise Declined("unknown_branch", branch=branch[:_BRANCH_LETTERS_MAX])


def need_counter(caller: Caller, counter: str) -> None:
    """A token made for one counter is no other's. Raises `Declined`."""
    if counter and caller.counter not in (None, counter):
        raise Declined("not_allowed")


# What a row may add


def own_ticket(around: Around, ask: Ask) -> None:
    """Whoever asks as a ticket's holder asks about that ticket. Raises `Declined`."""
    caller = ask.caller
    if caller.role is not Role.PARTICIPANT:
        return
    if caller.ticket is None or caller.ticket.number != ask.number:
        raise Declined("not_allowed")


def counter_called_to(around: Around, ask: Ask) -> None:
    need_counter(ask.caller, ask.body.counter)


def place_next(around: Around, ask: Ask) -> None:
    """Handing on to the very front is a right of its own."""
    if ask.body.place == "next":
        granted = around.days.may_hand_to_front(ask.branch)
        need(ask.caller, "transfer_next", ask.branch, granted=granted)
