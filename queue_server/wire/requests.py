"""What clients ask: a body a verb, and the hello of a socket. Undeclared fields fail."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from queue_server.wire.base import (
    CodeText,
    CounterName,
    FreeText,
    LastNumber,
    Letter,
    Number,
    Request,
)


class Nothing(Request, frozen=True):
    """A command without fields: `{}` or no body at all."""


class PresenceRequest(Request, frozen=True):
    """The person stands here. A kiosk brings what their phone shows; staff see for themselves."""

    check: str | None = None
    """The four digits on the ticket's page."""


class IssueRequest(Request, frozen=True):
    service: Letter
    join: Annotated[str, Meta(max_length=200)] | None = None
    priority: bool = False
    identity: Annotated[str, Meta(max_length=40)] | None = None
    """A NIK, where the branch asks for one; kept only as a keyed hash and its last four digits."""


class ProveRequest(Request, frozen=True):
    join: Annotated[str, Meta(max_length=200)]
    """The code the hall's QR carries now."""


class CallRequest(Request, frozen=True):
    number: Number
    reason: CodeText
    note: FreeText | None = None


class OpenCounterRequest(Request, frozen=True):
    move: bool = False
    """Gives up as many of the counters one holds as it takes; who is open there comes along."""


class PauseRequest(Request, frozen=True):
    reason: CodeText


class CloseCounterRequest(Request, frozen=True):
    return_open: bool = False


class FinishRequest(Request, frozen=True):
    outcome: CodeText | None = None


class SkipRequest(Request, frozen=True):
    confirm: bool = False


class UnparkRequest(Request, frozen=True):
    counter: CounterName


class Destination(Request, frozen=True):
    """Exactly one of the two."""

    service: Letter | None = None
    counter: CounterName | None = None


class TransferRequest(Request, frozen=True):
    to: Destination
    place: Literal["keep", "end", "next"] = "keep"


class PrioritiseRequest(Request, frozen=True):
    on: bool


class NoticeRequest(Request, frozen=True):
    text: Annotated[str, Meta(max_length=280)]
    """Empty takes the notice away."""


class ContinueRequest(Request, frozen=True):
    last: Annotated[dict[Letter, LastNumber], Meta(max_length=26)]
    """By letter, the last number handed out, on paper or phone; 0 where none was."""


class RatingRequest(Request, frozen=True):
    stars: Annotated[int, Meta(ge=1, le=5)]
    comment: FreeText | None = None


class HelloBody(Struct, forbid_unknown_fields=True, frozen=True):
    token: Annotated[str, Meta(max_length=400)]
    seq: int = 0


class Hello(Struct, forbid_unknown_fields=True, frozen=True):
    """The first message of a socket that brings a token."""

    hello: HelloBody
