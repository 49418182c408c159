"""How one type is written as JSON and read back: strict in both directions, whatever its version.

What is written has been read back before it leaves here, and what is read must be, byte for byte,
what is written here. An older version is raised step by step to the newest. Must not know which
types there are, nor where bytes are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, Final, get_type_hints

import msgspec

from queue_server.domain.model import Place
from queue_server.store.log import Damaged

Fields = dict[str, Any]

Upcasts = Mapping[tuple[str, int], Callable[[Fields], Fields]]
"""From (name, version) the step to the next version, on plain JSON fields. Never removed."""


class Form:
    """How the newest version of one type is written, and every version of it read."""

    __slots__ = ("_decoder", "_times", "_upcasts", "name", "prefix", "type", "version")

    def __init__(
        self, name: str, form_of: type, prefix: bytes, version: int, upcasts: Upcasts
    ) -> None:
        """`prefix`: what its bytes begin with, up to and with the comma after the version."""
        self.name = name
        self.type = form_of
        self.prefix = prefix
        self.version = version
        self._upcasts = upcasts
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(form_of)
        self._times = _times_of(form_of)

    def encode(self, value: Any) -> bytes:
        """The bytes to store. Raises `ValueError` for what could not be read back equal: a day
        that cannot be refolded is lost.
        """
        try:
            # Twice: 10 in a field of floats is read back as 10.0 and would not match its bytes.
            stored = self._encode(self._decoder.decode(self._encode(value)))
            again = self._decode(stored)
        except (msgspec.MsgspecError, TypeError, UnicodeEncodeError) as wrong:
            raise ValueError(f"{self.name} cannot be stored: {wrong}") from wrong
        if again != value:
            raise ValueError(f"{self.name} would be read back as something else: {value!r}")
        return stored

    def decode(self, stored: bytes, version: int) -> Any:
        """The value of stored bytes of a version. Raises `Damaged` in words."""
        try:
            if version == self.version:
                return self._decode(stored)
            return self._from_fields(self._raised(version, stored))
        except (ValueError, TypeError, KeyError) as wrong:
            raise Damaged(f"{self.name} version {version}: {wrong}") from wrong

    def _encode(self, value: Any) -> bytes:
        return self.prefix + _ENCODER.encode(value)[1:]

    def _decode(self, stored: bytes) -> Any:
        """Raises `ValueError` unless these are exactly the bytes `_encode` writes."""
        value = self._decoder.decode(stored)
        for time_of in self._times:
            at = time_of(value)
            if at is not None and at.tzinfo is not UTC:
                raise ValueError(f"{at.isoformat()} is not in UTC")
        if self._encode(value) != stored:
            raise ValueError(_difference(stored, self._encode(value)))
        return value

    def _from_fields(self, fields: Fields) -> Any:
        """The value of an older version's fields once raised to this one, in whatever order."""
        raised = self._encode(fields)
        canonical = self._encode(self._decoder.decode(raised))
        if msgspec.json.decode(canonical) != msgspec.json.decode(raised):
            raise ValueError(_difference(raised, canonical))
        return self._decode(canonical)

    def _raised(self, version: int, stored: bytes) -> Fields:
        fields: Fields = msgspec.json.decode(stored)
        del fields["v"]
        fields.pop("event", None)
        for step in range(version, self.version):
            upcast = self._upcasts.get((self.name, step))
            if upcast is None:
                raise ValueError("no way from this version to the present one")
            fields = upcast(fields)
        if version > self.version:
            raise ValueError(f"written by a newer program (this one knows version {self.version})")
        return fields


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
    """How to reach every time a value carries, its places' included."""
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
