"""Signing in and out, and invitations, as people meet them."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest

from queue_server.people import Invitation, Role
from queue_server.people.keys import new_token, token_hash
from tests.pages.staff_browser import Staff, signed_in
from tests.web.harness import BRANCH, World, fresh_code


@pytest.mark.parametrize(
    ("name", "home"),
    [
        ("officer1", "/desk"),
        ("guard", f"/guard/{BRANCH}"),
        ("supervisor", f"/supervisor/{BRANCH}"),
        ("admin", "/people"),
        ("auditor", "/audit"),
    ],
)
async def test_everybody_begins_where_they_work(world: World, name: str, home: str) -> None:
    assert (await signed_in(world, name)).at == home


async def test_signing_in_leads_to_where_one_wanted_to_go(world: World) -> None:
    person = await Staff(world).open(f"/desk/{BRANCH}/3")
    assert person.page.button("Masuk").fields["next"] == f"/desk/{BRANCH}/3"
    known = world.credentials["officer3"]
    await person.press("Masuk", username=known["username"], password=known["password"])
    assert person.at.startswith("/sign-in/second")
    await person.press("Masuk", code=await fresh_code(world, "officer3"))
    assert person.at == f"/desk/{BRANCH}/3"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"],
)
async def test_signing_in_never_leads_to_another_site(world: World, elsewhere: str) -> None:
    known = world.credentials["officer1"]
    person = await Staff(world).open(f"/sign-in?next={elsewhere}")
    assert person.page.button("Masuk").fields["next"] == ""
    fields = {"username": known["username"], "password": known["password"], "next": elsewhere}
    assert (await person.post("/sign-in", fields)).at == "/sign-in/second"
    code = await fresh_code(world, "officer1")
    answer = await person.post("/sign-in/second", {"code": code, "next": elsewhere})
    assert answer.at == "/desk"


async def test_a_wrong_password_says_so_and_keeps_the_name(world: World) -> None:
    person = await Staff(world).open("/sign-in")
    await person.press("Masuk", username="officer1", password="wrong")
    assert person.status == 401
    assert person.page.has_button("Masuk")
    assert "wrong" not in person.page.text


@pytest.mark.parametrize("fields", [{}, {"username": "x" * 5_000, "password": "y" * 5_000}])
async def test_odd_sign_ins_are_refused_calmly(world: World, fields: dict[str, str]) -> None:
    assert (await Staff(world).post("/sign-in", fields)).status == 401


async def test_signing_out_ends_it(world: World) -> None:
    person = await signed_in(world, "officer1")
    await person.press("Keluar")
    assert person.at == "/sign-in"
    assert "Anda sudah keluar." in person.page.text
    assert (await person.open("/desk")).at.startswith("/sign-in")


async def test_an_unknown_invitation_is_a_page_in_words(world: World) -> None:
    person = await Staff(world).open("/invite/nothing")
    assert person.status == 404
    assert person.page.link("Ke halaman awal").href == "/"


async def an_invitation(world: World) -> str:
    """The path of a fresh one, for an officer of the demo's branch."""
    token, now = new_token(), world.site.now()
    invited = Invitation(token_hash(token), Role.OFFICER, BRANCH, now, now + timedelta(days=1))
    await world.site.people.add_invitation(invited)
    return f"/invite/{token}"


async def test_an_invitation_makes_an_account_once(world: World) -> None:
    path = await an_invitation(world)
    person = await Staff(world).open(path)
    assert "Anda diundang sebagai petugas di" in person.page.text
    await person.press("Buat akun", name="Rina", username="Rina.S", password="kucing makan ikan")
    assert person.at == "/account/second-factor"
    assert (await Staff(world).open(path)).status == 404


async def test_a_newcomer_sets_an_app_up_keeps_codes_and_works(world: World) -> None:
    person = await Staff(world).open(await an_invitation(world))
    await person.press("Buat akun", name="Rina", username="rina", password="kucing makan ikan")
    secret = totp_secret(person)
    await person.press("Pasang aplikasi ini", code="000000")
    assert person.status == 401
    assert totp_secret(person) == secret, "whoever mistypes need not scan again"
    await person.press("Pasang aplikasi ini", code=pyotp.TOTP(secret).at(world.site.now()))
    codes = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", person.page.text)
    assert len(set(codes)) == 10
    await person.press("Sudah saya simpan")
    assert person.at == "/desk"


def totp_secret(person: Staff) -> str:
    """As somebody without a camera reads it."""
    found = re.search(r"(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}", " ".join(person.page.text.split()))
    assert found is not None, person.page.text
    return found[0].replace(" ", "")


@pytest.mark.parametrize(
    ("username", "password", "status"),
    [
        ("rina", "xyz9", 422),
        ("R@", "kucing makan ikan", 422),
        ("officer1", "kucing makan ikan", 409),
    ],
)
async def test_what_is_wrong_with_an_account_is_said_above_the_form(
    world: World, username: str, password: str, status: int
) -> None:
    person = await Staff(world).open(await an_invitation(world))
    await person.press("Buat akun", name="Rina", username=username, password=password)
    assert person.status == status
    assert person.page.has_button("Buat akun")
    assert password not in person.page.text
