"""A quota, and a wait too long: what phone, kiosk and guard are told before and after."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import httpx

from queue_server.domain.plan import Rules
from tests.pages.phones import JOIN, Phone, another_phone
from tests.pages.test_join_page import change, quota
from tests.web.harness import API, BRANCH, World, sign_in


async def the_street(world: World, tries: int) -> list[int]:
    """So many numbers asked for by a program without a cookie."""
    path, statuses = f"{API}/tickets", []
    for n in range(tries):
        transport = httpx.ASGITransport(world.app, client=(f"10.9.0.{n % 4}", 999))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as stranger:
            statuses.append((await stranger.post(path, json={"service": "A"})).status_code)
    return statuses


async def staff_page(world: World, path: str) -> str:
    """As a supervisor reads it, who may see every page of the branch."""
    await sign_in(world, "supervisor")
    answer = await world.client.get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def test_the_street_cannot_take_the_quota_from_the_hall(phone: Phone) -> None:
    world = phone.world
    await quota(world, 40)
    assert await the_street(world, 60) == [201] * 40 + [409] * 20
    refused = (await world.post(f"{API}/tickets", None, {"service": "A"})).json()
    assert (refused["code"], refused["left"]) == ("quota_full", 40)
    assert (await world.issue("A", "kiosk"))["presence"] is True
    await phone.scan()
    assert "Sisa 39 dari 40 nomor" in phone.page
    await phone.take("A", scanned="yes")
    assert phone.at == "/ticket"


async def test_from_afar_one_is_told_what_is_left_there_and_what_in_the_hall(phone: Phone) -> None:
    await quota(phone.world, 2)
    await phone.open(JOIN)
    assert "Tempat dalam kuota baru terpakai saat nomor dikonfirmasi" in phone.page
    await the_street(phone.world, 2)
    await phone.open(JOIN)
    assert "Masih ada 2 dari 2 bagi yang memindai kode QR" in phone.page
    assert 'value="A" required disabled' in phone.page
    await phone.scan()
    assert "Sisa 2 dari 2 nomor" in phone.page
    assert 'value="A" required>' in phone.page


async def test_who_comes_too_late_to_prove_it_is_told_before(phone: Phone) -> None:
    world = phone.world
    await quota(world, 1)
    await phone.take("A")
    assert 'data-slot="tell">Pindai kode QR' in phone.page
    number = (await phone.view())["number"]
    taken = await world.issue("A", "kiosk")
    await phone.open("/ticket")
    assert 'data-slot="tell">Kuota layanan ini hari ini sudah habis' in phone.page
    assert "nomornya tidak dapat dikonfirmasi" in await staff_page(world, f"/guard/{BRANCH}")
    refused = await world.post(f"{API}/tickets/{number}/confirm-presence", "guard")
    assert (refused.status_code, refused.json()["code"]) == (409, "quota_full")
    await phone.scan()
    assert (phone.at, "Nomor sudah habis" in phone.page) == ("/ticket", True)
    await world.post(f"{API}/tickets/{taken['number']}/cancel", "guard")
    await phone.scan()
    assert (await phone.view())["presence"] is True


async def test_no_more_numbers_while_the_wait_is_too_long(phone: Phone) -> None:
    world = phone.world
    await change(world, rules=replace(Rules(), wait_stop_min=30))
    await world.open_counter()
    for _ in range(6):
        await world.issue("A")
    await phone.scan()
    assert "untuk sementara tidak ada nomor baru" in phone.page
    await phone.take("A", scanned="yes")
    assert "Antrean sedang terlalu panjang" in phone.page
    kiosk = await world.post(f"{API}/tickets", "kiosk", {"service": "A"})
    assert kiosk.json()["code"] == "wait_too_long"
    assert kiosk.json()["limit_min"] == 30
    machine = await staff_page(world, f"/kiosk/{BRANCH}")
    assert "Untuk sementara tidak ada nomor baru" in machine
    chosen = await staff_page(world, f"/kiosk/{BRANCH}?service=A")
    assert f'action="/kiosk/{BRANCH}/ticket"' not in chosen
    guard = await staff_page(world, f"/guard/{BRANCH}")
    assert "hanya Anda yang memberi nomor" in guard
    assert (await world.issue("A", "guard"))["number"] == "A-007"


async def test_a_phone_that_finds_none_looks_again(phone: Phone) -> None:
    await quota(phone.world, 0)
    await phone.open(JOIN)
    assert "reopen.js" in phone.page
    async with another_phone(phone.world) as other:
        await quota(phone.world, 5)
        await other.open(JOIN)
        assert "reopen.js" not in other.page
