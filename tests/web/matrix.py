"""Everybody who may come to a door, and what each door answers.

The table is read from the page people read, `docs/policy.md`, and judged here anew: this module
must not ask `queue_server.web.policy` what it thinks.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from base64 import urlsafe_b64decode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx
from starlette.applications import Starlette

from queue_server.store.people import Account, Role, Session, Stage, Token
from queue_server.web.context import Site
from queue_server.web.errors import Problem
from queue_server.web.keys import token_hash
from tests.structure.tables import table_of
from tests.web.harness import BRANCH, World, hello

ELSEWHERE: Final = "tarakan"
PAGE: Final = Path(__file__).parents[2] / "docs" / "policy.md"

STAFF: Final = ("officer", "guard", "supervisor", "admin", "auditor")
OF_ALL: Final = ("admin", "auditor")
OF_WHOLE_HOUSE: Final = "everyone_page"
DEVICES: Final = ("display", "kiosk", "tablet")


@dataclass(frozen=True)
class Door:
    """One address of the table: how it is asked, and the action written beside it."""

    method: str
    path: str
    action: str

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")


def rights() -> dict[str, dict[str, str]]:
    """Action → role → reach, as the page says it."""
    head, *rows = _rows("policy")
    return {row[0]: dict(zip(head[1:], row[1:], strict=True)) for row in rows}


def doors() -> list[Door]:
    """Every address the page names."""
    _, *rows = _rows("routes")
    return [_door(address, row[0]) for row in rows for address in re.findall(r"[^,]+", row[1])]


def _door(address: str, action: str) -> Door:
    method, _, path = address.strip().rpartition(" ")
    return Door(method or "SOCKET", path, action)


def steps() -> list[tuple[Door, dict[str, str]]]:
    """The steps of signing in: each address, and by stage what it answers."""
    head, *rows = _rows("steps")
    return [(_door(row[0], ""), dict(zip(head[1:], row[1:], strict=True))) for row in rows]


def _rows(name: str) -> list[list[str]]:
    lines = table_of(PAGE.read_text(encoding="utf-8"), name).splitlines()
    cells = [[cell.strip().replace("`", "") for cell in line.split("|")[1:-1]] for line in lines]
    return [row for row in cells if not row[0].startswith("---")]


@dataclass(frozen=True)
class Actor:
    """Somebody with something in the hand."""

    name: str
    role: str
    """The column of the table, while what they hold is good."""
    home: str | None
    cookies: Mapping[str, str] = field(default_factory=dict)
    bearer: str | None = None
    good: bool = True
    """False: revoked, disabled, over, locked, or not signed in to the end."""

    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {
            **({"Cookie": cookies} if cookies else {}),
            **({"Authorization": f"Bearer {self.bearer}"} if self.bearer else {}),
        }

    def seen_by(self, door: Door) -> str:
        """Which column counts at this door: a page knows one kind of cookie, the API all."""
        if not self.good:
            return "anonymous"
        if self.role == "tablet" and self.bearer is None and not door.path.startswith("/tablet/"):
            return "anonymous"  # its cookie is half of its guard's second factor, and no more
        if door.is_api or (door.method == "SOCKET" and self.bearer is not None):
            return self.role
        if self.bearer is not None:
            return "anonymous"
        return self.role if self.role in _looked_for(door.path) else "anonymous"


def _looked_for(path: str) -> tuple[str, ...]:
    """Whose cookies a page looks at, as the policy's page tells in words."""
    if path.startswith(("/b/", "/t/", "/ticket", "/ws/ticket")):
        return ("participant",)
    if path.startswith("/board/") or path.endswith("/board"):
        return ("display", *STAFF)
    if path.startswith("/tablet/"):
        return ("tablet",)
    if path.startswith("/kiosk/") or path.endswith("/kiosk"):
        return ("kiosk", *STAFF)
    return STAFF


def allowed(
    table: Mapping[str, Mapping[str, str]], actor: Actor, door: Door, action: str, branch: str
) -> bool:
    """The page's word, and what it says about its words."""
    column = actor.seen_by(door)
    names_branch = "{branch}" in door.path
    match table[action][column]:
        case "any":
            bound = column in OF_ALL and actor.home is not None
            if bound and action == OF_WHOLE_HOUSE:
                return False
            return not bound or not names_branch or branch == actor.home
        case "own" | "held":
            return not names_branch or branch == actor.home
        case "tkt":
            return not names_branch or branch == BRANCH
        case reach:
            assert reach in ("", "plan"), reach
            return False


