"""The office over HTTP: an address a question, its shape checked; a no as code and fields."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec
import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from queue_server.office.office import Office
from queue_server.office.questions import ADDRESSES, OwnerAsk
from queue_server.people import StoreUnavailable
from queue_server.people.no import No

BODY_BYTES_MAX: Final = 1_048_576
"""A plan with 26 services and some hundred counters takes 30 KiB."""

_log = structlog.get_logger("control")


class _TooLong(ValueError):
    pass


def application(office: Office) -> Starlette:
    """Answers 200 with values, 409 with a no, 422 for what it does not understand."""
    return Starlette(
        routes=[
            Route(address, _asking(office, kind), methods=["POST"])
            for kind, address in ADDRESSES.items()
        ]
    )


def _asking(office: Office, kind: type[OwnerAsk]) -> Callable[[Request], Awaitable[Response]]:
    async def asked(request: Request) -> Response:
        try:
            question: Any = msgspec.json.decode(await _body(request), type=kind)
        except (msgspec.MsgspecError, _TooLong) as wrong:
            return _no(No("not_understood", {"why": str(wrong)}), 422)
        try:
            said = await office.answer(question)
        except StoreUnavailable as down:
            return _no(No("store_unavailable", {"why": str(down)}), 503)
        except Exception:
            _log.exception("command_failed", asked=kind.__name__)
            return _no(No("command_failed"), 500)
        return _no(said, 409) if isinstance(said, No) else _json(said, 200)

    return asked


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_BYTES_MAX:
            raise _TooLong(f"longer than {BODY_BYTES_MAX} bytes")
    return body


def _no(no: No, status: int) -> Response:
    return _json({"code": no.code, "fields": no.fields}, status)


def _json(values: object, status: int) -> Response:
    return Response(msgspec.json.encode(values), status, media_type="application/json")
