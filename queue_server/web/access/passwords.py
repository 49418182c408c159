"""Passwords: argon2id, in a thread, a few at once.

Owns the hasher. Must not know accounts or requests.
"""

from __future__ import annotations

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# RFC 9106's second recommendation: 64 MiB, three passes, four lanes.
_HASHER: Final = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)


class Passwords:
    """Hashes and checks. Cancelling a caller gives its place free when the thread has ended."""

    def __init__(self, at_once_max: int) -> None:
        self._places = asyncio.Semaphore(at_once_max)
        self._nobody: str | None = None

    async def hash(self, password: str) -> str:
        async with self._places:
            return await asyncio.to_thread(_HASHER.hash, password)

    async def fits(self, password_hash: str | None, password: str) -> bool:
        """Is it the password? For None (no such account) it takes as long, and is not."""
        if password_hash is None:
            if self._nobody is None:
                self._nobody = await self.hash("nobody's password")
            await self._check(self._nobody, password)
            return False
        return await self._check(password_hash, password)

    async def _check(self, password_hash: str, password: str) -> bool:
        async with self._places:
            return await asyncio.to_thread(_verify, password_hash, password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (Argon2Error, InvalidHashError):
        return False
