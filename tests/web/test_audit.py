"""The audit trail: whoever did something is named, and whoever may look finds it."""

from __future__ import annotations

import ast
import csv
import json
import sqlite3
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from queue_server import wire
from queue_server.asking.ask import Ask
from queue_server.asking.verbs import VERBS
from queue_server.domain.events import EVENT_TYPES
from queue_server.domain.model import Rule
from queue_server.look.trail_table import COLUMNS
from queue_server.look.words import LANGUAGES, Words
from queue_server.manage import demo
from queue_server.people import Role
from queue_server.people.callers import Caller
from queue_server.store import codec
from tests.office import ask
from tests.web.harness import API, BRANCH, World, a_second_branch, living_world
from tests.web.staffed import browser_of

ROOT = Path(__file__).resolve().parents[2] / "queue_server"
PAGE = f"/audit/{BRANCH}"
BY_HOLDER = {"defer", "coming", "leave", "prove_own", "rating", "erase"}
"""Verbs only a ticket's holder has."""
RESTORED = {"continue_numbers"}
"""Asked of days brought back from a backup only."""


async def log_of(world: World) -> list[dict[str, Any]]:
    day = world.day.date
    records = await world.site.read_log(BRANCH, day, 0)
    return [msgspec.json.decode(record.stored) for record in records]


