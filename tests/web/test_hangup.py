"""SIGHUP: certificates and limits are read again, nobody is cut."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from queue_server.settings import AT_ONCE, FILE_NAME, Settings
from tests.web.encrypted import Encrypted, make_certificate
from tests.web.harness import BRANCH, Live, hello

BOARD = f"/ws/branches/{BRANCH}/board"
PHONE_BYTES = 2_000


async def said(server: Live, what: str) -> None:
    """Waits until the server's log has it."""
    assert server.log is not None
    await asyncio.to_thread(_wait_for, server.log, what)


def _wait_for(log: Path, what: str) -> None:
    until_s = time.monotonic() + 20
    while what not in log.read_text():
        assert time.monotonic() < until_s, log.read_text()
        time.sleep(0.02)


class Served:
    """The certificate a server shows to a new connection."""

    def __init__(self, port: int) -> None:
        self._port = port

    def __call__(self) -> bytes:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self._port), 10)
        with context.wrap_socket(plain) as line:
            shown = line.getpeercert(binary_form=True)
        assert shown is not None
        return shown


@pytest.fixture
def encrypted(folder: Path, tmp_path: Path) -> Iterator[Encrypted]:
    cert, key = make_certificate(tmp_path)
    server = Encrypted(folder)
    server.arguments = "--tls-cert", str(cert), "--tls-key", str(key)
    server.verify = ssl.create_default_context(cafile=str(cert))
    server.log = tmp_path / "log"
    with server:
        yield server


@pytest.fixture
def plain(folder: Path, tmp_path: Path) -> Iterator[Live]:
    server = Live(folder)
    server.log = tmp_path / "log"
    with server:
        yield server


async def test_a_new_certificate_is_shown_and_a_bad_one_is_not(
    encrypted: Encrypted, tmp_path: Path
) -> None:
    served = Served(encrypted.port)
    before = await asyncio.to_thread(served)
    cert, key = make_certificate(tmp_path)
    encrypted.hang_up()
    await said(encrypted, "certificates_read_again")
    renewed = await asyncio.to_thread(served)
    assert renewed == ssl.PEM_cert_to_DER_cert(cert.read_text()) != before

    key.write_text("no key")
    encrypted.hang_up()
    await said(encrypted, "certificates_kept")
    assert await asyncio.to_thread(served) == renewed


async def test_limits_of_the_file_hold_from_now_on_and_nobody_is_cut(
    plain: Live, folder: Path
) -> None:
    board = await plain.watch(BOARD, plain.token("display"))
    file = folder / FILE_NAME
    await asyncio.to_thread(file.write_text, "body_bytes_max = 1000\nheartbeat_s = 1\n")
    plain.hang_up()
    await said(plain, "settings_read_again")
    async with plain.client("guard") as guard:
        long = await guard.post(f"/api/v1/branches/{BRANCH}/tickets", content=b" " * PHONE_BYTES)
        assert long.status_code == 413
    await board.send(hello(plain.token("display")))  # it is listened to as before
    assert await (await board.ping()) >= 0
    await board.close()


async def test_a_file_that_does_not_fit_changes_nothing(plain: Live, folder: Path) -> None:
    text = "body_bytes_max = 1000\nno_such_setting = 1\n"
    await asyncio.to_thread((folder / FILE_NAME).write_text, text)
    plain.hang_up()
    await said(plain, "settings_kept")
    async with plain.client("guard") as guard:
        long = await guard.post(f"/api/v1/branches/{BRANCH}/tickets", content=b" " * PHONE_BYTES)
        assert long.status_code != 413
    assert (await plain.terminate())[1] == 0


def test_only_limits_are_taken_over() -> None:
    assert set(Settings.model_fields) >= AT_ONCE
    running = Settings(port=1, sockets_max=10)
    assert running.take_over(Settings(port=2, sockets_max=20)) == ["sockets_max"]
    assert (running.port, running.sockets_max) == (1, 20)
