"""The OpenAPI document against the routes, the refusals, and what the server really answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from queue_server.asking.verbs import VERBS
from queue_server.domain.refusals import Code
from queue_server.web.errors import WEB_CODES
from queue_server.web.openapi import describe
from queue_server.web.routes import API, OPERATIONS
from tests.web.harness import World

DOCUMENT = describe(API, OPERATIONS)
# A plan that drops what is in use is refused to whoever owns the machine, not over the API.
NOT_OF_THE_API = {Code.STILL_IN_USE}


def operations() -> list[dict[str, Any]]:
    return [one for path in DOCUMENT["paths"].values() for one in path.values()]


def test_it_tells_of_exactly_the_operations_there_are() -> None:
    told = {
        (method.upper(), path) for path, methods in DOCUMENT["paths"].items() for method in methods
    }
    assert told == {(one.method, API + one.path) for one in OPERATIONS}


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [one["operationId"] for one in operations()]
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere() -> None:
    text = json.dumps(DOCUMENT)
    schemas = DOCUMENT["components"]["schemas"]
    for part in text.split('"$ref": "')[1:]:
        name = part.partition('"')[0].removeprefix("#/components/schemas/")
        assert name in schemas


def test_every_refusal_is_documented_and_in_the_enum() -> None:
    documented = {code for verb in VERBS.values() for code in verb.refusals}
    assert set(Code) - documented == NOT_OF_THE_API
    enum = DOCUMENT["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]
    assert set(enum) == {*WEB_CODES, *map(str, Code)}


@pytest.mark.parametrize("code", [str(code) for code in Code if code not in NOT_OF_THE_API])
def test_a_refusal_is_told_with_an_operation(code: str) -> None:
    told = " ".join(
        response["description"] for one in operations() for response in one["responses"].values()
    )
    assert f"`{code}`" in told


def test_every_command_with_fields_has_an_example() -> None:
    for one in operations():
        body = one.get("requestBody")
        if body and body["required"]:
            assert body["content"]["application/json"]["example"]


def test_everything_may_be_unavailable_and_commands_take_a_key() -> None:
    for operation in OPERATIONS:
        one = DOCUMENT["paths"][API + operation.path][operation.method.lower()]
        assert "503" in one["responses"]
        names = {parameter["name"] for parameter in one["parameters"]}
        assert ("Idempotency-Key" in names) is operation.is_command


async def test_the_server_gives_this_very_document(world: World) -> None:
    response = await world.client.get(f"{API}/openapi.json")
    assert response.json() == json.loads(json.dumps(DOCUMENT))
    assert response.json()["openapi"] == "3.1.0"
