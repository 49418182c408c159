"""One of each that the people's store keeps."""

from __future__ import annotations

from datetime import timedelta

from queue_server.people import (
    Account,
    Act,
    DeviceKey,
    Invitation,
    Note,
    NoteKind,
    Pairing,
    Passkey,
    Role,
    Session,
    TicketPerson,
    Token,
    Totp,
)
from queue_server.people.values.roads import PushSubscription
from tests.store.examples import AT, DAY

HOUR = timedelta(hours=1)
SITI = Account("a-1", "Siti", "Siti Rahma", Role.OFFICER, "bontang", "hash-1", AT)
BUDI = Account("a-2", "budi", "Budi", Role.ADMIN, None, "hash-2", AT)
INVITED = Invitation("i-1", Role.GUARD, "bontang", AT, AT + HOUR, "a-2", "inv-1", "Rina")
WAY_BACK = Invitation(
    "i-2", Role.OFFICER, "bontang", AT, AT + HOUR, "a-2", "inv-2", "Siti", account="a-1"
)
SESSION = Session("s-1", "h-1", "a-1", AT, AT, AT + HOUR, AT + 8 * HOUR, "Chrome")
TOTP = Totp("a-1", "JBSWY3DP", AT)
PASSKEY = Passkey("cred-1", "a-1", "public-1", 4_294_967_295, "my phone", AT)
TOKEN = Token("t-1", "th-1", Role.OFFICER, "bontang", "1", "a-1", "loket 1", AT)
BOARD = Token("t-2", "th-2", Role.DISPLAY, "bontang", None, None, "lobby", AT)
TABLET = Token("t-3", "th-3", Role.TABLET, "bontang", None, None, "guard", AT)
KEY = DeviceKey("k-1", Role.KIOSK, "bontang", "by the door", AT, AT + HOUR)
PAIRING = Pairing("p-1", "ph-1", "ch-1", Role.KIOSK, "bontang", "Firefox", AT, AT + HOUR)
NOTE = Note("n-1", "bontang", DAY, NoteKind.REASON, "her bus leaves", "a-1", AT, AT + HOUR)
PERSON = TicketPerson("ticket-1", "bontang", DAY, "nik-hash", "4321", AT, AT + HOUR)
ACT = Act(AT, "bontang", "a-1", "officer", "sign_in", "", "done", AT + HOUR)
PUSHED = PushSubscription(
    "s-1",
    "ticket-1",
    "bontang",
    DAY,
    "A-012",
    "https://updates.push.services.mozilla.com/wpush/v2/one",
    "public-key",
    "auth-secret",
    "id",
    AT,
    AT + HOUR,
)
