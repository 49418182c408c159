"""The browser of somebody invited. The link's secret goes into a cookie at once, so that it leaves
the address. What accepting does is `people.accepting`'s.
"""

from __future__ import annotations

import structlog
from starlette.requests import Request

from queue_server.people import Invitation, SignedIn, Stage, accepting
from queue_server.web import cookies
from queue_server.web.access import sessions
from queue_server.web.context import Site, site_of
from queue_server.web.errors import granted

_log = structlog.get_logger("web")


async def opened(request: Request, token: str | None = None) -> Invitation:
    """The invitation of this token, or of this browser. Raises `Problem` 404 when it has ended."""
    token = token or cookies.read(request, cookies.INVITE)
    return granted(await accepting.opened(site_of(request).access, token))


async def accept(
    request: Request, invited: Invitation, name: str, username: str, password: str
) -> tuple[str, SignedIn]:
    """Makes the account; the session that sets its second factor up: its token. Raises `Problem`
    404 `unknown_invitation`, 409 `name_taken`, 422 of `choosing`.
    """
    site = site_of(request)
    account = granted(
        await accepting.accept(
            site.access,
            site.passwords,
            invited,
            branch_name(site, invited),
            name=name,
            username=username,
            password=password,
        )
    )
    _log.info("account_made", account=account.id, role=account.role.value)
    return await sessions.begin(request, account, Stage.ENROL)


async def come_back(request: Request, invited: Invitation, password: str) -> tuple[str, SignedIn]:
    """A new password for the invitation's account; its factors are set up anew. Raises `Problem`
    404 `unknown_invitation`, 422 of `choosing`.
    """
    site = site_of(request)
    named = branch_name(site, invited)
    account = granted(
        await accepting.come_back(site.access, site.passwords, invited, named, password)
    )
    _log.info("account_returned", account=account.id)
    return await sessions.begin(request, account, Stage.ENROL)


def branch_name(site: Site, invited: Invitation) -> str:
    """What people call the branch one is invited to; empty for all of them."""
    return site.days.name(invited.branch)
