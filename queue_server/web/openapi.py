"""The OpenAPI 3.1 document of the API, made from the routes, the verbs and the shapes of `wire`.

Nothing is written down twice: a route that is not described does not exist. Must not know requests
beyond the one that asks for the document.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, Protocol

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from queue_server import wire
from queue_server.asking.verbs import VERBS
from queue_server.domain.refusals import FIELDS, Code
from queue_server.people.policy import POLICY, Reach
from queue_server.web.errors import MEDIA_TYPE, WEB_CODES, status_of
from queue_server.web.openapi_deeds import DEEDS, Deed
from queue_server.web.openapi_examples import ANSWERS
from queue_server.web.openapi_queries import QUERIES

_REF: Final = "#/components/schemas/{name}"
# path → what is seen, and in which shape
_VIEWS: Final[dict[str, tuple[str, type[wire.Shown]]]] = {
    "/branches/{branch}": ("What anybody may know of a branch.", wire.BranchView),
    "/branches/{branch}/board": ("What the lobby screen shows.", wire.BoardView),
    "/branches/{branch}/desk": ("The desk of the counter you hold.", wire.DeskView),
    "/branches/{branch}/guard": ("How the day stands, who needs a hand.", wire.GuardView),
    "/branches/{branch}/kiosk": ("What the kiosk shows.", wire.KioskView),
    "/branches/{branch}/counters/{counter}/desk": ("The desk of one counter.", wire.DeskView),
    "/branches/{branch}/log": ("The day's events after a `seq`.", wire.LogPage),
    "/branches/{branch}/tickets": ("A page of tickets, by group or number.", wire.TicketPage),
    "/branches/{branch}/plan": ("Names, seats, codes: what stays all day.", wire.PlanView),
    "/ticket": ("Your own ticket.", wire.TicketView),
    "/push/key": ("The key a page subscribes to Web Push with.", wire.PushKeyView),
}
_PARAMETERS: Final[dict[str, dict[str, Any]]] = {
    "branch": {"schema": {"type": "string"}, "example": "bontang"},
    "counter": {"schema": {"type": "string", "maxLength": 8}, "example": "1"},
    "number": {"schema": {"type": "string", "pattern": "^[A-Z]-[0-9]{3,6}$"}, "example": "A-012"},
}
_KEY: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": (
        "Names this request among all of this caller's. Sent again with the same body it gives the "
        "first answer again and is done once; with another body it is refused (`key_reused`). "
        "Without token, ticket or cookie only the network address tells callers apart, so that the "
        "key must be a random UUID: no other program behind that address may come to the same."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 64},
}
_LANGUAGE: Final[dict[str, Any]] = {
    "name": "Accept-Language",
    "in": "header",
    "description": "Language of `title` and `detail` of errors: `id` (default) or `en`.",
    "schema": {"type": "string"},
}
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "description": (
        "RFC 9457. `code` is stable and for programs; `title` and `detail` are for people, in the "
        "asked language. A refusal's own fields stand beside them."
    ),
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "enum": sorted([*WEB_CODES, *(str(code) for code in Code)])},
    },
    "required": ["type", "title", "status", "detail", "code"],
    "additionalProperties": True,
}


class Described(Protocol):
    """What the document needs to know of a route."""

    @property
    def method(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def verb(self) -> str: ...
    @property
    def by_holder(self) -> bool: ...
    @property
    def is_command(self) -> bool: ...


def document(
    prefix: str, operations: Sequence[Described]
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint that gives the document; it is made at the first asking."""

    @cache
    def made() -> bytes:
        return msgspec.json.encode(describe(prefix, operations))

    async def openapi(request: Request) -> Response:
        return Response(made(), media_type="application/json")

    return openapi


