"""The table of a ticket's life: state × verb → the states that may follow. What is not in it is
`wrong_state`.

Printed in `docs/calling.md`, held there by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from queue_server.domain.model import TicketState

W, C, S, F, M, P, X, U, G = (
    TicketState.WAITING,
    TicketState.CALLED,
    TicketState.SERVING,
    TicketState.FINISHED,
    TicketState.MISSED,
    TicketState.PARKED,
    TicketState.CANCELLED,
    TicketState.UNSERVED,
    TicketState.FORGOTTEN,
)


class Verb(StrEnum):
    """Everything that can happen to a ticket. Timers and the day's own verbs come last."""

    CONFIRM_PRESENCE = "confirm_presence"
    PRIORITISE = "prioritise"
    CALL = "call"
    RECALL = "recall"
    START = "start"
    FINISH = "finish"
    SKIP = "skip"
    RETURN = "return"
    PARK = "park"
    UNPARK = "unpark"
    TRANSFER = "transfer"
    REJOIN = "rejoin"
    DEFER = "defer"
    COMING = "coming"
    CANCEL = "cancel"
    UNDO = "undo"
    LAPSE = "lapse"
    FORGET = "forget"
    CLOSE_DAY = "close_day"
    REOPEN_DAY = "reopen_day"


TABLE: Mapping[Verb, Mapping[TicketState, frozenset[TicketState]]] = {
    verb: {state: frozenset(following) for state, following in row.items()}
    for verb, row in {
        Verb.CONFIRM_PRESENCE: {W: {W}},  # only while unproven
        Verb.PRIORITISE: {W: {W}, C: {C}, S: {S}, P: {P}, M: {M}},
        Verb.CALL: {W: {C}},
        Verb.RECALL: {C: {C}},
        Verb.START: {C: {S}},
        Verb.FINISH: {C: {F}, S: {F}},
        Verb.SKIP: {C: {M}},
        Verb.RETURN: {C: {W}, S: {W}},
        Verb.PARK: {C: {P}, S: {P}},
        Verb.UNPARK: {P: {C}},
        Verb.TRANSFER: {W: {W}, C: {W}, S: {W}, P: {W}},
        Verb.REJOIN: {M: {W}},
        Verb.DEFER: {W: {W}},
        Verb.COMING: {W: {W}, C: {C}, P: {P}},
        Verb.CANCEL: {W: {X}, C: {X}, P: {X}, M: {X}},
        Verb.UNDO: {C: {W}, F: {C, S}, M: {C}, P: {C, S}, W: {W, C, S, P}},
        Verb.LAPSE: {W: {X}},
        Verb.FORGET: {C: {G}, S: {G}},
        Verb.CLOSE_DAY: {W: {U}, P: {U}},
        Verb.REOPEN_DAY: {U: {W, P}},
    }.items()
}

UNDOABLE = frozenset({Verb.CALL, Verb.SKIP, Verb.FINISH, Verb.PARK, Verb.TRANSFER})
"""The actions `undo` can take back."""


def allowed(state: TicketState, verb: Verb) -> bool:
    """Does the table know this verb in this state?"""
    return state in TABLE[verb]
