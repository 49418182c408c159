"""One connection that sends without end and reads nothing is cut off early: it takes no memory, no
core, and nobody else's time.
"""

from __future__ import annotations

import httpx
import pytest

from queue_server.serving import http, push
from tests.adversary.raw import PING, PONG, TEXT, Raw, frame
from tests.web.harness import API, Live, hello

GET = f"GET {API} HTTP/1.1\r\nHost: here\r\n\r\n".encode()
CHUNKED = (
    f"POST {API}/tickets HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
    "Transfer-Encoding: chunked\r\n\r\n"
).encode()
# The kernel's buffers on both sides hold this much before anybody notices anything.
SENT_BYTES_MAX = 20_000_000


def assert_well(live: Live) -> None:
    assert httpx.get(f"{live.url}{API}", timeout=5).status_code == 200


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (CHUNKED + b"2\r\n{}\r\n0\r\n", b"X-More: yes\r\n" * 4_000),
        (CHUNKED + b"2\r\n{}\r\n0\r\nX-More: ", b"y" * 65_536),
        (CHUNKED + b"2;", b"y" * 65_536),
        (GET, b"\r\n" * 32_768),
        (b"", GET * 1_000),
        (b"", b"GET /static/look/icons.svg HTTP/1.1\r\nHost: here\r\n\r\n" * 1_000),
    ],
    ids=[
        "trailers",
        "one endless trailer",
        "an endless chunk extension",
        "blank lines after a request",
        "requests ahead of their answers",
        "files ahead of their answers",
    ],
)
def test_an_endless_request_is_cut_off(shared: Live, first: bytes, again: bytes) -> None:
    with Raw(shared) as raw:
        raw.send(first)
        assert raw.pour(again)
        assert raw.sent < SENT_BYTES_MAX
    assert_well(shared)


def test_a_few_requests_ahead_of_their_answers_are_all_answered(shared: Live) -> None:
    ahead = http.REQUESTS_AHEAD_MAX
    with Raw(shared) as raw:
        raw.send(GET * ahead)
        while raw.received.count(b"HTTP/1.1 200") < ahead:
            before = len(raw.received)
            raw.more()
            assert len(raw.received) > before
    assert_well(shared)


def test_what_follows_a_chunked_body_is_no_header(shared: Live) -> None:
    token = shared.token("guard").encode()
    body = b'f\r\n{"service":"A"}\r\n0\r\nAuthorization: Bearer ' + token + b"\r\n\r\n"
    with Raw(shared) as raw:
        raw.send(CHUNKED + body)
        # A number for nobody in particular: the guard's would have its presence proven.
        assert b'"presence":false' in raw.until(b'"seq"')


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    "again", [frame(PING, b"x" * 125), frame(PONG, b"x" * 125), frame(0, last=False)]
)
def test_a_flood_on_a_socket_is_cut_off(shared: Live, signed_in: bool, again: bytes) -> None:
    with Raw(shared) as raw:
        assert raw.upgrade().endswith(b"101 Switching Protocols")
        if signed_in:
            raw.send(frame(TEXT, hello(shared.token("display")).encode()))
        assert raw.pour(again * 2_000)
        assert raw.sent < SENT_BYTES_MAX
    assert_well(shared)


def test_a_flood_on_a_socket_is_told_that_it_is_too_much(shared: Live) -> None:
    with Raw(shared) as raw:
        raw.upgrade()
        raw.send(frame(PING, b"x" * 100) * (push.HEARD_BYTES_MAX // 100))
        assert raw.close_code() == 1008


def test_a_client_that_pings_now_and_then_is_heard(shared: Live) -> None:
    with Raw(shared) as raw:
        raw.upgrade()
        raw.send(frame(TEXT, hello(shared.token("display")).encode()))
        raw.send(frame(PING, b"are you there") * 20)
        assert raw.until(b"are you there").count(b"are you there")


@pytest.mark.parametrize(
    "head",
    [
        f"X-Long: {'x' * 9_000}\r\n",
        "".join(f"X-{n}: many\r\n" for n in range(200)),
        "Origin: http://here\r\nOrigin: http://there\r\n",
    ],
    ids=["a long header", "many headers", "two origins"],
)
def test_a_handshake_that_cannot_be_is_answered_and_closed(shared: Live, head: str) -> None:
    with Raw(shared) as raw:
        assert raw.upgrade(head=head).endswith(b"400 Bad Request")
        assert raw.pour(b"\r\n", for_s=2)


@pytest.mark.parametrize(
    "message",
    [frame(TEXT, b"\xff\xfe"), frame(TEXT, b"\xe2\x82", last=False) + frame(0, b"A")],
    ids=["whole", "in two frames"],
)
def test_text_that_is_none_closes_as_the_protocol_says(shared: Live, message: bytes) -> None:
    with Raw(shared) as raw:
        raw.upgrade()
        raw.send(message)
        assert raw.close_code() == 1007
