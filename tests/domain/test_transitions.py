"""Every state × every verb: what the table allows happens, everything else is `wrong_state`."""

import pytest

from queue_server.domain import commands as c
from queue_server.domain.model import TicketState as S
from queue_server.domain.refusals import Refusal
from queue_server.domain.transitions import TABLE, Verb
from tests.domain.day import Day

N = "A-001"
COMMANDS: dict[Verb, c.Command] = {
    Verb.CONFIRM_PRESENCE: c.ConfirmPresence(number=N),
    Verb.PRIORITISE: c.Prioritise(number=N, on=True),
    Verb.CALL: c.CallTicket(counter="2", number=N, reason="elderly"),
    Verb.RECALL: c.Recall(number=N),
    Verb.START: c.StartServing(number=N),
    Verb.FINISH: c.Finish(number=N),
    Verb.SKIP: c.Skip(number=N, confirm=True),
    Verb.RETURN: c.ReturnTicket(number=N),
    Verb.PARK: c.Park(number=N),
    Verb.UNPARK: c.Unpark(number=N, counter="2"),
    Verb.TRANSFER: c.Transfer(number=N, to_service="B"),
    Verb.REJOIN: c.Rejoin(number=N),
    Verb.DEFER: c.Defer(number=N),
    Verb.COMING: c.Coming(number=N),
    Verb.CANCEL: c.Cancel(number=N),
    Verb.FORGET: c.Leave(number=N),
}
"""Every verb one may ask for, but `undo`, which has its own refusal."""


def ticket_in(state: S, *, proven: bool = True) -> Day:
    """A day whose A-001 is in this state, with somebody behind it."""
    day = Day(forgotten_after_min=0)
    day.issue(by="phone", proven=proven)
    day.issue()
    if state in (S.CALLED, S.SERVING, S.FINISHED, S.MISSED, S.PARKED, S.FORGOTTEN):
        day.call_next()
    steps = {
        S.SERVING: lambda: day.start(N),
        S.FINISHED: lambda: day.finish(N),
        S.MISSED: lambda: day.skip(N),
        S.PARKED: lambda: day.park(N),
        S.CANCELLED: lambda: day.cancel(N),
        S.FORGOTTEN: lambda: day.leave(N),
    }
    if state in steps:
        steps[state]()
    if state is S.UNSERVED:
        day.close_day()
        # As if the day went on: only the state is under test.
        day.day.state = type(day.day.state).OPEN
    day.after(seconds=21)
    day._happen = lambda events: None  # type: ignore[method-assign]  # decided only, never stored
    assert day.day.tickets[N].state is state
    return day


@pytest.mark.parametrize("verb", COMMANDS)
@pytest.mark.parametrize("state", S)
def test_what_the_table_allows_and_nothing_else(state: S, verb: Verb) -> None:
    unproven = verb is Verb.CONFIRM_PRESENCE and state is S.WAITING
    day = ticket_in(state, proven=not unproven)
    decision = day.do(COMMANDS[verb])
    refused = isinstance(decision, Refusal) and decision.code == "wrong_state"
    assert refused == (state not in TABLE[verb])
    if state in TABLE[verb]:
        assert not isinstance(decision, Refusal)


def test_every_verb_is_in_the_table_and_every_state_can_be_reached() -> None:
    assert set(TABLE) == set(Verb)
    reached = {to for row in TABLE.values() for states in row.values() for to in states}
    assert reached == set(S)
