"""What the office did at the machine, for the audit trail: one line each, by `lapak`.

Whoever has a shell on the server has no name here. Never told a secret.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from queue_server.manage import questions as asked
from queue_server.people import Act

BY = "lapak"


def act_of(
    question: asked.Question, answer: dict[str, Any], now: datetime, kept_days: int
) -> Act | None:
    """The line for what was asked and done; None for whatever only looked."""
    told = _told(question, answer)
    if told is None:
        return None
    what, branch, about = told
    return Act(
        at=now,
        branch=branch,
        by=BY,
        role="",
        what=what,
        about=about,
        outcome="done",
        erase_at=now + timedelta(days=kept_days),
    )


def _told(question: asked.Question, answer: dict[str, Any]) -> tuple[str, str | None, str] | None:
    match question:
        case asked.Configure():
            return "configured", str(answer["branch"]), ""
        case asked.Invite(role=role, branch=branch, name=name):
            return "invited", branch, _both(role.value, name)
        case asked.LetBack(username=username):
            return "way_back_given", None, username
        case asked.Enable(username=username, on=on):
            return "account_enabled" if on else "account_disabled", answer["branch"], username
        case asked.MakeToken(role=role, branch=branch, label=label):
            return "token_made", branch, _both(role.value, label)
        case asked.Revoke(token=token):
            return "token_revoked", None, token
        case asked.MakeDeviceKey(role=role, branch=branch, label=label):
            return "device_key_made", branch, _both(role.value, label)
        case asked.NameDevice(device=device, label=label):
            return "device_renamed", answer["branch"], _both(device, label)
        case asked.RevokeDevice(device=device):
            return "device_revoked", answer["branch"], _both(device, answer["label"])
        case asked.TurnKey():
            return "key_rotated", None, str(answer["key"])
        case _:
            return None


def _both(first: str, second: str) -> str:
    return f"{first}: {second}" if second else first
