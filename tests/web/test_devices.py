"""Screens are paired by a code: shown once, typed once, and by nobody who guesses."""

from __future__ import annotations

import asyncio
import re
from typing import Any, Final

import httpx
import pytest

from queue_server.people import Role
from queue_server.people.keys import token_hash
from queue_server.people.screen_codes import LETTERS, read_code
from tests.office import ask
from tests.pages.staff_browser import Staff, signed_in
from tests.web.harness import BRANCH, Live, World, living_world

CODE: Final = re.compile(r'id="code"[^>]*>([^<]+)<')
ELSEWHERE: Final = "tarakan"


class Screen:
    """A browser on a wall: opens its page, presses the button, asks now and then."""

    def __init__(self, world: World, kind: str = "board", branch: str = BRANCH) -> None:
        transport = httpx.ASGITransport(world.app, client=("10.0.0.50", 999))
        self.client = httpx.AsyncClient(
            transport=transport, base_url="http://test", headers={"User-Agent": "Chrome on Linux"}
        )
        self.site, self.kind, self.branch = world.site, kind, branch

    @property
    def path(self) -> str:
        return f"/{self.kind}/{self.branch}"

    async def open(self) -> httpx.Response:
        return await self.client.get(self.path, follow_redirects=True)

    async def ask_for_code(self) -> str:
        pressed = await self.client.post(f"/pair{self.path}")
        assert pressed.status_code == 303, pressed.text
        return await self.code()

    async def code(self) -> str:
        found = CODE.search((await self.open()).text)
        assert found is not None, "it shows no code"
        return found.group(1)

    async def state(self) -> dict[str, Any]:
        said: dict[str, Any] = (await self.client.get(f"/pair{self.path}/state")).json()
        return said

    async def is_lit(self) -> bool:
        return (await self.open()).status_code == 200


@pytest.fixture
async def board(world: World) -> Screen:
    return Screen(world)


@pytest.fixture
async def supervisor(world: World) -> Staff:
    return await signed_in(world, "supervisor")


async def find(somebody: Staff, code: str, branch: str = BRANCH) -> int:
    return (await somebody.post(f"/devices/{branch}/do/find", {"code": code})).status


async def approve(
    somebody: Staff, code: str, kind: str = "board", branch: str = BRANCH, label: str = "TV lobi"
) -> int:
    fields = {"code": code, "kind": kind, "label": label, "place": "Dekat pintu"}
    return (await somebody.post(f"/devices/{branch}/do/approve", fields)).status


def wrong(number: int) -> str:
    """A well-formed code that no screen shows."""
    letters = []
    for _ in range(8):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


# From the code to the lit screen


@pytest.mark.parametrize("kind", ["board", "kiosk", "tablet"])
async def test_a_screen_becomes_what_its_code_was_typed_for(
    world: World, supervisor: Staff, kind: str
) -> None:
    screen = Screen(world, kind)
    assert (await screen.open()).status_code == 403
    code = await screen.ask_for_code()
    assert await screen.state() == {"state": "waiting"}
    assert await find(supervisor, code) == 200
    assert "Chrome · Linux" in supervisor.page.text
    assert await approve(supervisor, code, kind) == 200
    assert await screen.state() == {
        "state": "approved",
        "label": "TV lobi",
        "place": "Dekat pintu",
    }
    assert await screen.is_lit()
    (token,) = [one for one in await world.site.people.tokens() if one.label == "TV lobi"]
    assert (token.role.value, token.branch, token.place) == (
        {"board": "display"}.get(kind, kind),
        BRANCH,
        "Dekat pintu",
    )
    assert token.made_by


async def test_case_and_dashes_do_not_matter(board: Screen, supervisor: Staff) -> None:
    code = await board.ask_for_code()
    assert re.fullmatch(f"[{LETTERS}]{{4}}-[{LETTERS}]{{4}}", code)
    assert await approve(supervisor, f" {code.lower().replace('-', ' ')} ") == 200
    assert await board.is_lit()


