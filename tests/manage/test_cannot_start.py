"""A server that cannot start says what stands in its way, and what helps."""

import socket
from pathlib import Path

import pytest

from tests.manage.conftest import NEW_BRANCH, Lapak


def test_a_port_that_is_taken(lapak_process: Lapak) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = lapak_process("serve", "--port", str(port), status=1).stderr
    assert said == (
        f"Something else listens on 127.0.0.1:{port}: stop it, or choose another --port.\n"
    )


def test_an_address_that_is_somebody_elses(lapak_process: Lapak) -> None:
    said = lapak_process("serve", "--host", "198.51.100.7", "--port", "0", status=1).stderr
    assert said == "This machine has no address 198.51.100.7: choose another --host.\n"


def test_a_folder_that_cannot_be(lapak_process: Lapak, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    there = str(tmp_path / "file" / "data")
    said = lapak_process("serve", "--port", "0", "--data", there, status=1).stderr
    assert said == f"Cannot use {there}: Not a directory.\n"


def test_half_a_data_folder(bontang: Lapak, lapak_process: Lapak, folder: Path) -> None:
    """Whichever half is gone: neither new keys under an old log, nor old tickets over a new one."""
    for name in ("people.db", "queue.db"):
        (folder / name).rename(folder / "away")
        for command in (("serve", "--port", "0"), NEW_BRANCH, ("verify",), ("key", "rotate")):
            said = lapak_process(*command, status=1).stderr
            assert f"{folder / name} is missing or empty" in said, command
            assert "lapak restore BACKUP --overwrite" in said
            assert not (folder / name).exists()
        (folder / "away").rename(folder / name)
    assert "nothing to verify" in bontang("verify").stdout


def test_an_address_with_a_path(lapak_process: Lapak, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAPAK_PUBLIC_URL", "https://kantor.example/antrean/")
    said = lapak_process("serve", "--port", "0", status=1).stderr
    assert said == (
        "The setting LAPAK_PUBLIC_URL (or its option) does not fit: must be a scheme and a name,"
        " such as https://antrean.example: no path after it, for the server answers at the root of"
        " its name only\n"
    )
