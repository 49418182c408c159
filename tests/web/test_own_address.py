"""Where a link leads that a request is answered with: to this machine, by one of its names."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from starlette.requests import Request

from queue_server.settings import Settings
from queue_server.web.respond import base_of
from tests.web.harness import World

OWN = socket.gethostname().lower()
BOUND = "http://127.0.0.1:8000"


def base(world: World, named: str, came_to: str | None = "192.168.1.10", **settings: Any) -> str:
    """Of a request that named this host, on a connection to this address."""
    world.site.settings = world.site.settings.model_copy(update={"port": 8000, **settings})
    server = (came_to, 8000) if came_to else None
    headers = [(b"host", named.encode())]
    scope = {"type": "http", "app": world.app, "method": "GET", "scheme": "http", "path": "/"}
    return base_of(Request({**scope, "query_string": b"", "server": server, "headers": headers}))


@pytest.mark.parametrize(
    "host",
    ["192.168.1.10:8000", "localhost:9000", "127.0.0.1:8000", "[::1]:8000", f"{OWN}:8000"],
)
def test_a_name_of_this_machine_is_where_its_reader_came_to(world: World, host: str) -> None:
    assert base(world, host) == f"http://{host}"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "192.168.1.11:8000", "localhost.evil.example", "x192.168.1.10", "127.0.0.1x"],
)
def test_a_made_up_one_is_not(world: World, host: str) -> None:
    assert base(world, host) == BOUND


def test_where_it_is_bound_is_a_name_too(world: World) -> None:
    assert base(world, "10.0.0.5", None, host="10.0.0.5") == "http://10.0.0.5"


def test_what_the_settings_say_holds_whatever_a_request_names(world: World) -> None:
    told = {"public_url": "https://antrean.example"}
    for host in ("192.168.1.10:8000", "localhost", "evil.example"):
        assert base(world, host, **told) == "https://antrean.example"


@pytest.mark.parametrize(
    "given",
    [
        "https://kantor.example/antrean/",
        "https://kantor.example/antrean",
        "https://kantor.example?x=1",
        "https://kantor.example#x",
        "https://user@kantor.example",
        "kantor.example",
        "ftp://kantor.example",
        "https://",
        "https://kantor example",
        "https://kantor.example//",
        "",
    ],
)
def test_an_address_with_more_than_a_name_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match=r"such as https://antrean\.example"):
        Settings(public_url=given)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://antrean.example", "https://antrean.example"),
        ("https://antrean.example/", "https://antrean.example"),
        ("http://192.168.1.5:8000", "http://192.168.1.5:8000"),
        ("http://[fd00::1]:8000/", "http://[fd00::1]:8000"),
    ],
)
def test_an_address_is_kept_without_its_slash(given: str, kept: str) -> None:
    assert Settings(public_url=given).address() == kept
