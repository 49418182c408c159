"""Checking what somebody brings from the hall, and how often anybody may try.

Right codes and scans are never counted against whoever tries: a guesser in the hall must not shut
out those who stand beside them. Owns these limits. Must not know pages.
"""

from __future__ import annotations

from typing import Final

from queue_server.web.context import Site
from queue_server.web.errors import Problem
from queue_server.web.identity import Caller
from queue_server.web.joining.codes import Verdict
from queue_server.web.joining.scans import Scan

_MINUTE_S: Final = 60.0


def check_code(site: Site, caller: Caller, branch: str, code: str) -> Verdict:
    """What a code proves. Raises `Problem` 429 for somebody who brings many that never were one."""
    verdict = site.codes.check(branch, code, site.days.branches())
    if verdict in (Verdict.WRONG, Verdict.ELSEWHERE):
        limits, settings = site.limits, site.settings
        if caller.browser is not None:
            per_browser = settings.wrong_codes_per_browser_per_min
            limits.spend(f"wrong:{caller.browser}", per_browser, _MINUTE_S)
        per_address = settings.wrong_codes_per_address_per_min
        limits.spend(f"wrong-from:{caller.address}", per_address, _MINUTE_S)
    return verdict


def need_code(site: Site, caller: Caller, branch: str, code: str) -> None:
    """Raises `Problem` 409 unless it is the hall's present code, 429 where somebody guesses."""
    verdict = check_code(site, caller, branch, code)
    if verdict is not Verdict.RIGHT:
        raise Problem(409, verdict.value)


def read_scan(site: Site, caller: Caller, branch: str) -> Scan | None:
    """What this browser kept of the hall's code; None when it kept nothing that proves anything,
    now or (for the same request asked again) before.
    """
    if caller.join is None:
        return None
    scan = site.scans.read(branch, caller.join, caller.browser)
    return scan if scan.verdict in (Verdict.RIGHT, Verdict.SCAN_USED) else None


# How many


def limit_phones(site: Site, caller: Caller) -> None:
    """A ceiling against a program behind one address; a hall shares one without noticing it."""
    per_min = site.settings.issues_per_address_per_min
    site.limits.spend(f"issues-from:{caller.address}", per_min, _MINUTE_S)


def limit_proven(site: Site, branch: str) -> None:
    """Whoever relays a code to a crowd gets no further than a crowd in the hall would."""
    codes, most = site.codes, site.settings.tickets_per_code_max
    site.limits.spend(f"code:{branch}:{codes.step()}", most, float(codes.step_s))


def limit_unproven(site: Site, branch: str) -> None:
    """Numbers nobody stands for use the quota until they lapse. Raises `Problem` 429."""
    if site.days.unproven_reach(branch, site.settings.unproven_at_once_max):
        raise Problem(429, "too_many_unproven", retry_after_s=int(_MINUTE_S), minutes=1)
