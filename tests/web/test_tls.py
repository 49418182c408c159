"""A server with a certificate of its own: pages, cookies and sockets for real; and who is believed
about where a request comes from.
"""

from __future__ import annotations

import json
import shutil
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.web.encrypted import Encrypted, make_certificate
from tests.web.harness import API, BRANCH, Live, hello

BOARD = f"/ws/branches/{BRANCH}/board"


@pytest.fixture(scope="module")
def encrypted(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Encrypted]:
    folder = tmp_path_factory.mktemp("tls")
    shutil.copytree(demo_folder, folder / "data")
    cert, key = make_certificate(folder)
    server = Encrypted(folder / "data")
    server.arguments = "--tls-cert", str(cert), "--tls-key", str(key)
    server.verify = ssl.create_default_context(cafile=str(cert))
    with server:
        yield server


async def test_a_page_over_tls_is_kept_to_tls(encrypted: Encrypted) -> None:
    async with encrypted.client() as browser:
        page = await browser.get(f"/b/{BRANCH}")
        assert page.status_code == 200
        assert page.headers["strict-transport-security"] == "max-age=31536000"
        assert "upgrade-insecure-requests" in page.headers["content-security-policy"]
        assert f"wss://127.0.0.1:{encrypted.port}" in page.headers["content-security-policy"]
        assert 'class="unencrypted"' not in page.text


async def test_every_cookie_is_bound_to_this_host_and_to_tls(encrypted: Encrypted) -> None:
    async with encrypted.client() as browser:
        await browser.get(f"/b/{BRANCH}?lang=en")
        await browser.post(f"/b/{BRANCH}/ticket", data={"service": "A"})
        opened = await browser.get(f"/?open=board&branch={BRANCH}")
        await browser.get(opened.headers["location"])
        known = encrypted.credentials["guard"]
        fields = {"username": known["username"], "password": known["password"]}
        await browser.post("/sign-in", data=fields)
        kept = list(browser.cookies.jar)
        assert len(kept) >= 4, [one.name for one in kept]
        for cookie in kept:
            assert cookie.name.startswith("__Host-"), cookie.name
            assert cookie.secure
            assert cookie.path == "/"
            assert not cookie.domain_specified
            assert cookie.has_nonstandard_attr("HttpOnly")


async def test_a_cookie_planted_without_tls_opens_nothing(encrypted: Encrypted) -> None:
    """A neighbour, or the same name over plain http, could plant it: only `__Host-` ones count."""
    async with encrypted.client() as browser:
        issued = (await browser.post(f"{API}/tickets", json={"service": "A"})).json()
        planted = {"Cookie": f"ticket={issued['secret']}"}
        assert (await browser.get("/api/v1/ticket", headers=planted)).status_code == 401
        ours = {"Cookie": f"__Host-ticket={issued['secret']}"}
        assert (await browser.get("/api/v1/ticket", headers=ours)).status_code == 200


async def test_a_socket_over_tls_shows_its_view(encrypted: Encrypted) -> None:
    assert isinstance(encrypted.verify, ssl.SSLContext)
    address = f"wss://127.0.0.1:{encrypted.port}{BOARD}"
    async with connect(address, ssl=encrypted.verify) as socket:
        await socket.send(hello(encrypted.token("display")))
        assert "view" in json.loads(await socket.recv())


async def test_a_page_of_another_site_opens_no_socket_over_tls(encrypted: Encrypted) -> None:
    assert isinstance(encrypted.verify, ssl.SSLContext)
    address = f"wss://127.0.0.1:{encrypted.port}{BOARD}"
    own = {"Origin": encrypted.url, "Sec-Fetch-Site": "same-origin"}
    for headers in (
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": encrypted.url, "Sec-Fetch-Site": "cross-site"},
    ):
        with pytest.raises(InvalidStatus):
            await connect(address, ssl=encrypted.verify, additional_headers=headers)
    async with connect(address, ssl=encrypted.verify, additional_headers=own) as socket:
        await socket.send(hello(encrypted.token("display")))
        assert "view" in json.loads(await socket.recv())


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
async def test_old_protocols_are_refused(encrypted: Encrypted) -> None:
    def speaking(version: ssl.TLSVersion) -> httpx.AsyncClient:
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, version
        return httpx.AsyncClient(verify=old)

    async with speaking(ssl.TLSVersion.TLSv1_2) as client:
        assert (await client.get(f"{encrypted.url}/healthz")).status_code == 200
    async with speaking(ssl.TLSVersion.TLSv1_1) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(f"{encrypted.url}/healthz")


@pytest.mark.parametrize(
    ("offered", "taken"),
    [
        ("ECDHE+AESGCM", True),
        ("ECDHE+CHACHA20", True),
        ("ECDHE+AES:!AESGCM:!AESCCM", False),  # CBC
        ("AES128-GCM-SHA256", False),  # no forward secrecy
        ("AES256-SHA", False),
    ],
)
async def test_weak_ciphers_are_refused(encrypted: Encrypted, offered: str, taken: bool) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(f"{offered}:@SECLEVEL=0")
    async with httpx.AsyncClient(verify=context) as client:
        if taken:
            assert (await client.get(f"{encrypted.url}/healthz")).status_code == 200
        else:
            with pytest.raises(httpx.ConnectError):
                await client.get(f"{encrypted.url}/healthz")


CLAIMS = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Ssl": "on",
    "Forwarded": "for=198.51.100.7;proto=https;host=evil.example",
}


async def test_a_stranger_is_not_believed_about_tls(folder: Path) -> None:
    with Live(folder, forwarded_allow_ips="203.0.113.9") as server:
        async with server.client() as stranger:
            page = await stranger.get(f"/b/{BRANCH}", headers=CLAIMS)
            assert "strict-transport-security" not in page.headers
            assert "__Host-" not in page.headers["set-cookie"]
            assert "evil.example" not in page.text + str(page.headers)


async def test_the_named_proxy_is_believed(folder: Path) -> None:
    with Live(folder, forwarded_allow_ips="127.0.0.1") as server:
        async with server.client() as proxy:
            page = await proxy.get(f"/b/{BRANCH}", headers=CLAIMS)
            assert "strict-transport-security" in page.headers
            assert "__Host-browser=" in page.headers["set-cookie"]
            assert "evil.example" not in page.text + str(page.headers)


@pytest.mark.parametrize(("proxy", "counted_as_one"), [("203.0.113.9", True), ("127.0.0.1", False)])
async def test_a_stranger_has_one_address_whatever_they_claim(
    folder: Path, proxy: str, counted_as_one: bool
) -> None:
    limits = {"requests_per_address_per_s": "20", "forwarded_allow_ips": proxy}
    with Live(folder, **limits) as server:
        async with server.client() as stranger:
            answers = [
                await stranger.get(API, headers={"X-Forwarded-For": f"198.51.100.{n}"})
                for n in range(100)
            ]
        assert any(one.status_code == 429 for one in answers) is counted_as_one
