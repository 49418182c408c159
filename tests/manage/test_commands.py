"""The commands as processes: what they print, what they refuse, their exit status."""

import re
from pathlib import Path

import pytest

from tests.manage.conftest import NEW_BRANCH, Lapak

COMMANDS = (
    *(
        "serve",
        "demo",
        "init",
        "configure",
        "replay",
        "verify",
        "backup",
        "restore",
        "export",
        "rehearse",
    ),
    *("account invite", "account return", "account list", "account disable", "account enable"),
    *("token create", "token list", "token revoke", "rehearse"),
    *("device list", "device rename", "device revoke", "device key"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(lapak: Lapak, command: str) -> None:
    assert f"Example: lapak {command}" in lapak(*command.split(), "--help").stdout


def test_init_makes_a_branch_and_invites_the_first_administrator(lapak_process: Lapak) -> None:
    said = lapak_process(*NEW_BRANCH).stdout
    assert "counters 1, 2, 9 (4 seats)" in said
    assert re.search(r"http://127\.0\.0\.1:8000/invite/\S{20,}", said)


def test_init_asks_step_by_step(lapak: Lapak) -> None:
    answers = [
        "Kantor!",
        "bontang",
        "Kantor Cabang Bontang",
        "2",
        "JHT",
        "forty",
        "40",
        "",
        "0",
        "3",
    ]
    answers += ["9:4", "25:00", "08:00-14:00", "Ibu Sari, lantai 1", "y"]
    said = lapak("init", typed="\n".join(answers) + "\n").stdout
    assert "Kantor Cabang Bontang (Asia/Makassar)" in said
    assert '"forty" is no number' in said
    toml = lapak("configure", "bontang", "--show").stdout
    assert 'intake_opens = "08:00"' in toml
    assert "[counters.3]" in toml
    assert "mon = 40" in toml
    assert 'contact = "Ibu Sari, lantai 1"' in toml


def test_a_branch_that_names_nobody_for_personal_data_is_told_so(
    lapak: Lapak, tmp_path: Path
) -> None:
    assert "names nobody" in lapak(*NEW_BRANCH).stderr
    file = tmp_path / "bontang.toml"
    toml = lapak("configure", "bontang", "--show").stdout
    file.write_text(toml.replace('contact = ""', 'contact = "Ibu Sari"'))
    said = lapak("configure", "bontang", str(file), "--yes")
    assert "Applied" in said.stdout
    assert "names nobody" not in said.stderr


def test_init_does_not_replace_a_branch(bontang: Lapak) -> None:
    assert 'there is a branch "bontang" already' in bontang(*NEW_BRANCH, status=1).stderr


def test_configure_shows_the_difference_and_applies_it(bontang: Lapak, tmp_path: Path) -> None:
    file = tmp_path / "bontang.toml"
    file.write_text(bontang("configure", "bontang", "--show").stdout.replace("= 60", "= 45"))
    assert "wait_max_min: 60 → 45" in bontang("configure", "bontang", str(file), "--yes").stdout
    assert "Nothing to change" in bontang("configure", "bontang", str(file)).stdout
    assert "wait_max_min = 45" in bontang("configure", "bontang", "--show").stdout


def test_configure_asks_before_it_applies(bontang: Lapak, tmp_path: Path) -> None:
    file = tmp_path / "bontang.toml"
    file.write_text(bontang("configure", "bontang", "--show").stdout.replace("= 60", "= 45"))
    bontang("configure", "bontang", str(file), typed="n\n", status=1)
    assert "wait_max_min = 60" in bontang("configure", "bontang", "--show").stdout


def test_configure_reads_standard_input_and_changes_nothing_on_a_mistake(bontang: Lapak) -> None:
    toml = bontang("configure", "bontang", "--show").stdout
    wrong = toml.replace("undo_s = 30", "undo_s = -1")
    said = bontang("configure", "bontang", "-", "--yes", typed=wrong, status=1).stderr
    assert "settings.undo_s must be between 0 and" in said
    assert bontang("configure", "bontang", "--show").stdout == toml


def test_configure_reads_what_windows_editors_write(bontang: Lapak, tmp_path: Path) -> None:
    toml = bontang("configure", "bontang", "--show").stdout
    file = tmp_path / "bontang.toml"
    file.write_bytes(b"\xef\xbb\xbf" + toml.replace("\n", "\r\n").encode())
    assert "Nothing to change" in bontang("configure", "bontang", str(file)).stdout
    file.write_bytes(b'name = "Bontang"\n# kedua \xff\n')
    assert "line 2 is not UTF-8" in bontang("configure", "bontang", str(file), status=1).stderr


def test_configure_without_a_file_or_without_the_branch(bontang: Lapak) -> None:
    assert "--show" in bontang("configure", "bontang", status=1).stderr
    said = bontang("configure", "samarinda", "--show", status=1).stderr
    assert 'There is no branch "samarinda". There are: bontang' in said
    assert "No such file" in bontang("configure", "bontang", "absent.toml", status=1).stderr


def test_an_invitation_is_a_link_for_one_role(bontang: Lapak) -> None:
    said = bontang("account", "invite", "--role", "officer", "--branch", "bontang").stdout
    assert re.match(r"http://127\.0\.0\.1:8000/invite/\S{20,}\n", said)
    assert "becomes officer" in said


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("account invite --role officer", "Say which branch the officer belongs to"),
        ("account invite --role guard --branch x", 'There is no branch "x". There are: bontang'),
        ("account invite --role kiosk --branch bontang", "Pair it by the code it shows"),
        ("account invite --role tablet --branch bontang", "Pair it by the code it shows"),
        ("device revoke x", 'There is no device "x"'),
        ("device rename x TV", 'There is no device "x"'),
        ("account disable budi", 'There is no account "budi"'),
        ("account return budi", 'There is no account "budi"'),
        ("token create --role officer --branch bontang --counter 77", 'no counter "77"'),
        ("token revoke x", 'There is no token "x"'),
        ("device key --kind board --branch x", 'There is no branch "x"'),
    ],
)
def test_what_cannot_be_done_says_what_to_do(bontang: Lapak, words: str, sentence: str) -> None:
    assert sentence in bontang(*words.split(), status=1).stderr


