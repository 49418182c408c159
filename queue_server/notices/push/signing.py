"""Who pushes: the server's own key, and its signature for a push service (VAPID, RFC 8292).

The key is worked out from one of the server's secrets, which is kept and backed up like the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from queue_server.notices.push.encrypting import CURVE, lettered, point

SIGNED_FOR: Final = timedelta(hours=12)
"""Push services take at most a day; their clocks and ours may differ."""
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the curve: keys are smaller."""


class PushKey:
    """One key pair of the server; `public` is what a page subscribes with."""

    def __init__(self, secret: bytes) -> None:
        number = int.from_bytes(secret, "big") % (_ORDER - 1) + 1
        self._key = ec.derive_private_key(number, CURVE)
        self.public: Final = lettered(point(self._key.public_key()))

    def authorization(self, service: str, contact: str, now: datetime) -> str:
        """The header for one service (its origin). `contact`: an address of whoever runs this
        server, `mailto:` or `https:`.
        """
        until = int((now + SIGNED_FOR).timestamp())
        claims = {"aud": service, "exp": until, "sub": contact}
        signed = f"{_part({'typ': 'JWT', 'alg': 'ES256'})}.{_part(claims)}"
        return f"vapid t={signed}.{self._signature(signed)}, k={self.public}"

    def _signature(self, text: str) -> str:
        r, s = decode_dss_signature(self._key.sign(text.encode(), ec.ECDSA(hashes.SHA256())))
        return lettered(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def _part(fields: Mapping[str, object]) -> str:
    return lettered(msgspec.json.encode(fields))
