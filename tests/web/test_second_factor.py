"""The second step of signing in: what is taken, what is not, and that nothing goes without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
from starlette.routing import compile_path

from queue_server.people import Role as Asker
from queue_server.people import Session, Stage, recovery
from queue_server.people.policy import POLICY, Reach, reach
from queue_server.web.context import Site
from queue_server.web.routes import API as ROOT
from queue_server.web.routes import OPERATIONS, PAGES, SOCKETS
from tests.clocks import FakeClock
from tests.web.halfway import session_at, take
from tests.web.harness import (
    API,
    BRANCH,
    Live,
    World,
    fresh_code,
    living_world,
    pass_password,
    sign_in,
)

HALF = (Stage.FACTOR, Stage.ENROL, Stage.LOCKED)
SECOND = "/sign-in/second"


async def acts(site: Site) -> list[str]:
    return [act.what for act in await site.people.acts()]


async def can_work(world: World) -> bool:
    world.site.sign_ins.forget()
    return (await world.get(f"{API}/desk")).status_code != 401


async def test_the_password_alone_opens_nothing_and_the_code_gives_a_new_token(
    world: World,
) -> None:
    first = await pass_password(world, "officer1", leads_to="/desk?from=here")
    assert first.headers["location"] == f"{SECOND}?next=%2Fdesk%3Ffrom%3Dhere"
    halfway = world.client.cookies["session"]
    assert not await can_work(world)
    fields = {"code": await fresh_code(world, "officer1"), "next": "/desk?from=here"}
    second = await world.client.post(SECOND, data=fields)
    assert second.headers["location"] == "/desk?from=here"
    assert world.client.cookies["session"] != halfway
    assert await can_work(world)
    take(world, halfway)
    assert not await can_work(world)
    assert (await world.client.get(SECOND)).headers["location"] == "/sign-in"


async def test_a_session_planted_before_opens_nothing_after(world: World) -> None:
    """Somebody's browser is given a token, then signs in with it in place."""
    await pass_password(world, "guard")
    planted = world.client.cookies["session"]
    await sign_in(world, "officer1")
    take(world, planted)
    assert not await can_work(world)


FOR_STAFF = {
    action
    for action in POLICY
    if reach(action, Asker.ANONYMOUS) is Reach.NO and reach(action, Asker.ADMIN) is not Reach.NO
} - {"board_page", "kiosk_page"}
"""What an administrator may and a stranger may not; boards and kiosks show a pairing code."""


def filled(path: str) -> str:
    values = {"branch": BRANCH, "counter": "1", "number": "A-001", "verb": "do", "kind": "board"}
    return str(
        compile_path(path)[1].format_map({**dict.fromkeys(("secret", "token"), "x"), **values})
    )


@pytest.mark.parametrize("stage", HALF)
async def test_halfway_in_no_page_and_no_command_is_anybodys(world: World, stage: Stage) -> None:
    take(world, await session_at(world, "admin", stage))
    wanted = {
        Stage.FACTOR: SECOND,
        Stage.ENROL: "/account/second-factor",
        Stage.LOCKED: "/unlock",
    }[stage]
    before = await world.seq()
    asked = 0
    for path, method, action, _ in PAGES:
        if action not in FOR_STAFF:
            continue
        answer = await world.client.request(method, filled(path))
        assert answer.status_code == 303, f"{method} {path}: {answer.status_code}"
        assert answer.headers["location"].startswith(wanted), f"{method} {path}"
        asked += 1
    for one in OPERATIONS:
        if one.action in ("branch", "issue", "push_key"):
            continue
        answer = await world.client.request(one.method, ROOT + filled(one.path))
        assert answer.status_code == 401, f"{one.method} {one.path}: {answer.status_code}"
        asked += 1
    assert asked > 40, asked
    assert await world.seq() == before


