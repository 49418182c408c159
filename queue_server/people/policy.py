"""Who may what: one table, and what is not in it is denied.

Owns the rights of every role. Roles never enter the domain: it hears only `as_holder` (are they
held to the counter they hold?). Must not know requests, cookies or stores.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Protocol

from queue_server.people.values.roles import Role


class Reach(StrEnum):
    """How far a right goes."""

    NO = "-"
    ANY = "any"
    OWN = "own"
    """In their own branch."""
    HELD = "held"
    """In their own branch, at the counter they hold (the domain checks the lease)."""
    PLAN = "plan"
    """As `held`, where the branch's plan grants it."""
    TICKET = "tkt"
    """About their own ticket."""


# An admin or auditor may be bound to one branch; `any` then means that one.
_TABLE: Final = """
action             anonymous participant display kiosk tablet officer guard supervisor admin auditor

branch             any       any         any     any   any    any     any   any        any   any
issue              any       any         -       own   -      own     own   own        any   -

ticket             -         tkt         -       -     -      -       -     -          -     -
defer              -         tkt         -       -     -      -       -     -          -     -
coming             -         tkt         -       -     -      -       -     -          -     -
leave              -         tkt         -       -     -      -       -     -          -     -
own_cancel         -         tkt         -       -     -      -       -     -          -     -
own_rejoin         -         tkt         -       -     -      -       -     -          -     -
prove_own          -         tkt         -       -     -      -       -     -          -     -
rating             -         tkt         -       -     -      -       -     -          -     -
erase_own          -         tkt         -       -     -      -       -     -          -     -
push_key           any       any         any     any   any    any     any   any        any   any
push_own           -         tkt         -       -     -      -       -     -          -     -

open_day           -         -           -       -     -      -       -     own        any   -
open_intake        -         -           -       -     -      -       -     own        any   -
close_intake       -         -           -       -     -      -       -     own        any   -
close_day          -         -           -       -     -      -       -     own        any   -
notice             -         -           -       -     -      -       own   own        any   -
continue_numbers   -         -           -       -     -      -       own   own        any   -

open               -         -           -       -     -      held    -     own        any   -
resume             -         -           -       -     -      held    -     own        any   -
pause              -         -           -       -     -      held    -     own        any   -
close              -         -           -       -     -      held    -     own        any   -
call_next          -         -           -       -     -      held    -     own        any   -
call               -         -           -       -     -      held    -     own        any   -

recall             -         -           -       -     -      held    -     own        any   -
start              -         -           -       -     -      held    -     own        any   -
return             -         -           -       -     -      held    -     own        any   -
park               -         -           -       -     -      held    -     own        any   -
unpark             -         -           -       -     -      held    -     own        any   -
finish             -         -           -       -     -      held    -     own        any   -
skip               -         -           -       -     -      held    -     own        any   -
undo               -         -           -       -     -      held    -     own        any   -
transfer           -         -           -       -     -      held    -     own        any   -
transfer_next      -         -           -       -     -      plan    -     own        any   -
rejoin             -         -           -       -     -      held    own   own        any   -
confirm_presence   -         -           -       own   -      held    own   own        any   -
prioritise         -         -           -       -     -      held    own   own        any   -
cancel             -         -           -       -     -      held    own   own        any   -

see_board          -         -           own     own   -      own     own   own        any   any
see_desk           -         -           -       -     -      own     -     own        any   any
see_guard          -         -           -       -     -      own     own   own        any   any
see_kiosk          -         -           -       own   -      -       own   own        any   any
see_log            -         -           -       -     -      -       -     own        any   any
see_tickets        -         -           -       -     -      own     own   own        any   any
see_plan           -         -           -       -     -      own     own   own        any   any

public_page        any       any         any     any   any    any     any   any        any   any
desk_page          -         -           -       -     -      own     -     own        any   -
guard_page         -         -           -       -     -      -       own   own        any   -
slip_page          -         -           -       -     -      -       own   own        any   -
supervisor_page    -         -           -       -     -      -       -     own        any   -
board_page         -         -           own     -     -      own     own   own        any   any
kiosk_page         -         -           -       own   -      -       own   own        any   -
tablet_page        -         -           -       -     own    -       -     -          -     -
devices_page       -         -           -       -     -      -       -     own        any   -
people_page        -         -           -       -     -      -       -     own        any   -
everyone_page      -         -           -       -     -      -       -     -          any   -
audit_page         -         -           -       -     -      -       -     own        any   any
account_page       -         -           -       -     -      any     any   any        any   any

health             any       any         any     any   any    any     any   any        any   any
asset              any       any         any     any   any    any     any   any        any   any
hello              any       any         any     any   any    any     any   any        any   any
"""


def _read(table: str) -> Mapping[str, Mapping[Role, Reach]]:
    head, *rows = (line.split() for line in table.strip().splitlines() if line.strip())
    roles = [Role(name) for name in head[1:]]
    assert roles == list(Role), "the table names every role, in order"
    return {row[0]: dict(zip(roles, map(Reach, row[1:]), strict=True)) for row in rows}


POLICY: Final = _read(_TABLE)


class Asker(Protocol):
    """What the table needs to know of whoever asks."""

    @property
    def role(self) -> Role: ...
    @property
    def branch(self) -> str | None: ...
    @property
    def ticket_branch(self) -> str | None: ...
    @property
    def by(self) -> str: ...


def reach(action: str, role: Role) -> Reach:
    """How far this role's right goes. An action that is not in the table is nobody's."""
    return POLICY.get(action, {}).get(role, Reach.NO)


def may(asker: Asker, action: str, branch: str | None = None, *, granted: bool = False) -> bool:
    """Is it allowed? `granted`: does the branch's plan grant what it may grant?

    For `held` this says only that the role and the branch fit: the lease is the domain's to check.
    """
    match reach(action, asker.role):
        case Reach.NO:
            return False
        case Reach.ANY:
            return asker.branch in (None, branch) or asker.role not in (Role.ADMIN, Role.AUDITOR)
        case Reach.OWN | Reach.HELD:
            return branch is not None and asker.branch == branch
        case Reach.PLAN:
            return granted and branch is not None and asker.branch == branch
        case Reach.TICKET:
            return asker.ticket_branch is not None and branch in (None, asker.ticket_branch)


def action_of(verb: str, role: Role) -> str:
    """The table's name of a verb: a holder's `cancel` is not the guard's."""
    own = f"own_{verb}"
    return own if role is Role.PARTICIPANT and own in POLICY else verb


def only_at_held_counter(role: Role) -> bool:
    """Officers act at the counter they hold; everybody else with a right acts anywhere in the
    branch.
    """
    return role is Role.OFFICER
