"""The few limits the rules of people need. A server's settings fit; units are in the names."""

from __future__ import annotations

from typing import Protocol


class PeopleLimits(Protocol):
    """Why each is as it is stands in `settings`."""

    @property
    def audit_kept_days(self) -> int: ...

    # Links

    @property
    def invitation_valid_s(self) -> int: ...
    @property
    def return_valid_s(self) -> int: ...
    @property
    def device_key_valid_s(self) -> int: ...

    # What may be chosen

    @property
    def password_letters_min(self) -> int: ...
    @property
    def password_letters_max(self) -> int: ...

    # Guessing

    @property
    def sign_in_failures_max(self) -> int: ...
    @property
    def sign_in_wait_s(self) -> int: ...
    @property
    def sign_in_wait_max_s(self) -> int: ...

    # Sessions and screens

    @property
    def session_lock_s(self) -> int: ...
    @property
    def session_idle_s(self) -> int: ...
    @property
    def session_seen_every_s(self) -> int: ...
    @property
    def sign_in_cached_s(self) -> float: ...
    @property
    def sign_ins_cached_max(self) -> int: ...
    @property
    def device_seen_every_s(self) -> int: ...
