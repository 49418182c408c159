"""A scan: what one browser keeps of the hall's code for three minutes, good for one ticket.

Scans are proven by a key and remembered when used. They end with the run of the server: after a
restart nobody remembers which were used, and the hall's screen is a few steps away. Must not know
requests or cookies.
"""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from queue_server.asking.joining.codes import Verdict, base36

# Bounds the memory: more scans than any hall has in the three minutes one is good for.
_REMEMBERED_MAX: Final = 50_000
_MAC_LETTERS: Final = 27  # 162 bits
_SHAPE: Final = re.compile(
    r"([0-9a-f]{8})\.([0-9a-z]{1,12})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{27})"
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a browser brings, once read: whether it proves presence, and until when."""

    verdict: Verdict
    nonce: str = ""
    until: datetime | None = None

    @property
    def is_right(self) -> bool:
        return self.verdict is Verdict.RIGHT


class Scans:
    """Makes, reads and remembers scans."""

    def __init__(self, key: bytes, valid_s: int, now: Callable[[], datetime]) -> None:
        self._key = key
        self._valid_s = valid_s
        self._now = now
        self._run = secrets.token_hex(4)
        self._used: OrderedDict[str, str] = OrderedDict()

    def make(self, branch: str, browser: str) -> str:
        """A new one for this browser's own random name."""
        ends = base36(int((self._now() + timedelta(seconds=self._valid_s)).timestamp()))
        nonce, whose = secrets.token_urlsafe(12), self._whose(browser)
        mac = self._mac(branch, self._run, ends, nonce, whose)
        return f"{self._run}.{ends}.{nonce}.{whose}.{mac}"

    def read(self, branch: str, text: str, browser: str | None) -> Scan:
        """What it proves in this branch, brought by this browser, now."""
        found = _SHAPE.fullmatch(text)
        if found is None:
            return Scan(Verdict.WRONG)
        run, ends, nonce, whose, mac = found.groups()
        right = self._mac(branch, run, ends, nonce, whose)
        if not hmac.compare_digest(right.encode(), mac.encode()):
            return Scan(Verdict.WRONG)
        if browser is None or not hmac.compare_digest(self._whose(browser), whose):
            return Scan(Verdict.SCAN_FOREIGN, nonce)
        if nonce in self._used:
            return Scan(Verdict.SCAN_USED, nonce)
        until = datetime.fromtimestamp(int(ends, 36), UTC)
        if run != self._run or self._now() >= until:
            return Scan(Verdict.SCAN_OVER, nonce)
        return Scan(Verdict.RIGHT, nonce, until)

    def take(self, nonce: str, request: str = "") -> bool:
        """Uses it up for a request; False when another request did so before."""
        if nonce in self._used:
            return bool(request) and self._used[nonce] == request
        self._used[nonce] = request
        while len(self._used) > _REMEMBERED_MAX:
            self._used.popitem(last=False)
        return True

    def give_back(self, nonce: str) -> None:
        """No ticket came of it: the scan is still good."""
        self._used.pop(nonce, None)

    def _whose(self, browser: str) -> str:
        mac = hmac.digest(self._key, f"browser\x1f{browser}".encode(), "sha256")
        return urlsafe_b64encode(mac).decode()[:16]

    def _mac(self, *parts: str) -> str:
        mac = hmac.digest(self._key, "\x1f".join(("scan", *parts)).encode(), "sha256")
        return urlsafe_b64encode(mac).decode()[:_MAC_LETTERS]
