"""Every address of the table, those added later too: bent fields, other sites, half a sign-in."""

from __future__ import annotations

import random
from typing import Final

import pytest

from queue_server.people import Stage
from queue_server.web.routes import OTHERS, PAGES, ROOMS
from tests.web.halfway import session_at, take
from tests.web.harness import BRANCH, World

FORM: Final = "application/x-www-form-urlencoded"
VERBS: Final = ("open", "call", "issue", "invite", "way-back", "approve", "confirm", "rating")
EVERY: Final = [(path, method, action) for path, method, action, *_ in (*PAGES, *OTHERS)] + [
    (path, method, action) for path, method, action in ROOMS
]
POSTS: Final = sorted({path for path, method, _ in EVERY if method == "POST"})
GETS: Final = sorted({path for path, method, _ in EVERY if method == "GET"})
OPEN: Final = ("public_page", "branch", "health", "asset")

LONG: Final = "x" * 30_000
VALUES: Final = ("", "-1", "9" * 400, "%00", "%ed%a0%80", "%ff", "٣", "A-001", "null", "%0d%0aX:y")
FIELDS: Final = (
    "username password code pin recovery next do role branch name account invitation device label"
    " place kind service number to reason text stars request_id session passkey new check digits"
).split()
QUERIES: Final = "page q day by kind number outcome as next lang key j from size v all open".split()
BODIES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"x" * 100_000, FORM),
    (b"\xff\xfe\x00", FORM),
    (b'{"username": "a"}', "application/json"),
    (
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n--b--\r\n',
        "multipart/form-data",
    ),
    (f"name={LONG}&username={LONG[:900]}".encode(), FORM),
)
FOREIGN: Final[tuple[dict[str, str], ...]] = (
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://test:81", "Sec-Fetch-Site": "same-site"},
    {"Origin": "http://test@evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
)


def address(path: str, verb: str = "open") -> str:
    filled = {"branch": BRANCH, "counter": "1", "verb": verb, "kind": "board", "number": "A-001"}
    for name, value in {**filled, "secret": "x", "token": "x", "file": "x"}.items():
        path = path.replace(f"{{{name}}}", value)
    return path


async def as_stage(world: World, stage: Stage) -> None:
    take(world, await session_at(world, "admin", stage))


def bent(chance: random.Random, names: tuple[str, ...] | list[str]) -> str:
    some = chance.choices(names, k=5)
    return "&".join(f"{name}={chance.choice(VALUES)}" for name in some)


@pytest.mark.parametrize("path", POSTS)
async def test_bent_fields_break_nothing(world: World, path: str) -> None:
    chance = random.Random(path)
    forms = [(bent(chance, FIELDS).encode(), FORM) for _ in range(4)]
    for content, kind in (*BODIES, *forms):
        await as_stage(world, Stage.FULL)
        url = address(path, chance.choice(VERBS))
        headers = {"Content-Type": kind, "Accept": "text/html", "Origin": "http://test"}
        answer = await world.client.post(url, content=content, headers=headers)
        assert answer.status_code < 500, f"{url} {content[:80]!r}: {answer.status_code}"


@pytest.mark.parametrize("path", GETS)
async def test_bent_queries_break_nothing(world: World, path: str) -> None:
    chance = random.Random(path)
    await as_stage(world, Stage.FULL)
    for _ in range(6):
        url = f"{address(path)}?{bent(chance, QUERIES)}"
        answer = await world.client.get(url, headers={"Accept": "text/html"})
        assert answer.status_code < 500, f"{url}: {answer.status_code}"


@pytest.mark.parametrize("path", POSTS)
async def test_no_form_is_taken_from_another_site(world: World, path: str) -> None:
    await as_stage(world, Stage.FULL)
    for headers in FOREIGN:
        for kind in (FORM, "text/plain"):
            given = {**headers, "Content-Type": kind}
            answer = await world.client.post(address(path), content=b"name=x", headers=given)
            assert answer.status_code == 403, f"{path} {given}"


@pytest.mark.parametrize("stage", [Stage.FACTOR, Stage.ENROL, Stage.LOCKED])
async def test_half_a_sign_in_sees_no_page_that_asks_for_a_whole_one(
    world: World, stage: Stage
) -> None:
    await as_stage(world, stage)
    for path, method, action in EVERY:
        if action not in OPEN:
            answer = await world.client.request(method, address(path))
            assert answer.status_code != 200, f"{method} {path}"
