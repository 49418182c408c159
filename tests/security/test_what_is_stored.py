"""What whoever copies the people's database holds in their hands."""

from __future__ import annotations

import hmac
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type, hash_secret_raw

from queue_server.people import recovery
from tests.web.harness import World, make_demo


def stored(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("people.db*"))


async def test_a_recovery_code_is_kept_slowly_hashed_and_salted(world: World, folder: Path) -> None:
    """Quick ones could be tried by the thousand million: the keys lie beside them."""
    account = await world.site.people.account_named("officer1")
    other = await world.site.people.account_named("guard")
    assert account is not None
    assert other is not None
    typed = (await recovery.renew(world.site, account))[0].replace("-", "")
    kept = stored(folder)
    salt = hmac.digest(world.site.keys.pepper, f"recovery\x1f{account.id}".encode(), "sha256")
    slow = hash_secret_raw(typed.encode(), salt, 1, 65_536, 4, 32, Type.ID)
    assert slow.hex().encode() in kept
    for quick in (
        sha256(typed.encode()).hexdigest(),
        hmac.digest(world.site.keys.pepper, typed.encode(), "sha256").hex(),
        hmac.digest(
            world.site.keys.pepper, f"recovery\x1f{account.id}\x1f{typed}".encode(), sha256
        ).hex(),
        typed,
    ):
        assert quick.encode() not in kept
    assert not await recovery.check(world.site, other, typed)
    assert await recovery.check(world.site, account, typed)


@pytest.mark.usefixtures("real_passwords")
def test_passwords_are_hashed_as_is_advised_today(tmp_path: Path) -> None:
    make_demo(tmp_path / "data")
    with sqlite3.connect(tmp_path / "data" / "people.db") as people:
        hashes = [row[0] for row in people.execute("select password_hash from accounts")]
    assert len(hashes) > 2
    for kept in map(extract_parameters, hashes):
        assert kept.type is Type.ID
        assert (kept.memory_cost, kept.time_cost, kept.parallelism) >= (65_536, 3, 4)
        assert kept.salt_len >= 16
