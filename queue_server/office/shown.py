"""What the office tells of an account, a token or a screen: values ready for JSON, no secrets."""

from __future__ import annotations

from queue_server.office.answer import Answer
from queue_server.people import Account, Factors, Token
from queue_server.people.devices import KINDS


def account_shown(account: Account, factors: Factors) -> Answer:
    return {
        "username": account.username,
        "name": account.display_name,
        "role": account.role,
        "branch": account.branch,
        "disabled": account.disabled,
        "factors": _factors_shown(factors),
        "created": account.created_at,
    }


def _factors_shown(factors: Factors) -> str:
    """`2 passkeys, app, PIN`: never a secret."""
    passkeys = f"{factors.passkeys} passkey{'s' if factors.passkeys > 1 else ''}"
    has = ((factors.passkeys, passkeys), (factors.totp, "app"), (factors.pin, "PIN"))
    return ", ".join(name for held, name in has if held)


def token_shown(token: Token) -> Answer:
    return {
        "id": token.id,
        "role": token.role,
        "branch": token.branch,
        "counter": token.counter,
        "label": token.label,
        "created": token.created_at,
        "revoked": token.revoked_at,
    }


def device_shown(token: Token) -> Answer:
    return {
        "id": token.id,
        "kind": KINDS[token.role],
        "branch": token.branch,
        "name": token.label,
        "place": token.place,
        "paired": token.created_at,
        "seen": token.seen_at,
    }
