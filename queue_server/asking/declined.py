"""What is asked is not done, and why: a code for programs, and the fields that belong to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from queue_server.domain.refusals import Refusal


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Where and when a refusal happened: its times are said by the branch's clocks."""

    zone: str
    now: datetime


class Declined(Exception):
    """An expected no. `retry_after_s`: when asking again may help."""

    def __init__(
        self,
        code: str,
        fields: Mapping[str, object] | None = None,
        *,
        retry_after_s: int | None = None,
        place: LocalTime | None = None,
        **more: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.fields: Mapping[str, object] = {**(fields or {}), **more}
        self.retry_after_s = retry_after_s
        self.place = place

    @classmethod
    def of(cls, refusal: Refusal, place: LocalTime) -> Declined:
        """A refusal of the rules."""
        return cls(str(refusal.code), refusal.fields, place=place)
