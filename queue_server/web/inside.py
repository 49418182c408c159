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


def is_inside(request: Request) -> bool:
    """Is this an app's own browser, not the phone's?"""
    agent = _agent(request)
    return _APPS.search(agent) is not None or (_is_iphone(agent) and "Safari/" not in agent)


def way_out(request: Request, link: str) -> WayOut | None:
    """For a browser inside an app, taking along what `link` opens; None for a real one."""
    if not is_inside(request):
        return None
    agent = _agent(request)
    return WayOut(_intent(link) if "Android" in agent else "", _is_iphone(agent))


def is_iphone(request: Request) -> bool:
    """An iPhone's or iPad's browser, whichever name it goes by."""
    return _is_iphone(_agent(request))


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _is_iphone(agent: str) -> bool:
    return _IPHONE.search(agent) is not None


def _intent(link: str) -> str:
    parts = urlsplit(link)
    rest = link[len(f"{parts.scheme}:") :]
    return f"intent:{rest}#Intent;scheme={parts.scheme};action=android.intent.action.VIEW;end"
