"""What proves something without being stored: ticket secrets and keyed hashes.

Owns the server's keys while it runs. Everything here is HMAC-SHA256 over named fields. Must not
know cookies, requests or databases.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from typing import Final

# 27 letters of base64 are 162 bits: nobody guesses a ticket's link (at least 128 are promised).
TICKET_MAC_LETTERS: Final = 27
_SEPARATOR: Final = "\x1f"


def new_token() -> str:
    """A random bearer token or cookie, 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the people's store keeps of a token. It is random: a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _mac(key: bytes, *parts: str) -> bytes:
    return hmac.digest(key, _SEPARATOR.join(parts).encode(), "sha256")


def _letters(mac: bytes, count: int) -> str:
    return urlsafe_b64encode(mac).decode()[:count]


@dataclass(frozen=True, slots=True)
class TicketName:
    """A ticket among all tickets, as its secret names it."""

    branch: str
    date: date
    number: str

    def __str__(self) -> str:
        return f"{self.branch}.{self.date:%Y%m%d}.{self.number}"


def read_ticket_name(secret: str) -> TicketName | None:
    """The name in a secret, proven by nothing yet; None when it is no secret at all."""
    parts = secret.split(".")
    if len(parts) != 4 or len(secret) > 200 or not secret.isascii():
        return None
    branch, day, number, mac = parts
    if len(day) != 8 or not day.isdigit() or len(mac) != TICKET_MAC_LETTERS:
        return None
    try:
        return TicketName(branch, date(int(day[:4]), int(day[4:6]), int(day[6:])), number)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Keys:
    """The server's own keys."""

    ticket: bytes
    cookie: bytes
    pepper: bytes
    address: str
    """How phones reach this server: `https://host`, no slash at the end."""

    # Tickets

    def ticket_secret(self, branch: str, day: date, number: str, ticket_id: str) -> str:
        """The unguessable name of a ticket; the same whenever it is asked for, stored nowhere."""
        name = TicketName(branch, day, number)
        mac = _mac(self.ticket, branch, day.isoformat(), number, ticket_id)
        return f"{name}.{_letters(mac, TICKET_MAC_LETTERS)}"

    def ticket_link(self, secret: str, base: str | None = None) -> str:
        return f"{base or self.address}/t/{secret}"

    # What the log may know of people and requests

    def browser(self, salt: bytes, cookie: str) -> str:
        """A browser as the log of one day knows it; the salt is erased after the day."""
        return _letters(_mac(salt, "browser", cookie), TICKET_MAC_LETTERS)

    def identity(self, salt: bytes, digits: str) -> str:
        """A NIK as the log of one day knows it. The pepper keeps whoever has only the log
        from trying all NIKs.
        """
        inner = _mac(self.pepper, "identity", digits)
        return _letters(_mac(salt, "identity", inner.hex()), TICKET_MAC_LETTERS)

    def request(self, caller: str, key: str) -> str:
        """An idempotency key that belongs to its caller."""
        return _letters(_mac(self.pepper, "request", caller, key), TICKET_MAC_LETTERS)

    # What waits to be paired

    def screen_code(self, code: str) -> str:
        """A code a screen shows, as it is kept: worth something for ten minutes, and not to be read
        off a copy made earlier.
        """
        return _mac(self.pepper, "pairing", code).hex()

    def screen_origin(self, network: str) -> str:
        """From where a screen asks for one."""
        return _mac(self.pepper, "pairing from", network).hex()


def digest(*parts: str | bytes) -> str:
    """What a request asked, to notice another request under the same key."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(4, "big") + data)
    return sha.hexdigest()[:32]
