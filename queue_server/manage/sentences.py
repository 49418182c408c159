"""The office's no in a sentence: what to do, and why. The one place where its codes are words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from queue_server.look.words import refusal_text
from queue_server.people.no import No


class Sorry(Exception):
    """It cannot be done; the sentence says why and what to do."""


def sorry(no: No) -> Sorry:
    """For what the office refuses by itself; else the catalogue's words."""
    own = _SENTENCES.get(no.code)
    if own is not None:
        return Sorry(own(no.fields))
    title, detail = refusal_text("en", no.code, no.fields)
    return Sorry(f"{title}: {detail}")


def _unknown_branch(fields: Mapping[str, Any]) -> str:
    known = ", ".join(fields["known"]) or "none yet; lapak init makes one"
    return f'There is no branch "{fields["branch"]}". There are: {known}'


def _unknown_counter(fields: Mapping[str, Any]) -> str:
    branch = fields["branch"] or "(none named)"
    return f'There is no counter "{fields["counter"]}" in branch {branch}.'


_SENTENCES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "no_person": lambda fields: (
        f"A {fields['role']} is a device and does not sign in. Pair it by the code it shows, on the"
        " supervisor's page of devices"
    ),
    "branch_needed": lambda fields: (
        f"Say which branch the {fields['role']} belongs to: --branch NAME"
    ),
    "unknown_branch": _unknown_branch,
    "unknown_counter": _unknown_counter,
    "unknown_account": lambda fields: (
        f'There is no account "{fields["username"]}". lapak account list shows all of them.'
    ),
    "unknown_token": lambda fields: (
        f'There is no token "{fields["token"]}". lapak token list shows all of them.'
    ),
    "unknown_device": lambda fields: (
        f'There is no device "{fields["device"]}". lapak device list shows all of them.'
    ),
    "no_key_for": lambda _: (
        "Only boards and kiosks have keys. Staff is invited: lapak account invite"
    ),
    "no_token_for": lambda fields: f"A {fields['role']} has no tokens.",
    "not_yours": lambda fields: (
        f"The server in {fields['folder']} belongs to another user. Run this as that user, for"
        " example with: sudo -u lapak"
    ),
    "no_answer": lambda _: "The server did not answer. Look at its log, then ask again.",
    "not_understood": lambda fields: (
        f"The server does not understand this ({fields['why']}). Is it older?"
    ),
    "store_unavailable": lambda fields: (
        f"The server cannot write now ({fields['why']}). Look at its log."
    ),
    "command_failed": lambda _: "The server could not do it. Its log says why; ask again later.",
}
