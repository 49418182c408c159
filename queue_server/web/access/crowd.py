"""How many strangers may wait at once for their passwords to be checked.

Must not know what is guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from queue_server.web.errors import Problem


class Crowd:
    """Strangers whose passwords wait to be checked: so many at once, and so many of one address.

    Whoever comes then hears at once when to come back: waiting without end helps nobody.
    """

    def __init__(self, count_max: int, per_address_max: int, retry_after_s: int) -> None:
        self._count_max = count_max
        self._per_address_max = per_address_max
        self._retry_after_s = retry_after_s
        self._waiting: Counter[str] = Counter()

    @contextmanager
    def place(self, address: str) -> Iterator[None]:
        """One of its places, as long as the block runs. Raises `Problem` 429."""
        is_full = self._waiting.total() >= self._count_max
        if is_full or self._waiting[address] >= self._per_address_max:
            raise Problem(429, "too_many_requests", retry_after_s=self._retry_after_s)
        self._waiting[address] += 1
        try:
            yield
        finally:
            self._waiting[address] -= 1
            self._waiting += Counter()  # forgets who has none left
