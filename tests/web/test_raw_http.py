"""What comes over the wire before there is a request: heads of any size, rubbish."""

from __future__ import annotations

import socket

import pytest

from queue_server.serving import http
from tests.web.harness import API, BRANCH, Live


def answer(live: Live, data: bytes) -> bytes:
    """The first line of what is answered to raw bytes; empty when the line is cut."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=10) as raw:
        try:
            raw.sendall(data)
            return raw.recv(65_536).partition(b"\r\n")[0]
        except ConnectionError:
            return b""


def get(head: bytes) -> bytes:
    return b"GET / HTTP/1.1\r\nHost: here\r\n" + head + b"\r\n"


def post(head: bytes, body: bytes = b"") -> bytes:
    path = f"{API}/tickets".encode()
    return b"POST " + path + b" HTTP/1.1\r\nHost: here\r\n" + head + b"\r\n" + body


@pytest.mark.parametrize(
    ("data", "statuses"),
    [
        (get(b"X: " + b"a" * 5_000_000 + b"\r\n"), (b"431", b"")),
        (get(b"".join(b"X%d: a\r\n" % n for n in range(20_000))), (b"431", b"")),
        (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: here\r\n\r\n", (b"400", b"431", b"")),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n", (b"400", b"")),
        (b"FOO / HTTP/1.1\r\n\r\n", (b"400",)),
        (post(b"Content-Length: -5\r\n"), (b"400",)),
        (post(b"Content-Length: 99999999999999999999\r\n"), (b"400", b"413")),
        (post(b"Content-Length: 9999999\r\n"), (b"413",)),
        (post(b"Content-Length: 200000\r\n", b"a" * 200_000), (b"413",)),
        (post(b"Transfer-Encoding: chunked\r\n", b"ffff\r\n" + b"a" * 65_535), (b"413",)),
        (b"GET /%00%ff HTTP/1.1\r\nHost: here\r\n\r\n", (b"404",)),
        (b"GET /static/look/..%2f..%2fsettings.py HTTP/1.1\r\nHost: here\r\n\r\n", (b"404",)),
        (b"OPTIONS / HTTP/1.1\r\nHost: here\r\n\r\n", (b"405",)),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_odd_bytes_get_a_clear_answer(
    shared: Live, data: bytes, statuses: tuple[bytes, ...]
) -> None:
    status = answer(shared, data)[9:12]
    assert status in statuses
    assert answer(shared, b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n").endswith(b"200 OK")


def test_two_requests_on_one_connection_are_answered(shared: Live) -> None:
    request = f"GET {API} HTTP/1.1\r\nHost: here\r\n\r\n".encode()
    with socket.create_connection(("127.0.0.1", shared.port), timeout=10) as raw:
        for _ in range(2):
            raw.sendall(request)
            received = b""
            while b'"seq"' not in received:
                received += raw.recv(65_536)
            assert BRANCH.encode() in received


def test_a_head_has_its_limits() -> None:
    assert http.HEAD_BYTES_MAX <= 65_536
    assert http.HEAD_TIMEOUT_S <= 60


@pytest.mark.parametrize(
    "hosts",
    [
        b"",
        b"Host: here\r\nHost: there\r\n",
        b"Host: here\r\nhost: here\r\n",
        b"Host:\r\n",
        b"Host: evil.example/<x>\r\n",
        b"Host: a@b\r\n",
        b"Host: here, there\r\n",
        b"Host: here:http\r\n",
        b"Host: [::1\r\n",
    ],
)
@pytest.mark.parametrize(
    "upgrade", [b"", b"Connection: Upgrade\r\nUpgrade: websocket\r\n"], ids=["page", "socket"]
)
def test_a_request_says_once_whom_it_asks(shared: Live, hosts: bytes, upgrade: bytes) -> None:
    request = b"GET /healthz HTTP/1.1\r\n" + hosts + upgrade + b"\r\n"
    assert answer(shared, request)[9:12] == b"400"


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.0\r\n",
        b"HTTP/1.0\r\nHost: here\r\n",
        b"HTTP/1.1\r\nHost: [::1]:8000\r\n",
        b"HTTP/1.1\r\nHost: bontang_1.local:8000\r\n",
    ],
)
def test_an_old_program_and_every_kind_of_name_are_answered(shared: Live, head: bytes) -> None:
    assert answer(shared, b"GET /healthz " + head + b"\r\n").endswith(b"200 OK")


def test_a_second_request_without_a_host_is_refused_too(shared: Live) -> None:
    first = b"GET /healthz HTTP/1.1\r\nHost: here\r\n\r\n"
    with socket.create_connection(("127.0.0.1", shared.port), timeout=10) as raw:
        raw.sendall(first)
        answer = b""
        while not answer.endswith(b"ok\n"):  # head and body may come one after the other
            answer += raw.recv(65_536)
        assert b"200 OK" in answer
        raw.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
        assert b"400 Bad Request" in raw.recv(65_536)


@pytest.mark.parametrize("host", [b"evil.example", b"evil.example:8000", b"127.0.0.1.evil.example"])
def test_a_made_up_host_gets_into_no_link(shared: Live, host: bytes) -> None:
    token = shared.token("guard").encode()
    head = b"Authorization: Bearer " + token + b"\r\nContent-Type: application/json\r\n"
    body = b'{"service": "A"}'
    path = f"{API}/tickets".encode()
    request = b"POST " + path + b" HTTP/1.1\r\nHost: " + host + b"\r\n" + head
    request += b"Content-Length: %d\r\n\r\n" % len(body) + body
    with socket.create_connection(("127.0.0.1", shared.port), timeout=10) as raw:
        raw.sendall(request)
        text = b""
        while b'"seq"' not in text:
            text += raw.recv(65_536)
    assert b"evil" not in text.partition(b"\r\n\r\n")[2]
    assert b'"link":"http://127.0.0.1' in text
