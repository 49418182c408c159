"""The audit pages: who did what on a day, in a branch or everywhere, and the day's figures.

Looking is itself written down, before anything is shown. Must not know how a trail is kept, nor
what a line says.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from queue_server.live import finding
from queue_server.look.words import Words
from queue_server.people import Act
from queue_server.people.policy import may
from queue_server.reports.archive import Told
from queue_server.web.context import Site, site_of
from queue_server.web.entered import Entered
from queue_server.web.identity import Caller
from queue_server.web.pages.audit_asked import AuditAsked, kinds_in, people_in
from queue_server.web.pages.audit_csv import as_csv
from queue_server.web.pages.audit_lines import AuditLine, Names, Teller
from queue_server.web.pages.shown import PlanWords
from queue_server.web.respond import language_of_request, render, see_other
from queue_server.web.trail import record

LINES_A_PAGE: Final = 40
ACTS_A_READ: Final = 500
# The trail of all branches is read where their headquarters are.
EVERYWHERE: Final = "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class TrailShown:
    """A day's lines, newest first, and what the log says of itself; None where there is no log."""

    zone: str
    asked: AuditAsked
    lines: list[AuditLine]
    told: Told | None = None


async def branch_audit(entered: Entered) -> Response:
    """GET /audit/{branch}: a day of a branch; `?as=csv` gives the same lines as a table."""
    request, caller, branch = entered.request, entered.caller, entered.branch
    site, words = entered.site, Words(language_of_request(request))
    zone = site.days.plan(branch).zone
    asked = AuditAsked.of(request.query_params, site.now().astimezone(ZoneInfo(zone)).date())
    await _write_down(request, caller, asked, branch)
    told = await site.archive.day(branch, asked.day, site.now())
    acts = await _acts(site, asked, zone, branch)
    teller = Teller(words, await _people(site, words), _shown(site, words, branch))
    # A long day has thousands of lines; calls are answered meanwhile.
    lines = await asyncio.to_thread(_lines, teller, acts, told, branch)
    return _answer(request, caller, TrailShown(zone, asked, lines, told), branch)


async def whole_audit(entered: Entered) -> Response:
    """GET /audit: what was done beside the queues, everywhere; from here to each branch's day."""
    request, caller = entered.request, entered.caller
    if caller.branch is not None:
        return see_other(request, f"/audit/{caller.branch}")
    site, words = entered.site, Words(language_of_request(request))
    asked = AuditAsked.of(request.query_params, site.now().astimezone(ZoneInfo(EVERYWHERE)).date())
    await _write_down(request, caller, asked, None)
    teller = Teller(words, await _people(site, words), PlanWords(words))
    acts = await _acts(site, asked, EVERYWHERE, None)
    trail = TrailShown(EVERYWHERE, asked, [teller.of_act(act) for act in acts])
    return _answer(request, caller, trail, None)


def _lines(teller: Teller, acts: list[Act], told: Told, branch: str) -> list[AuditLine]:
    """Newest first; of equal moments what was done beside the queue, then what the log numbers
    later.
    """
    lines = [teller.of_act(act) for act in acts]
    lines += [teller.of_record(one, branch) for one in reversed(told.records)]
    return sorted(lines, key=lambda line: line.at, reverse=True)


async def _write_down(
    request: Request, caller: Caller, asked: AuditAsked, branch: str | None
) -> None:
    what = "log_exported" if _wants_csv(request) else "log_read"
    await record(site_of(request), caller, what, branch=branch, about=asked.address()[1:])


async def _acts(site: Site, asked: AuditAsked, zone: str, branch: str | None) -> list[Act]:
    """All of the day's, newest first. Raises `StoreUnavailable`."""
    since, until = asked.bounds(ZoneInfo(zone))
    found: list[Act] = []
    while True:
        page = await site.people.acts(
            branches=None if branch is None else {branch},
            since=since,
            until=until,
            before_id=found[-1].id if found else None,
            count_max=ACTS_A_READ,
        )
        found.extend(page)
        if len(page) < ACTS_A_READ:
            return found


async def _people(site: Site, words: Words) -> Names:
    return Names(words, await site.people.accounts(), await site.people.tokens())


def _shown(site: Site, words: Words, branch: str) -> PlanWords:
    """The names of the branch's things."""
    return PlanWords(words, finding.plan(site.hub, branch))


def _wants_csv(request: Request) -> bool:
    return request.query_params.get("as") == "csv"


def _answer(request: Request, caller: Caller, trail: TrailShown, branch: str | None) -> Response:
    found = [line for line in trail.lines if trail.asked.fits(line)]
    if _wants_csv(request):
        return _table(found, trail, branch)
    return _page(request, caller, trail, found, branch)


def _table(found: list[AuditLine], trail: TrailShown, branch: str | None) -> Response:
    day = trail.asked.day.isoformat()
    name = re.sub(r"[^A-Za-z0-9-]", "", f"audit-{branch or 'all'}-{day}")
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.csv"',
        "Cache-Control": "no-store",
    }
    body = as_csv(reversed(found), trail.asked.day, ZoneInfo(trail.zone))
    return Response(body, 200, headers, "text/csv; charset=utf-8")


def _page(
    request: Request, caller: Caller, trail: TrailShown, found: list[AuditLine], branch: str | None
) -> Response:
    site, asked = site_of(request), trail.asked
    pages = max(1, -(-len(found) // LINES_A_PAGE))
    page = min(max(1, asked.page), pages)
    first = (page - 1) * LINES_A_PAGE
    plans = site.days.branches()
    words = Words(language_of_request(request))
    return render(
        request,
        "audit/audit.html",
        branch=plans[branch] if branch is not None else None,
        branches=[plan for name, plan in plans.items() if may(caller, "audit_page", name)],
        names={name: plan.name for name, plan in plans.items()},
        whole=may(caller, "audit_page"),
        looks_after=branch is not None and may(caller, "supervisor_page", branch),
        me=caller.name,
        zone=trail.zone,
        asked=asked,
        today=_noon(asked, trail.zone),
        people=people_in(trail.lines, asked.by),
        kinds=kinds_in(trail.lines, asked.kind),
        lines=found[first : first + LINES_A_PAGE],
        total=len(found),
        page=page,
        newer=asked.address(page=page - 1) if page > 1 else None,
        older=asked.address(page=page + 1) if page < pages else None,
        told=trail.told,
        shown=_shown(site, words, branch) if branch is not None else None,
    )


def _noon(asked: AuditAsked, zone: str) -> datetime:
    """A moment within the asked day, to be told as a day."""
    begins, _ = asked.bounds(ZoneInfo(zone))
    return begins.replace(hour=12)
