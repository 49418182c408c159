"""What the pages of signing in share: a refusal above the form, and the demo's kind hint.

Must not know any of these pages.
"""

from __future__ import annotations

from starlette.requests import Request

from queue_server.people import SignedIn, apps
from queue_server.web.context import site_of
from queue_server.web.errors import Problem
from queue_server.web.pages.shown import RefusalShown
from queue_server.web.respond import language_of_request


def refused(request: Request, problem: Problem | None) -> RefusalShown | None:
    """The problem in words."""
    if problem is None:
        return None
    return RefusalShown("form", *problem.text(language_of_request(request)))


async def demo_code(request: Request, signed_in: SignedIn) -> str:
    """In a demo, a code that would be taken now: newcomers have no app. Else empty."""
    site = site_of(request)
    if not site.demo:
        return ""
    kept = await site.people.totp(signed_in.account.id)
    code = apps.code_now(kept, site.now().timestamp()) if kept else None
    return f"{code[:3]}\u00a0{code[3:]}" if code else ""