async def test_halfway_in_a_number_needs_proof_like_anybodys(world: World) -> None:
    """Staff issue numbers without having scanned the hall's code."""
    take(world, await session_at(world, "guard", Stage.FACTOR))
    halfway = await world.client.post(f"{API}/tickets", json={"service": "A"})
    world.client.cookies.clear()
    stranger = await world.client.post(f"{API}/tickets", json={"service": "A"})
    assert (halfway.status_code, halfway.json().keys()) == (
        stranger.status_code,
        stranger.json().keys(),
    )


async def test_halfway_in_no_socket_opens(live: Live) -> None:
    async with live.client() as browser:
        known = live.credentials["admin"]
        fields = {"username": known["username"], "password": known["password"]}
        await browser.post("/sign-in", data=fields)
        cookie = f"session={browser.cookies['session']}"
        for path, _, _ in SOCKETS:
            async with live.socket(filled(path), Origin=live.url, Cookie=cookie) as socket:
                await socket.send('{"hello": {"token": "nothing", "seq": 0}}')
                await socket.wait_closed()
                assert socket.close_code == 4401, path


async def test_a_code_works_once(world: World) -> None:
    code = await fresh_code(world, "officer1")
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"code": code})).status_code == 303
    world.client.cookies.clear()
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"code": code})).status_code == 401
    assert not await can_work(world)


async def test_a_code_older_than_one_used_is_refused(world: World) -> None:
    await fresh_code(world, "officer1")
    app = pyotp.TOTP(world.credentials["officer1"]["totp_secret"])
    older, now = app.at(world.site.now(), counter_offset=-1), app.at(world.site.now())
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"code": now})).status_code == 303
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"code": older})).status_code == 401


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
async def test_codes_of_other_minutes_are_refused(world: World, steps: int) -> None:
    await fresh_code(world, "officer1")
    app = pyotp.TOTP(world.credentials["officer1"]["totp_secret"])
    await pass_password(world, "officer1")
    code = app.at(world.site.now(), counter_offset=steps)
    assert (await world.client.post(SECOND, data={"code": code})).status_code == 401


async def test_a_clock_a_little_off_is_forgiven_and_so_are_spaces(world: World) -> None:
    for steps in (-1, 0, 1):
        await fresh_code(world, "officer1")
        app = pyotp.TOTP(world.credentials["officer1"]["totp_secret"])
        code = app.at(world.site.now(), counter_offset=steps)
        await pass_password(world, "officer1")
        typed = f" {code[:3]} {code[3:]}"
        assert (await world.client.post(SECOND, data={"code": typed})).status_code == 303


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "x" * 9_000])
async def test_what_is_no_code_is_refused_calmly(world: World, code: str) -> None:
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"code": code})).status_code == 401


async def test_the_code_of_another_account_opens_nothing(world: World) -> None:
    code = await fresh_code(world, "officer2")
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"code": code})).status_code == 401
    assert not await can_work(world)


async def test_a_stolen_password_buys_no_endless_guesses(folder: Path) -> None:
    """Neither does signing in again between guesses, nor another browser."""
    async with living_world(folder, sign_in_failures_max=4) as world:
        codes = []
        for n in range(8):
            world.client.cookies.clear()
            await pass_password(world, "officer1")
            answer = await world.client.post(SECOND, data={"code": f"{n:06}"})
            codes.append(answer.status_code)
        assert codes == [401] * 4 + [429] * 4
        assert int(answer.headers["retry-after"]) > 0
        refused = await sign_in(world, "officer1")
        assert refused.status_code == 429, "the right one waits too: it may be the guesser's"
        assert (await sign_in(world, "officer2")).headers["location"] == "/desk"


async def test_wrong_codes_cost_no_tries_at_the_password(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=2) as world:
        await pass_password(world, "officer1")
        for _ in range(4):
            await world.client.post(SECOND, data={"code": "000000"})
        assert (await pass_password(world, "officer1")).status_code == 303


async def test_a_right_password_forgives_no_wrong_codes(folder: Path) -> None:
    async with living_world(folder, sign_in_failures_max=2) as world:
        for _ in range(2):
            await pass_password(world, "officer1")
            await world.client.post(SECOND, data={"code": "000000"})
        await pass_password(world, "officer1")
        assert (await world.client.post(SECOND, data={"code": "000000"})).status_code == 429


