"""Personal data: what is said of them, who sees them, and how their owner erases them."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from queue_server.manage import demo
from queue_server.people import Account
from queue_server.people.keys import TicketName
from queue_server.web.tickets import ticket_name
from tests.pages.phones import Phone, another_phone
from tests.web.harness import API, BRANCH, World
from tests.web.staffed import browser_of

NIK = "6474010203040506"
OFFICER = "Wulandari Kusumaningtyas"
COMMENT = "Petugas loket tiga sangat sabar"
REASON = "Ibu hamil tua dengan anak kecil"
CANARIES = (OFFICER, COMMENT, REASON, NIK)
LAST_FOUR = re.compile(rf"(?<![\w-]){NIK[-4:]}(?![\w-])")
"""As a number of its own: random secrets and times may hold the same digits."""


@pytest.fixture
async def asked(world: World) -> World:
    """A branch that asks for the NIK, and an officer with a name nobody else has."""
    plan = replace(demo.plan(), identity_asked=True)
    assert await world.days.configure(plan, "lapak") is None
    account = await world.site.people.account("officer1")
    assert isinstance(account, Account)
    await world.site.people.save_account(replace(account, display_name=OFFICER))
    return world


@pytest.fixture
async def phone(asked: World) -> AsyncIterator[Phone]:
    async with another_phone(asked) as one:
        yield one


async def take(world: World, **more: Any) -> dict[str, Any]:
    body = {"service": "A", "identity": NIK, **more}
    answer = await world.post(f"{API}/tickets", None, body)
    assert answer.status_code == 201, answer.text
    issued: dict[str, Any] = answer.json()
    confirmed = await world.post(f"{API}/tickets/{issued['number']}/confirm-presence", "guard")
    assert confirmed.status_code == 200, confirmed.text
    return issued


async def serve(world: World, number: str) -> None:
    await world.open_counter()
    body = {"number": number, "reason": "urgent", "note": REASON}
    for path, sent in (("counters/1/call", body), (f"tickets/{number}/finish", None)):
        answer = await world.post(f"{API}/{path}", "officer1", sent)
        assert answer.status_code == 200, answer.text


def ticket_id(world: World, secret: str) -> str:
    name = ticket_name(world.site, secret)
    assert isinstance(name, TicketName)
    return world.day.tickets[name.number].ticket_id


# Erasing


async def test_a_participant_erases_at_once_what_is_kept_of_them(asked: World) -> None:
    issued = await take(asked)
    secret, person = issued["secret"], ticket_id(asked, issued["secret"])
    await serve(asked, issued["number"])
    rated = await asked.post("/api/v1/ticket/rating", secret, {"stars": 4, "comment": COMMENT})
    assert rated.status_code == 200, rated.text
    rating = await asked.site.people.rating(person)
    assert rating is not None
    assert rating.comment is not None
    assert await asked.site.people.note(rating.comment) is not None
    assert await asked.site.people.ticket_person(person) is not None

    answer = await asked.post("/api/v1/ticket/erase", secret)
    assert answer.json() == {"number": issued["number"], "rows": 2, "live": False}

    assert await asked.site.people.ticket_person(person) is None
    assert await asked.site.people.note(rating.comment) is None
    left = await asked.site.people.rating(person)
    assert left is not None
    assert left.stars == 4
    files = b"".join(path.read_bytes() for path in asked.site.settings.data.glob("people.db*"))
    assert COMMENT.encode() not in files


async def test_erasing_twice_does_no_harm(asked: World) -> None:
    secret = (await take(asked))["secret"]
    assert (await asked.post("/api/v1/ticket/erase", secret)).json()["rows"] == 1
    again = await asked.post("/api/v1/ticket/erase", secret)
    assert (again.status_code, again.json()["rows"]) == (200, 0)


async def test_a_number_that_waits_goes_on_after_its_holder_erased_their_data(
    asked: World,
) -> None:
    issued = await take(asked)
    answer = await asked.post("/api/v1/ticket/erase", issued["secret"])
    assert answer.json()["live"] is True
    await asked.open_counter()
    assert (await asked.call_next())["number"] == issued["number"]


async def test_nobody_erases_for_another(asked: World) -> None:
    issued = await take(asked)
    for who in (None, "guard", "officer1", "supervisor", "admin", "kiosk"):
        answer = await asked.post("/api/v1/ticket/erase", who)
        assert answer.status_code in (401, 403), who
    person = ticket_id(asked, issued["secret"])
    assert await asked.site.people.ticket_person(person) is not None


async def test_an_erasure_is_written_down_without_the_person(asked: World) -> None:
    issued = await take(asked)
    await asked.post("/api/v1/ticket/erase", issued["secret"])
    (act,) = await asked.site.people.acts(what="erased_own")
    assert (act.by, act.role, act.about) == ("", "participant", issued["number"])


async def test_the_page_asks_once_then_says_that_the_number_stays(phone: Phone) -> None:
    await phone.scan()
    await phone.take(identity=NIK)
    assert "Hapus data saya" in phone.page
    await phone.press("/ticket/erase")
    assert phone.at == "/ticket"
    assert "Nomor Anda tetap berlaku" in phone.page


async def test_when_the_number_is_over_the_phone_forgets_it_and_is_told_what_stays(
    phone: Phone,
) -> None:
    await phone.scan()
    await phone.take(identity=NIK)
    await phone.press("/ticket/cancel")
    await phone.press("/ticket/erase")
    assert phone.at == f"/erased/{BRANCH}"
    assert "Yang tetap ada, dan mengapa" in phone.page
    kept = {cookie.name for cookie in phone.browser.cookies.jar}
    assert kept & {"ticket", "browser", "join"} == set()
    assert (await phone.open("/ticket")).status == 404


async def test_a_browser_without_a_number_is_led_to_the_page_that_says_so(phone: Phone) -> None:
    await phone.press("/ticket/erase")
    assert phone.at == "/ticket"
    assert phone.status == 404


# What is said


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_notice_names_ground_times_rights_and_a_person(
    asked: World, language: str
) -> None:
    plan = replace(demo.plan(), identity_asked=True, contact="Ibu Sari, 0811-555-0100")
    await asked.days.configure(plan, "lapak")
    page = (await asked.client.get(f"/privacy/{BRANCH}?lang={language}")).text
    kept = int(asked.site.settings.personal_data_kept_h)
    for said in ("27", "2022", f"{kept} ", "30", "NIK", "Ibu Sari, 0811-555-0100"):
        assert said in page


async def test_the_notice_is_one_tap_away_where_data_are_given(phone: Phone) -> None:
    notice = f'href="/privacy/{BRANCH}"'
    await phone.scan()
    assert notice in phone.page
    await phone.take(identity=NIK)
    assert notice in phone.page


async def test_a_kiosk_shows_the_notice_and_comes_back_by_itself(asked: World) -> None:
    device = {"Cookie": f"kiosk={asked.token('kiosk')}"}
    kiosk = (await asked.client.get(f"/kiosk/{BRANCH}", headers=device)).text
    assert f'href="/privacy/{BRANCH}?from=kiosk"' in kiosk
    page = (await asked.client.get(f"/privacy/{BRANCH}?from=kiosk", headers=device)).text
    assert f'content="120;url=/kiosk/{BRANCH}?lang=id"' in page
    assert f'href="/kiosk/{BRANCH}"' in page
    assert "http-equiv" not in (await asked.client.get(f"/privacy/{BRANCH}")).text


# Who sees what


async def everything_public(world: World, secret: str) -> dict[str, str]:
    """What screens, phones, programs without a token and the voice are given."""
    pages = {"/": None, f"/b/{BRANCH}": None, f"/privacy/{BRANCH}": None, API: None}
    views = {f"{API}/board": "display", f"{API}/kiosk": "kiosk", "/api/v1/ticket": secret}
    found = {}
    for path, who in {**pages, **views}.items():
        answer = await world.get(path, who)
        assert answer.status_code == 200, path
        found[path] = answer.text
    for path, name in ((f"/board/{BRANCH}", "display"), (f"/kiosk/{BRANCH}", "kiosk")):
        cookies = {name: world.token(name)}
        answer = await world.client.get(path, headers={"Cookie": f"{name}={cookies[name]}"})
        assert answer.status_code == 200, path
        found[path] = answer.text
    found["/ticket"] = await ticket_page(world, secret)
    return found


async def ticket_page(world: World, secret: str) -> str:
    answer = await world.client.get("/ticket", headers={"Cookie": f"ticket={secret}"})
    assert answer.status_code == 200
    return answer.text


async def test_no_name_and_nothing_personal_is_on_a_screen_a_phone_or_in_the_voice(
    asked: World,
) -> None:
    first, second = await take(asked), await take(asked, identity="6474010203047777")
    await serve(asked, first["number"])
    sent = {"stars": 5, "comment": COMMENT}
    assert (await asked.post("/api/v1/ticket/rating", first["secret"], sent)).status_code == 200
    await asked.call_next()  # somebody is being called while we look
    for secret in (first["secret"], second["secret"]):
        for path, text in (await everything_public(asked, secret)).items():
            for canary in CANARIES:
                assert canary not in text, f"{canary} at {path}"
            assert not LAST_FOUR.search(text), path
    # The search can find: staff of the branch is shown the officer's name.
    assert OFFICER in (await asked.get(f"{API}/guard", "guard")).text


async def test_public_screens_show_letters_never_a_services_name(asked: World) -> None:
    issued = await take(asked)
    await asked.open_counter()
    await asked.call_next()
    board = json.loads((await asked.get(f"{API}/board", "display")).text)
    assert issued["number"] in json.dumps(board)
    assert "Jaminan Hari Tua" not in json.dumps(board)


async def test_comments_and_reasons_are_in_no_view_and_no_log(asked: World) -> None:
    issued = await take(asked)
    await serve(asked, issued["number"])
    sent = {"stars": 5, "comment": COMMENT}
    await asked.post("/api/v1/ticket/rating", issued["secret"], sent)
    for path, who in (
        (f"{API}/guard", "supervisor"),
        (f"{API}/counters/1/desk", "officer1"),
        (f"{API}/log", "auditor"),
    ):
        text = (await asked.get(path, who)).text
        assert text
        for canary in (COMMENT, REASON, NIK):
            assert canary not in text, path
    async with await browser_of(asked, "auditor") as browser:
        page = (await browser.get(f"/audit/{BRANCH}")).text
    assert not [canary for canary in (COMMENT, REASON, NIK) if canary in page]


async def test_the_whole_number_of_an_identity_card_is_in_no_file(
    asked: World, folder: Path
) -> None:
    await take(asked)
    files = contents(folder)
    assert any(b"A-001" in content for content in files.values())
    assert not [name for name, content in files.items() if NIK.encode() in content]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
