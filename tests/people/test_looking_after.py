"""Who may look after whose account, cell by cell; links that open once; nobody locks the house."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Sequence
from typing import Final

import pytest

from queue_server.people import Account, Act, Role
from queue_server.people.access import Access
from queue_server.people.callers import Caller
from queue_server.people.disabling import disable, enable, end_sessions
from queue_server.people.inviting import Issued, invite, revoke, way_back
from queue_server.people.keys import token_hash
from queue_server.people.looking_after import accounts_of
from queue_server.people.no import No

BRANCH: Final = "bontang"
OTHER: Final = "tarakan"
OF_A_BRANCH: Final = (Role.OFFICER, Role.GUARD, Role.SUPERVISOR)

CALLERS: Final = {
    "officer": Caller(Role.OFFICER, "me", branch=BRANCH),
    "guard": Caller(Role.GUARD, "me", branch=BRANCH),
    "auditor": Caller(Role.AUDITOR, "me"),
    "supervisor": Caller(Role.SUPERVISOR, "me", branch=BRANCH),
    "admin here": Caller(Role.ADMIN, "me", branch=BRANCH),
    "admin": Caller(Role.ADMIN, "me"),
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


async def a_colleague(
    access: Access, role: Role, branch: str | None, name: str = "sari"
) -> Account:
    account = Account(name, name, "Sari", role, branch, "-", access.now())
    await access.people.add_account(account)
    return account


async def refusal(done: Awaitable[object]) -> str:
    said = await done
    assert isinstance(said, No), said
    return said.code


async def link_of(done: Awaitable[Issued | No]) -> Issued:
    issued = await done
    assert isinstance(issued, Issued), issued
    return issued


@pytest.mark.parametrize(("role", "branch"), TARGETS)
@pytest.mark.parametrize("caller", CALLERS)
async def test_each_looks_after_whom_they_should_and_nobody_else(
    access: Access, caller: str, role: Role, branch: str | None
) -> None:
    asker = CALLERS[caller]
    target = await a_colleague(access, role, branch)
    link = await link_of(invite(access, CALLERS["admin"], "officer", BRANCH, "x", "x"))
    allowed = may(caller, role, branch)
    acts = (disable, enable, end_sessions)
    for act in acts:
        if allowed:
            done = await act(access, asker, target.id)
            assert isinstance(done, Account)
            assert done.id == target.id
        else:
            assert await refusal(act(access, asker, target.id)) == "unknown_account"
    if allowed:
        issued = await link_of(way_back(access, asker, target.id, "r"))
        assert (issued.invitation.account, issued.invitation.role) == (target.id, role)
        assert target.id in [one.id for one in await accounts_of(access, asker, branch)]
    else:
        assert await refusal(way_back(access, asker, target.id, "r")) == "unknown_account"
        assert target.id not in [one.id for one in await accounts_of(access, asker, None)]
    stored = await access.people.account(target.id)
    assert stored == target
    assert await access.people.invitation(link.invitation.token_hash, access.now())


@pytest.mark.parametrize(("role", "branch"), TARGETS)
@pytest.mark.parametrize("caller", CALLERS)
async def test_each_invites_whom_they_should_and_nobody_else(
    access: Access, caller: str, role: Role, branch: str | None
) -> None:
    invited = invite(access, CALLERS[caller], role.value, branch, "Rina", "r")
    if may(caller, role, branch):
        issued = await link_of(invited)
        kept = await access.people.invitation(token_hash(issued.token), access.now())
        assert kept is not None
        assert (kept.role, kept.branch, kept.name, kept.invited_by) == (role, branch, "Rina", "me")
    else:
        assert await refusal(invited) == "not_allowed"
        assert not await access.people.invitations(access.now())


@pytest.mark.parametrize("role", ["", "king", "display", "kiosk", "tablet", "participant"])
async def test_nobody_is_invited_as_what_is_no_person(access: Access, role: str) -> None:
    invited = invite(access, CALLERS["admin"], role, BRANCH, "x", "r")
    assert await refusal(invited) == "not_allowed"


@pytest.mark.parametrize("caller", ["supervisor", "admin here", "admin"])
async def test_a_link_is_revoked_by_whoever_looks_after_its_role_only(
    access: Access, caller: str
) -> None:
    for role, branch in TARGETS:
        if role in OF_A_BRANCH or branch != OTHER:
            link = await link_of(
                invite(access, CALLERS["admin"], role.value, branch, "x", f"{role}{branch}")
            )
            revoked = revoke(access, CALLERS[caller], link.invitation.id)
            if may(caller, role, branch):
                await revoked
            else:
                assert await refusal(revoked) == "unknown_invitation"
            left = await access.people.invitation(link.invitation.token_hash, access.now())
            assert (left is None) == may(caller, role, branch)


async def test_nobody_does_it_to_themselves(access: Access) -> None:
    me = Caller(Role.ADMIN, "admin")
    for act in (disable, enable, end_sessions):
        assert await refusal(act(access, me, "admin")) == "not_yourself"
    assert await refusal(way_back(access, me, "admin", "r")) == "not_yourself"


async def test_the_last_administrator_stays(access: Access) -> None:
    """Two disable each other at once: one of them is left."""
    await a_colleague(access, Role.ADMIN, None, "second")
    await a_colleague(access, Role.ADMIN, BRANCH, "local")
    first, second = Caller(Role.ADMIN, "admin"), Caller(Role.ADMIN, "second")
    done = await asyncio.gather(
        disable(access, first, "second"),
        disable(access, second, "admin"),
    )
    problems = [one.code for one in done if isinstance(one, No)]
    assert problems == ["last_admin"]
    left = [one for one in await access.people.accounts() if one.role is Role.ADMIN]
    assert sum(not one.disabled and one.branch is None for one in left) == 1


async def test_whoever_is_disabled_left_no_door_open(access: Access) -> None:
    """Neither a link they made for somebody (or themselves), nor one made for them, opens."""
    admin = CALLERS["admin"]
    sari = await a_colleague(access, Role.SUPERVISOR, BRANCH)
    as_sari = Caller(Role.SUPERVISOR, sari.id, branch=BRANCH)
    made = await link_of(invite(access, as_sari, "officer", BRANCH, "Rina", "1"))
    back = await link_of(way_back(access, admin, sari.id, "2"))
    other = await link_of(invite(access, admin, "officer", BRANCH, "Budi", "3"))
    await disable(access, admin, sari.id)
    for link, opens in ((made, False), (back, False), (other, True)):
        found = await access.people.invitation(link.invitation.token_hash, access.now())
        assert (found is not None) == opens


async def test_a_newer_link_back_in_replaces_the_older(access: Access) -> None:
    admin = CALLERS["admin"]
    older = await link_of(way_back(access, admin, "officer1", "1"))
    newer = await link_of(way_back(access, admin, "officer1", "2"))
    assert await access.people.invitation(older.invitation.token_hash, access.now()) is None
    assert await access.people.invitation(newer.invitation.token_hash, access.now())


async def test_pressing_twice_is_asking_once(access: Access) -> None:
    invited = (access, CALLERS["admin"], "officer", BRANCH, "Rina", "same")
    await invite(*invited)
    assert await refusal(invite(*invited)) == "already_shown"
    assert len(await access.people.invitations(access.now())) == 1


async def test_what_is_done_about_people_is_on_the_trail(access: Access) -> None:
    me = CALLERS["admin"]
    sari = await a_colleague(access, Role.OFFICER, BRANCH)
    issued = await link_of(invite(access, me, "guard", BRANCH, "Rina", "r"))
    await revoke(access, me, issued.invitation.id)
    await way_back(access, me, sari.id, "w")
    await end_sessions(access, me, sari.id)
    await disable(access, me, sari.id)
    await enable(access, me, sari.id)
    acts: Sequence[Act] = await access.people.acts(by="me")
    assert [(one.what, one.about, one.branch) for one in reversed(acts)] == [
        ("invited", "guard Rina", BRANCH),
        ("invitation_revoked", "guard Rina", BRANCH),
        ("way_back_given", "sari", BRANCH),
        ("session_ended", "sari", BRANCH),
        ("account_disabled", "sari", BRANCH),
        ("account_enabled", "sari", BRANCH),
    ]
    assert issued.token not in str(acts)