async def test_the_second_step_has_its_time(folder: Path) -> None:
    clock = FakeClock(datetime.now(UTC).replace(microsecond=0))
    async with living_world(folder, clock) as world:
        await pass_password(world, "officer1")
        clock.jump(clock.now() + timedelta(seconds=world.site.settings.second_step_s + 1))
        late = await world.client.post(SECOND, data={"code": await fresh_code(world, "officer1")})
        assert late.headers["location"].startswith("/sign-in")
        assert not await can_work(world)


async def test_only_the_demo_shows_codes(folder: Path) -> None:
    for demo in (True, False):
        async with living_world(folder, demo=demo) as world:
            await pass_password(world, "officer1")
            code = await fresh_code(world, "officer1")
            page = (await world.client.get(SECOND)).text
            assert (f"{code[:3]}\u00a0{code[3:]}" in page) is demo


async def test_every_step_stands_in_the_trail_and_no_secret_does(world: World) -> None:
    await world.client.post("/sign-in", data={"username": "officer1", "password": "my secret"})
    await pass_password(world, "officer1")
    await world.client.post(SECOND, data={"code": "918273"})
    await world.client.post(SECOND, data={"code": await fresh_code(world, "officer1")})
    await world.client.post("/sign-out")
    seen = await acts(world.site)
    assert set(seen) >= {"sign_in_failed", "second_factor_failed", "sign_in", "signed_out"}
    told = str(await world.site.people.acts())
    assert "my secret" not in told
    assert "918273" not in told


# Recovery codes


async def test_a_recovery_code_works_once_and_only_for_its_account(world: World) -> None:
    account = await world.site.people.account_named("officer1")
    other = await world.site.people.account_named("officer2")
    assert account is not None
    assert other is not None
    codes = await recovery.renew(world.site, account)
    await recovery.renew(world.site, other)
    assert len(set(codes)) == 10
    for name, code, status in (
        ("officer2", codes[0], 401),
        ("officer1", codes[0].lower().replace("-", " "), 303),
        ("officer1", codes[0], 401),
        ("officer1", codes[1], 303),
    ):
        world.client.cookies.clear()
        await pass_password(world, name)
        answer = await world.client.post(SECOND, data={"recovery": code})
        assert answer.status_code == status, code
    assert "recovery_used" in await acts(world.site)


async def test_new_recovery_codes_end_the_old_ones(world: World) -> None:
    account = await world.site.people.account_named("officer1")
    assert account is not None
    old = (await recovery.renew(world.site, account))[0]
    await recovery.renew(world.site, account)
    await pass_password(world, "officer1")
    assert (await world.client.post(SECOND, data={"recovery": old})).status_code == 401


async def test_the_last_recovery_codes_are_said(world: World) -> None:
    account = await world.site.people.account_named("officer1")
    assert account is not None
    codes = await recovery.renew(world.site, account)
    for code in codes[:8]:
        await pass_password(world, "officer1")
        await world.client.post(SECOND, data={"recovery": code})
    assert "Kode yang tersisa: 2" in (await world.client.get("/desk")).text


async def test_a_disabled_account_stops_between_the_steps(world: World) -> None:
    await pass_password(world, "officer1")
    account = await world.site.people.account("officer1")
    assert account is not None
    await world.site.people.save_account(replace(account, disabled=True))
    code = await fresh_code(world, "officer1")
    answer = await world.client.post(SECOND, data={"code": code})
    assert answer.headers["location"].startswith("/sign-in")
    assert not await can_work(world)


async def test_a_session_says_from_where_it_was_begun(world: World) -> None:
    agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"}
    world.client.headers.update(agent)
    await sign_in(world, "officer1")
    (session,) = await world.site.people.sessions("officer1", world.site.now())
    assert isinstance(session, Session)
    assert (session.stage, session.label) == (Stage.FULL, "Chrome · Windows")