def test_letters_that_look_alike_are_read_as_the_one_there_is() -> None:
    assert read_code("zs8b-2345") == "25882345"
    assert read_code("IOL0-2345") is None


async def test_looking_at_the_page_makes_no_code(world: World, board: Screen) -> None:
    assert 'id="code"' not in (await board.open()).text
    assert await board.state() == {"state": "gone"}


# What a code is not good for


async def test_an_expired_code_opens_nothing_and_the_screen_shows_another(folder: Any) -> None:
    async with living_world(folder, pairing_valid_s=6) as world:
        screen, supervisor = Screen(world), await signed_in(world, "supervisor")
        code = await screen.ask_for_code()
        await asyncio.sleep(6.1)
        assert await approve(supervisor, code) == 404
        assert await screen.state() == {"state": "gone"}
        assert await screen.ask_for_code() != code


async def test_a_code_works_once(world: World, board: Screen, supervisor: Staff) -> None:
    code = await board.ask_for_code()
    assert await approve(supervisor, code) == 200
    assert await approve(supervisor, code) == 404, "before it was fetched"
    assert await board.is_lit()
    assert await approve(supervisor, code) == 404, "after it was fetched"
    assert len([one for one in await world.site.people.tokens() if one.label == "TV lobi"]) == 1


async def test_of_two_who_approve_at_once_one_does(world: World, board: Screen) -> None:
    both = [await signed_in(world, name) for name in ("supervisor", "admin")]
    code = await board.ask_for_code()
    answers = await asyncio.gather(*(approve(each, code) for each in both))
    assert sorted(answers) == [200, 404]


async def test_a_new_code_ends_the_old_one(board: Screen, supervisor: Staff) -> None:
    old = await board.ask_for_code()
    new = await board.ask_for_code()
    assert await approve(supervisor, old) == 404
    assert await approve(supervisor, new) == 200


async def test_a_code_of_another_branchs_screen_is_refused(
    two_branches: World, supervisor: Staff
) -> None:
    screen = Screen(two_branches, branch=ELSEWHERE)
    code = await screen.ask_for_code()
    assert await approve(supervisor, code) == 409
    assert "cabang lain" in supervisor.page.text
    assert not await screen.is_lit()


async def test_a_supervisor_has_no_say_in_another_branch(
    two_branches: World, supervisor: Staff
) -> None:
    screen = Screen(two_branches, branch=ELSEWHERE)
    code = await screen.ask_for_code()
    assert await approve(supervisor, code, branch=ELSEWHERE) == 403
    assert (await supervisor.open(f"/devices/{ELSEWHERE}")).status == 403


@pytest.mark.parametrize("name", ["officer1", "guard", "auditor"])
async def test_others_than_supervisors_pair_nothing(world: World, board: Screen, name: str) -> None:
    code = await board.ask_for_code()
    assert await approve(await signed_in(world, name), code) == 403
    assert not await board.is_lit()


async def test_a_screen_becomes_no_other_kind_than_it_is(board: Screen, supervisor: Staff) -> None:
    code = await board.ask_for_code()
    assert await approve(supervisor, code, kind="kiosk") == 404
    assert not await board.is_lit()


async def test_nothing_is_fetched_before_somebody_approved(board: Screen) -> None:
    await board.ask_for_code()
    assert not await board.is_lit()
    assert "display" not in board.client.cookies


async def test_another_browser_fetches_nothing(
    world: World, board: Screen, supervisor: Staff
) -> None:
    code = await board.ask_for_code()
    other = Screen(world)
    await other.ask_for_code()
    assert await approve(supervisor, code) == 200
    assert await other.state() == {"state": "waiting"}
    assert not await other.is_lit()
    assert await board.is_lit()


async def test_the_store_holds_neither_secret_nor_code(world: World, board: Screen) -> None:
    code = await board.ask_for_code()
    secret = board.client.cookies["pairing-board"]
    pairing = await world.site.people.pairing(token_hash(secret), world.site.now())
    assert pairing is not None
    kept = repr(pairing)
    assert secret not in kept
    assert code.replace("-", "") not in kept


