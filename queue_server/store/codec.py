"""Events and plans to bytes and back: every stored version, kept readable for ever.

An event is one JSON object: `{"event": "ticket_called", "v": 1, "at": …, "by": …, …its other
fields}`. Strict in both directions: what is written has been read back before it leaves here, and
what is read must be, byte for byte, what this codec writes. An older version is raised step by step
(`UPCASTS`) to the newest. Must not know where bytes are kept, nor the hash chain.

Adding, removing or renaming a field of an event means: raise its number in `VERSIONS`, write the
step from the old version, add a golden file. `tests/store/test_codec.py` fails until all three are
done.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final, get_type_hints

import msgspec

from queue_server.domain.events import EVENT_TYPES, Event
from queue_server.domain.model import Place
from queue_server.domain.plan import BranchPlan
from queue_server.store.log import Damaged

Fields = dict[str, Any]

PLAN: Final = "branch_plan"


def kind_of(event_type: type) -> str:
    """The stored name of an event type: `TicketCalled` is `ticket_called`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event_type.__name__).lower()


KINDS: Final[Mapping[str, type]] = {kind_of(one): one for one in EVENT_TYPES}

VERSIONS: Final[dict[str, int]] = dict.fromkeys((*KINDS, PLAN), 1)
"""The newest version of each kind: the one that is written."""

UPCASTS: Final[dict[tuple[str, int], Callable[[Fields], Fields]]] = {}
"""From (kind, version) the step to the next version, on plain JSON fields. Never removed."""


class _Head(msgspec.Struct):
    """The first two fields of every stored event."""

    event: str
    v: int


class _PlanHead(msgspec.Struct):
    v: int


class _Form:
    """How the newest version of one type is written and read."""

    __slots__ = ("_times", "decoder", "kind", "prefix", "type", "version")

    def __init__(self, kind: str, form_of: type, prefix: bytes) -> None:
        self.kind = kind
        self.type = form_of
        self.version = VERSIONS[kind]
        self.prefix = prefix
        self.decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(form_of)
        self._times = _times_of(form_of)

    def encode(self, value: Any) -> bytes:
        return self.prefix + _ENCODER.encode(value)[1:]

    def decode(self, stored: bytes) -> Any:
        """Raises `ValueError` unless these are exactly the bytes `encode` writes."""
        value = self.decoder.decode(stored)
        for time_of in self._times:
            at = time_of(value)
            if at is not None and at.tzinfo is not UTC:
                raise ValueError(f"{at.isoformat()} is not in UTC")
        if self.prefix + _ENCODER.encode(value)[1:] != stored:
            raise ValueError(_difference(stored, self.encode(value)))
        return value

    def from_fields(self, fields: Fields) -> Any:
        """The value of an older version's fields once raised to this one, in whatever order."""
        raised = self.prefix + _ENCODER.encode(fields)[1:]
        canonical = self.encode(self.decoder.decode(raised))
        if msgspec.json.decode(canonical) != msgspec.json.decode(raised):
            raise ValueError(_difference(raised, canonical))
        return self.decode(canonical)


def _difference(found: bytes, expected: bytes) -> str:
    """Why these are not the bytes of a value, in words."""
    names, known = msgspec.json.decode(found).keys(), msgspec.json.decode(expected).keys()
    if unknown := sorted(names - known):
        return f"unknown fields: {', '.join(unknown)}"
    if missing := sorted(known - names):
        return f"missing fields: {', '.join(missing)}"
    return "not in the form this program writes"


def _plain_mapping(value: object) -> dict[Any, Any]:
    """A plan may hold any mapping; on disk they are all alike."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be stored")


_ENCODER: Final = msgspec.json.Encoder(enc_hook=_plain_mapping)


def _times_of(form_of: type) -> list[Callable[[Any], datetime | None]]:
    """How to reach every time an event carries, its places' included."""
    hints = get_type_hints(form_of)
    times: list[Callable[[Any], datetime | None]] = [
        attrgetter(name) for name, hint in hints.items() if hint in (datetime, datetime | None)
    ]
    times += [_since_of(name) for name, hint in hints.items() if hint in (Place, Place | None)]
    return times


