"""The start page: every branch, and in the demo every page."""

from pathlib import Path

from tests.pages.phones import Phone, another_phone
from tests.web.harness import API, BRANCH, a_second_branch, living_world


async def test_it_lists_the_branches_open_or_closed(phone: Phone) -> None:
    await a_second_branch(phone.world)
    await phone.open("/")
    assert f'href="/b/{BRANCH}"' in phone.page
    assert "Kantor Cabang Tarakan" in phone.page
    assert "Pengambilan nomor dibuka" in phone.page
    await phone.world.post(f"{API}/day/close-intake", "supervisor")
    await phone.open("/")
    assert "Nomor ditutup" in phone.page


async def test_in_the_demo_every_page_is_a_click_away(phone: Phone) -> None:
    await phone.open("/")
    for path in (f"/desk/{BRANCH}/1", f"/guard/{BRANCH}", f"/supervisor/{BRANCH}"):
        assert f'href="{path}"' in phone.page
    for page in ("board", "kiosk"):
        async with another_phone(phone.world) as screen:
            await screen.open(f"/?open={page}&branch={BRANCH}")
            assert (screen.at, screen.status) == (f"/{page}/{BRANCH}", 200)


async def test_the_join_page_opens_as_from_the_halls_code(phone: Phone) -> None:
    await phone.open("/")
    assert f'href="/?open=join&branch={BRANCH}"' in phone.page
    await phone.open(f"/?open=join&branch={BRANCH}")
    assert phone.at == f"/b/{BRANCH}"
    await phone.take()
    assert (await phone.view())["stage"] != "unproven"


async def test_one_browser_may_show_board_and_kiosk_side_by_side(phone: Phone) -> None:
    for page in ("board", "kiosk"):
        await phone.open(f"/?open={page}&branch={BRANCH}")
    for page in ("board", "kiosk"):
        assert (await phone.open(f"/{page}/{BRANCH}")).status == 200


async def test_what_is_no_page_of_the_demo_is_a_404(phone: Phone) -> None:
    for query in ("open=desk", "open=board&branch=nowhere", "open="):
        assert (await phone.open(f"/?{query}")).status == 404


async def test_outside_the_demo_no_screen_opens_itself(folder: Path) -> None:
    async with living_world(folder, demo=False) as world, another_phone(world) as phone:
        await phone.open(f"/?open=board&branch={BRANCH}")
        assert phone.at == "/"
        assert "/?open=" not in phone.page
        assert "credentials.json" not in phone.page
