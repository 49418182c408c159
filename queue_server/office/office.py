"""The office: does what is asked, by the services of people and the branches it was given.

The same one inside a running server (asked through the socket) and inside a command while no server
runs. Secrets are handed out once; the stores keep hashes.
"""

from __future__ import annotations

from dataclasses import dataclass

from queue_server.office import accounts, devices, tokens
from queue_server.office import questions as ask
from queue_server.office.answer import Answer
from queue_server.office.branches import Branches
from queue_server.people.access import Access
from queue_server.people.no import No


@dataclass(frozen=True, slots=True)
class Office:
    """One for a folder. `address` is how people reach the server, for links."""

    access: Access
    branches: Branches
    address: str

    async def answer(self, question: ask.Question) -> Answer | No:
        """Raises `StoreUnavailable`. Cancelling it leaves open whether it was done."""
        match question:
            case ask.Plans() | ask.Configure() | ask.TurnKey() | ask.TurnPushKey():
                return await self._of_branches(question)
            case ask.Invite() | ask.LetBack() | ask.ListAccounts() | ask.Enable():
                return await accounts.answer(self.access, self.branches, self.address, question)
            case ask.MakeToken() | ask.ListTokens() | ask.Revoke():
                return await tokens.answer(self.access, self.branches, question)
            case _:
                return await devices.answer(self.access, self.branches, self.address, question)

    async def _of_branches(
        self, question: ask.Plans | ask.Configure | ask.TurnKey | ask.TurnPushKey
    ) -> Answer | No:
        match question:
            case ask.Plans():
                return self.branches.shown()
            case ask.Configure(plan=plan):
                return await self.branches.change(self.access, plan)
            case ask.TurnKey():
                return await self.branches.turn_key(self.access)
            case ask.TurnPushKey():
                return await self.branches.turn_push_key(self.access)
