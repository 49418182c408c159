"""What makes a page of a ticket into something a phone keeps: its worker and its manifest.

Owns what the worker is told to keep. Must not know tickets' rules.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.files import ROOT, asset, imported_by, static_bytes
from queue_server.look.words import Words
from queue_server.web.context import site_of
from queue_server.web.identity import person
from queue_server.web.inside import is_iphone
from queue_server.web.respond import language_of_request
from queue_server.web.tickets import secret_of

ENTRY: Final = "web/ticket/ticket.js"
ICONS: Final = (
    ("web/installed/icon-192.png", "192x192"),
    ("web/installed/icon-512.png", "512x512"),
)
_FILES: Final = (
    "sheets/phone.css",
    "look/icons.svg",
    "look/favicon.svg",
    "look/vendor/font/atkinson-hyperlegible-next.woff2",
    "web/copy.js",
    ENTRY,
)
_COLOUR: Final = "#ffffff"


async def worker(_request: Request) -> Response:
    """GET /worker.js: asked again at every visit; another version takes the old one's place."""
    return Response(
        _worker(),
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/ticket"},
    )


async def manifest(request: Request) -> Response:
    """GET /ticket/app.webmanifest: an iPhone's home screen keeps no cookies of the browser, so that
    there it opens the number's own link.
    """
    words = Words(language_of_request(request))
    body = {
        "id": "/ticket",
        "name": words("app-name"),
        "short_name": words("app-name"),
        "description": words("app-description"),
        "lang": words.language,
        "start_url": await _start(request),
        "scope": "/",
        "display": "standalone",
        "background_color": _COLOUR,
        "theme_color": _COLOUR,
        "icons": [
            {"src": asset(name), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for name, sizes in ICONS
            for purpose in ("any", "maskable")
        ],
    }
    return Response(
        json.dumps(body, ensure_ascii=False),
        media_type="application/manifest+json",
        headers={"Cache-Control": "no-store"},
    )


async def _start(request: Request) -> str:
    name = (await person(request)).ticket
    secret = secret_of(site_of(request), name) if name and is_iphone(request) else None
    return f"/t/{secret}" if secret else "/ticket"


@cache
def _worker() -> bytes:
    shell = [asset(name) for name in (*_FILES, *imported_by(ENTRY), *(name for name, _ in ICONS))]
    # What the page itself is may change without any of these: then the page is fetched anyway.
    told = {"VERSION": asset(ENTRY), "STATIC": ROOT, "SHELL": shell}
    lines = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in told.items())
    return lines.encode() + static_bytes("web/installed/worker.js")