# Making them


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


# Asking

NEVER: Final = "x" * 200
"""No idempotency key: whoever has the right stumbles over it, and nothing happens."""

FIELDS: Final = {
    "number": "A-001",
    "at": "1",
    "counter": "1",
    "service": "A",
    "reason": "emergency",
    "outcome": "served",
    "to": "counter:2",
    "on": "on",
    "text": "x",
    "stars": "5",
    "last.A": "1",
    "request_id": NEVER,
}


def address(world: World, door: Door, branch: str, verb: str = "no-such-verb") -> str:
    """The door's path with everything filled in."""
    names = {
        "branch": branch,
        "counter": "1",
        "number": "A-001",
        "verb": verb,
        "file": "look/look.css",
        "kind": "board",
    }
    return re.sub(r"\{(\w+)\}", lambda found: names.get(found[1], "nothing"), door.path)


async def knock(
    world: World, door: Door, actor: Actor, branch: str, verb: str = "no-such-verb"
) -> str:
    """`denied`, `unknown` (who somebody is), `in`, or `absent` (let in, and nothing is there)."""
    headers = actor.headers()
    content: Any = None
    if door.path == "/ticket/{verb}":  # as its script asks: without a ticket a page would say so
        verb, headers["Accept"] = "coming", "application/json"
    if door.is_api and door.method == "POST":
        headers["Content-Type"], content = "application/json", b"{"
    elif door.method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        content = str(httpx.QueryParams(FIELDS)).encode()
    world.client.cookies.clear()
    path = address(world, door, branch, verb)
    return outcome(await world.client.request(door.method, path, headers=headers, content=content))


_ASKED_TO_SIGN_IN: Final = ("/sign-in", "/unlock", "/account/second-factor")
_REFUSED: Final = Problem(403, "not_allowed").text("id")[0]
_WHO: Final = Problem(401, "sign_in_needed").text("id")[0]


def outcome(response: httpx.Response) -> str:
    """What the answer means to whoever knocked."""
    assert response.status_code < 500, response.text[:300]
    assert response.status_code != 429, "the matrix ran into a limit: raise it"
    if response.status_code == 401:
        return "unknown"
    if response.status_code == 403:
        return "denied"
    to = response.headers.get("location", "")
    if response.status_code == 303 and to.startswith(_ASKED_TO_SIGN_IN):
        return "unknown"
    if response.status_code == 404:
        return "absent"
    return {_REFUSED: "denied", _WHO: "unknown"}.get(_flash(response), "in")


def _flash(response: httpx.Response) -> str:
    kept = response.cookies.get("flash")
    return str(json.loads(urlsafe_b64decode(kept.strip('"')))["title"]) if kept else ""


async def watch(app: Starlette, path: str, actor: Actor) -> str:
    """The same for a socket, by what it brings first: a view, or a close code."""
    headers = [(b"host", b"test")]
    if actor.bearer is None:
        headers.append((b"origin", b"http://test"))
    headers += [
        (k.lower().encode(), v.encode()) for k, v in actor.headers().items() if k == "Cookie"
    ]
    incoming: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    incoming.put_nowait({"type": "websocket.connect"})
    if actor.bearer is not None:
        incoming.put_nowait({"type": "websocket.receive", "text": hello(actor.bearer)})
    said: list[str] = []

    async def send(message: Any) -> None:
        if message["type"] == "websocket.send":
            said.append("in")
            incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})
        elif message["type"] == "websocket.close":
            said.append({4401: "unknown", 4403: "denied"}.get(message["code"], str(message)))
            incoming.put_nowait({"type": "websocket.disconnect", "code": 1000})

    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0"},
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "client": ("10.0.0.7", 999),
        "server": ("test", 80),
        "subprotocols": [],
    }
    await app(scope, incoming.get, send)
    return said[0]


def branches(door: Door) -> Iterator[str]:
    """Where it is tried: at home and elsewhere, as far as the address says."""
    yield BRANCH
    if "{branch}" in door.path:
        yield ELSEWHERE
