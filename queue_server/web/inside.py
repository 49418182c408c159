"""Browsers inside other apps, and the way out of them.

Chat and scanner apps open a QR in a browser of their own: it keeps no number for long and rings for
nobody once it is closed. Owns how they are told from real ones. Must not know pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

_APPS: Final = re.compile(
    r"; wv\)|\b(?:FBAN|FBAV|FB_IAB|Instagram|WhatsApp|Line|MicroMessenger|Telegram|TikTok"
    r"|musical_ly|GSA)\b"
)
_IPHONE: Final = re.compile(r"\b(?:iPhone|iPad|iPod)\b")


@dataclass(frozen=True, slots=True)
class WayOut:
    """How this page gets into the phone's own browser."""

    intent: str
    """An address that Android opens in the browser chosen there; empty where there is none."""
    is_iphone: bool


def way_out(request: Request, link: str) -> WayOut | None:
    """For a browser inside an app, taking along what `link` opens; None for a real one."""
    agent = request.headers.get("user-agent", "")
    is_iphone = _IPHONE.search(agent) is not None
    if not (_APPS.search(agent) or (is_iphone and "Safari/" not in agent)):
        return None
    return WayOut(_intent(link) if "Android" in agent else "", is_iphone)


def _intent(link: str) -> str:
    parts = urlsplit(link)
    rest = link[len(f"{parts.scheme}:") :]
    return f"intent:{rest}#Intent;scheme={parts.scheme};action=android.intent.action.VIEW;end"
