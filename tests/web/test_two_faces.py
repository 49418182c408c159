"""What the people page and the command line do about people is the same: one service, two faces."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

import pytest

from queue_server.office import client
from queue_server.office.questions import Enable, Invite, LetBack, NameDevice, Question
from queue_server.people import Role, Token
from queue_server.people.no import No
from tests.office import ask
from tests.web.harness import BRANCH, World
from tests.web.staffed import browser_of

UNSEEN: Final = "Rina\u200b\u202e  Sari\n"


class Page:
    """An administrator at the page."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def _press(self, path: str, **fields: str) -> str:
        browser = await browser_of(self._world, "admin")
        return (await browser.post(path, data=fields, follow_redirects=True)).text

    async def invite(self, name: str) -> None:
        await self._press(f"/people/{BRANCH}/do/invite", role="officer", name=name)

    async def let_back(self, name: str) -> None:
        await self._press("/people/do/way-back", account=name)

    async def disable(self, name: str) -> None:
        await self._press("/people/do/disable", account=name)

    async def rename(self, device: str, label: str) -> None:
        await self._press(f"/devices/{BRANCH}/do/rename", device=device, label=label)


class Command:
    """Whoever has a shell on the server."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def _ask(self, question: Question) -> None:
        await ask(self._world.site.settings.data, question)

    async def invite(self, name: str) -> None:
        await self._ask(Invite(Role.OFFICER, BRANCH, name))

    async def let_back(self, name: str) -> None:
        await self._ask(LetBack(name))

    async def disable(self, name: str) -> None:
        await self._ask(Enable(name, on=False))

    async def rename(self, device: str, label: str) -> None:
        await self._ask(NameDevice(device, label))


Face = Page | Command


@pytest.fixture(params=[Page, Command])
def face(request: pytest.FixtureRequest, world: World) -> Face:
    made: Face = request.param(world)
    return made


async def test_a_newer_way_back_ends_the_older(world: World, face: Face) -> None:
    await face.let_back("officer1")
    (older,) = await world.site.people.invitations(world.site.now())
    await face.let_back("officer1")
    (newer,) = await world.site.people.invitations(world.site.now())
    assert (newer.account, newer.token_hash == older.token_hash) == ("officer1", False)


async def test_names_are_kept_as_they_are_seen(world: World, face: Face) -> None:
    await face.invite(UNSEEN)
    (invited,) = await world.site.people.invitations(world.site.now())
    assert invited.name == "Rina Sari"
    (act,) = await world.site.people.acts(what="invited")
    assert (act.about, act.branch) == ("officer Rina Sari", BRANCH)


async def test_a_screen_is_never_without_a_name(world: World, face: Face) -> None:
    board = await a_board(world)
    await face.rename(board.id, UNSEEN + "x" * 90)
    assert (await label_of(world, board))[:11] == "Rina Sari x"
    assert len(await label_of(world, board)) == 40
    await face.rename(board.id, "\u200b ")
    assert await label_of(world, board) == "board"


async def test_who_is_disabled_is_out_at_once(world: World, face: Face) -> None:
    officer = world.token("officer1")
    assert await world.site.sign_ins.by_token(officer) is not None
    await face.disable("officer1")
    assert await world.site.sign_ins.by_token(officer) is None


async def test_the_trail_says_of_which_branch_a_way_back_is(world: World, face: Face) -> None:
    await face.let_back("officer1")
    (act,) = await world.site.people.acts(what="way_back_given")
    assert (act.branch, act.about) == (BRANCH, "officer1")


LastOne = Callable[[World], Awaitable[str]]


async def by_command(world: World) -> str:
    said = await client.ask(world.site.settings.data, Enable("admin", on=False))
    assert isinstance(said, No)
    return said.code


async def by_page(world: World) -> str:
    """Nobody does it to themselves: here the last one is disabled by a second, bound to nothing."""
    browser = await browser_of(world, "admin")
    page = await browser.post("/people/do/disable", data={"account": "admin"})
    return "not_yourself" if page.status_code == 409 else page.text


@pytest.mark.parametrize(("press", "code"), [(by_command, "last_admin"), (by_page, "not_yourself")])
async def test_the_last_administrator_stays(world: World, press: LastOne, code: str) -> None:
    assert await press(world) == code
    kept = await world.site.people.account("admin")
    assert kept is not None
    assert not kept.disabled


async def a_board(world: World) -> Token:
    board = Token("b1", "-", Role.DISPLAY, BRANCH, None, None, "Lobi", world.site.now())
    await world.site.people.add_token(board)
    return board


async def label_of(world: World, device: Token) -> str:
    found = {one.id: one.label for one in await world.site.people.tokens()}
    return found[device.id]
