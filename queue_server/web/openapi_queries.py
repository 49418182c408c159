"""The queries of the API's views for the OpenAPI document: by action, the parameters there are."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from queue_server import wire

_REF: Final = "#/components/schemas/{name}"
_SAID: Final = {
    "group": "What they have in common. Without it: a search among all of today's tickets.",
    "search": "A number as people say it: `A-012`, `a12`, or `12` of any letter.",
    "counter": (
        "For whose eyes: `line` and `elsewhere` mean this counter's, and of the parked and the "
        "missed its own come first."
    ),
    "page": "From 1, fifty tickets each.",
}
_EXAMPLES: Final = {"group": "missed", "search": "20", "counter": "1", "page": 1}


def _tickets() -> tuple[dict[str, Any], ...]:
    _, components = msgspec.json.schema_components([wire.TicketsAsked], ref_template=_REF)
    return tuple(
        {"name": name, "schema": schema, "description": _SAID[name], "example": _EXAMPLES[name]}
        for name, schema in components["TicketsAsked"]["properties"].items()
    )


QUERIES: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "see_log": (
        {"name": "after", "schema": {"type": "integer", "minimum": 0, "maximum": 999_999_999}},
        {"name": "day", "schema": {"type": "string", "format": "date"}},
    ),
    "see_tickets": _tickets(),
}
