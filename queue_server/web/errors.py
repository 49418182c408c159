"""Every no in one shape: RFC 9457 for programs, a sentence for people.

Owns which code has which status, and the words' lookup. Must not know how a request is read or
who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from starlette.responses import Response

from queue_server.asking.declined import Declined, LocalTime
from queue_server.domain.refusals import Code
from queue_server.look.words import refusal_text
from queue_server.people.no import No

MEDIA_TYPE: Final = "application/problem+json"
# An error may repeat what was sent, but not at any length.
_FIELD_LETTERS_MAX: Final = 200

# What is wrong with a code of the hall, and with what a browser kept of one.
CODE_REFUSALS: Final = ("join_code_old", "join_code_elsewhere", "join_code_wrong")
SCAN_REFUSALS: Final = ("scan_used", "scan_foreign", "scan_over")

# What the web refuses by itself, before or beside the rules: code → status.
WEB_CODES: Final[Mapping[str, int]] = {
    "sign_in_needed": 401,
    "wrong_sign_in": 401,
    "wrong_password": 401,
    "wrong_passkey": 401,
    "wrong_code": 401,
    "wrong_pin": 401,
    "wrong_recovery": 401,
    "not_allowed": 403,
    "confirm_first": 403,
    "cross_site": 403,
    "not_found": 404,
    "unknown_branch": 404,
    "unknown_account": 404,
    "unknown_invitation": 404,
    "key_spent": 404,
    "unknown_pairing": 404,
    "unknown_device": 404,
    "unknown_subscription": 404,
    "no_counter_held": 404,
    "method_not_allowed": 405,
    "already_shown": 409,
    "day_over": 409,
    "known_passkey": 409,
    **dict.fromkeys(CODE_REFUSALS, 409),
    **dict.fromkeys(SCAN_REFUSALS, 409),
    "last_admin": 409,
    "last_factor": 409,
    "too_many_passkeys": 409,
    "passkeys_unavailable": 409,
    "no_passkey": 409,
    "not_yourself": 409,
    "name_taken": 409,
    "pairing_elsewhere": 409,
    "wrong_check": 409,
    "body_too_large": 413,
    "wrong_media_type": 415,
    "bad_input": 422,
    "nothing_to_read": 422,
    "unknown_push_service": 422,
    "bad_subscription": 422,
    "bad_password": 422,
    "bad_pin": 422,
    "common_password": 422,
    "common_pin": 422,
    "own_password": 422,
    "bad_passkey": 422,
    "bad_username": 422,
    "key_reused": 422,
    "too_many_attempts": 429,
    "too_many_codes": 429,
    "too_many_requests": 429,
    "too_many_unproven": 429,
    "broken": 500,
    "unavailable": 503,
}

_REFUSAL_STATUS: Final[Mapping[Code, int]] = {
    Code.UNKNOWN_TICKET: 404,
    Code.UNKNOWN_SERVICE: 404,
    Code.UNKNOWN_COUNTER: 404,
    Code.UNKNOWN_OUTCOME: 422,
    Code.UNKNOWN_REASON: 422,
}


def status_of(code: Code) -> int:
    """404 for what is not there, 422 for a code that is not on the branch's list, 409 for
    every other refusal.
    """
    return _REFUSAL_STATUS.get(code, 409)


class Problem(Exception):
    """Something that is answered with an error: a status, a stable code, and the fields that
    belong to it.
    """

    def __init__(
        self,
        status: int,
        code: str,
        fields: Mapping[str, object] | None = None,
        *,
        retry_after_s: int | None = None,
        place: LocalTime | None = None,
        **more: object,
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.fields: Mapping[str, object] = {
            name: value[:_FIELD_LETTERS_MAX] if isinstance(value, str) else value
            for name, value in {**(fields or {}), **more}.items()
        }
        self.retry_after_s = retry_after_s
        self._place = place

    @classmethod
    def of(cls, why: Declined) -> Problem:
        """What was asked and is not done, with the status of its code."""
        status = WEB_CODES.get(why.code) or status_of(Code(why.code))
        retry = why.retry_after_s
        return cls(status, why.code, why.fields, retry_after_s=retry, place=why.place)

    def text(self, language: str) -> tuple[str, str]:
        """Title and sentence in a language; times as the branch's clocks show them."""
        place = self._place
        if place is None:
            return refusal_text(language, self.code, self.fields)
        zone = ZoneInfo(place.zone)
        local = {
            name: value.astimezone(zone) if isinstance(value, datetime) else value
            for name, value in self.fields.items()
        }
        return refusal_text(language, self.code, local, place.now)

    def headers(self) -> dict[str, str]:
        """What the status asks for beside the body."""
        headers = {"Cache-Control": "no-store"}
        if self.retry_after_s is not None:
            headers["Retry-After"] = str(self.retry_after_s)
        if self.status == HTTPStatus.UNAUTHORIZED:
            headers["WWW-Authenticate"] = 'Bearer realm="lapak"'
        return headers


def problem_of(no: No) -> Problem:
    """A no of people and rights as a problem."""
    return Problem(WEB_CODES[no.code], no.code, no.fields, retry_after_s=no.retry_after_s)


T = TypeVar("T")


def granted(said: T | No) -> T:
    """What a service of `people` gave. Raises `Problem` for its no."""
    if isinstance(said, No):
        raise problem_of(said)
    return said


def problem_body(problem: Problem, language: str) -> bytes:
    """The RFC 9457 document."""
    title, detail = problem.text(language)
    return msgspec.json.encode(
        {
            "type": f"urn:lapak:problem:{problem.code}",
            "title": title,
            "status": problem.status,
            "detail": detail,
            "code": problem.code,
            **{name: _plain(value) for name, value in problem.fields.items()},
        }
    )


def _plain(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def problem_response(problem: Problem, language: str) -> Response:
    """The whole answer to a program."""
    return Response(
        problem_body(problem, language),
        problem.status,
        {**problem.headers(), "Content-Language": language, "Vary": "Accept-Language"},
        MEDIA_TYPE,
    )
