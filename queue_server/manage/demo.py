"""The demo's data folder: its branch, an account for each role, and `credentials.json` beside them.

Made once; whatever was interrupted is finished at the next start. Must not know the server. Whoever
reads the folder may sign in as anybody, so it is no place for real people.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import pyotp

import queue_server
from queue_server.domain.plan import BranchPlan
from queue_server.manage.branch_file import branch_from_toml
from queue_server.people import Account, People, Role, Token, Totp
from queue_server.people.keys import new_token, token_hash
from queue_server.store import codec
from queue_server.store.log import Log

BRANCH = "bontang"
CREDENTIALS = "credentials.json"
UNFINISHED = "credentials.json.new"
OFFICERS = tuple(f"officer{n}" for n in range(1, 10))
"""One for each desk and the booth."""

STAFF: Mapping[str, tuple[Role, str | None]] = {
    "admin": (Role.ADMIN, None),
    "supervisor": (Role.SUPERVISOR, BRANCH),
    "auditor": (Role.AUDITOR, None),
    "guard": (Role.GUARD, BRANCH),
    **dict.fromkeys(OFFICERS, (Role.OFFICER, BRANCH)),
}
CALLED: Mapping[Role, str] = {
    Role.ADMIN: "Admin",
    Role.SUPERVISOR: "Penyelia",
    Role.AUDITOR: "Pengawas",
    Role.GUARD: "Satpam",
    Role.OFFICER: "Petugas",
}
"""What pages call them; an officer's number follows."""
DEVICES: Mapping[str, Role] = {"display": Role.DISPLAY, "kiosk": Role.KIOSK}

SYLLABLES = ("ba", "da", "ka", "la", "ma", "na", "pa", "ra", "sa", "ta", "wa", "ya")

Credentials = dict[str, dict[str, str]]


class NotADemo(Exception):
    """The folder holds a real branch: a demo has no business there."""


def default_folder() -> Path:
    """In a checkout `demo-data` (git ignores it), else in the home folder."""
    root = Path(queue_server.__file__).resolve().parents[1]
    if (root / "pyproject.toml").exists() and os.access(root, os.W_OK):
        return root / "demo-data"
    return Path.home() / ".local" / "share" / "lapak" / "demo"


def plan() -> BranchPlan:
    text = resources.files("queue_server.manage").joinpath("demo.toml").read_text("utf-8")
    return branch_from_toml(text, branch=BRANCH)


def credentials(folder: Path) -> Credentials | None:
    """What the demo's folder says of its accounts; None where there is no finished demo."""
    return _read(folder / CREDENTIALS)


async def make_once(
    folder: Path,
    log: Log,
    people: People,
    hash_password: Callable[[str], Awaitable[str]],
    now: datetime,
) -> Credentials:
    """The demo's credentials; makes the demo first where it is not there yet.

    Raises `NotADemo`, `StoreUnavailable`. Cancelling it leaves what the next start finishes.
    """
    made = credentials(folder)
    if made is not None:
        return await _with_second_factors(folder, people, made, now)
    draft = _read(folder / UNFINISHED)
    if draft is None:
        if await log.plans() or await people.accounts():
            raise NotADemo(
                f"{folder} holds a real branch. Start the demo in a folder of its own:"
                " lapak demo --data ./demo-data"
            )
        draft = _invent()
        _write(folder / UNFINISHED, draft)
    await log.save_plan(BRANCH, codec.encode_plan(plan()))
    await _add_accounts(people, draft, await hash_password(draft["admin"]["password"]), now)
    await _add_tokens(people, draft, now)
    await _add_second_factors(people, draft, now)
    (folder / UNFINISHED).rename(folder / CREDENTIALS)
    return draft


def _invent() -> Credentials:
    """One password for all of this folder's accounts: a newcomer types it more than once."""
    word = "".join(secrets.choice(SYLLABLES) for _ in range(4))
    password = f"{word}-{secrets.randbelow(9000) + 1000}"
    staff = {
        name: {
            "username": name,
            "password": password,
            "totp_secret": pyotp.random_base32(),
            "token": _secret(),
        }
        for name in STAFF
    }
    return staff | {name: {"token": _secret()} for name in DEVICES}


def _secret() -> str:
    return new_token()


async def _add_accounts(
    people: People, draft: Credentials, password_hash: str, now: datetime
) -> None:
    for name, (role, branch) in STAFF.items():
        if await people.account_named(name) is None:
            shown = f"{CALLED[role]} {name.removeprefix(role.value)}".strip()
            await people.add_account(Account(name, name, shown, role, branch, password_hash, now))


async def _with_second_factors(
    folder: Path, people: People, made: Credentials, now: datetime
) -> Credentials:
    """The same, but for demos from before there were second factors: they get theirs now."""
    if all("totp_secret" in made[name] for name in STAFF if name in made):
        return made
    more = {
        name: {"totp_secret": pyotp.random_base32(), **entry} if name in STAFF else entry
        for name, entry in made.items()
    }
    await _add_second_factors(people, more, now)
    _write(folder / UNFINISHED, more)
    (folder / UNFINISHED).replace(folder / CREDENTIALS)
    return more


async def _add_second_factors(people: People, draft: Credentials, now: datetime) -> None:
    """An app's secret for each; the page that asks for the code shows it, in a demo."""
    for name in STAFF:
        if name in draft and await people.account(name) is not None:
            await people.save_totp(Totp(name, draft[name]["totp_secret"], now, confirmed_at=now))


async def _add_tokens(people: People, draft: Credentials, now: datetime) -> None:
    known = {token.token_hash for token in await people.tokens()}
    for name, entry in draft.items():
        hashed = token_hash(entry["token"])
        if hashed in known:
            continue
        role, branch = STAFF[name] if name in STAFF else (DEVICES[name], BRANCH)
        account = name if name in STAFF else None
        await people.add_token(
            Token(secrets.token_hex(8), hashed, role, branch, None, account, f"demo {name}", now)
        )


def _read(path: Path) -> Credentials | None:
    try:
        read: Any = msgspec.json.decode(path.read_bytes(), type=Credentials)
    except FileNotFoundError:
        return None
    except msgspec.MsgspecError as wrong:
        raise NotADemo(
            f"{path} cannot be read ({wrong}). Remove {path.parent} to begin a new demo."
        ) from None
    found: Credentials = read
    return found


def _write(path: Path, what: Credentials) -> None:
    """For its owner alone, and on the disk before any account follows from it."""
    text = msgspec.json.format(msgspec.json.encode(what), indent=2)
    with open(path, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(text + b"\n")
        file.flush()
        os.fsync(file.fileno())
