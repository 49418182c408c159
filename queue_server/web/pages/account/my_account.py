"""One's own account: ways in, password, PIN, and where one is signed in.

Owns what its buttons mean. Whoever changes a way in has proven themselves again minutes before; the
last one stays. Must not know how a factor is checked.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.people import Account, Role, SignedIn, Stage, own_factors
from queue_server.people.sessions import make_full
from queue_server.web.access import enrolling, known, passkeys, sessions
from queue_server.web.access.recent import is_recent, keep_recent, need_recent
from queue_server.web.bodies import form_fields
from queue_server.web.context import Site, site_of
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem, granted
from queue_server.web.pages.people_shown import zone_of
from queue_server.web.pages.shown import RefusalShown
from queue_server.web.respond import language_of_request, refused_with, render, see_other

HERE: Final = "/account"


@dataclass(frozen=True, slots=True)
class AccountPressed:
    """A button of this page, and whose it is."""

    request: Request
    site: Site
    signed_in: SignedIn
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """What came of it."""

    token: str = ""
    """Of the session in place of the old one."""
    signed_in: SignedIn | None = None
    """Who has just proven themselves."""


async def account_page(entered: Entered) -> Response:
    """GET /account"""
    return await _page(entered.request, await sessions.need(entered.request, Stage.FULL))


async def account_command(entered: Entered) -> Response:
    """POST /account/do/{verb}"""
    request = entered.request
    signed_in = await sessions.need(request, Stage.FULL)
    verb, fields = str(request.path_params["verb"]), await form_fields(request)
    if verb not in _VERBS:
        raise Problem(404, "not_found")
    try:
        done = await _VERBS[verb](AccountPressed(request, site_of(request), signed_in, fields))
    except Problem as problem:
        if problem.code == "sign_in_needed":
            raise
        return await _page(request, signed_in, place=_PLACES.get(verb, "factors"), problem=problem)
    words = Words(language_of_request(request))
    response = see_other(request, HERE, flash=words(f"my-done-{verb}"))
    if done.token:
        sessions.keep(request, response, done.token)
    if done.signed_in:
        keep_recent(request, response, site_of(request), done.signed_in)
        known.keep(request, response, done.signed_in.account)
    return response


async def _confirm(pressed: AccountPressed) -> AccountChanged:
    await _need_password(pressed)
    return AccountChanged(signed_in=pressed.signed_in)


async def _change_password(pressed: AccountPressed) -> AccountChanged:
    """Every session ends with the old password; this browser goes on with a new one."""
    site, account, fields = pressed.site, pressed.signed_in.account, pressed.fields
    await _need_password(pressed)
    named = site.days.name(account.branch)
    changed = granted(
        await own_factors.change_password(
            site.access, site.passwords, account, fields.get("new", ""), named
        )
    )
    _, begun = await sessions.begin(pressed.request, changed, Stage.FACTOR)
    token, signed_in = granted(await make_full(site.access, begun))
    return AccountChanged(token, signed_in=signed_in)


async def _need_password(pressed: AccountPressed) -> None:
    """Counted as at signing in here: a stranger's guesses elsewhere hinder nobody in this."""
    account = pressed.signed_in.account
    counted_as = known.counted_as(pressed.request, account)
    password = pressed.fields.get("password", "")
    site = pressed.site
    granted(
        await own_factors.confirm_password(
            site.access, site.passwords, account, password, counted_as
        )
    )


async def _remove_passkey(pressed: AccountPressed) -> AccountChanged:
    _need_recent(pressed)
    passkey = pressed.fields.get("passkey", "")
    account = pressed.signed_in.account
    granted(await own_factors.remove_passkey(pressed.site.access, account, passkey))
    return AccountChanged()


async def _remove_app(pressed: AccountPressed) -> AccountChanged:
    _need_recent(pressed)
    granted(await own_factors.remove_app(pressed.site.access, pressed.signed_in.account))
    return AccountChanged()


async def _set_pin(pressed: AccountPressed) -> AccountChanged:
    _need_recent(pressed)
    pin = pressed.fields.get("pin", "").strip()
    await enrolling.add_pin(pressed.request, pressed.signed_in, pin)
    return AccountChanged()


async def _remove_pin(pressed: AccountPressed) -> AccountChanged:
    _need_recent(pressed)
    granted(await own_factors.remove_pin(pressed.site.access, pressed.signed_in.account))
    return AccountChanged()


async def _end_session(pressed: AccountPressed) -> AccountChanged:
    """One of the account's own; any other is left alone, and nothing is told of it."""
    session = pressed.fields.get("session", "")
    account = pressed.signed_in.account
    granted(await own_factors.end_session(pressed.site.access, account, session))
    return AccountChanged()


async def _end_others(pressed: AccountPressed) -> AccountChanged:
    mine = pressed.signed_in
    await own_factors.end_others(pressed.site.access, mine.account, mine.session.id)
    return AccountChanged()


def _need_recent(pressed: AccountPressed) -> None:
    need_recent(pressed.request, pressed.site, pressed.signed_in)


_VERBS: Final[Mapping[str, Callable[[AccountPressed], Awaitable[AccountChanged]]]] = {
    "confirm": _confirm,
    "change-password": _change_password,
    "remove-passkey": _remove_passkey,
    "remove-app": _remove_app,
    "set-pin": _set_pin,
    "remove-pin": _remove_pin,
    "end-session": _end_session,
    "end-others": _end_others,
}
_PLACES: Final = {
    "confirm": "confirm",
    "change-password": "password",
    "set-pin": "pin",
    "remove-pin": "pin",
    "end-session": "sessions",
    "end-others": "sessions",
}


async def _page(
    request: Request,
    signed_in: SignedIn,
    *,
    place: str = "",
    problem: Problem | None = None,
) -> Response:
    site, account = site_of(request), signed_in.account
    response = render(
        request,
        "account/my_account.html",
        problem.status if problem else 200,
        here=HERE,
        account=account,
        me=account.display_name or account.username,
        branch_name=site.days.name(account.branch),
        links=_links(account),
        factors=await site.people.factors(account.id),
        passkeys=await site.people.passkeys(account.id),
        sessions=await site.people.sessions(account.id, site.now()),
        session=signed_in.session,
        recent=is_recent(request, site, signed_in),
        passkeys_here=passkeys.works_here(request),
        password_letters_min=site.settings.password_letters_min,
        zone=zone_of(site, account.branch),
        now=site.now(),
        next=HERE,
        refused=_refused(request, place, problem),
    )
    return refused_with(problem, response) if problem else response


def _links(account: Account) -> dict[str, str]:
    """Where somebody of this role works."""
    one = f"/{account.branch}" if account.branch else ""
    links = {"work": sessions.home_of(account)}
    if account.role in (Role.ADMIN, Role.SUPERVISOR):
        links["people"] = f"/people{one}"
    if account.role in (Role.ADMIN, Role.SUPERVISOR, Role.AUDITOR):
        links["audit"] = f"/audit{one}"
    return {name: path for name, path in links.items() if name == "work" or path != links["work"]}


def _refused(request: Request, place: str, problem: Problem | None) -> RefusalShown | None:
    if problem is None:
        return None
    where = "confirm" if problem.code == "confirm_first" else place
    return RefusalShown(where, *problem.text(language_of_request(request)))
