"""Everybody who may come to a door of the matrix, made in the people's store: with good
credentials, bad ones and half ones.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field, replace
from datetime import timedelta

from queue_server.people import Account, Role, Session, Stage, Token
from queue_server.people.keys import token_hash
from queue_server.web.context import Site
from tests.web.harness import BRANCH
from tests.web.matrix import DEVICES, OF_ALL, STAFF, Actor


@dataclass
class Cast:
    """Makes actors whose sessions nobody has used yet."""

    site: Site
    secret: str
    accounts: dict[str, Account] = field(default_factory=dict)

    async def begin(self) -> None:
        for role in STAFF:
            await self._account(role, None if role in OF_ALL else BRANCH)
        for role in OF_ALL:
            await self._account(f"{role} of one branch", BRANCH)
        disabled = await self._account("supervisor, disabled", BRANCH)
        self.disabled = disabled

    async def _account(self, name: str, branch: str | None) -> Account:
        account = Account(
            id=secrets.token_hex(8),
            username=re.sub(r"[^a-z]+", "-", f"matrix {name}"),
            display_name=name,
            role=Role(re.split(r"\W", name)[0]),
            branch=branch,
            password_hash="none",
            created_at=self.site.now(),
        )
        await self.site.people.add_account(account)
        self.accounts[name] = account
        return account

    async def browsers(self) -> list[Actor]:
        """Everybody by cookie, each with a fresh session."""
        living = [
            await self._by_session(name, account)
            for name, account in self.accounts.items()
            if name != "supervisor, disabled"
        ]
        supervisor = self.accounts["supervisor"]
        half = [
            await self._by_session(f"supervisor, {stage}", supervisor, stage=stage)
            for stage in (Stage.FACTOR, Stage.ENROL, Stage.LOCKED)
        ]
        over = await self._by_session("supervisor, over", supervisor, lasts_s=-1)
        ended = await self._by_session("supervisor, signed out", supervisor, ended=True)
        disabled = await self._by_session("supervisor, disabled", self.disabled)
        await self.site.people.save_account(replace(self.disabled, disabled=True))
        forged = Actor("forged", "supervisor", BRANCH, {"session": secrets.token_urlsafe(32)})
        dead = [replace(one, good=False) for one in (*half, over, ended, disabled, forged)]
        return [
            Actor("nobody", "anonymous", None),
            Actor("holder", "participant", BRANCH, {"ticket": self.secret}),
            Actor("stranger", "participant", None, {"ticket": bent(self.secret)}, good=False),
            *await self._devices(),
            *living,
            *dead,
        ]

    async def programs(self) -> list[Actor]:
        """Everybody by bearer token."""
        tokens = [
            replace(one, cookies={}, bearer=next(iter(one.cookies.values())))
            for one in await self._devices()
        ]
        for name, account in self.accounts.items():
            token = await self.program(name)
            tokens.append(
                Actor(name, account.role.value, account.branch, bearer=token)
                if account is not self.disabled
                else Actor(name, "supervisor", BRANCH, bearer=token, good=False)
            )
        await self.site.people.save_account(replace(self.disabled, disabled=True))
        revoked = await self._token(Role.ADMIN, None, None, revoked=True)
        over = await self._token(Role.ADMIN, None, None, lasts_s=-1)
        return [
            Actor("holder", "participant", BRANCH, bearer=self.secret),
            *tokens,
            Actor("admin, revoked", "admin", None, bearer=revoked, good=False),
            Actor("admin, over", "admin", None, bearer=over, good=False),
            Actor("stranger", "participant", None, bearer=bent(self.secret), good=False),
        ]

    async def program(self, name: str) -> str:
        """A token of one of the accounts."""
        account = self.accounts[name]
        return await self._token(account.role, account.branch, account.id)

    async def _devices(self) -> list[Actor]:
        made = [
            Actor(role, role, BRANCH, {role: await self._token(Role(role), BRANCH, None)})
            for role in DEVICES
        ]
        revoked = await self._token(Role.KIOSK, BRANCH, None, revoked=True)
        return [*made, Actor("kiosk, revoked", "kiosk", BRANCH, {"kiosk": revoked}, good=False)]

    async def _by_session(
        self,
        name: str,
        account: Account,
        *,
        stage: Stage = Stage.FULL,
        lasts_s: int = 3_600,
        ended: bool = False,
    ) -> Actor:
        token, now = secrets.token_urlsafe(32), self.site.now()
        ends = now + timedelta(seconds=lasts_s)
        session = Session(
            secrets.token_hex(8), token_hash(token), account.id, now, now, ends, ends, stage=stage
        )
        await self.site.people.add_session(session)
        if ended:
            await self.site.people.end_session(session.id)
        return Actor(name, account.role.value, account.branch, {"session": token})

    async def _token(
        self,
        role: Role,
        branch: str | None,
        account: str | None,
        *,
        revoked: bool = False,
        lasts_s: int = 3_600,
    ) -> str:
        token, now = secrets.token_urlsafe(32), self.site.now()
        kept = Token(
            id=secrets.token_hex(8),
            token_hash=token_hash(token),
            role=role,
            branch=branch,
            counter=None,
            account=account,
            label="matrix",
            created_at=now,
            expires_at=now + timedelta(seconds=lasts_s),
        )
        await self.site.people.add_token(kept)
        if revoked:
            await self.site.people.revoke_token(kept.id, now)
        return token


def bent(secret: str) -> str:
    """The same ticket's name with a proof that is none."""
    name, _, mac = secret.rpartition(".")
    return f"{name}.{mac[::-1]}"
