"""The contract of everything signing in needs: accounts, invitations, sessions, second factors.

Every coroutine raises `StoreUnavailable` when the database cannot be reached or written; a write is
durable before it returns, and cancelling its caller does not cancel it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from queue_server.people.values.accounts import Account, Failures, Invitation, Session, SignedIn
from queue_server.people.values.factors import Factors, Passkey, Totp


class Accounts(Protocol):
    async def add_account(self, account: Account) -> None:
        """Raises `NameTaken`."""

    async def save_account(self, account: Account) -> None:
        """Replaces the account of this id (role, branch, names, password, disabled). Raises
        `NameTaken`, `KeyError`.

        Disabling one ends its sessions, its tokens, its ways back in and the invitations it gave at
        once; another password ends its sessions.
        """

    async def set_password(self, account_id: str, before: str, after: str) -> Account:
        """Another password's hash in place of this one; ends the account's sessions. Raises
        `Spent` when the hash is not this one any more, or the account disabled.
        """

    async def set_disabled(self, account_id: str, disabled: bool) -> Account:
        """Nothing else of the account is written: what was read of it before may be old.

        Disabling ends what it has open, as `save_account` does. Raises `KeyError`, and
        `LastAdministrator` where this is the last one of all branches, whoever else is disabled at
        this moment, here or by another process.
        """

    async def account(self, account_id: str) -> Account | None: ...

    async def account_named(self, username: str) -> Account | None:
        """By username, upper and lower case alike; a disabled one too: the caller decides."""

    async def accounts(self) -> Sequence[Account]:
        """All, by username."""


class Invitations(Protocol):
    async def add_invitation(self, invitation: Invitation) -> None:
        """Raises `Spent` when it is given by an account that is disabled."""

    async def invitation(self, token_hash: str, at: datetime) -> Invitation | None:
        """The invitation, as long as it can be accepted."""

    async def accept_invitation(self, token_hash: str, account: Account, at: datetime) -> None:
        """Makes the account and uses the invitation up, both or neither.

        The account's role and branch are the invitation's, whatever the caller wrote. Raises
        `Spent` (also for a way back in), `NameTaken`.
        """

    async def accept_return(self, token_hash: str, password_hash: str, at: datetime) -> Account:
        """The way back in: the invitation's account gets this password, loses all its factors and
        sessions, and is enabled; the invitation is used up, and so is every other way back in for
        it. All or nothing. Raises `Spent`.
        """

    async def invitations(self, at: datetime) -> Sequence[Invitation]:
        """All that can still be accepted, oldest first."""

    async def revoke_invitation(self, invitation_id: str) -> bool:
        """False when there is no such invitation."""


class Sessions(Protocol):
    async def add_session(self, session: Session, password_hash: str | None = None) -> None:
        """With `password_hash`, of what proved them: raises `Spent` when the account has another
        one meanwhile, or is disabled.
        """

    async def signed_in(self, token_hash: str, at: datetime) -> SignedIn | None:
        """Who this is, whatever the session's stage; None when it is over or revoked, or its
        account disabled.
        """

    async def touch_session(
        self,
        token_hash: str,
        seen_at: datetime,
        idle_expires_at: datetime,
        active_at: datetime | None = None,
    ) -> None:
        """Seen again; with `active_at` by a person. Callers do this now and then (once a minute),
        not with every request.
        """

    async def replace_session(self, token_hash: str, session: Session, at: datetime) -> None:
        """Ends the session of this token and begins the other, both or neither. Raises `Spent` when
        the old one is over.
        """

    async def lock_session(self, session_id: str) -> bool:
        """A full session becomes `Stage.LOCKED`; others stay as they are: false."""

    async def keep_challenge(self, session_id: str, challenge: bytes) -> None:
        """What a passkey is asked to sign; a later one replaces it."""

    async def take_challenge(self, session_id: str) -> bytes | None:
        """The kept challenge, once."""

    async def sessions(self, account_id: str, at: datetime) -> Sequence[Session]:
        """Live ones, newest first."""

    async def end_session(self, session_id: str) -> None: ...

    async def end_sessions(self, account_id: str, except_id: str | None = None) -> int:
        """How many were ended."""


class SecondFactors(Protocol):
    async def factors(self, account_id: str) -> Factors:
        """What this account can prove itself by now."""

    async def save_totp(self, totp: Totp) -> None:
        """The account's one secret; replaces another."""

    async def totp(self, account_id: str) -> Totp | None: ...

    async def use_totp_step(self, account_id: str, step: int, at: datetime) -> bool:
        """Remembers the step as used and the secret as confirmed; False when this step or a later
        one was used already.
        """

    async def remove_totp(self, account_id: str) -> None: ...

    async def add_passkey(self, passkey: Passkey) -> None:
        """Raises `NameTaken` when this credential is known already, whoever's it is."""

    async def passkeys(self, account_id: str) -> Sequence[Passkey]:
        """Oldest first."""

    async def passkey_used(self, passkey_id: str, sign_count: int, at: datetime) -> None: ...

    async def remove_passkey(self, account_id: str, passkey_id: str) -> bool:
        """False when the account has no such passkey."""

    async def save_recovery_codes(self, account_id: str, hashes: Sequence[str]) -> None:
        """These and no others from now on."""

    async def use_recovery_code(self, account_id: str, code_hash: str) -> bool:
        """Uses it up; False when there is none such."""

    async def save_pin(self, account_id: str, pin_hash: str | None) -> None:
        """The caller's hash (argon2id); None takes the PIN away."""

    async def pin_hash(self, account_id: str) -> str | None: ...


class SignInFailures(Protocol):
    """`name` is whatever the caller counts by (an account's id, a hash of an unknown username, who
    types pairing codes).
    """

    async def sign_in_failed(self, name: str, at: datetime) -> Failures:
        """Counts one more; the count with it."""

    async def sign_in_failures(self, name: str) -> Failures: ...

    async def forget_failures(self, name: str) -> None: ...