def describe(prefix: str, operations: Sequence[Described]) -> dict[str, Any]:
    """The whole document as plain values."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        path = paths.setdefault(prefix + operation.path, {})
        path[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Lapak queue",
            "version": "1",
            "description": "Numbers by QR, called live. Commands go up here; views come down by "
            "WebSocket, as `docs/live.md` describes.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in ("branch", "counter", "ticket", "holder")],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Staff and device tokens, or a ticket's secret.",
                },
                "session": {"type": "apiKey", "in": "cookie", "name": "session"},
            },
        },
    }


def _operation(operation: Described) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": _operation_id(operation),
        "tags": [_tag(operation)],
        "parameters": _parameters(operation),
        "x-roles": [role.value for role, reach in POLICY[operation.action].items() if reach != "-"],
        **_told(operation),
    }
    anybody = POLICY[operation.action]
    if all(reach is not Reach.ANY for role, reach in anybody.items() if role == "anonymous"):
        described["security"] = [{"bearer": []}, {"session": []}]
    else:
        described["security"] = [{}, {"bearer": []}, {"session": []}]
    return described


def _told(operation: Described) -> dict[str, Any]:
    """Its summary, what is sent, and what comes back."""
    if deed := _deed(operation):
        responses = _deeds_responses(operation, deed)
        body = _request_body(deed.body, deed.example)
        return {"summary": deed.says, "requestBody": body, "responses": responses}
    if not operation.is_command:
        says, answer = _VIEWS[operation.path]
        return {"summary": says, "responses": _responses(operation, answer)}
    row = VERBS[operation.verb]
    responses = _responses(operation, row.answer)
    body = _request_body(row.body, row.example)
    return {"summary": row.says, "requestBody": body, "responses": responses}


def _deed(operation: Described) -> Deed | None:
    return DEEDS.get((operation.method, operation.path))


def _deeds_responses(operation: Described, deed: Deed) -> dict[str, Any]:
    done: dict[str, Any] = {"description": "Done."}
    if deed.answer is not None:
        schema = {"$ref": _REF.format(name=deed.answer.__name__)}
        done["content"] = {"application/json": {"schema": schema}}
    refused = sorted(_problems(operation).items())
    told = {str(status): _problem_response(status, codes) for status, codes in refused}
    return {str(deed.status): done, **told}


def _request_body(shape: type[wire.Request], example: Mapping[str, Any] | None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": _REF.format(name=shape.__name__)}}
    if example:
        content["example"] = example
    required = any(field.required for field in msgspec.structs.fields(shape))
    return {"required": required, "content": {"application/json": content}}


def _parameters(operation: Described) -> list[dict[str, Any]]:
    names = re.findall(r"\{(\w+)\}", operation.path)
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, **_PARAMETERS[name]} for name in names
    ]
    if operation.is_command:
        found.append(_KEY)
    found += [{**one, "in": "query"} for one in QUERIES.get(operation.action, ())]
    return [*found, _LANGUAGE]


def _responses(operation: Described, answer: type[wire.Shown]) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": {"$ref": _REF.format(name=answer.__name__)}}
    if example := ANSWERS.get(answer.__name__):
        content["example"] = example
    done = {"description": "Done.", "content": {"application/json": content}}
    if operation.is_command and VERBS[operation.verb].is_new:
        own = {**done, "description": "Your own ticket, once more."}
        responses: dict[str, Any] = {"201": {**done, "description": "Issued."}, "200": own}
    else:
        responses = {"200": done if operation.is_command else {**done, "description": "As of now."}}
    for status, codes in sorted(_problems(operation).items()):
        responses[str(status)] = _problem_response(status, codes)
    return responses


def _problems(operation: Described) -> dict[int, list[str]]:
    """Every code this operation may answer with, by status."""
    found: dict[int, list[str]] = {
        401: ["sign_in_needed"],
        403: ["not_allowed"],
        503: ["unavailable"],
    }
    if "{branch}" in operation.path:
        found[404] = ["unknown_branch"]
    if operation.action in QUERIES:
        found[422] = ["bad_input"]
    if operation.path.endswith("{branch}/desk"):
        found[404].append("no_counter_held")
    if operation.path.endswith("{counter}/desk") or operation.action == "see_tickets":
        found[404].append(str(Code.UNKNOWN_COUNTER))
    deed = _deed(operation)
    if not operation.is_command and deed is None:
        return found
    found[403].append("cross_site")
    found |= {
        413: ["body_too_large"],
        415: ["wrong_media_type"],
        422: ["bad_input"],
        429: ["too_many_requests"],
    }
    if deed is not None:
        for code in deed.codes:
            found.setdefault(WEB_CODES[code], []).append(code)
        return found
    found[422].append("key_reused")
    row = VERBS[operation.verb]
    for own in row.codes:
        found.setdefault(WEB_CODES[own], []).append(own)
    for code in row.refusals:
        found.setdefault(status_of(code), []).append(str(code))
    return found


def _problem_response(status: int, codes: list[str]) -> dict[str, Any]:
    told = [f"`{code}`{_fields(code)}" for code in codes]
    response: dict[str, Any] = {
        "description": "; ".join(told),
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(name="Problem")}}},
    }
    if status in (429, 503):
        seconds = {"schema": {"type": "integer"}, "description": "Seconds to wait."}
        response["headers"] = {"Retry-After": seconds}
    return response


def _fields(code: str) -> str:
    try:
        names = FIELDS[Code(code)]
    except ValueError:
        return ""
    return f" ({', '.join(names)})" if names else ""


def _tag(operation: Described) -> str:
    if operation.path.startswith(("/ticket", "/push")):
        return "holder"
    if "/tickets" in operation.path:
        return "ticket"
    return "counter" if "{counter}" in operation.path else "branch"


def _operation_id(operation: Described) -> str:
    words = re.sub(r"\{\w+\}", "", operation.path).replace("-", "/").split("/")
    return "_".join([operation.method.lower(), *(word for word in words if word)])


def _schemas() -> dict[str, Any]:
    shapes: list[type] = [
        *dict.fromkeys(verb.body for verb in VERBS.values()),
        *dict.fromkeys(verb.answer for verb in VERBS.values()),
        *dict.fromkeys(shape for _, shape in _VIEWS.values()),
        *dict.fromkeys(deed.body for deed in DEEDS.values()),
        *dict.fromkeys(deed.answer for deed in DEEDS.values() if deed.answer),
        wire.TicketsAsked,
        wire.Hello,
        wire.Heartbeat,
    ]
    _, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    return {**components, "Problem": _PROBLEM}
