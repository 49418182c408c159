"""Who may look after whose account, cell by cell; links that open once; nobody locks the house."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

import pytest

from queue_server.manage.office import Office
from queue_server.manage.questions import Accounts, Enable, LetBack
from queue_server.people import Account, Act, Role
from queue_server.people import Role as As
from queue_server.people.callers import Caller
from queue_server.people.keys import token_hash
from queue_server.web.access import staffing
from queue_server.web.errors import Problem
from tests.web.harness import BRANCH, World

OTHER: Final = "tarakan"
OF_A_BRANCH: Final = (Role.OFFICER, Role.GUARD, Role.SUPERVISOR)

CALLERS: Final = {
    "officer": Caller(As.OFFICER, "me", branch=BRANCH),
    "guard": Caller(As.GUARD, "me", branch=BRANCH),
    "auditor": Caller(As.AUDITOR, "me"),
    "supervisor": Caller(As.SUPERVISOR, "me", branch=BRANCH),
    "admin here": Caller(As.ADMIN, "me", branch=BRANCH),
    "admin": Caller(As.ADMIN, "me"),
}
TARGETS: Final = (
    *((role, branch) for role in OF_A_BRANCH for branch in (BRANCH, OTHER)),
    *((role, branch) for role in (Role.ADMIN, Role.AUDITOR) for branch in (BRANCH, OTHER, None)),
)


def may(caller: str, role: Role, branch: str | None) -> bool:
    """As it was agreed, told without the code's help."""
    match caller:
        case "admin":
            return True
        case "admin here":
            return branch == BRANCH
        case "supervisor":
            return branch == BRANCH and role in OF_A_BRANCH
    return False


async def a_colleague(world: World, role: Role, branch: str | None, name: str = "sari") -> Account:
    account = Account(name, name, "Sari", role, branch, "-", world.site.now())
    await world.site.people.add_account(account)
    return account


async def refusal(done: object) -> str:
    with pytest.raises(Problem) as caught:
        await done  # type: ignore[misc]
    return caught.value.code


@pytest.mark.parametrize(("role", "branch"), TARGETS)
@pytest.mark.parametrize("caller", CALLERS)
async def test_each_looks_after_whom_they_should_and_nobody_else(
    world: World, caller: str, role: Role, branch: str | None
) -> None:
    site, asker = world.site, CALLERS[caller]
    target = await a_colleague(world, role, branch)
    link = await staffing.invite(site, CALLERS["admin"], "officer", BRANCH, "x", "x")
    allowed = may(caller, role, branch)
    acts = (staffing.disable, staffing.enable, staffing.end_sessions)
    for act in acts:
        if allowed:
            assert (await act(site, asker, target.id)).id == target.id
        else:
            assert await refusal(act(site, asker, target.id)) == "unknown_account"
    if allowed:
        issued = await staffing.way_back(site, asker, target.id, "r")
        assert (issued.invitation.account, issued.invitation.role) == (target.id, role)
        assert target.id in [one.id for one in await staffing.accounts_of(site, asker, branch)]
    else:
        assert await refusal(staffing.way_back(site, asker, target.id, "r")) == "unknown_account"
        assert target.id not in [one.id for one in await staffing.accounts_of(site, asker, None)]
    stored = await site.people.account(target.id)
    assert stored == target
    assert await site.people.invitation(link.invitation.token_hash, site.now())


@pytest.mark.parametrize(("role", "branch"), TARGETS)
@pytest.mark.parametrize("caller", CALLERS)
async def test_each_invites_whom_they_should_and_nobody_else(
    world: World, caller: str, role: Role, branch: str | None
) -> None:
    invited = staffing.invite(world.site, CALLERS[caller], role.value, branch, "Rina", "r")
    if may(caller, role, branch):
        issued = await invited
        kept = await world.site.people.invitation(token_hash(issued.token), world.site.now())
        assert kept is not None
        assert (kept.role, kept.branch, kept.name, kept.invited_by) == (role, branch, "Rina", "me")
    else:
        assert await refusal(invited) == "not_allowed"
        assert not await world.site.people.invitations(world.site.now())


@pytest.mark.parametrize("role", ["", "king", "display", "kiosk", "tablet", "participant"])
async def test_nobody_is_invited_as_what_is_no_person(world: World, role: str) -> None:
    invited = staffing.invite(world.site, CALLERS["admin"], role, BRANCH, "x", "r")
    assert await refusal(invited) == "not_allowed"


@pytest.mark.parametrize("caller", ["supervisor", "admin here", "admin"])
async def test_a_link_is_revoked_by_whoever_looks_after_its_role_only(
    world: World, caller: str
) -> None:
    site = world.site
    for role, branch in TARGETS:
        if role in OF_A_BRANCH or branch != OTHER:
            link = await staffing.invite(
                site, CALLERS["admin"], role.value, branch, "x", f"{role}{branch}"
            )
            revoked = staffing.revoke(site, CALLERS[caller], link.invitation.id)
            if may(caller, role, branch):
                await revoked
            else:
                assert await refusal(revoked) == "unknown_invitation"
            left = await site.people.invitation(link.invitation.token_hash, site.now())
            assert (left is None) == may(caller, role, branch)


