"""Who asks, once known. Must not know requests, nor what anyone may do."""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.people import Role, Token
from queue_server.people.keys import TicketName


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks. What is None does not apply."""

    role: Role = Role.ANONYMOUS
    account: str | None = None
    name: str | None = None
    """What colleagues call them; for devices their label."""
    branch: str | None = None
    """The branch they are bound to; None for an admin or auditor of all, and for participants."""
    counter: str | None = None
    """The counter a token was made for."""
    device: str | None = None
    ticket: TicketName | None = None
    held: tuple[TicketName, ...] = ()
    """All numbers kept in the browser, the newest first; `ticket` is the one it is about."""
    browser: str | None = None
    """The browser's own random cookie: a secret, never stored as it is."""
    join: str | None = None
    """What the browser keeps of a scan of the hall's QR."""
    address: str = ""
    credential: str | None = None
    """What an open socket asks about again: the hash of its token or session."""

    @property
    def ticket_branch(self) -> str | None:
        return self.ticket.branch if self.ticket else None

    @property
    def by(self) -> str:
        """Who it was, for the log: opaque, and nobody's for participants."""
        if self.account is not None:
            return self.account
        return f"device:{self.device}" if self.device is not None else ""

    @property
    def owner(self) -> str:
        """Whose idempotency keys these are."""
        if self.account is not None or self.device is not None:
            return self.by
        # The browser before the ticket: a lost answer to "a number, please" is asked for again
        # with whatever ticket the browser held before.
        if self.browser is not None:
            return f"browser:{self.browser}"
        if self.ticket is not None:
            return f"ticket:{self.ticket}"
        # Programs without cookie or token. Several may stand behind one address, and nothing tells
        # them apart but their keys: `asking/before.good_key` takes none from them that two chose.
        return f"address:{self.address}"

    @property
    def is_known_by_address_only(self) -> bool:
        """Does nothing but the network address tell this caller from others?"""
        return self.owner.startswith("address:")


def caller_of_token(token: Token, credential: str) -> Caller:
    """Whom a bearer token stands for."""
    is_device = token.account is None
    return Caller(
        role=token.role,
        account=token.account,
        name=token.label,
        branch=token.branch,
        counter=token.counter,
        device=token.id if is_device else None,
        credential=credential,
    )
