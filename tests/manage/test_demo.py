"""The demo's folder: made once, with everything `credentials.json` promises."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from queue_server.domain.plan import CounterKind
from queue_server.manage import demo
from queue_server.people import Role
from queue_server.people.keys import token_hash
from queue_server.store.folder import open_stores
from tests.manage.conftest import Lapak
from tests.manage.serving import running

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)


async def hash_password(password: str) -> str:
    return f"hash of {password}"


async def make(folder: Path) -> demo.Credentials:
    async with await open_stores(folder) as stores:
        return await demo.make_once(folder, stores.log, stores.people, hash_password, NOW)


def test_the_branch_is_the_promised_one() -> None:
    plan = demo.plan()
    assert (plan.branch, plan.zone, plan.by_hand_only()) == ("bontang", "Asia/Makassar", True)
    assert list(plan.services) == ["A", "B", "C", "D", "E"]
    assert list(plan.counters) == [str(n) for n in range(1, 10)]
    assert all(each.groups == (("A", "B", "C", "D", "E"),) for each in plan.counters.values())
    assert {each.capacity for name, each in plan.counters.items() if name != "9"} == {1}
    assert (plan.counters["9"].kind, plan.counters["9"].capacity) == (CounterKind.BOOTH, 4)


def test_no_public_name_hints_at_accident_or_death() -> None:
    names = demo.plan().services["D"]
    for word in ("kecelakaan", "kematian", "jkk", "jkm", "accident", "death"):
        assert word not in f"{names.name_id} {names.name_en}".lower()


async def test_the_folder_is_made_once(folder: Path) -> None:
    made = await make(folder)
    assert await make(folder) == made
    assert json.loads((folder / "credentials.json").read_text()) == made
    assert stat.S_IMODE((folder / "credentials.json").stat().st_mode) == 0o600
    assert set(made) == {
        *("admin", "supervisor", "auditor", "guard", "display", "kiosk"),
        *(f"officer{n}" for n in range(1, 10)),
    }
    assert set(made["guard"]) == {"username", "password", "totp_secret", "token"}
    assert set(made["kiosk"]) == {"token"}


async def test_what_was_interrupted_is_finished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(demo, "_add_tokens", power_cut)
        with pytest.raises(KeyboardInterrupt):
            await make(folder)
    assert demo.credentials(folder) is None
    made = await make(folder)
    async with await open_stores(folder) as stores:
        assert len(await stores.people.accounts()) == 13
        tokens = {token.token_hash: token for token in await stores.people.tokens()}
    assert len(tokens) == 15
    assert tokens[token_hash(made["kiosk"]["token"])].role is Role.KIOSK


async def test_a_real_branch_is_no_demo(bontang: Lapak, folder: Path) -> None:
    with pytest.raises(demo.NotADemo, match="holds a real branch"):
        await make(folder)
    assert demo.credentials(folder) is None


def test_the_demo_says_where_everything_is(folder: Path) -> None:
    with running("demo", "--quiet", "--data", str(folder)) as server:
        credentials = json.loads((folder / "credentials.json").read_text())
        status, branch = server.get("/api/v1/branches/bontang")
        assert (status, branch["open"]) == (200, True)
        answers = {
            name: server.get("/api/v1/branches/bontang/board", entry["token"])[0]
            for name, entry in credentials.items()
        }
        assert answers == dict.fromkeys(credentials, 200)
        status, said, _ = server.stop()
    assert status == 0
    for page in (
        "?open=join&branch=bontang",
        "board/bontang?key=",
        "kiosk/bontang?key=",
        "desk/bontang/1",
    ):
        assert f"{server.base}/{page}" in said
    assert credentials["officer1"]["password"] in said
    assert "--lan" in said


def test_a_demo_that_phones_can_reach_shows_its_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAPAK_PUBLIC_URL", "http://192.0.2.9:8000")
    with running("demo", "--quiet", "--data", str(folder)) as server:
        said = server.stop()[1]
    assert "http://192.0.2.9:8000/?open=join&branch=bontang" in said
    assert "Scan to take a number" in said
    assert "█" in said
