"""The contract of what is no person: bearer tokens, screens and how they are paired.

Raises and cancels as `contract.sign_in`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from queue_server.people.values.devices import DeviceKey, Pairing, Token


class Tokens(Protocol):
    async def add_token(self, token: Token) -> None: ...

    async def token(self, token_hash: str, at: datetime) -> Token | None:
        """None when unknown, expired or revoked, or when its account is disabled."""

    async def tokens(self) -> Sequence[Token]:
        """All, revoked ones too, oldest first."""

    async def token_seen(self, token_id: str, at: datetime) -> None:
        """Used again. Callers do this now and then, not with every request."""

    async def rename_token(self, token_id: str, label: str, place: str) -> bool:
        """False when there is no such token."""

    async def revoke_token(self, token_id: str, at: datetime) -> bool:
        """False when there is no such token; revoking twice keeps the first time.

        Sessions begun on a revoked tablet end with it.
        """


class DeviceKeys(Protocol):
    async def add_device_key(self, key: DeviceKey) -> None: ...

    async def exchange_device_key(
        self, key_hash: str, token_id: str, token_hash: str, at: datetime
    ) -> Token:
        """Uses the key up and stores its device token, both or neither. Raises `Spent`.

        The token has the key's role, branch and label, and does not expire until revoked.
        """


class Pairings(Protocol):
    async def add_pairing(self, pairing: Pairing, of_origin_max: int, of_branch_max: int) -> None:
        """Of those that live and wait there are never more than so many of an origin and of a
        branch: first the oldest of its origin makes room, then the oldest of the branch's origin
        with the most. Raises `CodeTaken` when a live pairing shows this code.
        """

    async def pairing(self, secret_hash: str, at: datetime) -> Pairing | None:
        """The screen's own, as long as it lives."""

    async def pairing_by_code(self, code_hash: str, at: datetime) -> Pairing | None:
        """The screen that shows this code and waits; an approved one waits no more."""

    async def approve_pairing(
        self, pairing_id: str, label: str, place: str, by: str, at: datetime
    ) -> None:
        """Somebody signed in typed the code: it names nothing any more, and the screen may fetch
        its token. Raises `Spent` when it is expired or approved already.
        """

    async def exchange_pairing(self, secret_hash: str, token: Token, at: datetime) -> Token:
        """Stores the token of an approved pairing and ends the pairing, both or neither.

        Role, branch, label, place and `made_by` are the pairing's, whatever the caller wrote.
        Raises `Spent` when it is unknown, expired or not approved.
        """

    async def end_pairing(self, pairing_id: str) -> None: ...
