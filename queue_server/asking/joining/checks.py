"""Four digits on an unproven ticket's page, to be typed at the kiosk in the hall.

They keep one from confirming a stranger's number by a slip of the finger; they are no secret
against somebody who may try often, so the kiosk counts wrong ones. Must not know requests.
"""

from __future__ import annotations

import hmac
from typing import Final

from queue_server.people.keys import Keys

DIGITS: Final = 4
_MAC_BYTES: Final = 8  # far more than four digits: no digit is likelier than another


def check_code(keys: Keys, ticket_id: str) -> str:
    """The same whenever it is asked for, stored nowhere."""
    mac = hmac.digest(keys.cookie, f"check\x1f{ticket_id}".encode(), "sha256")
    return f"{int.from_bytes(mac[:_MAC_BYTES], 'big') % 10**DIGITS:0{DIGITS}d}"


def check_code_fits(keys: Keys, ticket_id: str, typed: str) -> bool:
    """Is this what the ticket's page shows?"""
    digits = "".join(letter for letter in typed if letter.isdecimal() and letter.isascii())
    return hmac.compare_digest(check_code(keys, ticket_id).encode(), digits.encode())
