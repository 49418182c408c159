"""Encrypts what is pushed for one browser (RFC 8291 in the form of RFC 8188, `aes128gcm`): the push
service carries it and cannot read it.

By `cryptography`, which is here for passkeys anyway: the libraries made for this bring clients of
their own, and are built from source at every installation.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE: Final = ec.SECP256R1()
POINT_BYTES: Final = 65
AUTH_BYTES: Final = 16
RECORD_BYTES: Final = 4_096
"""One record is all there is: what is pushed has less than 1 KB."""
_LAST_RECORD: Final = b"\x02"


class BadKeys(ValueError):
    """No browser gives such keys."""


@dataclass(frozen=True, slots=True)
class BrowserKeys:
    """With which one browser reads what is pushed to it."""

    public: bytes
    auth: bytes

    @classmethod
    def read(cls, p256dh: str, auth: str) -> BrowserKeys:
        """From the letters a browser gives. Raises `BadKeys`."""
        keys = cls(unlettered(p256dh), unlettered(auth))
        if len(keys.public) != POINT_BYTES or len(keys.auth) != AUTH_BYTES:
            raise BadKeys("p256dh has 65 bytes, auth 16")
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(CURVE, keys.public)
        except ValueError as wrong:
            raise BadKeys("p256dh is no point of the curve") from wrong
        return keys


def encrypt(
    plain: bytes,
    to: BrowserKeys,
    own: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push. `own` and `salt` are made anew for each, unless a test says otherwise."""
    own, salt = own or ec.generate_private_key(CURVE), salt or os.urandom(16)
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to.public)
    ours = point(own.public_key())
    about = b"WebPush: info\x00" + to.public + ours
    secret = _derived(own.exchange(ec.ECDH(), theirs), to.auth, about, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(key).encrypt(nonce, plain + _LAST_RECORD, None)
    return salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(ours)]) + ours + sealed


def point(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as browsers give and take it."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def lettered(data: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unlettered(text: str) -> bytes:
    """With padding or without. Raises `BadKeys`."""
    bare = text.rstrip("=")
    if not bare.isascii() or not bare.replace("-", "").replace("_", "").isalnum():
        raise BadKeys("not base64url")
    try:
        return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
    except ValueError as wrong:
        raise BadKeys("not base64url") from wrong


def _derived(secret: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, about).derive(secret)
