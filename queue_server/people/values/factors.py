"""What somebody proves themselves by, beside the password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Totp:
    """An authenticator app's secret (base32). Until confirmed by a right code it proves nothing."""

    account: str
    secret: str
    made_at: datetime
    confirmed_at: datetime | None = None
    last_step: int = 0
    """The newest 30-second step whose code was used: none is taken twice."""


@dataclass(frozen=True, slots=True)
class Passkey:
    """A WebAuthn credential. `id` and `public_key` as the authenticator gave them, in base64url."""

    id: str
    account: str
    public_key: str
    sign_count: int
    label: str
    created_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account can prove itself by, beside its password."""

    totp: bool = False
    passkeys: int = 0
    recovery_codes: int = 0
    """Codes left. They help out; alone they are no factor."""
    pin: bool = False

    @property
    def any(self) -> bool:
        """Is there a second factor that works from every machine?"""
        return self.totp or self.passkeys > 0
