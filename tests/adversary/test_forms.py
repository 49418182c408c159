"""Forms and addresses bent out of shape: a clear no, and nothing changed."""

from __future__ import annotations

from base64 import urlsafe_b64encode

import pytest
from httpx import Response

from queue_server.look import files
from tests.adversary.raw import Raw
from tests.web.harness import BRANCH, Live, World, sign_in

FORM = "application/x-www-form-urlencoded"


async def signed_in(world: World, name: str = "admin") -> None:
    answer = await sign_in(world, name)
    assert answer.status_code == 303


async def posted(world: World, path: str, content: str | bytes) -> Response:
    return await world.client.post(path, content=content, headers={"Content-Type": FORM})


BENT = (
    "service=A&service.x=1",
    "service.x=1&service=",
    "to=A&to.=1&to.service=B",
    "to.service=B&to=counter:2&to.x=y",
    "to=service:B:C",
    "to=:&to=counter:",
    "number.a=1&number=A-001&reason.b=c",
    "on.a=b&on=perhaps",
    "stars=5&stars.x=5&stars=1e3",
    "stars=" + "9" * 5_000,
    "text.a.b=c&text=%00",
    "service=%ed%a0%80",
    "%ff=%fe",
    "&&==;;&=",
    "&".join(f"f{n}=1" for n in range(51)),
    '{"service": "A"}',
)


@pytest.mark.parametrize("content", BENT, ids=lambda one: one[:30])
async def test_bent_forms_are_refused_everywhere(world: World, content: str) -> None:
    await signed_in(world)
    await world.issue()
    before = await world.seq()
    for path in (
        f"/guard/{BRANCH}/do/prioritise",
        f"/guard/{BRANCH}/do/confirm-presence",
        f"/desk/{BRANCH}/1/do/transfer",
        f"/desk/{BRANCH}/1/do/call",
        f"/desk/{BRANCH}/1/do/unpark",
        f"/desk/{BRANCH}/1/do/finish",
        f"/supervisor/{BRANCH}/do/open-day",
        "/ticket/rating",
        "/sign-in",
        "/sign-in/second",
        "/unlock",
        "/account/second-factor",
        "/invite",
    ):
        answer = await posted(world, path, content)
        assert answer.status_code in (303, *range(400, 500)), f"{path}: {answer.text[:200]}"
    assert await world.seq() == before


@pytest.mark.parametrize("content", BENT, ids=lambda one: one[:30])
async def test_bent_forms_that_ask_for_a_number_give_one_or_a_reason(
    world: World, content: str
) -> None:
    await signed_in(world)
    for path in (f"/b/{BRANCH}/ticket", f"/guard/{BRANCH}/do/issue", f"/kiosk/{BRANCH}/ticket"):
        answer = await posted(world, path, content)
        assert answer.status_code < 500, f"{path}: {answer.text[:200]}"


@pytest.mark.parametrize(
    "name",
    [
        "look/" + "a" * 3_000,
        "look/a/../icons.svg",
        "look/./icons.svg",
        "look//icons.svg",
        "look//etc/passwd",
        "look/../../settings.py",
        "look/%00",
        "look/icons.svg/",
        "look/",
        "",
    ],
)
def test_a_file_has_one_name(shared: Live, name: str) -> None:
    # As a browser would never send it: dots and all.
    with Raw(shared) as raw:
        raw.send(f"GET /static/{name} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        assert raw.until(b"\r\n\r\n").startswith(b"HTTP/1.1 404")


def test_a_file_under_many_names_would_be_kept_under_each() -> None:
    with pytest.raises(LookupError):
        files.static_bytes("look/anything/../icons.svg")


@pytest.mark.parametrize("page", ["board", "kiosk", "tablet"])
async def test_a_locked_screen_names_no_endless_branch(world: World, page: str) -> None:
    answer = await world.client.get(f"/{page}/{'x' * 3_000}")
    assert answer.status_code == 404
    assert "x" * 100 not in answer.text


@pytest.mark.parametrize(
    "told", [b'{"kind":"done","title":"","text":"","x":' + b"[" * 1400, b"[" * 1480, b"\xff", b"{"]
)
async def test_a_message_nobody_left_is_no_message(world: World, told: bytes) -> None:
    world.client.cookies.set("flash", urlsafe_b64encode(told).decode(), domain="test.local")
    assert (await world.client.get("/sign-in")).status_code == 200