# Guessing


async def test_after_five_wrong_codes_even_the_right_one_waits(
    board: Screen, supervisor: Staff
) -> None:
    code = await board.ask_for_code()
    for number in range(5):
        assert await find(supervisor, wrong(number)) == 404
    assert await find(supervisor, code) == 429
    assert "Tunggu 15 menit" in supervisor.page.text


async def test_wrong_codes_at_once_are_counted_like_those_in_turn(
    world: World, supervisor: Staff
) -> None:
    answers = await asyncio.gather(
        *(
            supervisor.client.post(f"/devices/{BRANCH}/do/find", data={"code": wrong(number)})
            for number in range(12)
        )
    )
    assert sorted(each.status_code for each in answers) == [404] * 5 + [429] * 7


async def test_a_thousand_guesses_hit_nothing_and_hold_up_nobody_elsewhere(
    two_branches: World, supervisor: Staff
) -> None:
    here, there = Screen(two_branches), Screen(two_branches, branch=ELSEWHERE)
    await here.ask_for_code()
    code = await there.ask_for_code()
    for number in range(1_000):
        answer = await supervisor.client.post(
            f"/devices/{BRANCH}/do/find", data={"code": wrong(number)}
        )
        assert answer.status_code in (404, 429)
    assert not await here.is_lit()
    admin = await signed_in(two_branches, "admin")
    assert await approve(admin, code, branch=ELSEWHERE) == 200
    assert await there.is_lit()


async def test_a_branch_has_a_ceiling_whoever_types(folder: Any) -> None:
    async with living_world(folder, pairing_branch_tries_max=3) as world:
        supervisor, admin = [await signed_in(world, name) for name in ("supervisor", "admin")]
        for number in range(3):
            assert await find(supervisor, wrong(number)) == 404
        assert await find(admin, wrong(9)) == 429


async def test_the_wait_ends(folder: Any) -> None:
    async with living_world(folder, pairing_tries_window_s=1) as world:
        screen, supervisor = Screen(world), await signed_in(world, "supervisor")
        code = await screen.ask_for_code()
        for number in range(6):
            await find(supervisor, wrong(number))
        assert supervisor.status == 429
        await asyncio.sleep(1.1)
        assert await find(supervisor, code) == 200


async def test_one_address_fills_the_table_with_no_more_than_its_share(folder: Any) -> None:
    async with living_world(folder, pairings_per_address_max=3) as world:
        screen = Screen(world)
        for _ in range(3):
            await screen.ask_for_code()
        refused = await screen.client.post(f"/pair{screen.path}")
        assert refused.status_code == 429
        assert 0 < int(refused.headers["retry-after"]) <= 600
        assert 'data-retry-s="' in refused.text


async def test_a_branch_full_of_codes_still_gives_a_new_screen_one(folder: Any) -> None:
    async with living_world(folder, pairings_per_branch_max=2) as world:
        supervisor = await signed_in(world, "supervisor")
        for _ in range(4):
            await Screen(world).ask_for_code()
        newest = Screen(world)
        assert await approve(supervisor, await newest.ask_for_code()) == 200
        assert await newest.is_lit()


# Afterwards


async def paired(screen: Screen, supervisor: Staff) -> str:
    """The id of a screen that has just been paired."""
    assert await approve(supervisor, await screen.ask_for_code(), screen.kind) == 200
    assert await screen.is_lit()
    secret = screen.client.cookies[{"board": "display"}.get(screen.kind, screen.kind)]
    token = await screen.site.people.token(token_hash(secret), screen.site.now())
    assert token is not None
    return token.id


async def test_a_device_is_renamed_and_named_in_the_list(board: Screen, supervisor: Staff) -> None:
    device = await paired(board, supervisor)
    fields = {"device": device, "label": "TV  baru\x00", "place": "Lantai 2"}
    assert (await supervisor.post(f"/devices/{BRANCH}/do/rename", fields)).status == 200
    assert "TV baru" in supervisor.page.text
    assert "Lantai 2" in supervisor.page.text


