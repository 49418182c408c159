"""The kiosk's steps as plain pages: what works without scripts is the ground of the rest."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import msgspec
import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from kiosk.pages import PAGE, TICKET_SHOWN_S, routes
from queue_server import wire
from queue_server.look import pages
from queue_server.look import words as look_words
from queue_server.look.words import Words

NOW = datetime(2026, 11, 23, 2, 42, tzinfo=UTC)  # 10.42 WITA
OPEN = wire.KioskView(
    branch="bontang",
    name="Kantor Cabang Bontang",
    zone="Asia/Makassar",
    open=True,
    why=None,
    opens_at=None,
    services=(
        wire.ServiceShown("A", "Jaminan Hari Tua", "Old age", 40, 12, 14, None, None),
        wire.ServiceShown(
            "B", "Jaminan Pensiun", "Pension", 10, 0, 0, None, NOW + timedelta(days=1)
        ),
    ),
    waiting=14,
    join=None,
    notice=None,
    seq=7,
)
TICKET = wire.IssueAnswer(
    number="A-012",
    service="A",
    secret="secret",
    link="https://queue.example/t/secret",
    position=8,
    wait=wire.Wait(15, 25, False),
    presence=True,
    seq=9,
)


class Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status

    def text(self, language: str) -> tuple[str, str]:
        return ("Kuota habis", f"Nomor dibuka lagi besok pukul 07.30. ({language})")


class FakeDoors:
    """Doors that open, unless a test closes them."""

    def __init__(self) -> None:
        self.shown = OPEN
        self.issued: list[dict[str, str]] = []
        self.confirmed: list[dict[str, str]] = []
        self.refuses: Refused | None = None
        self.locked: Refused | None = None
        self.leads_on: Response | None = None
        self.entered: list[tuple[str, str]] = []

    @property
    def problem(self) -> type[Exception]:
        return Refused

    async def enter(self, request: Request, branch: str, page: str) -> Response | None:
        self.entered.append((branch, page))
        if self.locked is not None:
            raise self.locked
        return self.leads_on

    async def pair(self, request: Request, branch: str, page: str, problem: Exception) -> Response:
        assert problem is self.locked
        return HTMLResponse(f"how {branch} pairs a kiosk", 403)

    async def issue(self, request: Request, branch: str) -> wire.IssueAnswer:
        if self.refuses is not None:
            raise self.refuses
        self.issued.append(dict(httpx.QueryParams((await request.body()).decode())))
        return TICKET

    async def confirm(self, request: Request, branch: str) -> str:
        if self.refuses is not None:
            raise self.refuses
        self.confirmed.append(dict(httpx.QueryParams((await request.body()).decode())))
        return "A-012"

    def kiosk_view(self, branch: str) -> wire.KioskView:
        assert branch == "bontang"
        return self.shown

    def now(self) -> datetime:
        return NOW

    def language(self, request: Request) -> str:
        return request.query_params.get("lang", "id")

    def render(
        self, request: Request, template: str, status: int = 200, **context: object
    ) -> Response:
        own: dict[str, Any] = {"flash": None, "request_id": lambda: "request-1"}
        words = Words(self.language(request))
        return HTMLResponse(pages.render(template, words, **own, **context), status)


@pytest.fixture(autouse=True)
def strict_words() -> Iterator[None]:
    look_words.be_strict()
    yield
    look_words.be_strict(False)


@pytest.fixture
def doors() -> FakeDoors:
    return FakeDoors()


@pytest.fixture
async def browser(doors: FakeDoors) -> AsyncIterator[httpx.AsyncClient]:
    def answer(_request: Request, error: Exception) -> Response:
        return Response(status_code=getattr(error, "status", 500))

    app = Starlette(
        routes=routes(doors), exception_handlers={Refused: answer, HTTPException: answer}
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://kiosk") as client:
        yield client


async def test_the_first_page_asks_which_service(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/kiosk/bontang")).text
    assert "Layanan apa yang Anda perlukan?" in page
    assert 'href="/kiosk/bontang?service=A"' in page
    assert "Sisa 12 dari 40" in page


async def test_a_used_up_service_cannot_be_touched_and_says_until_when(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/kiosk/bontang")).text
    assert 'href="/kiosk/bontang?service=B"' not in page
    assert "Kuota habis (10 dari 10). Dibuka lagi besok pukul 10.42." in page


async def test_the_second_page_gives_the_number_and_leads_to_priority(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/kiosk/bontang?service=A")).text
    assert 'action="/kiosk/bontang/ticket"' in page
    assert 'name="request_id" value="request-1"' in page
    assert page.count("<button") == 1, "one press, and it is the right one"
    assert 'name="priority"' not in page
    assert 'href="/kiosk/bontang?service=A&amp;priority=1"' in page
    wish = (await browser.get("/kiosk/bontang?service=A&priority=1")).text
    assert 'action="/kiosk/bontang/ticket?wished=1"' in wish
    assert 'name="priority" value="on"' in wish
    assert "Alasannya tidak kami tanyakan" in wish
    assert 'data-step="choose"' in (await browser.get("/kiosk/bontang?service=B&priority=1")).text


async def test_cut_off_it_says_so_in_both_languages(browser: httpx.AsyncClient) -> None:
    page = (await browser.get("/kiosk/bontang")).text
    assert "Mesin ini sedang tidak tersambung" in page
    assert "This machine is not connected" in page


async def test_it_is_light_whatever_its_machine_is_set_to(browser: httpx.AsyncClient) -> None:
    for step in ("", "?service=A", "?service=A&priority=1", "/here"):
        assert (
            '<html lang="id" data-theme="light"'
            in (await browser.get(f"/kiosk/bontang{step}")).text
        )


@pytest.mark.parametrize("wish", ["B", "Z", "", "<script>"])
async def test_what_cannot_be_had_leads_to_the_first_page(
    browser: httpx.AsyncClient, wish: str
) -> None:
    page = (await browser.get("/kiosk/bontang", params={"service": wish})).text
    assert 'data-step="choose"' in page


async def test_the_ticket_is_shown_with_its_code_and_printed_on_paper(
    browser: httpx.AsyncClient, doors: FakeDoors
) -> None:
    answer = await browser.post(
        "/kiosk/bontang/ticket", data={"service": "A", "request_id": "request-1"}
    )
    assert answer.status_code == 201
    assert doors.issued == [{"service": "A", "request_id": "request-1"}]
    assert answer.text.count('data-number="A-012"') == 2  # screen and paper
    screen, paper = answer.text.split('<div class="paper"')
    assert "7 orang di depan Anda" in screen
    assert "Layanan A" in paper
    assert "Senin, 23 November 2026, 10.42 WITA" in paper
    assert "Pukul 10.42: 7 orang di depan Anda" in paper
    assert "Giliran Anda kira-kira pukul 10.55–11.10" in paper
    assert "Terlewat? Lapor ke satpam dengan lembar ini." in paper
    assert answer.text.count("<svg xmlns") == 2
    assert "Jaminan Hari Tua" not in answer.text  # a slip is seen by whoever sits beside


async def test_the_ticket_leaves_the_screen_by_itself(browser: httpx.AsyncClient) -> None:
    page = (await browser.post("/kiosk/bontang/ticket", data={"service": "A"})).text
    assert f'data-back-s="{TICKET_SHOWN_S}"' in page
    assert f'content="{TICKET_SHOWN_S};url=/kiosk/bontang?lang=id"' in page


async def test_a_wish_for_priority_is_told_to_see_the_guard(browser: httpx.AsyncClient) -> None:
    page = (await browser.post("/kiosk/bontang/ticket?wished=1", data={"service": "A"})).text
    assert "Temui satpam untuk persetujuan" in page


async def test_a_refusal_is_a_page_in_words(browser: httpx.AsyncClient, doors: FakeDoors) -> None:
    doors.refuses = Refused(409)
    answer = await browser.post("/kiosk/bontang/ticket", data={"service": "A"})
    assert answer.status_code == 409
    assert "Nomor dibuka lagi besok pukul 07.30." in answer.text
    assert 'href="/kiosk/bontang"' in answer.text


async def test_closed_says_when_numbers_are_given_again(
    browser: httpx.AsyncClient, doors: FakeDoors
) -> None:
    doors.shown = msgspec.structs.replace(OPEN, open=False, opens_at=NOW + timedelta(days=1))
    page = (await browser.get("/kiosk/bontang?service=A")).text
    assert "Pengambilan nomor dibuka besok pukul 10.42" in page
    assert "service=A" not in page


async def test_all_used_up_says_so(browser: httpx.AsyncClient, doors: FakeDoors) -> None:
    empty = tuple(msgspec.structs.replace(service, left=0) for service in OPEN.services)
    doors.shown = msgspec.structs.replace(OPEN, services=empty)
    assert "Semua kuota hari ini sudah habis" in (await browser.get("/kiosk/bontang")).text


async def test_english_is_a_touch_away(browser: httpx.AsyncClient) -> None:
    assert 'href="/kiosk/bontang?lang=en"' in (await browser.get("/kiosk/bontang")).text
    page = (await browser.get("/kiosk/bontang?lang=en")).text
    assert "Which service do you need?" in page


async def test_who_has_a_number_says_so_by_its_digits_and_the_phones(
    browser: httpx.AsyncClient, doors: FakeDoors
) -> None:
    assert 'href="/kiosk/bontang/here"' in (await browser.get("/kiosk/bontang")).text
    page = (await browser.get("/kiosk/bontang/here")).text
    assert 'action="/kiosk/bontang/here"' in page
    assert "Kuota layanan B sudah habis" in page, "B has none left: said before it is tried"
    assert all(f'name="{name}"' in page for name in ("letter", "digits", "check", "request_id"))
    assert '<div class="keypad" hidden>' in page, "only a script can press these keys"
    fields = {"letter": "A", "digits": "12", "check": "0417", "request_id": "request-1"}
    done = await browser.post("/kiosk/bontang/here", data=fields)
    assert done.status_code == 200
    assert 'data-number="A-012"' in done.text
    assert doors.confirmed == [fields]


async def test_digits_that_do_not_fit_are_asked_for_again(
    browser: httpx.AsyncClient, doors: FakeDoors
) -> None:
    doors.refuses = Refused(409)
    answer = await browser.post("/kiosk/bontang/here", data={"letter": "A"})
    assert answer.status_code == 409
    assert "Kuota habis" in answer.text
    assert 'action="/kiosk/bontang/here"' in answer.text
    doors.refuses, doors.locked = None, Refused(403)
    assert (await browser.post("/kiosk/bontang/here", data={"letter": "A"})).status_code == 403
    assert doors.confirmed == []


async def test_a_browser_that_is_no_kiosk_hears_how_to_become_one(
    browser: httpx.AsyncClient, doors: FakeDoors
) -> None:
    doors.locked = Refused(401)
    answer = await browser.get("/kiosk/bontang")
    assert answer.status_code == 403
    assert answer.text == "how bontang pairs a kiosk"
    assert doors.entered == [("bontang", PAGE)]


async def test_an_absent_branch_stays_absent(browser: httpx.AsyncClient, doors: FakeDoors) -> None:
    doors.locked = Refused(404)
    assert (await browser.get("/kiosk/bontang")).status_code == 404


async def test_nobody_takes_a_number_through_a_locked_door(
    browser: httpx.AsyncClient, doors: FakeDoors
) -> None:
    doors.locked = Refused(403)
    answer = await browser.post("/kiosk/bontang/ticket", data={"service": "A"})
    assert answer.status_code == 403
    assert doors.issued == []


async def test_a_key_in_the_address_is_exchanged_first(
    browser: httpx.AsyncClient, doors: FakeDoors
) -> None:
    doors.leads_on = RedirectResponse("/kiosk/bontang", 303)
    answer = await browser.get("/kiosk/bontang?key=one-use")
    assert answer.headers["location"] == "/kiosk/bontang"
