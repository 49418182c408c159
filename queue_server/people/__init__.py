"""Who is who and may what, once: the values, the contract of their store, and every rule of them.

The rules are in the modules beside this one: services that take an `Access` and give a value or a
`No`. Must not know HTTP, SQL, cookies, or anything else of the project.
"""

from queue_server.people.contract import People
from queue_server.people.values.accounts import (
    Account,
    Failures,
    Invitation,
    Session,
    SignedIn,
    Stage,
)
from queue_server.people.values.devices import (
    DeviceKey,
    Pairing,
    Token,
)
from queue_server.people.values.erasable import (
    JOIN_KEYS_KEPT,
    Act,
    Erased,
    JoinKey,
    Note,
    NoteKind,
    Rating,
    TicketPerson,
)
from queue_server.people.values.factors import (
    Factors,
    Passkey,
    Totp,
)
from queue_server.people.values.roles import (
    DEVICE_ROLES,
    Role,
)
from queue_server.people.values.trouble import (
    CodeTaken,
    LastAdministrator,
    NameTaken,
    Spent,
    StoreUnavailable,
)

__all__ = [
    "DEVICE_ROLES",
    "JOIN_KEYS_KEPT",
    "Account",
    "Act",
    "CodeTaken",
    "DeviceKey",
    "Erased",
    "Factors",
    "Failures",
    "Invitation",
    "JoinKey",
    "LastAdministrator",
    "NameTaken",
    "Note",
    "NoteKind",
    "Pairing",
    "Passkey",
    "People",
    "Rating",
    "Role",
    "Session",
    "SignedIn",
    "Spent",
    "Stage",
    "StoreUnavailable",
    "TicketPerson",
    "Token",
    "Totp",
]
