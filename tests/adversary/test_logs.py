"""What the server says of itself while everybody passes by with secrets in their hands: one line an
event, and nothing that is a secret or a person's.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

import pyotp
from websockets.exceptions import ConnectionClosed

from tests.web.harness import API, BRANCH, Live, hello

NIK = "6474051207900003"
NAME = "Siti-Kenari-Rahasia"
TEXT = "catatan-kenari-rahasia"
PASSWORD = "kenari-sandi-rahasia-9"
FORGED = "x\r\n2026-11-22T00:00:00Z [info] signed_in account=forged\n\x1b[31mred\x1b[0m\u2028\x00"


async def a_day(server: Live) -> list[str]:
    """Much of what can happen, and much that goes wrong; the secrets that were about."""
    secrets = [NIK, NAME, TEXT, PASSWORD]
    async with server.client() as phone:
        phone.headers["User-Agent"] = f"{NAME} \t{TEXT}"
        await phone.get(f"/b/{BRANCH}?j={NAME}")
        body = {"service": "A", "identity": NIK}
        issued = (await phone.post(f"{API}/tickets", json=body)).json()
        if "secret" not in issued:
            issued = (await phone.post(f"{API}/tickets", json={"service": "A"})).json()
        secrets.append(issued["secret"])
        await phone.get(f"/t/{issued['secret']}")
        await phone.get("/ticket", headers={"Referer": f"{server.url}/t/{issued['secret']}"})
        await phone.get(f"/t/{issued['secret']}x")
        await phone.get(f"/nothing/{issued['secret']}?code={PASSWORD}")
        await phone.post("/ticket/rating", data={"stars": "5", "comment": TEXT})
        secrets += [one.value for one in phone.cookies.jar if one.value and len(one.value) > 12]
    await by_hand(server, secrets)
    await at_the_desk(server, secrets)
    return secrets


async def by_hand(server: Live, secrets: list[str]) -> None:
    """Signing in wrong in every way, and right."""
    async with server.client() as browser:
        for username in ("guard", NAME, FORGED, PASSWORD):
            fields = {"username": username, "password": PASSWORD}
            await browser.post("/sign-in", data=fields)
        await browser.get(f"/invite/{PASSWORD}{FORGED.strip()[0]}")
        await server.sign_in(browser, "guard")
        secrets += [one.value for one in browser.cookies.jar if one.value and len(one.value) > 12]
        known = server.credentials["guard"]
        secrets += [known["password"], known["token"], known["totp_secret"]]
        secrets.append(pyotp.TOTP(known["totp_secret"]).now())
        await browser.post(f"/guard/{BRANCH}/do/notice", data={"text": f"{TEXT} {FORGED}"})
        await browser.post(f"/guard/{BRANCH}/do/{NAME}", data={"number": FORGED})


async def at_the_desk(server: Live, secrets: list[str]) -> None:
    """By programs and sockets, right and bent."""
    async with server.client("officer1") as desk:
        secrets.append(server.token("officer1"))
        await desk.post(f"{API}/counters/1/open", json={})
        called = {"number": "A-001", "reason": "emergency", "note": f"{TEXT} {FORGED}"}
        await desk.post(f"{API}/counters/1/call", json=called)
        await desk.post(f"{API}/counters/1/{NAME}", json={"x": FORGED})
        await desk.post(f"{API}/counters/1/call", content=FORGED.encode())
        await desk.get(f"{API}/log?day={NAME}")
        bent = {"Authorization": f"Bearer {PASSWORD}"}
        assert (await desk.get(f"{API}/log", headers=bent)).status_code == 401
    for token in (server.token("guard"), PASSWORD, FORGED):
        async with server.socket(f"/ws/branches/{BRANCH}/guard") as socket:
            await socket.send(hello(token))
            with suppress(ConnectionClosed):
                await socket.recv()


async def test_a_days_log_holds_no_secret_and_no_person(folder: Path, tmp_path: Path) -> None:
    server = Live(folder)
    server.log = tmp_path / "log"
    with server:
        secrets = await a_day(server)
        await server.terminate()
    log = server.log.read_bytes()
    assert len(secrets) > 12
    assert len(log.splitlines()) > 7, "the server said nothing: nothing was tested"
    for secret in secrets:
        assert secret.encode() not in log, f"{secret[:6]}… is in the log"
    assert b"127.0.0.1" not in log.partition(b"\n")[2].replace(server.url.encode(), b""), (
        "addresses"
    )


async def test_nobody_writes_a_line_of_the_log_but_the_server(folder: Path, tmp_path: Path) -> None:
    server = Live(folder)
    server.log = tmp_path / "log"
    with server:
        await a_day(server)
        await server.terminate()
    lines = server.log.read_bytes().split(b"\n")
    for line in filter(None, lines):
        said = json.loads(line)  # one line an event, whole and by itself
        assert "forged" not in json.dumps(said)
        assert re.fullmatch(r"[a-z_]+", said["event"])
        assert not re.search(rb"[\x00-\x1f\x7f]", line)