async def test_nobody_does_it_to_themselves(world: World) -> None:
    me = Caller(As.ADMIN, "admin")
    for act in (staffing.disable, staffing.enable, staffing.end_sessions):
        assert await refusal(act(world.site, me, "admin")) == "not_yourself"
    assert await refusal(staffing.way_back(world.site, me, "admin", "r")) == "not_yourself"


async def test_the_last_administrator_stays(world: World) -> None:
    """Two disable each other at once: one of them is left."""
    site = world.site
    await a_colleague(world, Role.ADMIN, None, "second")
    await a_colleague(world, Role.ADMIN, BRANCH, "local")
    first, second = Caller(As.ADMIN, "admin"), Caller(As.ADMIN, "second")
    done = await asyncio.gather(
        staffing.disable(site, first, "second"),
        staffing.disable(site, second, "admin"),
        return_exceptions=True,
    )
    problems = [one.code for one in done if isinstance(one, Problem)]
    assert problems == ["last_admin"]
    left = [one for one in await site.people.accounts() if one.role is Role.ADMIN]
    assert sum(not one.disabled and one.branch is None for one in left) == 1


async def test_whoever_is_disabled_left_no_door_open(world: World) -> None:
    """Neither a link they made for somebody (or themselves), nor one made for them, opens."""
    site, admin = world.site, CALLERS["admin"]
    sari = await a_colleague(world, Role.SUPERVISOR, BRANCH)
    as_sari = Caller(As.SUPERVISOR, sari.id, branch=BRANCH)
    made = await staffing.invite(site, as_sari, "officer", BRANCH, "Rina", "1")
    back = await staffing.way_back(site, admin, sari.id, "2")
    other = await staffing.invite(site, admin, "officer", BRANCH, "Budi", "3")
    await staffing.disable(site, admin, sari.id)
    for link, opens in ((made, False), (back, False), (other, True)):
        found = await site.people.invitation(link.invitation.token_hash, site.now())
        assert (found is not None) == opens


async def test_a_newer_link_back_in_replaces_the_older(world: World) -> None:
    site, admin = world.site, CALLERS["admin"]
    older = await staffing.way_back(site, admin, "officer1", "1")
    newer = await staffing.way_back(site, admin, "officer1", "2")
    assert await site.people.invitation(older.invitation.token_hash, site.now()) is None
    assert await site.people.invitation(newer.invitation.token_hash, site.now())


async def test_the_command_line_lets_somebody_back_in_and_lists_factors(world: World) -> None:
    site = world.site
    office = Office(site.people, site.days.branches, site.days.configure, site.now, site.settings)
    link = (await office.answer(LetBack("officer1")))["link"]
    opened = await site.people.invitation(token_hash(link.rpartition("/")[2]), site.now())
    assert opened is not None
    assert (opened.account, opened.role, opened.branch) == ("officer1", Role.OFFICER, BRANCH)
    await office.answer(Enable("officer1", on=False))
    assert await site.people.invitation(opened.token_hash, site.now()) is None
    listed = {one["username"]: one for one in (await office.answer(Accounts()))["accounts"]}
    assert (listed["officer1"]["disabled"], listed["officer1"]["factors"]) == (True, "app")


async def test_pressing_twice_is_asking_once(world: World) -> None:
    invited = (world.site, CALLERS["admin"], "officer", BRANCH, "Rina", "same")
    await staffing.invite(*invited)
    assert await refusal(staffing.invite(*invited)) == "already_shown"
    assert len(await world.site.people.invitations(world.site.now())) == 1


async def test_what_is_done_about_people_is_on_the_trail(world: World) -> None:
    site, me = world.site, CALLERS["admin"]
    sari = await a_colleague(world, Role.OFFICER, BRANCH)
    issued = await staffing.invite(site, me, "guard", BRANCH, "Rina", "r")
    await staffing.revoke(site, me, issued.invitation.id)
    await staffing.way_back(site, me, sari.id, "w")
    await staffing.end_sessions(site, me, sari.id)
    await staffing.disable(site, me, sari.id)
    await staffing.enable(site, me, sari.id)
    acts: Sequence[Act] = await site.people.acts(by="me")
    assert [(one.what, one.about, one.branch) for one in reversed(acts)] == [
        ("invited", "guard Rina", BRANCH),
        ("invitation_revoked", "guard Rina", BRANCH),
        ("way_back_given", "sari", BRANCH),
        ("session_ended", "sari", BRANCH),
        ("account_disabled", "sari", BRANCH),
        ("account_enabled", "sari", BRANCH),
    ]
    assert issued.token not in str(acts)
