"""Bodies of requests, read within limits and turned into the shapes of `wire`.

Owns reading: size, time, kind of content, JSON and forms into structs. Must not know what is done
with them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

import msgspec
from starlette.requests import ClientDisconnect, Request

from queue_server.web.context import site_of
from queue_server.web.errors import Problem

_JSON: Final = "application/json"
_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS_MAX: Final = 50
_READ_TIMEOUT_S: Final = 20.0  # 32 KiB at 2G speed take under 10 s
_REASON_LETTERS_MAX: Final = 200

S = TypeVar("S", bound=msgspec.Struct)


async def read_body(request: Request) -> bytes:
    """The whole body. Raises `Problem` 413 when it is too large, 422 when it does not arrive."""
    bytes_max = site_of(request).settings.body_bytes_max
    too_large = Problem(413, "body_too_large", bytes_max=bytes_max)
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared[:12]) > bytes_max:
        raise too_large
    body = bytearray()
    try:
        async with asyncio.timeout(_READ_TIMEOUT_S):
            async for chunk in request.stream():
                body += chunk
                if len(body) > bytes_max:
                    raise too_large
    except (ClientDisconnect, TimeoutError):
        raise Problem(422, "bad_input", reason="the body did not arrive") from None
    return bytes(body)


def need_json(request: Request, body: bytes) -> None:
    """Raises `Problem` 415 for a body that is not said to be JSON. No body needs no kind."""
    if body and _media_type(request) != _JSON:
        raise Problem(415, "wrong_media_type", expected=_JSON)


def struct_of_json(body: bytes, shape: type[S]) -> S:
    """The struct a JSON body holds; an empty body is `{}`. Raises `Problem` 422."""
    try:
        return msgspec.json.decode(body.strip() or b"{}", type=shape)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise bad_input(error) from None


async def form_fields(request: Request) -> dict[str, str]:
    """The fields of a posted form; of a name given twice, the last one.

    Raises `Problem` 413, 415, 422.
    """
    body = await read_body(request)
    if body and _media_type(request) != _FORM:
        raise Problem(415, "wrong_media_type", expected=_FORM)
    try:
        text = body.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS_MAX, errors="strict")
    except ValueError as error:
        raise bad_input(error) from None
    return dict(pairs)


def form_body(fields: Mapping[str, str], shape: type[S], blank: Collection[str] = ()) -> S:
    """A form's fields as the struct a program would send as JSON.

    Empty fields count as absent, except those in `blank`, which are text as it stands; a checkbox
    says `on`; `to=service:B` and `to.service=B` nest.
    Fields the struct does not know are left out: a form also carries its `request_id`.
    Raises `Problem` 422.
    """
    nested: dict[str, Any] = {name: fields.get(name, "").strip() for name in blank}
    known = {field.encode_name for field in msgspec.structs.fields(shape)}
    for name, value in fields.items():
        outer, _, inner = name.partition(".")
        if value == "" or outer not in known or name in blank:
            continue
        kind, colon, rest = value.partition(":")
        if inner:
            others = nested.get(outer)
            nested[outer] = {**(others if isinstance(others, dict) else {}), inner: value}
        elif outer == "to" and colon:
            nested[outer] = {kind: rest}
        else:
            nested[outer] = {"on": "true", "off": "false"}.get(value, value)
    try:
        return msgspec.convert(nested, shape, strict=False)
    except (msgspec.MsgspecError, ValueError) as error:
        raise bad_input(error) from None


def bad_input(error: Exception) -> Problem:
    """What was not understood, in the decoder's words: a place and a kind, never a value."""
    reason = str(error) if isinstance(error, msgspec.MsgspecError) else "not understood"
    if isinstance(error, RecursionError):
        reason = "nested too deeply"
    return Problem(422, "bad_input", reason=reason[:_REASON_LETTERS_MAX])


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
