"""Serves `/static/…`: every file from memory, compressed once, cached for ever by its hash.

Mount it once: `Mount("/static", look.assets.StaticAssets())`. An address with `?v=<hash>` may be
kept for a year, and so may a module under `/static/v-<hash>/`; anything else is asked for again
(304 when unchanged).
"""

import gzip
import re
from functools import cache
from hashlib import sha256
from mimetypes import guess_type
from typing import Final, NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from queue_server.look.files import ROOT, asset, modules_root, static_bytes
from queue_server.look.sheets import SHEETS

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".opus": "audio/ogg",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".json": "application/json",
}
_WORTH_PACKING: Final = (".css", ".js", ".svg", ".json", ".webmanifest")
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "public, no-cache"


class _File(NamedTuple):
    plain: bytes
    packed: bytes | None
    etag: str
    media_type: str


@cache
def _file(name: str) -> _File:
    plain = static_bytes(name)
    dot = name[name.rfind(".") :]
    packed = gzip.compress(plain, 9, mtime=0) if dot in _WORTH_PACKING else None
    media_type = _TYPES.get(dot) or guess_type(name)[0] or "application/octet-stream"
    return _File(plain, packed, f'"{sha256(plain).hexdigest()[:24]}"', media_type)


class StaticAssets:
    """The ASGI application behind `/static`. Each page's sheet is joined as it is made."""

    def __init__(self) -> None:
        for sheet in SHEETS:
            _file(sheet)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise RuntimeError("static files are served over HTTP only")
        await _respond(Request(scope))(scope, receive, send)


def _respond(request: Request) -> Response:
    if request.method not in ("GET", "HEAD"):
        return PlainTextResponse("", status_code=405, headers={"Allow": "GET, HEAD"})
    name, current = _named(request)
    try:
        file = _file(name)
    except (LookupError, ValueError, OSError):  # a NUL in the path, a name no file can have
        return PlainTextResponse("", status_code=404)
    headers = {
        "ETag": file.etag,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": _FOR_EVER if current else _ASK_AGAIN,
    }
    if request.headers.get("if-none-match") == file.etag:
        return Response(status_code=304, headers=headers)
    body = file.plain
    if file.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body = file.packed
        headers["Content-Encoding"] = "gzip"
    # HEAD: the server leaves the body out, the length stays.
    return Response(body, media_type=file.media_type, headers=headers)


def _named(request: Request) -> tuple[str, bool]:
    """The file's name, and whether the address names the version we have."""
    path = request.url.path
    if path.startswith(modules_root()):
        return path.removeprefix(modules_root()), True
    name = re.sub(r"^v-[0-9a-f]+/", "", path.removeprefix(ROOT))  # a page from before an upgrade
    wanted = request.query_params.get("v")
    return name, wanted is not None and _is_current(name, wanted)


def _is_current(name: str, wanted: str) -> bool:
    try:
        return asset(name).endswith(f"?v={wanted}")
    except (LookupError, ValueError, OSError):
        return False
