"""What the API does beside the verbs of the queue, for the OpenAPI document: by method and path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from queue_server import wire

_ENDPOINT: Final = "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABl"


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them."""

    says: str
    body: type[wire.Request]
    example: Mapping[str, Any]
    status: int
    answer: type[wire.Shown] | None = None
    codes: tuple[str, ...] = ()
    """What it refuses beside what every command may."""


DEEDS: Final[Mapping[tuple[str, str], Deed]] = {
    ("POST", "/ticket/push"): Deed(
        "Tells the holder of your ticket by Web Push from now on, in the language of the page or "
        "of `Accept-Language`. Once more is the same; of several phones the oldest makes room.",
        wire.SubscribeRequest,
        {
            "endpoint": _ENDPOINT,
            "keys": {
                "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8"
                "pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg",
            },
        },
        201,
        wire.PushAnswer,
        ("unknown_push_service", "bad_subscription"),
    ),
    ("DELETE", "/ticket/push"): Deed(
        "Tells nobody there any more; also where nobody was told.",
        wire.SubscriptionNamed,
        {"endpoint": _ENDPOINT},
        204,
    ),
    ("POST", "/ticket/push/try"): Deed(
        "Lets the phone ring once.",
        wire.SubscriptionNamed,
        {"endpoint": _ENDPOINT},
        202,
        wire.PushAnswer,
        ("unknown_subscription",),
    ),
}