async def test_nobody_revokes_another_branchs_device(
    two_branches: World, supervisor: Staff
) -> None:
    screen = Screen(two_branches, branch=ELSEWHERE)
    admin = await signed_in(two_branches, "admin")
    assert await approve(admin, await screen.ask_for_code(), branch=ELSEWHERE) == 200
    assert await screen.is_lit()
    (token,) = [one for one in await two_branches.site.people.tokens() if one.label == "TV lobi"]
    for verb in ("revoke", "rename"):
        fields = {"device": token.id, "label": "x"}
        assert (await supervisor.post(f"/devices/{BRANCH}/do/{verb}", fields)).status == 404
    assert await screen.is_lit()


async def test_a_persons_token_is_no_device(world: World, supervisor: Staff) -> None:
    before = [one for one in await world.site.people.tokens() if one.role is Role.OFFICER]
    fields = {"device": before[0].id}
    assert (await supervisor.post(f"/devices/{BRANCH}/do/revoke", fields)).status == 404


async def test_a_revoked_screen_is_dark_and_pairs_again(board: Screen, supervisor: Staff) -> None:
    device = await paired(board, supervisor)
    revoked = await supervisor.post(f"/devices/{BRANCH}/do/revoke", {"device": device})
    assert revoked.status == 200
    assert not await board.is_lit()
    assert await approve(supervisor, await board.ask_for_code()) == 200
    assert await board.is_lit()


async def test_a_revoked_devices_open_socket_is_cut_within_five_seconds(live: Live) -> None:
    from queue_server.office.questions import Devices, RevokeDevice

    found = (await ask(live.folder, Devices()))["devices"]
    (board,) = [each["id"] for each in found if each["kind"] == "board"]
    connection = await live.watch(f"/ws/branches/{BRANCH}/board", live.token("display"))
    await ask(live.folder, RevokeDevice(board))
    async with asyncio.timeout(5):
        await connection.wait_closed()
    assert connection.close_code == 4401


async def test_what_was_done_with_devices_stands_in_the_trail(
    world: World, board: Screen, supervisor: Staff
) -> None:
    device = await paired(board, supervisor)
    await find(supervisor, wrong(1))
    await supervisor.post(f"/devices/{BRANCH}/do/revoke", {"device": device})
    acts = [one for one in await world.site.people.acts() if one.what.startswith("device_")]
    assert [one.what for one in reversed(acts)] == [
        "device_paired",
        "device_code_wrong",
        "device_revoked",
    ]
    assert all(one.by and one.branch == BRANCH for one in acts)


async def test_a_screens_last_use_is_written_down_now_and_then(
    world: World, board: Screen, supervisor: Staff
) -> None:
    await paired(board, supervisor)
    (token,) = [one for one in await world.site.people.tokens() if one.label == "TV lobi"]
    assert token.seen_at is not None
    world.site.sign_ins.forget()
    await board.open()
    (again,) = [one for one in await world.site.people.tokens() if one.label == "TV lobi"]
    assert again.seen_at == token.seen_at


async def test_a_tablet_alone_may_do_nothing(world: World, supervisor: Staff) -> None:
    tablet = Screen(world, "tablet")
    await paired(tablet, supervisor)
    assert (await tablet.client.get(f"/guard/{BRANCH}")).status_code == 303, "sign in first"
    secret = tablet.client.cookies["tablet"]
    asked = await world.get(f"/api/v1/branches/{BRANCH}/guard", secret)
    assert asked.status_code == 403


async def test_a_tablet_of_another_branch_shows_a_code_here(
    two_branches: World, supervisor: Staff
) -> None:
    tablet = Screen(two_branches, "tablet")
    await paired(tablet, supervisor)
    tablet.branch = ELSEWHERE
    assert (await tablet.open()).status_code == 403
