"""Static files over HTTP: typed, packed, kept for ever where the address says which version."""

import re
from collections.abc import AsyncIterator
from urllib.parse import urljoin

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from queue_server.look.assets import StaticAssets
from queue_server.look.files import asset, imported_by


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Mount("/static", StaticAssets())])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://branch.example") as client:
        yield client


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("sheets/plain.css", "text/css; charset=utf-8"),
        ("look/socket.js", "text/javascript; charset=utf-8"),
        ("look/icons.svg", "image/svg+xml"),
        ("look/vendor/font/atkinson-hyperlegible-next.woff2", "font/woff2"),
        ("look/clips/id/a.opus", "audio/ogg"),
    ],
)
async def test_a_named_version_is_kept_for_ever(
    client: httpx.AsyncClient, name: str, media_type: str
) -> None:
    answer = await client.get(asset(name))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert "immutable" in answer.headers["cache-control"]


async def test_without_its_version_a_file_is_asked_for_again(client: httpx.AsyncClient) -> None:
    old = "/static/v-0123456789ab/look/socket.js"
    for address in ("/static/look/socket.js", "/static/sheets/plain.css?v=old", old):
        answer = await client.get(address)
        assert answer.headers["cache-control"] == "public, no-cache"
        again = await client.get(address, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        assert again.content == b""


async def test_text_travels_packed(client: httpx.AsyncClient) -> None:
    packed = await client.get("/static/sheets/plain.css", headers={"Accept-Encoding": "gzip"})
    plain = await client.get("/static/sheets/plain.css", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert packed.content == plain.content


@pytest.mark.parametrize(
    "path", ["/static/look/none.js", "/static/look/../pages.py", "/static/", "/static/look/%00"]
)
async def test_what_is_not_there_is_not_there(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_nothing_can_be_posted_to_a_file(client: httpx.AsyncClient) -> None:
    assert (await client.post("/static/sheets/plain.css")).status_code == 405


async def test_no_module_is_ever_loaded_twice(client: httpx.AsyncClient) -> None:
    # Two addresses for one module would be two sockets and two answers to every press.
    waiting, seen = [asset("look/refresh.js")], set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        text = (await client.get(address)).text
        named = re.findall(r"""^(?:import|export)\b[^()=]*?["']([^"']+)["'];""", text, re.MULTILINE)
        waiting += [urljoin(address, target) for target in named]
    assert seen == {asset(name) for name in (*imported_by("look/refresh.js"), "look/refresh.js")}
