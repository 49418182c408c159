"""How a page is answered: rendered in the reader's language, or a redirect that says what happened.

Owns the language of a request and the flash, a message that survives one redirect. Must not know
what a page shows.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final, Literal
from urllib.parse import urlencode

import msgspec
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from queue_server.look import pages
from queue_server.look.words import LANGUAGES, Words, language_of, negotiate
from queue_server.serving.hosts import LOOPBACK, is_ours
from queue_server.web import cookies
from queue_server.web.context import site_of
from queue_server.web.errors import Problem

_LANGUAGE_COOKIE_S: Final = 365 * 86_400
_FLASH_S: Final = 30
_FLASH_LETTERS_MAX: Final = 600
_SHARED_SCREENS: Final = ("/board/", "/kiosk/")
_OF_PHONES: Final = ("/b/", "/t/", "/ticket", "/privacy/")


class Flash(msgspec.Struct, frozen=True):
    """What just happened, shown once on the page one was led back to."""

    kind: Literal["refused", "done"]
    title: str
    text: str


def language_of_request(connection: HTTPConnection) -> str:
    """Of a page: what `?lang=` asks for, else what was chosen before, else Indonesian."""
    chosen = cookies.read(connection, cookies.LANGUAGE)
    return language_of(connection.query_params.get("lang"), chosen)


def language_of_program(connection: HTTPConnection) -> str:
    """Of the API: what `Accept-Language` asks for, else Indonesian."""
    return negotiate(connection.headers.get("accept-language"))


def base_of(connection: HTTPConnection) -> str:
    """The address people reach this site by, without a slash at the end: the one of the settings;
    else what this request named, where that is a name of this machine.
    """
    settings = site_of(connection).settings
    came_to = (connection.scope.get("server") or (None,))[0]
    host = connection.url.hostname or ""
    if settings.public_url or not is_ours(host, settings.host, came_to):
        return settings.address()
    scheme = "https" if cookies.is_secure(connection) else "http"
    return f"{scheme}://{connection.url.netloc}"


def new_request_id() -> str:
    """For a form's hidden field: pressing twice is asking once."""
    return secrets.token_urlsafe(16)


def render(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A whole page. Beside `context` a template always has `words`, `t`, `asset`, `lang`, `here`,
    `demo`, `unencrypted`, `flash`, `request_id()` and `other_language_url`.
    """
    language = language_of_request(request)
    flash = _read_flash(request)
    body = pages.render(
        template,
        Words(language),
        **{
            "lang": language,
            "here": request.url.path,
            "demo": site_of(request).demo,
            "unencrypted": _unencrypted(request),
            "flash": flash,
            "request_id": new_request_id,
            "other_language_url": _other_language_url(request, language),
            **context,
        },
    )
    response = HTMLResponse(body, status, {"Cache-Control": "no-store"})
    if flash is not None:
        cookies.drop(request, response, cookies.FLASH)
    _keep_language(request, response)
    return response


def refused_with(problem: Problem, response: Response) -> Response:
    """The page that tells a refusal, with what its status asks for beside it (`Retry-After`)."""
    for name, value in problem.headers().items():
        response.headers[name] = value
    return response


def see_other(
    request: Request, path: str, flash: Problem | str | None = None, kind: str = "done"
) -> Response:
    """Leads on by GET. `flash` (a refusal, or a sentence) is shown once by the next page."""
    response = RedirectResponse(path, 303, {"Cache-Control": "no-store"})
    _keep_language(request, response)
    if flash is None:
        return response
    if isinstance(flash, Problem):
        title, text = flash.text(language_of_request(request))
        _keep_flash(request, response, Flash("refused", title, text))
    else:
        _keep_flash(request, response, Flash("refused" if kind == "refused" else "done", "", flash))
    return response


def _unencrypted(request: Request) -> str:
    """Whom to warn that others on the network can read along: `phone`, `staff`, or nobody.

    Loopback does not leave the machine. At a board or a kiosk nobody types anything of their own.
    """
    path = request.url.path
    if cookies.is_secure(request) or LOOPBACK.fullmatch(request.url.hostname or ""):
        return ""
    if path.startswith(_SHARED_SCREENS):
        return ""
    return "phone" if path == "/" or path.startswith(_OF_PHONES) else "staff"


def _other_language_url(request: Request, language: str) -> str:
    other = next(one for one in LANGUAGES if one != language)
    query = [(k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "j", "key")]
    return f"{request.url.path}?{urlencode([*query, ('lang', other)])}"


def _keep_language(request: Request, response: Response) -> None:
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        cookies.keep(request, response, cookies.LANGUAGE, str(asked), _LANGUAGE_COOKIE_S)


def _keep_flash(request: Request, response: Response, flash: Flash) -> None:
    short = Flash(flash.kind, flash.title[:_FLASH_LETTERS_MAX], flash.text[:_FLASH_LETTERS_MAX])
    value = urlsafe_b64encode(msgspec.json.encode(short)).decode()
    cookies.keep(request, response, cookies.FLASH, value, _FLASH_S)


def _read_flash(request: Request) -> Flash | None:
    value = cookies.read(request, cookies.FLASH)
    if value is None:
        return None
    try:
        return msgspec.json.decode(urlsafe_b64decode(value), type=Flash)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        return None
