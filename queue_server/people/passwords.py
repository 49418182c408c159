"""Passwords: argon2id, in a thread, a few at once.

Owns the hasher. Must not know accounts or requests.
"""

from __future__ import annotations

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import Type, hash_secret_raw

# RFC 9106's second recommendation: 64 MiB, three passes, four lanes.
_HASHER: Final = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)

# Of random letters nobody kept: with it an unknown name takes as long as a known one.
_NOBODYS: Final = (
    "$argon2id$v=19$m=65536,t=3,p=4$inl8wHKGPRz/mHPpTGEVYQ$y5yQf2"
    "Ul6jdcBeaRpXK7sJaM7CBVpQDtHQ3iQwTzg3M"
)


class Passwords:
    """Hashes and checks. Cancelling a caller gives its place free when the thread has ended.

    Strangers have places of their own: a crowd of them keeps nobody waiting whom we know.
    """

    def __init__(self, at_once_max: int) -> None:
        self._places = asyncio.Semaphore(max(1, at_once_max // 2))
        self._strangers = asyncio.Semaphore(max(1, at_once_max - at_once_max // 2))

    async def derive(self, secret: str, salt: bytes) -> str:
        """The same for the same: for random secrets that are looked up by it. One pass suffices."""
        async with self._places:
            return (await asyncio.to_thread(_derived, secret, salt)).hex()

    async def hash(self, password: str) -> str:
        async with self._places:
            return await asyncio.to_thread(_HASHER.hash, password)

    async def fits(
        self, password_hash: str | None, password: str, *, by_stranger: bool = False
    ) -> bool:
        """Is it the password? For None (no such account) it takes as long, and is not."""
        async with self._strangers if by_stranger else self._places:
            right = await asyncio.to_thread(_verify, password_hash or _NOBODYS, password)
        return right and password_hash is not None


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False


def _derived(secret: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        secret.encode(),
        salt,
        time_cost=1,
        memory_cost=65_536,
        parallelism=4,
        hash_len=32,
        type=Type.ID,
    )
