"""What can be asked of the office: shapes only, as they go through its socket, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from queue_server.people import Role


class Ask(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The base of everything that can be asked."""


class Plans(Ask, frozen=True):
    """Every branch's present plan."""


class Configure(Ask, frozen=True):
    """Replaces a branch's plan, or adds the branch. `plan` as `codec.encode_plan` writes it."""

    plan: str


class Invite(Ask, frozen=True):
    role: Role
    branch: str | None = None
    name: str = ""
    """Whom it is for, to know it again in the list."""


class LetBack(Ask, frozen=True):
    """A way back in for somebody who lost their password or second factor."""

    username: str


class Accounts(Ask, frozen=True):
    pass


class Enable(Ask, frozen=True):
    username: str
    on: bool


class MakeToken(Ask, frozen=True):
    role: Role
    branch: str | None = None
    counter: str | None = None
    label: str = ""


class Tokens(Ask, frozen=True):
    pass


class Revoke(Ask, frozen=True):
    token: str


class MakeDeviceKey(Ask, frozen=True):
    role: Role
    branch: str
    label: str = ""


class Devices(Ask, frozen=True):
    """Every branch's screens, kiosks and tablets."""


class NameDevice(Ask, frozen=True):
    device: str
    label: str
    place: str | None = None
    """None: as it is."""


class RevokeDevice(Ask, frozen=True):
    device: str


class TurnKey(Ask, frozen=True):
    """Makes the hall's codes with a new key from now on."""


Question = (
    Plans
    | Configure
    | Invite
    | LetBack
    | Accounts
    | Enable
    | MakeToken
    | Tokens
    | Revoke
    | MakeDeviceKey
    | Devices
    | NameDevice
    | RevokeDevice
    | TurnKey
)

ADDRESSES: Final[Mapping[type[Ask], str]] = {
    Plans: "/branches",
    Configure: "/branches/configure",
    TurnKey: "/branches/turn-key",
    Accounts: "/accounts",
    Invite: "/accounts/invite",
    LetBack: "/accounts/let-back",
    Enable: "/accounts/enable",
    Tokens: "/tokens",
    MakeToken: "/tokens/make",
    Revoke: "/tokens/revoke",
    Devices: "/devices",
    MakeDeviceKey: "/devices/make-key",
    NameDevice: "/devices/name",
    RevokeDevice: "/devices/revoke",
}
"""Each question is posted to an address of its own."""
