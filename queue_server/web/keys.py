"""What proves something without being stored: ticket secrets, join codes, and keyed hashes.

Owns the server's keys while it runs. Everything here is HMAC-SHA256 over named fields. Must not
know cookies, requests or databases.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

# 27 letters of base64 are 162 bits: nobody guesses a ticket's link (at least 128 are promised).
TICKET_MAC_LETTERS: Final = 27
# 96 bits for a code that lives for one run of the server and is shown to the whole hall anyway.
JOIN_CODE_LETTERS: Final = 16
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
    """The server's own keys. `start` is drawn at each start, so join codes end with the run."""

    ticket: bytes
    join: bytes
    cookie: bytes
    pepper: bytes
    address: str
    """How phones reach this server: `https://host`, no slash at the end."""
    start: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    # Tickets

    def ticket_secret(self, branch: str, day: date, number: str, ticket_id: str) -> str:
        """The unguessable name of a ticket; the same whenever it is asked for, stored nowhere."""
        name = TicketName(branch, day, number)
        mac = _mac(self.ticket, branch, day.isoformat(), number, ticket_id)
        return f"{name}.{_letters(mac, TICKET_MAC_LETTERS)}"

    def ticket_link(self, secret: str, base: str | None = None) -> str:
        return f"{base or self.address}/t/{secret}"

    # The hall's QR

    def join_code(self, branch: str) -> str:
        """What the hall's QR carries: proof of having stood before it during this run."""
        return _letters(_mac(self.join, "join", self.start.hex(), branch), JOIN_CODE_LETTERS)

    def join_code_fits(self, branch: str, code: str) -> bool:
        return hmac.compare_digest(self.join_code(branch).encode(), code.encode())

    def join_url(self, branch: str) -> str:
        return f"{self.address}/b/{branch}?j={self.join_code(branch)}"

    def scan(self, branch: str, until: datetime) -> str:
        """What a browser keeps of a scan: good for one ticket of this branch until then."""
        nonce, ends = secrets.token_urlsafe(12), str(int(until.timestamp()))
        return f"{nonce}.{ends}.{self._scan_mac(branch, nonce, ends)}"

    def scan_fits(self, branch: str, scan: str, now: datetime) -> bool:
        nonce, _, rest = scan.partition(".")
        ends, _, mac = rest.partition(".")
        expected = self._scan_mac(branch, nonce, ends)
        fits = hmac.compare_digest(expected.encode(), mac.encode())
        return fits and now.timestamp() < int(ends)

    def _scan_mac(self, branch: str, nonce: str, ends: str) -> str:
        return _letters(_mac(self.cookie, "scan", self.start.hex(), branch, nonce, ends), 27)

    # What the log may know of people and requests

    def browser(self, salt: bytes, cookie: str) -> str:
        """A browser as the log of one day knows it; the salt is erased after the day."""
        return _letters(_mac(salt, "browser", cookie), TICKET_MAC_LETTERS)

    def identity(self, salt: bytes, digits: str) -> str:
        """A NIK as the log of one day knows it. The pepper keeps whoever has only the database
        from trying all NIKs.
        """
        inner = _mac(self.pepper, "identity", digits)
        return _letters(_mac(salt, "identity", inner.hex()), TICKET_MAC_LETTERS)

    def request(self, caller: str, key: str) -> str:
        """An idempotency key that belongs to its caller."""
        return _letters(_mac(self.pepper, "request", caller, key), TICKET_MAC_LETTERS)


def digest(*parts: str | bytes) -> str:
    """What a request asked, to notice another request under the same key."""
    sha = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        sha.update(len(data).to_bytes(4, "big") + data)
    return sha.hexdigest()[:32]
