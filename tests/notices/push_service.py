"""A push service of our own: takes what is pushed, reads it with a browser's keys, and behaves as
badly as a test wants.

It decrypts by its own few lines (RFC 8291, section 4), not by ours.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NEVER = 0
"""In a status' place: it does not answer."""


def letters(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def data(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """One browser's push subscription, with the keys only it knows."""

    def __init__(self, name: str, service: str) -> None:
        self.endpoint = f"{service}/push/{name}"
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._public = self._key.public_key().public_bytes(
            Encoding.X962, PublicFormat.UncompressedPoint
        )
        self._auth = hashlib.sha256(name.encode()).digest()[:16]

    @property
    def subscription(self) -> dict[str, Any]:
        """What `PushSubscription.toJSON()` gives a page."""
        keys = {"p256dh": letters(self._public), "auth": letters(self._auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def read(self, body: bytes) -> dict[str, Any]:
        """What was pushed. Raises where it was not encrypted for this browser."""
        salt, size = body[:16], int.from_bytes(body[16:20], "big")
        theirs, sealed = body[21 : 21 + body[20]], body[21 + body[20] :]
        assert len(sealed) <= size
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self._key.exchange(ec.ECDH(), point)
        about = b"WebPush: info\0" + self._public + theirs
        secret = _hkdf(self._auth, shared, about, 32)
        key = _hkdf(salt, secret, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, secret, b"Content-Encoding: nonce\0", 12)
        plain = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert plain[-1:] == b"\x02", "the last record says so"
        read: dict[str, Any] = json.loads(plain[:-1])
        return read


def _hkdf(salt: bytes, secret: bytes, about: bytes, length: int) -> bytes:
    key = hmac.digest(salt, secret, "sha256")
    return hmac.digest(key, about + b"\x01", "sha256")[:length]


@dataclass
class Pushed:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """Answers with the statuses in `says`, one after the other; when none is left, 201."""

    url: str = ""
    came: list[Pushed] = field(default_factory=list)
    taken: list[Pushed] = field(default_factory=list)
    """What was answered 201."""
    says: list[int] = field(default_factory=list)
    more: str = ""
    """Header lines of answers that are none of 201."""
    always: int | None = None
    hanging: asyncio.Event = field(default_factory=asyncio.Event)

    def heard(self, browser: Browser) -> list[dict[str, Any]]:
        """What a browser was pushed, read."""
        path = "/" + browser.endpoint.split("/", 3)[3]
        return [browser.read(one.body) for one in self.taken if one.path == path]

    async def until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110
                await asyncio.sleep(0.005)

    async def until_kind(self, browser: Browser, kind: str) -> None:
        """The last it heard is of this kind."""
        await self.until(lambda: self.heard(browser)[-1]["kind"] == kind)

    async def until_heard(self, browser: Browser, count: int) -> list[dict[str, Any]]:
        await self.until(lambda: len(self.heard(browser)) >= count)
        return self.heard(browser)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        keep = dict(line.split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers["content-length"]))
        pushed = Pushed(head[0].split()[1], {k.lower(): v for k, v in keep.items()}, body)
        self.came.append(pushed)
        status = self.says.pop(0) if self.says else self.always
        if status == NEVER:
            self.hanging.set()
            await asyncio.Event().wait()
        if status is None:
            status = 201
            self.taken.append(pushed)
        more = self.more if status != 201 else ""
        writer.write(f"HTTP/1.1 {status} Said\r\n{more}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()
        return True


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    service = PushService()
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        await service.serve(reader, writer)
        tasks.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    service.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield service
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def signed_by(header: str) -> tuple[str, dict[str, Any]]:
    """The key in a VAPID header, and what it signed; raises where the signature is not its."""
    fields = dict(part.strip().split("=", 1) for part in header.removeprefix("vapid ").split(","))
    first, claims, signature = fields["t"].split(".")
    assert json.loads(data(first)) == {"typ": "JWT", "alg": "ES256"}
    raw = data(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), data(fields["k"]))
    key.verify(der, f"{first}.{claims}".encode(), ec.ECDSA(SHA256()))
    told: dict[str, Any] = json.loads(data(claims))
    return fields["k"], told
