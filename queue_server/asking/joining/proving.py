"""Checking what somebody brings from the hall, and how often anybody may try.

Right codes and scans are never counted against whoever tries: a guesser in the hall must not shut
out those who stand beside them. Owns these limits. Must not know pages.
"""

from __future__ import annotations

from queue_server.asking.around import MINUTE_S, Around, spend
from queue_server.asking.declined import Declined
from queue_server.asking.joining.codes import Verdict
from queue_server.asking.joining.scans import Scan
from queue_server.people.callers import Caller


def check_code(around: Around, caller: Caller, branch: str, code: str) -> Verdict:
    """What a code proves. Raises `Declined` for somebody who brings many that never were one."""
    verdict = around.codes.check(branch, code, around.days.branches())
    if verdict in (Verdict.WRONG, Verdict.ELSEWHERE):
        settings = around.settings
        if caller.browser is not None:
            per_browser = settings.wrong_codes_per_browser_per_min
            spend(around, f"wrong:{caller.browser}", per_browser)
        per_address = settings.wrong_codes_per_address_per_min
        spend(around, f"wrong-from:{caller.address}", per_address)
    return verdict


def need_code(around: Around, caller: Caller, branch: str, code: str) -> None:
    """Raises `Declined` unless it is the hall's present code, and where somebody guesses."""
    verdict = check_code(around, caller, branch, code)
    if verdict is not Verdict.RIGHT:
        raise Declined(verdict.value)


def read_scan(around: Around, caller: Caller, branch: str) -> Scan | None:
    """What this browser kept of the hall's code; None when it kept nothing that proves anything,
    now or (for the same request asked again) before.
    """
    if caller.join is None:
        return None
    scan = around.scans.read(branch, caller.join, caller.browser)
    return scan if scan.verdict in (Verdict.RIGHT, Verdict.SCAN_USED) else None


# How many


def limit_phones(around: Around, caller: Caller) -> None:
    """A ceiling against a program behind one address; a hall shares one without noticing it."""
    per_min = around.settings.issues_per_address_per_min
    spend(around, f"issues-from:{caller.address}", per_min)


def limit_proven(around: Around, branch: str) -> None:
    """Whoever relays a code to a crowd gets no further than a crowd in the hall would."""
    codes, most = around.codes, around.settings.tickets_per_code_max
    spend(around, f"code:{branch}:{codes.step()}", most, float(codes.step_s))


def limit_unproven(around: Around, branch: str) -> None:
    """Numbers nobody stands for are bounded, whatever the quotas. Raises `Declined`."""
    if around.days.unproven_reach(branch, around.settings.unproven_at_once_max):
        raise Declined("too_many_unproven", retry_after_s=int(MINUTE_S), minutes=1)