class Day:
    """A supervisor who does everything there is to do; what each step wrote down is theirs."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.done: set[str] = set()

    async def do(self, verb: str, path: str, body: object = None) -> dict[str, Any]:
        before = len(await log_of(self.world))
        answer = await self.world.post(f"{API}/{path}", "supervisor", body)
        assert answer.status_code in (200, 201), f"{verb}: {answer.text}"
        written = (await log_of(self.world))[before:]
        assert written, f"{verb} left nothing in the log"
        assert {event["by"] for event in written} == {"supervisor"}, (verb, written)
        self.done.add(verb)
        told: dict[str, Any] = answer.json()
        return told

    async def about(self, verb: str, number: str, body: object = None) -> None:
        await self.do(verb, f"tickets/{number}/{verb.replace('_', '-')}", body)

    async def next(self) -> str:
        return str((await self.do("call_next", "counters/1/call-next"))["number"])


async def test_every_command_of_the_staff_is_written_down_with_who_gave_it(world: World) -> None:
    plan = demo.plan()
    rules = replace(plan.rules, recall_gap_s=0, calls_before_skip=1)
    assert await world.days.configure(replace(plan, rules=rules), "lapak") is None
    day = Day(world)
    await day.do("close_intake", "day/close-intake")
    await day.do("open_intake", "day/open-intake")
    await day.do("notice", "notice", {"text": "Mohon bersabar."})
    await day.do("close_day", "day/close")
    await day.do("open_day", "day/open")
    for _ in range(6):
        await day.do("issue", "tickets", {"service": "A"})
    away = await world.post(f"{API}/tickets", None, {"service": "A"})
    await day.about("confirm_presence", away.json()["number"])
    await day.about("prioritise", "A-006", {"on": True})
    await day.do("open", "counters/1/open")
    await day.do("pause", "counters/1/pause", {"reason": "break"})
    await day.do("resume", "counters/1/resume")
    one = await day.next()
    await day.about("recall", one)
    await day.about("start", one)
    await day.about("park", one)
    await day.about("unpark", one, {"counter": "1"})
    await day.about("transfer", one, {"to": {"service": "B"}})
    await day.about("return", await day.next())
    await day.do("call", "counters/1/call", {"number": "A-005", "reason": "urgent"})
    await day.about("skip", "A-005")
    await day.about("rejoin", "A-005")
    last = await day.next()
    await day.about("finish", last)
    await day.about("undo", last)
    await day.about("cancel", "A-004")
    await day.do("close", "counters/1/close", {"return_open": True})
    assert day.done == set(VERBS) - BY_HOLDER - RESTORED
    supervisor = Caller(role=Role.SUPERVISOR, account="supervisor")
    body = wire.ContinueRequest(last={"A": 40})
    asked = Ask("continue_numbers", supervisor, BRANCH, lambda _: body, body=body)
    assert VERBS["continue_numbers"].command(asked).by == "supervisor"


async def test_a_command_given_at_the_machine_is_the_commands(world: World) -> None:
    from queue_server.office.questions import Configure

    plan = replace(demo.plan(), name="Kantor Cabang Baru")
    encoded = codec.encode_plan(plan).decode()
    await ask(world.site.settings.data, Configure(encoded))
    assert (await log_of(world))[-1]["by"] == "lapak"
    (act,) = await world.site.people.acts(branches={BRANCH}, what="configured")
    assert act.by == "lapak"


@pytest.fixture
async def looked_at(world: World) -> AsyncIterator[tuple[World, httpx.AsyncClient]]:
    """A short day, and an auditor who opens its trail."""
    for _ in range(3):
        await world.issue()
    await world.open_counter()
    await world.call_next()
    body = {"number": "A-003", "reason": "urgent", "note": "=cmd Ibu Ratna sakit"}
    await world.post(f"{API}/tickets/A-001/finish", "officer1", {"outcome": "done"})
    answer = await world.post(f"{API}/counters/1/call", "officer1", body)
    assert answer.status_code == 200, answer.text
    async with await browser_of(world, "auditor") as browser:
        yield world, browser


async def text_of(browser: httpx.AsyncClient, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text
    return " ".join(unescape(answer.text).split())


def rows(page: str) -> int:
    return page.count('class="figures audit-at"')


async def test_the_page_says_who_did_what_with_which_number_and_when(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    _, browser = looked_at
    page = await text_of(browser, PAGE)
    assert "<strong>Petugas 1</strong>" in page
    assert "Memanggil" in page
    assert "aturan: di luar urutan · mendahului A-002 · alasan: Mendesak · dengan catatan" in page
    assert "Loket 1" in page
    assert "WITA" in page
    assert "Catatan utuh" in page


async def test_free_text_is_not_in_the_trail(looked_at: tuple[World, httpx.AsyncClient]) -> None:
    _, browser = looked_at
    for path in (PAGE, f"{PAGE}?as=csv"):
        assert "Ratna" not in await text_of(browser, path)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("by=officer1", 4),
        ("by=guard", 3),
        ("kind=ticket_called", 2),
        ("number=a2", 2),  # issued, and overtaken
        ("number=A-001&by=officer1", 2),
        ("outcome=refused", 0),
        ("day=2020-01-01", 0),
    ],
)
async def test_lines_are_picked_by_person_kind_number_outcome_and_day(
    looked_at: tuple[World, httpx.AsyncClient], query: str, count: int
) -> None:
    _, browser = looked_at
    assert rows(await text_of(browser, f"{PAGE}?{query}")) == count


async def test_a_choice_that_finds_nothing_is_still_shown_as_chosen(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    _, browser = looked_at
    page = await text_of(browser, f"{PAGE}?day=2020-01-01&by=officer7&kind=ticket_parked")
    assert '<option value="officer7" selected>' in page
    assert '<option value="ticket_parked" selected>' in page


async def test_what_nobody_could_mean_is_not_asked(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    _, browser = looked_at
    odd = "day=9999-99-99&number=%27%3B--&outcome=perhaps&page=-1&page=x&as=pdf"
    assert rows(await text_of(browser, f"{PAGE}?{odd}")) > 5


async def test_the_day_in_figures_comes_from_the_log(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    world, _ = looked_at
    await world.client.post(f"{API}/tickets/A-003/undo", headers=world.bearer("officer1"))
    told = await world.site.archive.day(BRANCH, world.day.date)
    assert told.report is not None
    service = told.report.services[0]
    assert (service.letter, service.issued, service.served) == ("A", 3, 1)
    assert service.waits.median is not None
    assert (told.report.calls, told.report.undone) == (2, 1)
    assert told.report.out_of_order == (("urgent", 1),)


async def test_the_table_for_a_spreadsheet_begins_no_formula_and_holds_every_line(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    world, browser = looked_at
    await world.site.people.record(act_of(world, about="=HYPERLINK(1)", what="invited"))
    answer = await browser.get(f"{PAGE}?as=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    table = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert [int(row["seq"]) for row in table if row["seq"]] == [
        *range(1, len(await log_of(world)) + 1)
    ]
    assert "'=HYPERLINK(1)" in {row["about"] for row in table}
    assert tuple(table[0]) == COLUMNS
    assert answer.text.startswith("\ufeff")
    issued = next(row for row in table if row["kind"] == "ticket_issued")
    assert (issued["number"], json.loads(issued["rest"])["service"]) == ("A-001", "A")
    assert issued["at"].endswith("+08:00")
    assert not [cell for row in table for cell in row.values() if cell[:1] in "=+-@" and cell]


def act_of(world: World, **differences: Any) -> Any:
    from datetime import timedelta

    from queue_server.people import Act

    now = world.site.now()
    usual = {
        "at": now,
        "branch": BRANCH,
        "by": "supervisor",
        "role": "supervisor",
        "what": "sign_in",
        "about": "",
        "outcome": "done",
        "erase_at": now + timedelta(days=9),
    }
    return Act(**{**usual, **differences})


async def test_what_was_done_beside_the_queue_stands_in_the_same_list(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    world, browser = looked_at
    await world.site.people.record(act_of(world, what="sign_in_failed", outcome="wrong_sign_in"))
    await world.site.people.record(act_of(world, branch="tarakan", what="invited"))
    page = await text_of(browser, f"{PAGE}?outcome=refused")
    assert rows(page) == 1
    assert "Gagal masuk" in page
    assert rows(await text_of(browser, f"{PAGE}?kind=invited")) == 0
    assert rows(await text_of(browser, "/audit?kind=invited")) == 1


async def test_codes_of_ours_are_told_in_words_and_names_that_look_like_them_are_left(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    world, browser = looked_at
    told = {
        ("factor_added", "totp"): "aplikasi autentikator",
        ("locked", "idle"): "lama tidak dipakai",
        ("recovery_used", "9"): "sisa 9 kode",
        ("device_paired", "board Lobi"): "layar panggilan: Lobi",
        ("invited", "guard Joko"): "satpam: Joko",
        ("account_disabled", "pin"): ">pin<",
        ("log_read", "day=2026-11-20&kind=invited"): "2026-11-20 · invited",
    }
    for what, about in told:
        await world.site.people.record(act_of(world, what=what, about=about))
    page = await text_of(browser, PAGE)
    assert [said for said in told.values() if said not in page] == []


async def test_who_came_from_the_supervisors_page_finds_the_way_back(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    world, auditor = looked_at
    async with await browser_of(world, "supervisor") as supervisor:
        assert f'href="/supervisor/{BRANCH}"' in await text_of(supervisor, PAGE)
    assert "/supervisor/" not in await text_of(auditor, PAGE)


async def test_a_long_day_is_read_page_by_page_and_nothing_is_lost_between(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    world, browser = looked_at
    for n in range(100):
        await world.site.people.record(act_of(world, about=f"nomor-{n}."))
    pages = [await text_of(browser, f"{PAGE}?kind=sign_in&page={n}") for n in (1, 2, 3)]
    assert [rows(page) for page in pages] == [40, 40, 20]
    assert all(any(f"nomor-{n}." in page for page in pages) for n in range(100))
    assert "Lebih lama" in pages[0]
    assert "Lebih lama" not in pages[2]


async def test_looking_and_taking_away_are_themselves_written_down(
    looked_at: tuple[World, httpx.AsyncClient],
) -> None:
    world, browser = looked_at
    await browser.get(f"{PAGE}?number=A-002")
    await browser.get(f"{PAGE}?as=csv")
    await browser.get("/audit")
    await world.get(f"{API}/log", "auditor")
    acts = await world.site.people.acts()
    seen = [(act.what, act.branch, act.by) for act in acts if act.what.startswith("log_")]
    assert seen == [
        ("log_read", BRANCH, "auditor"),
        ("log_read", None, "auditor"),
        ("log_exported", BRANCH, "auditor"),
        ("log_read", BRANCH, "auditor"),
    ]
    assert any("number=A-002" in act.about for act in acts)


@pytest.mark.parametrize(
    ("name", "own", "other", "everywhere"),
    [
        ("auditor", 200, 200, 200),
        ("admin", 200, 200, 200),
        ("supervisor", 200, 403, 303),
        ("guard", 403, 403, 403),
        ("officer1", 403, 403, 403),
    ],
)
async def test_auditors_and_admins_see_all_supervisors_their_branch_nobody_else_any(
    world: World, name: str, own: int, other: int, everywhere: int
) -> None:
    second = await a_second_branch(world)
    async with await browser_of(world, name) as browser:
        found = [
            (await browser.get(path)).status_code for path in (PAGE, f"/audit/{second}", "/audit")
        ]
    assert found == [own, other, everywhere]


async def test_a_log_that_was_changed_is_said_to_be_so(folder: Path) -> None:
    async with living_world(folder) as world:
        await world.issue()
        day = world.day.date
        with sqlite3.connect(folder / "queue.db") as database:
            changed = database.execute(
                "UPDATE records SET stored = CAST(replace(stored, 'A-001', 'A-007') AS BLOB)"
            )
            assert changed.rowcount > 1
        assert (await world.site.archive.day(BRANCH, day)).damage
        async with await browser_of(world, "auditor") as browser:
            page = await text_of(browser, PAGE)
        assert "Catatan hari ini tidak utuh" in page
        assert "Catatan utuh" not in page


def codes() -> Iterator[tuple[str, str]]:
    """Every act somebody's code writes into the trail, by file."""
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _is_record(node.func) and len(node.args) >= 3:
                yield from ((path.name, code) for code in _said(node.args[2]))


def _said(what: ast.expr) -> Iterator[str]:
    if isinstance(what, ast.IfExp):
        yield from (*_said(what.body), *_said(what.orelse))
    elif isinstance(what, ast.Constant) and isinstance(what.value, str):
        yield what.value


def _is_record(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return called.attr == "record" and getattr(called.value, "id", "") == "trail"
    return isinstance(called, ast.Name) and called.id == "record"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_line_may_say_has_words(language: str) -> None:
    words = Words(language)
    events = [codec.kind_of(kind) for kind in EVENT_TYPES]
    said = [("audit-event", code) for code in {*events, *(code for _, code in codes())}]
    said += [("audit-rule", rule.value) for rule in Rule]
    missing = [
        f"{family}-{code.replace('_', '-')}"
        for family, code in said
        if not words.has(f"{family}-{code.replace('_', '-')}")
    ]
    assert missing == []
    assert len(said) > len(EVENT_TYPES) + len(Rule)
