"""Commands while a server holds the folder: they go through it, and it counts at once."""

import stat
from pathlib import Path

from queue_server.office.place import SOCKET
from tests.manage.conftest import Lapak
from tests.manage.serving import running


def test_a_branch_from_init_to_backup_beside_its_server(
    bontang: Lapak, folder: Path, tmp_path: Path
) -> None:
    with running("serve") as server:
        assert stat.S_IMODE((folder / SOCKET).stat().st_mode) == 0o600

        # Settings change at noon, without a restart.
        file = tmp_path / "bontang.toml"
        written = bontang("configure", "bontang", "--show").stdout
        file.write_text(written.replace('name = "bontang"', 'name = "Kantor Bontang"'))
        bontang("configure", "bontang", str(file), "--yes")
        assert server.get("/api/v1/branches/bontang")[1]["name"] == "Kantor Bontang"

        # A token counts at once, and ends at once.
        token = bontang("token", "create", "--role", "supervisor", "--branch", "bontang").stdout
        opened = server.post("/api/v1/branches/bontang/day/open", token.strip())
        # Within the branch's hours it has opened by itself: the token is believed either way.
        assert opened[0] == 200 or opened[1]["code"] == "wrong_state"
        assert server.get("/api/v1/branches/bontang")[1]["day"] == "open"

        # A second branch comes while the first one works.
        second = "--branch samarinda --service A=JHT --counters 1 --yes".split()
        bontang("init", *second)
        assert server.get("/api/v1/branches/samarinda")[0] == 200

        # Looking and copying need no pause.
        assert "all as they were written" in bontang("verify").stdout
        bontang("backup", str(tmp_path / "copy"))
        assert '"event":"day_opened"' in bontang("export").stdout

        # What would need the folder alone says so.
        assert "is in use by process" in bontang("serve", "--port", "0", status=1).stderr
        said = bontang("restore", str(tmp_path / "copy"), "--overwrite", status=1).stderr
        assert "is in use by process" in said

        assert server.stop()[0] == 0
    assert not (folder / SOCKET).exists()
    bontang("restore", str(tmp_path / "copy"), "--overwrite")
    assert "all as they were written" in bontang("verify").stdout


def test_refusals_of_the_server_are_sentences(bontang: Lapak) -> None:
    with running("serve"):
        said = bontang("account", "disable", "budi", status=1).stderr
        assert 'There is no account "budi"' in said
        said = bontang("account", "invite", "--role", "officer", "--branch", "x", status=1).stderr
        assert "There are: bontang" in said


def test_a_server_without_a_branch_says_what_to_do(folder: Path) -> None:
    with running("serve") as server:
        assert "lapak init" in "".join(server.stop()[1:])


def test_the_halls_key_is_turned_at_once(bontang: Lapak) -> None:
    with running("serve") as server:
        token = bontang("token", "create", "--role", "display", "--branch", "bontang").stdout
        board = "/api/v1/branches/bontang/board"
        before = server.get(board, token.strip())[1]["join"]["code"]
        assert "with key 2 from now on" in bontang("key", "rotate").stdout
        after = server.get(board, token.strip())[1]["join"]["code"]
        assert (before.split(".")[0], after.split(".")[0]) == ("1", "2")


def test_a_poster_is_written_and_says_where_it_leads(bontang: Lapak, tmp_path: Path) -> None:
    said = bontang("poster", "bontang", "--size", "a3", "--out", str(tmp_path / "door.pdf"))
    assert (tmp_path / "door.pdf").read_bytes().startswith(b"%PDF-")
    assert "/b/bontang" in said.stdout
    assert "public_url" in said.stderr
    assert 'no branch "x"' in bontang("poster", "x", status=1).stderr