def test_tokens_are_made_listed_and_revoked(bontang: Lapak) -> None:
    made = bontang("token", "create", "--role", "display", "--branch", "bontang", "--label", "hall")
    assert len(made.stdout.strip()) >= 20
    listed = bontang("token", "list").stdout
    assert made.stdout.strip() not in listed
    token_id = re.search(r"^(\w{16})  display", listed, re.MULTILINE)
    assert token_id
    bontang("token", "revoke", token_id[1])
    assert re.search(r"hall +20\d\d-", bontang("token", "list").stdout)


def test_devices_are_listed_named_and_revoked(bontang: Lapak) -> None:
    bontang("token", "create", "--role", "kiosk", "--branch", "bontang", "--label", "door")
    bontang("token", "create", "--role", "officer", "--branch", "bontang", "--label", "program")
    listed = bontang("device", "list").stdout
    assert "program" not in listed
    device = re.search(r"^(\w{16})  kiosk +bontang +door .*never$", listed, re.MULTILINE)
    assert device, listed
    bontang("device", "rename", device[1], "Mesin lobi", "--place", "dekat pintu")
    assert re.search(r"Mesin lobi +dekat pintu", bontang("device", "list").stdout)
    bontang("device", "rename", device[1], "Mesin 1")
    assert re.search(r"Mesin 1 +dekat pintu", bontang("device", "list").stdout)
    assert "Mesin 1 is revoked" in bontang("device", "revoke", device[1]).stdout
    assert "None yet." in bontang("device", "list").stdout


def test_a_persons_token_is_no_device_to_revoke(bontang: Lapak) -> None:
    bontang("token", "create", "--role", "officer", "--branch", "bontang")
    token = re.search(r"^(\w{16})  officer", bontang("token", "list").stdout, re.MULTILINE)
    assert token
    assert "There is no device" in bontang("device", "revoke", token[1], status=1).stderr


def test_a_folder_without_a_branch_is_not_made_by_asking(lapak: Lapak, folder: Path) -> None:
    assert "lapak init" in lapak("account", "list", status=1).stderr
    assert (
        "lapak init" in lapak("device", "key", "--kind", "board", "--branch", "x", status=1).stderr
    )
    assert not folder.exists()


def test_what_is_not_understood_is_status_two(lapak_process: Lapak) -> None:
    assert "No such command" in lapak_process("serv", status=2).stderr
    assert "Invalid value" in lapak_process("account", "invite", "--role", "king", status=2).stderr
