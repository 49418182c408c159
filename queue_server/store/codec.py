"""Events and plans to bytes and back: every stored version, kept readable for ever.

An event is one JSON object: `{"event": "ticket_called", "v": 1, "at": …, "by": …, …its other
fields}`, strict as `store.forms` is. Which events there may be is a matter of the stream's kind: a
new kind is one more row in `KINDS`. Must not know where bytes are kept, nor the hash chain.

Adding, removing or renaming a field of an event means: raise its number in `DAY_VERSIONS`, write
the step from the old version, add a golden file. `tests/store/test_codec.py` fails until all three
are done.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from queue_server.domain.events import EVENT_TYPES
from queue_server.domain.plan import BranchPlan
from queue_server.store.forms import Fields, Form, Upcasts
from queue_server.store.log import SERVICE_DAY, Damaged, UnknownKind

_RULES_SINCE_2: Final = {
    "wait_stop_min": 0,
    "forgotten_after_min": 60,
    "counters_per_officer_max": 1,
}


def _plan_2(plan: Fields) -> Fields:
    """From which wait on no numbers are given, who was forgotten, and how many counters an officer
    holds became rules of the branch.
    """
    return {**plan, "rules": {**plan["rules"], **_RULES_SINCE_2}}


def _with_plan_2(event: Fields) -> Fields:
    return {**event, "plan": _plan_2(event["plan"])}


PLAN_VERSION: Final = 2
PLAN_UPCASTS: Final[Upcasts] = {("branch_plan", 1): _plan_2}

DAY_VERSIONS: Final[Mapping[str, int]] = {"day_opened": 2, "settings_changed": 2}
"""The newest version of each event of a service day that is no longer at its first."""

DAY_UPCASTS: Final[Upcasts] = {
    ("day_opened", 1): _with_plan_2,
    ("settings_changed", 1): _with_plan_2,
}

_NO_UPCASTS: Final[Upcasts] = MappingProxyType({})


def kind_of(event_type: type) -> str:
    """The stored name of an event type: `TicketCalled` is `ticket_called`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event_type.__name__).lower()


class _Head(msgspec.Struct):
    """The first two fields of every stored event."""

    event: str
    v: int


class _PlanHead(msgspec.Struct):
    v: int


class Events:
    """The events that one kind of stream may hold: a closed union, told apart by their names."""

    def __init__(
        self,
        event_types: Iterable[type],
        versions: Mapping[str, int] = MappingProxyType({}),
        upcasts: Upcasts = _NO_UPCASTS,
    ) -> None:
        """`versions`: the newest of each name that is no longer at its first."""
        forms = [_event_form(one, versions.get(kind_of(one), 1), upcasts) for one in event_types]
        self._by_name = {form.name: form for form in forms}
        self._by_type = {form.type: form for form in forms}
        self._by_prefix = {form.prefix: form for form in forms}

    @property
    def versions(self) -> dict[str, int]:
        """Every event's name and its newest version: the one that is written."""
        return {name: form.version for name, form in self._by_name.items()}

    def encode(self, event: Any) -> bytes:
        """The bytes to store. Raises `ValueError` for an event that could not be read back equal,
        or that is none of these.
        """
        form = self._by_type.get(type(event))
        if form is None:
            raise ValueError(f"{type(event).__name__} belongs into no stream of this kind")
        return form.encode(event)

    def decode(self, stored: bytes) -> Any:
        """The event of stored bytes of any version. Raises `Damaged` in words."""
        # Up to the second comma the bytes name event and version: nearly all are of the newest.
        newest = self._by_prefix.get(stored[: stored.find(b",", stored.find(b",") + 1) + 1])
        form, version = (newest, newest.version) if newest else self._form_and_version(stored)
        return form.decode(stored, version)

    def _form_and_version(self, stored: bytes) -> tuple[Form, int]:
        try:
            head = _HEAD.decode(stored)
        except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
            raise Damaged(f"not an event: {wrong}") from wrong
        if head.event not in self._by_name:
            raise Damaged(f"unknown kind of event: {head.event}")
        return self._by_name[head.event], head.v


def _event_form(event_type: type, version: int, upcasts: Upcasts) -> Form:
    name = kind_of(event_type)
    prefix = b'{"event":"%s","v":%d,' % (name.encode(), version)
    return Form(name, event_type, prefix, version, upcasts)


_HEAD: Final = msgspec.json.Decoder(_Head)
_PLAN_HEAD: Final = msgspec.json.Decoder(_PlanHead)
_PLAN_FORM: Final = Form(
    "branch_plan", BranchPlan, b'{"v":%d,' % PLAN_VERSION, PLAN_VERSION, PLAN_UPCASTS
)

KINDS: Final[dict[str, Events]] = {SERVICE_DAY: Events(EVENT_TYPES, DAY_VERSIONS, DAY_UPCASTS)}
"""What may happen in a stream, by its kind."""


def events_of(kind: str) -> Events:
    """Raises `UnknownKind`."""
    events = KINDS.get(kind)
    if events is None:
        raise UnknownKind(f"this program does not know streams of the kind {kind}")
    return events


def encode(event: Any, kind: str = SERVICE_DAY) -> bytes:
    """The bytes to store in a stream of this kind. Raises `ValueError`, `UnknownKind`."""
    return events_of(kind).encode(event)


def decode(stored: bytes, kind: str = SERVICE_DAY) -> Any:
    """The event of stored bytes of any version. Raises `Damaged` in words, `UnknownKind`."""
    return events_of(kind).decode(stored)


def encode_plan(plan: BranchPlan) -> bytes:
    """A branch's plan as `Log.save_plan` keeps it. Raises `ValueError` like `encode`."""
    return _PLAN_FORM.encode(plan)


def decode_plan(stored: bytes) -> BranchPlan:
    """Raises `Damaged` in words."""
    try:
        head = _PLAN_HEAD.decode(stored)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise Damaged(f"not a plan: {wrong}") from wrong
    plan: BranchPlan = _PLAN_FORM.decode(stored, head.v)
    return plan