def _since_of(name: str) -> Callable[[Any], datetime | None]:
    place_of = attrgetter(name)

    def since(value: Any) -> datetime | None:
        place: Place | None = place_of(value)
        return None if place is None else place.since

    return since


def _event_form(kind: str, event_type: type) -> _Form:
    return _Form(kind, event_type, b'{"event":"%s","v":%d,' % (kind.encode(), VERSIONS[kind]))


_FORMS: dict[str, _Form] = {kind: _event_form(kind, one) for kind, one in KINDS.items()}
_BY_TYPE: dict[type, _Form] = {form.type: form for form in _FORMS.values()}
_PLAN_FORM: Final = _Form(PLAN, BranchPlan, b'{"v":%d,' % VERSIONS[PLAN])
_BY_PREFIX: dict[bytes, _Form] = {form.prefix: form for form in _FORMS.values()}
_HEAD: Final = msgspec.json.Decoder(_Head)
_PLAN_HEAD: Final = msgspec.json.Decoder(_PlanHead)


def encode(event: Event) -> bytes:
    """The bytes to store. Raises `ValueError` for an event that could not be read back equal."""
    return _checked(_BY_TYPE[type(event)], event)


def decode(stored: bytes) -> Event:
    """The event of stored bytes of any version. Raises `Damaged` in words."""
    # Up to the second comma the bytes name kind and version: nearly all are of the newest.
    newest = _BY_PREFIX.get(stored[: stored.find(b",", stored.find(b",") + 1) + 1])
    form, version = (newest, newest.version) if newest else _form_and_version(stored)
    event: Event = _read(form, version, stored)
    return event


def _form_and_version(stored: bytes) -> tuple[_Form, int]:
    try:
        head = _HEAD.decode(stored)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise Damaged(f"not an event: {wrong}") from wrong
    if head.event not in _FORMS:
        raise Damaged(f"unknown kind of event: {head.event}")
    return _FORMS[head.event], head.v


def encode_plan(plan: BranchPlan) -> bytes:
    """A branch's plan as `Log.save_plan` keeps it. Raises `ValueError` like `encode`."""
    return _checked(_PLAN_FORM, plan)


def decode_plan(stored: bytes) -> BranchPlan:
    """Raises `Damaged` in words."""
    try:
        head = _PLAN_HEAD.decode(stored)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise Damaged(f"not a plan: {wrong}") from wrong
    plan: BranchPlan = _read(_PLAN_FORM, head.v, stored)
    return plan


def _checked(form: _Form, value: Any) -> bytes:
    """Nothing goes to disk that cannot be read back: a day that cannot be refolded is lost."""
    try:
        # Twice, because 10 in a field of floats is read back as 10.0 and would not match its bytes.
        stored = form.encode(form.decoder.decode(form.encode(value)))
        again = form.decode(stored)
    except (msgspec.MsgspecError, TypeError, UnicodeEncodeError) as wrong:
        raise ValueError(f"{form.kind} cannot be stored: {wrong}") from wrong
    if again != value:
        raise ValueError(f"{form.kind} would be read back as something else: {value!r}")
    return stored


def _read(form: _Form, version: int, stored: bytes) -> Any:
    try:
        if version == form.version:
            return form.decode(stored)
        return form.from_fields(_raised(form, version, stored))
    except (ValueError, TypeError, KeyError) as wrong:
        raise Damaged(f"{form.kind} version {version}: {wrong}") from wrong


def _raised(form: _Form, version: int, stored: bytes) -> Fields:
    fields: Fields = msgspec.json.decode(stored)
    del fields["v"]
    fields.pop("event", None)
    for step in range(version, form.version):
        upcast = UPCASTS.get((form.kind, step))
        if upcast is None:
            raise ValueError("no way from this version to the present one")
        fields = upcast(fields)
    if version > form.version:
        raise ValueError(f"written by a newer program (this one knows version {form.version})")
    return fields
