"""What the people page says of each account: its ways in, where it is signed in, when last seen.

Must not know requests' rights, nor forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from queue_server.people import Account, Factors, Session, looking_after
from queue_server.people.callers import Caller
from queue_server.web.context import Site

_FALLBACK_ZONE: Final = "Asia/Jakarta"
_QUERY_LETTERS_MAX: Final = 60
_PAGES_MAX: Final = 10_000


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """Which of them are wanted: those whose name holds this, from this page on."""

    query: str = ""
    page: int = 1

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> PeopleAsked:
        number = fields.get("page", "")
        page = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1
        query = fields.get("q", "").strip()[:_QUERY_LETTERS_MAX]
        return cls(query, min(max(page, 1), _PAGES_MAX))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One account."""

    account: Account
    factors: Factors
    sessions: Sequence[Session]
    seen_at: datetime | None
    is_me: bool

    @property
    def name(self) -> str:
        return self.account.display_name or self.account.username


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and what stands around it."""

    rows: Sequence[PersonRow]
    asked: PeopleAsked
    count: int
    pages: int


async def page_of(site: Site, caller: Caller, branch: str | None, asked: PeopleAsked) -> Page:
    """The accounts somebody looks after; disabled ones come last."""
    accounts = [
        one
        for one in await looking_after.accounts_of(site.access, caller, branch)
        if asked.query.lower() in f"{one.username} {one.display_name}".lower()
    ]
    accounts.sort(key=lambda one: (one.disabled, (one.display_name or one.username).lower()))
    size = site.settings.people_per_page
    pages = max(1, -(-len(accounts) // size))
    first = (min(asked.page, pages) - 1) * size
    rows = [await _row(site, caller, one) for one in accounts[first : first + size]]
    return Page(rows, PeopleAsked(asked.query, min(asked.page, pages)), len(accounts), pages)


async def _row(site: Site, caller: Caller, account: Account) -> PersonRow:
    sessions = await site.people.sessions(account.id, site.now())
    return PersonRow(
        account,
        await site.people.factors(account.id),
        sessions,
        await _seen(site, account, sessions),
        account.id == caller.account,
    )


async def _seen(site: Site, account: Account, sessions: Sequence[Session]) -> datetime | None:
    """In a session that lives; else what the trail has of them last."""
    if sessions:
        return max(one.seen_at for one in sessions)
    acts = await site.people.acts(by=account.id, count_max=1)
    return acts[0].at if acts else None


def zone_of(site: Site, branch: str | None) -> str:
    """The clock times are told by: the branch's, else the first one's."""
    plans = site.days.branches()
    plan = plans.get(branch or "") or next(iter(plans.values()), None)
    return plan.zone if plan else _FALLBACK_ZONE
