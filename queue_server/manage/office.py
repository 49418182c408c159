"""What whoever owns the machine may ask of a server: branches, accounts, tokens, device keys.

The same office does the work inside a running server (asked through `control`) and inside a command
while no server runs. Must not know sockets or terminals. It makes secrets and hands them out once;
the stores keep hashes.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from queue_server.domain.plan import BranchPlan
from queue_server.domain.refusals import Refusal
from queue_server.look.words import refusal_text
from queue_server.manage.branch_file import COUNTER
from queue_server.manage.office_devices import list_devices, name_device, revoke_device
from queue_server.manage.office_shown import account_shown, encoded, token_shown
from queue_server.manage.office_trail import act_of
from queue_server.manage.questions import (
    Accounts,
    Configure,
    Devices,
    Enable,
    Invite,
    LetBack,
    MakeDeviceKey,
    MakeToken,
    NameDevice,
    Plans,
    Question,
    Revoke,
    RevokeDevice,
    Sorry,
    Tokens,
    TurnKey,
)
from queue_server.people import (
    DEVICE_ROLES,
    JOIN_KEYS_KEPT,
    Account,
    DeviceKey,
    Invitation,
    JoinKey,
    People,
    Role,
    Token,
)
from queue_server.settings import Settings
from queue_server.store import codec

SECRET_BYTES = 24
"""192 bits: more than anyone guesses, and still a line one can copy."""

PAGES = {Role.DISPLAY: "board", Role.KIOSK: "kiosk"}
EVERYWHERE = frozenset({Role.ADMIN, Role.AUDITOR})
"""Roles that may be of no branch in particular."""

Answer = dict[str, Any]
"""Plain values, ready for JSON."""


def token_hash(token: str) -> str:
    """What the stores keep of a token: enough to know it again, too little to be it."""
    return sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Office:
    """Does what is asked. `configure` makes a plan count at once, wherever the days live."""

    people: People
    plans: Callable[[], Mapping[str, BranchPlan]]
    configure: Callable[[BranchPlan], Awaitable[Refusal | None]]
    now: Callable[[], datetime]
    settings: Settings
    turned: Callable[[Sequence[JoinKey]], None] | None = None
    """Told of the hall's keys, newest first, when there is a new one; None while no server runs."""

    async def answer(self, question: Question) -> Answer:
        """Raises `Sorry` with a sentence, `StoreUnavailable`. Cancelling it may leave it done."""
        answer = await self._answer(question)
        act = act_of(question, answer, self.now(), self.settings.audit_kept_days)
        if act is not None:
            await self.people.record(act)
        return answer

    async def _answer(self, question: Question) -> Answer:
        match question:
            case Plans():
                return {name: encoded(plan) for name, plan in self.plans().items()}
            case Configure(plan=plan):
                return await self._configure(codec.decode_plan(plan.encode()))
            case Invite():
                return await self._invite(question)
            case LetBack(username=username):
                return await self._let_back(username)
            case Accounts():
                return {"accounts": await self._accounts()}
            case Enable(username=username, on=on):
                return await self._enable(username, on)
            case MakeToken():
                return await self._token(question)
            case Tokens():
                return {"tokens": [token_shown(each) for each in await self.people.tokens()]}
            case Revoke(token=token):
                return await self._revoke(token)
            case MakeDeviceKey(role=role, branch=branch, label=label):
                return await self._device_key(role, branch, label)
            case Devices():
                return await list_devices(self.people)
            case NameDevice():
                return await name_device(self.people, question)
            case RevokeDevice():
                return await revoke_device(self.people, question, self.now())
            case TurnKey():
                return await self._turn_key()

    async def _configure(self, plan: BranchPlan) -> Answer:
        refusal = await self.configure(plan)
        if isinstance(refusal, Refusal):
            title, detail = refusal_text("en", refusal.code, refusal.fields)
            raise Sorry(f"{title}: {detail}")
        return {"branch": plan.branch}

    async def _invite(self, asked: Invite) -> Answer:
        role, branch = asked.role, asked.branch
        if role in DEVICE_ROLES:
            raise Sorry(
                f"A {role} is a device and does not sign in. Pair it by the code it shows, on the"
                " supervisor's page of devices"
            )
        self._need_branch(role, branch)
        return await self._link(role, branch, asked.name, self.settings.invitation_valid_s)

    async def _let_back(self, username: str) -> Answer:
        account = await self._account(username)
        name, valid_s = account.display_name or account.username, self.settings.return_valid_s
        return await self._link(account.role, account.branch, name, valid_s, account.id)

    async def _link(
        self,
        role: Role,
        branch: str | None,
        name: str,
        valid_s: int,
        account: str | None = None,
    ) -> Answer:
        token, now = secrets.token_urlsafe(SECRET_BYTES), self.now()
        invitation = Invitation(
            token_hash(token),
            role,
            branch,
            now,
            now + timedelta(seconds=valid_s),
            invited_by="lapak",
            id=secrets.token_hex(8),
            name=name,
            account=account,
        )
        await self.people.add_invitation(invitation)
        link = f"{self.settings.address()}/invite/{token}"
        return {"link": link, "expires": invitation.expires_at}

    async def _accounts(self) -> list[Answer]:
        accounts = await self.people.accounts()
        return [account_shown(each, await self.people.factors(each.id)) for each in accounts]

    async def _account(self, username: str) -> Account:
        account = await self.people.account_named(username)
        if account is None:
            raise Sorry(f'There is no account "{username}". lapak account list shows all of them.')
        return account

    async def _enable(self, username: str, on: bool) -> Answer:
        known = await self._account(username)
        account = await self.people.set_disabled(known.id, not on)
        return account_shown(account, await self.people.factors(account.id))

    async def _token(self, asked: MakeToken) -> Answer:
        self._need_branch(asked.role, asked.branch)
        if asked.counter is not None:
            self._need_counter(asked.branch, asked.counter)
        secret = secrets.token_urlsafe(SECRET_BYTES)
        token = Token(
            id=secrets.token_hex(8),
            token_hash=token_hash(secret),
            role=asked.role,
            branch=asked.branch,
            counter=asked.counter,
            account=None,
            label=asked.label or "made by lapak",
            created_at=self.now(),
        )
        await self.people.add_token(token)
        return {"token": secret, "id": token.id}

    async def _revoke(self, token_id: str) -> Answer:
        if not await self.people.revoke_token(token_id, self.now()):
            raise Sorry(f'There is no token "{token_id}". lapak token list shows all of them.')
        return {"id": token_id}

    async def _device_key(self, role: Role, branch: str, label: str) -> Answer:
        if role not in PAGES:
            raise Sorry("Only boards and kiosks have keys. Staff is invited: lapak account invite")
        self._need_branch(role, branch)
        key = secrets.token_urlsafe(SECRET_BYTES)
        now = self.now()
        expires = now + timedelta(seconds=self.settings.device_key_valid_s)
        await self.people.add_device_key(
            DeviceKey(token_hash(key), role, branch, label or PAGES[role], now, expires)
        )
        link = f"{self.settings.address()}/{PAGES[role]}/{branch}?key={key}"
        return {"link": link, "expires": expires}

    async def _turn_key(self) -> Answer:
        key = await self.people.new_join_key(self.now(), JOIN_KEYS_KEPT)
        if self.turned is not None:
            self.turned(await self.people.join_keys())
        return {"key": key.id}

    def _need_branch(self, role: Role, branch: str | None) -> None:
        if branch is not None:
            self._know(branch)
        elif role not in EVERYWHERE:
            raise Sorry(f"Say which branch the {role} belongs to: --branch NAME")

    def _know(self, branch: str) -> None:
        if branch not in self.plans():
            known = ", ".join(sorted(self.plans())) or "none yet; lapak init makes one"
            raise Sorry(f'There is no branch "{branch}". There are: {known}')

    def _need_counter(self, branch: str | None, counter: str) -> None:
        plan = self.plans().get(branch or "")
        if plan is None or not COUNTER.fullmatch(counter) or counter not in plan.counters:
            raise Sorry(f'There is no counter "{counter}" in branch {branch or "(none named)"}.')


__all__ = [
    "EVERYWHERE",
    "PAGES",
    "SECRET_BYTES",
    "Accounts",
    "Answer",
    "Configure",
    "Devices",
    "Enable",
    "Invite",
    "LetBack",
    "MakeDeviceKey",
    "MakeToken",
    "NameDevice",
    "Office",
    "Plans",
    "Question",
    "Revoke",
    "RevokeDevice",
    "Sorry",
    "Tokens",
    "TurnKey",
    "token_hash",
]
