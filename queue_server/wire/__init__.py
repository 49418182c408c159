"""Every message to and from browsers and clients, strict: undeclared fields fail.

Owns the shapes only, a file an audience. Times are aware datetimes (ISO 8601 on the wire), waits
are minutes. `as_of`, its text and `at` are clock values: a view that differs from the last one only
in them (or in `seq`) is not sent again.
"""

from __future__ import annotations

from queue_server.wire.answers import (
    CallAnswer,
    CounterAnswer,
    DayAnswer,
    ErasedAnswer,
    IssueAnswer,
    LogEntry,
    LogPage,
    TicketAnswer,
)
from queue_server.wire.asked import (
    CounterPlanned,
    FoundTicket,
    Group,
    PlanView,
    ServiceNamed,
    TicketPage,
    TicketsAsked,
)
from queue_server.wire.base import (
    CodeText,
    CounterName,
    FreeText,
    LastNumber,
    Letter,
    Number,
    Request,
    Shown,
    encode,
)
from queue_server.wire.hall import (
    BoardView,
    BranchView,
    CallShown,
    KioskView,
)
from queue_server.wire.holder import (
    Face,
    TicketView,
)
from queue_server.wire.parts import (
    CounterShown,
    JoinShown,
    NoticeShown,
    ServiceShown,
    Wait,
)
from queue_server.wire.pushed import (
    Heartbeat,
    PushedView,
)
from queue_server.wire.requests import (
    CallRequest,
    CloseCounterRequest,
    ContinueRequest,
    Destination,
    FinishRequest,
    Hello,
    HelloBody,
    IssueRequest,
    Nothing,
    NoticeRequest,
    OpenCounterRequest,
    PauseRequest,
    PresenceRequest,
    PrioritiseRequest,
    ProveRequest,
    RatingRequest,
    SkipRequest,
    TransferRequest,
    UnparkRequest,
)
from queue_server.wire.staff import (
    VERB_CODES,
    CounterStaffShown,
    DeskView,
    Few,
    GuardView,
    LineTicket,
    ServiceNow,
    UndoShown,
)

View = BranchView | BoardView | TicketView | DeskView | GuardView | KioskView

__all__ = [
    "VERB_CODES",
    "BoardView",
    "BranchView",
    "CallAnswer",
    "CallRequest",
    "CallShown",
    "CloseCounterRequest",
    "CodeText",
    "ContinueRequest",
    "CounterAnswer",
    "CounterName",
    "CounterPlanned",
    "CounterShown",
    "CounterStaffShown",
    "DayAnswer",
    "DeskView",
    "Destination",
    "ErasedAnswer",
    "Face",
    "Few",
    "FinishRequest",
    "FoundTicket",
    "FreeText",
    "Group",
    "GuardView",
    "Heartbeat",
    "Hello",
    "HelloBody",
    "IssueAnswer",
    "IssueRequest",
    "JoinShown",
    "KioskView",
    "LastNumber",
    "Letter",
    "LineTicket",
    "LogEntry",
    "LogPage",
    "Nothing",
    "NoticeRequest",
    "NoticeShown",
    "Number",
    "OpenCounterRequest",
    "PauseRequest",
    "PlanView",
    "PresenceRequest",
    "PrioritiseRequest",
    "ProveRequest",
    "PushedView",
    "RatingRequest",
    "Request",
    "ServiceNamed",
    "ServiceNow",
    "ServiceShown",
    "Shown",
    "SkipRequest",
    "TicketAnswer",
    "TicketPage",
    "TicketView",
    "TicketsAsked",
    "TransferRequest",
    "UndoShown",
    "UnparkRequest",
    "View",
    "Wait",
    "encode",
]
