"""The hall's codes: an HMAC over branch, key and half-minute; made for screens, read from scans.

A code is good during its own step and the next one. Owns what a code proves and what is wrong with
one that proves nothing. Must not know requests, cookies or stores.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from queue_server.people import JoinKey
from queue_server.wire import JoinShown

# 22 letters of base64 are 132 bits; at least 96 are promised.
MAC_LETTERS: Final = 22
_CODE: Final = re.compile(r"([1-9][0-9]{0,8})\.([0-9a-z]{1,12})\.([A-Za-z0-9_-]{22})")
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


class Verdict(StrEnum):
    """What a code or a scan is; all but `RIGHT` have a sentence of their own."""

    RIGHT = "right"
    OLD = "join_code_old"
    """It was right once: a photograph, a page left open."""
    ELSEWHERE = "join_code_elsewhere"
    """Right, in another branch."""
    WRONG = "join_code_wrong"
    """No code of ours: a letter lost, or changed."""
    SCAN_USED = "scan_used"
    SCAN_FOREIGN = "scan_foreign"
    """Made in another browser."""
    SCAN_OVER = "scan_over"


HALL_CODE_REFUSALS: Final = tuple(map(str, (Verdict.OLD, Verdict.ELSEWHERE, Verdict.WRONG)))
"""What may be wrong with a code, as against a scan."""


def base36(number: int) -> str:
    """As `int(text, 36)` reads it."""
    text = ""
    while True:
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
        if not number:
            return text


@dataclass(frozen=True, slots=True)
class HallCode:
    """A code taken apart, proven by nothing yet."""

    key: int
    step: int
    mac: str


def read_code(text: str) -> HallCode | None:
    """None when it is no code at all; one code has one spelling."""
    found = _CODE.fullmatch(text)
    if found is None:
        return None
    code = HallCode(int(found[1]), int(found[2], 36), found[3])
    return code if base36(code.step) == found[2] else None


class Codes:
    """The codes of every branch of this server. `keys`: newest first."""

    def __init__(
        self, keys: Sequence[JoinKey], address: str, step_s: int, now: Callable[[], datetime]
    ) -> None:
        self._keys = tuple(keys)
        self._address = address
        self._now = now
        self.step_s = step_s

    @property
    def newest(self) -> JoinKey:
        """The key codes are made with now."""
        return self._keys[0]

    def use(self, keys: Sequence[JoinKey]) -> None:
        """From now on codes are made with the first of these."""
        self._keys = tuple(keys)

    # For screens

    def step(self, at: datetime | None = None) -> int:
        """The half-minute a moment belongs to, counted since 1970."""
        return int((at or self._now()).timestamp()) // self.step_s

    def left_s(self) -> float:
        """How long until the next step begins."""
        return self.step_s - self._now().timestamp() % self.step_s

    def code(self, branch: str) -> str:
        """What the hall's QR carries now."""
        return _written(self.newest, branch, self.step())

    def shown(self, branch: str) -> JoinShown:
        """What screens get: the present code, what it leads to, and when to show the next one."""
        step = self.step()
        code = _written(self.newest, branch, step)
        until = datetime.fromtimestamp((step + 1) * self.step_s, UTC)
        return JoinShown(f"{self._address}/b/{branch}?j={code}", code, until)

    # From scans

    def check(self, branch: str, text: str, branches: Collection[str]) -> Verdict:
        """What a code proves in this branch now; `branches` are all there are."""
        code = read_code(text)
        if code is None:
            return Verdict.WRONG
        key = next((one for one in self._keys if one.id == code.key), None)
        if key is None:
            return Verdict.OLD if code.key < self._keys[-1].id else Verdict.WRONG
        if not _fits(key, branch, code):
            others = (one for one in branches if one != branch)
            elsewhere = any(_fits(key, other, code) for other in others)
            return Verdict.ELSEWHERE if elsewhere else Verdict.WRONG
        return Verdict.RIGHT if self._is_fresh(code) else Verdict.OLD

    def _is_fresh(self, code: HallCode) -> bool:
        """A replaced key made its last code in the step in which it was replaced."""
        now = self.step()
        retired = code.key != self.newest.id and code.step > self.step(self.newest.made_at)
        return now - 1 <= code.step <= now and not retired


def _written(key: JoinKey, branch: str, step: int) -> str:
    return f"{key.id}.{base36(step)}.{_mac(key, branch, step)}"


def _fits(key: JoinKey, branch: str, code: HallCode) -> bool:
    return hmac.compare_digest(_mac(key, branch, code.step).encode(), code.mac.encode())


def _mac(key: JoinKey, branch: str, step: int) -> str:
    said = "\x1f".join(("hall", branch, str(key.id), str(step)))
    return urlsafe_b64encode(hmac.digest(key.secret, said.encode(), "sha256")).decode()[
        :MAC_LETTERS
    ]
