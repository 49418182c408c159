"""A branch's devices: screens, kiosks and tablets; pairing one by its code, naming, revoking.

Owns what its address and buttons mean. Codes are `people.pairing`'s, what is done is
`people.devices`'s.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from queue_server.look.words import Words
from queue_server.people import Pairing, Token
from queue_server.people.callers import Caller
from queue_server.people.devices import (
    LABEL_LETTERS_MAX,
    PLACE_LETTERS_MAX,
    devices,
    rename,
    revoke,
)
from queue_server.people.pairing import approve, find
from queue_server.web.access.browsers import browser_name
from queue_server.web.access.devices import KIND_OF, KINDS, is_here
from queue_server.web.context import Site, site_of
from queue_server.web.entered import Entered
from queue_server.web.errors import Problem, granted
from queue_server.web.pages.doing import Pressed, pressed, refused
from queue_server.web.pages.shown import RefusalShown
from queue_server.web.respond import language_of_request, refused_with, render, see_other

PLACES: Final = {"find": "add", "approve": "add", "rename": "list", "revoke": "list"}


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One device of the list."""

    token: Token
    kind: str
    paired_by: str
    """A name; empty where whoever runs the server made it."""
    here: bool


@dataclass(frozen=True, slots=True)
class FoundDevice:
    """The screen whose code was typed, before it is let in."""

    code: str
    kind: str
    browser: str
    since: datetime


async def devices_page(entered: Entered) -> Response:
    """GET /devices/{branch}"""
    return await _page(entered.request, entered.caller, entered.branch)


async def devices_command(entered: Entered) -> Response:
    """POST /devices/{branch}/do/{verb}"""
    request, caller, branch = entered.request, entered.caller, entered.branch
    what = await pressed(request, PLACES)
    try:
        if what.verb == "find":
            return await _find(request, caller, branch, what)
        done = await _do(entered.site, caller, branch, what)
    except Problem as problem:
        return await _refuse(request, caller, branch, what, problem)
    words = Words(language_of_request(request))
    flash = words(f"devices-done-{what.verb}", label=done)
    return see_other(request, f"/devices/{branch}", flash=flash)


async def _find(request: Request, caller: Caller, branch: str, what: Pressed) -> Response:
    """The same page, with the screen that shows the typed code."""
    typed = what.fields.get("code", "")
    site = site_of(request)
    pairing = granted(await find(site.access, site.keys, caller, branch, typed))
    return await _page(request, caller, branch, found=_found(pairing, typed))


async def _do(site: Site, caller: Caller, branch: str, what: Pressed) -> str:
    """Does it; what the device is called."""
    fields = what.fields
    label, place = fields.get("label", ""), fields.get("place", "")
    if what.verb == "approve":
        kind = KINDS.get(fields.get("kind", ""))
        if kind is None:
            raise Problem(404, "unknown_pairing")
        code = fields.get("code", "")
        return granted(
            await approve(site.access, site.keys, caller, branch, code, kind.role, label, place)
        )
    device = fields.get("device", "")
    if what.verb == "rename":
        return granted(await rename(site.access, caller, branch, device, label, place)).label
    return granted(await revoke(site.access, caller, branch, device)).label


async def _refuse(
    request: Request, caller: Caller, branch: str, what: Pressed, problem: Problem
) -> Response:
    refusal = refused(request, problem, PLACES[what.verb])
    typed = what.fields.get("code", "")[:LABEL_LETTERS_MAX]
    page = await _page(request, caller, branch, refusal=refusal, status=problem.status, typed=typed)
    return refused_with(problem, page)


async def _page(
    request: Request,
    caller: Caller,
    branch: str,
    *,
    found: FoundDevice | None = None,
    typed: str = "",
    refusal: RefusalShown | None = None,
    status: int = 200,
) -> Response:
    site = site_of(request)
    plan = site.days.plan(branch)
    return render(
        request,
        "devices/devices.html",
        status,
        branch=branch,
        branch_name=plan.name,
        zone=plan.zone,
        now=site.now(),
        rows=await _rows(site, branch),
        found=found,
        typed=typed,
        refused=refusal,
        me=caller.name,
        here=f"/devices/{branch}",
        addresses={kind: f"/{kind}/{branch}" for kind in KINDS},
        label_letters_max=LABEL_LETTERS_MAX,
        place_letters_max=PLACE_LETTERS_MAX,
    )


async def _rows(site: Site, branch: str) -> list[DeviceRow]:
    accounts = {one.id: one.display_name or one.username for one in await site.people.accounts()}
    return [
        DeviceRow(
            token,
            KIND_OF[token.role].name,
            accounts.get(token.made_by, ""),
            is_here(site, token),
        )
        for token in await devices(site.access, branch)
    ]


def _found(pairing: Pairing, typed: str) -> FoundDevice:
    kind = KIND_OF[pairing.role].name
    return FoundDevice(typed, kind, browser_name(pairing.browser), pairing.created_at)
