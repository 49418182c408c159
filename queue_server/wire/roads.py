"""What a page and the server tell each other about ways to reach a ticket's holder."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from queue_server.wire.base import Request, Shown

Endpoint = Annotated[str, Meta(min_length=1, max_length=1_024)]
KeyText = Annotated[str, Meta(min_length=1, max_length=120)]


class PushKeys(Request, frozen=True):
    """With which the browser reads what is pushed to it: base64url, as it gives them."""

    p256dh: KeyText
    auth: KeyText


class SubscribeRequest(Request, frozen=True):
    """A browser's push subscription, as its `toJSON()` tells it."""

    endpoint: Endpoint
    keys: PushKeys
    expires_at_ms: float | None = msgspec.field(default=None, name="expirationTime")
    """Browsers send it; it is not used: a service says 410 when a subscription has ended."""


class SubscriptionNamed(Request, frozen=True):
    """One of the ticket's subscriptions."""

    endpoint: Endpoint


class PushKeyView(Shown, frozen=True):
    key: str
    """The public key a page subscribes with, base64url."""


class PushAnswer(Shown, frozen=True):
    number: str
    """The ticket that is told there."""
