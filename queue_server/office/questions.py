"""What can be asked of the office: shapes only, as they go through its socket, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from queue_server.people import Role


class OwnerAsk(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The base of everything that can be asked."""


class Plans(OwnerAsk, frozen=True):
    """Every branch's present plan."""


class Configure(OwnerAsk, frozen=True):
    """Replaces a branch's plan, or adds the branch. `plan` as `codec.encode_plan` writes it."""

    plan: str


class Invite(OwnerAsk, frozen=True):
    role: Role
    branch: str | None = None
    name: str = ""
    """Whom it is for, to know it again in the list."""


class LetBack(OwnerAsk, frozen=True):
    """A way back in for somebody who lost their password or second factor."""

    username: str


class ListAccounts(OwnerAsk, frozen=True):
    pass


class Enable(OwnerAsk, frozen=True):
    username: str
    on: bool


class MakeToken(OwnerAsk, frozen=True):
    role: Role
    branch: str | None = None
    counter: str | None = None
    label: str = ""


class ListTokens(OwnerAsk, frozen=True):
    pass


class Revoke(OwnerAsk, frozen=True):
    token: str


class MakeDeviceKey(OwnerAsk, frozen=True):
    role: Role
    branch: str
    label: str = ""


class Devices(OwnerAsk, frozen=True):
    """Every branch's screens, kiosks and tablets."""


class NameDevice(OwnerAsk, frozen=True):
    device: str
    label: str
    place: str | None = None
    """None: as it is."""


class RevokeDevice(OwnerAsk, frozen=True):
    device: str


class TurnKey(OwnerAsk, frozen=True):
    """Makes the hall's codes with a new key from now on."""


class TurnPushKey(OwnerAsk, frozen=True):
    """Pushes with a new key from now on; all subscriptions end."""


Question = (
    Plans
    | Configure
    | Invite
    | LetBack
    | ListAccounts
    | Enable
    | MakeToken
    | ListTokens
    | Revoke
    | MakeDeviceKey
    | Devices
    | NameDevice
    | RevokeDevice
    | TurnKey
    | TurnPushKey
)

ADDRESSES: Final[Mapping[type[OwnerAsk], str]] = {
    Plans: "/branches",
    Configure: "/branches/configure",
    TurnKey: "/branches/turn-key",
    TurnPushKey: "/branches/turn-push-key",
    ListAccounts: "/accounts",
    Invite: "/accounts/invite",
    LetBack: "/accounts/let-back",
    Enable: "/accounts/enable",
    ListTokens: "/tokens",
    MakeToken: "/tokens/make",
    Revoke: "/tokens/revoke",
    Devices: "/devices",
    MakeDeviceKey: "/devices/make-key",
    NameDevice: "/devices/name",
    RevokeDevice: "/devices/revoke",
}
"""Each question is posted to an address of its own."""
