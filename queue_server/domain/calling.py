"""Who is next at a counter, and why: every choice says which rule made it.

The rules look at the front of the line only; whoever stands behind changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from queue_server.domain.front import Front
from queue_server.domain.model import BranchDay, Rule, RunEffect, Ticket
from queue_server.domain.order import order_key, overdue
from queue_server.domain.plan import OrderPolicy
from queue_server.domain.tally import guard_had_its_turn, priority_run


@dataclass(frozen=True, slots=True)
class Choice:
    """A ticket to call, the rule that chose it, what it does to the run."""

    ticket: Ticket
    rule: Rule
    run: RunEffect


@dataclass(frozen=True, slots=True)
class Turn:
    """What a counter's earlier calls leave to its next one."""

    run: int
    """Priority calls in a row, over the whole branch."""
    guarded: bool
    """Was its previous call the overdue guard's?"""

    def after(self, choice: Choice) -> Turn:
        """The turn that follows a call."""
        guarded = choice.rule is Rule.OVERDUE
        match choice.run:
            case RunEffect.ADDS:
                return Turn(self.run + 1, guarded)
            case RunEffect.CLEARS:
                return Turn(0, guarded)
            case RunEffect.KEEPS:
                return Turn(self.run, guarded)


def choose_next(day: BranchDay, counter: str, at: datetime) -> Choice | None:
    """The ticket `call_next` calls at a counter, or None where nobody is eligible."""
    return next(_calls_to_come(day, counter, at), None)


def coming_up(day: BranchDay, counter: str, at: datetime, most: int) -> Sequence[Choice]:
    """Whom `call_next` would call at a counter, one after another, at most so many: were nobody to
    come, no time to pass and nobody else to call.
    """
    return tuple(islice(_calls_to_come(day, counter, at), most))


def _calls_to_come(day: BranchDay, counter: str, at: datetime) -> Iterator[Choice]:
    turn = Turn(priority_run(day), guard_had_its_turn(day, counter))
    for cool in (False, True):
        front = Front(day, counter, at, cool=cool)
        while pool := front.pool():
            choice = _overdue(day, turn, pool, at) or _preferred(day, counter, turn, pool, at)
            yield choice
            front.take(choice.ticket)
            turn = turn.after(choice)


def choose_this(ticket: Ticket) -> Choice:
    """A call out of order: any callable ticket, whatever its service."""
    run = RunEffect.KEEPS if ticket.weight_now else RunEffect.CLEARS
    return Choice(ticket, Rule.OUT_OF_ORDER, run)


def _overdue(day: BranchDay, turn: Turn, pool: Sequence[Ticket], at: datetime) -> Choice | None:
    """Rule 1, the guard: the one waiting longest, if
    overdue, but never twice running at one counter.
    """
    if turn.guarded:
        return None
    ticket = min(pool, key=_oldest)
    if not overdue(day, ticket, at):
        return None
    return Choice(ticket, Rule.OVERDUE, RunEffect.KEEPS if ticket.weight_now else RunEffect.CLEARS)


def _oldest(ticket: Ticket) -> tuple[datetime, tuple[int, int]]:
    assert ticket.place is not None
    return ticket.place.since, ticket.rank


def _preferred(
    day: BranchDay, counter: str, turn: Turn, pool: Sequence[Ticket], at: datetime
) -> Choice:
    """Rules 2 and 3: the counter's first group with somebody
    in it, then the order policy among that group.
    """
    group, later = _first_group(day, counter, pool)
    policy = day.plan.rules.order_policy
    run_full = turn.run >= day.plan.rules.priority_run_max
    ticket = _take(policy, group, at, run_full=run_full)
    rule = _reason(policy, ticket, group, later, run_full=run_full)
    return Choice(ticket, rule, _run_effect(ticket, group))


def _first_group(
    day: BranchDay, counter: str, pool: Sequence[Ticket]
) -> tuple[list[Ticket], list[Ticket]]:
    """The tickets tied to the counter, else its first group with somebody in it; and the rest."""
    tied = [ticket for ticket in pool if ticket.tied == counter]
    if tied:
        return tied, [ticket for ticket in pool if ticket.tied != counter]
    for services in day.plan.counters[counter].groups:
        group = [ticket for ticket in pool if ticket.service in services]
        if group:
            return group, [ticket for ticket in pool if ticket.service not in services]
    raise AssertionError("an eligible ticket is tied here or in a group")


def _take(policy: OrderPolicy, group: list[Ticket], at: datetime, *, run_full: bool) -> Ticket:
    """Rule 3: whom the policy takes first from a group."""
    if policy is OrderPolicy.INTERLEAVE and run_full:
        ordinary = [ticket for ticket in group if ticket.weight_now == 0]
        group = ordinary or group
    return min(group, key=order_key(policy, at))


def _reason(
    policy: OrderPolicy, ticket: Ticket, group: list[Ticket], later: list[Ticket], *, run_full: bool
) -> Rule:
    """Both lists are in rank order."""
    if ticket.tied is not None:
        return Rule.TIED
    passed = group[0].rank < ticket.rank
    weighted = any(other.weight_now for other in group)
    if policy is OrderPolicy.INTERLEAVE and run_full and weighted and ticket.weight_now == 0:
        return Rule.INTERLEAVED
    if passed:
        return Rule.AGEING if policy is OrderPolicy.AGEING else Rule.PRIORITY
    if later and later[0].rank < ticket.rank:
        return Rule.PREFERENCE
    return Rule.RANK


def _run_effect(ticket: Ticket, group: list[Ticket]) -> RunEffect:
    if ticket.weight_now == 0:
        return RunEffect.CLEARS
    ordinary_passed = any(other.weight_now == 0 for other in group)
    return RunEffect.ADDS if ordinary_passed else RunEffect.KEEPS
