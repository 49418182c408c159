"""Carries messages by Web Push: one request to the browser's push service, and what it means.

Must not know the outbox, nor who may subscribe.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

import httpx
import msgspec
import structlog

from queue_server.domain.plan import BranchPlan
from queue_server.notices.push.encrypting import BadKeys, BrowserKeys, encrypt, lettered
from queue_server.notices.push.services import is_known, origin
from queue_server.notices.push.signing import PushKey
from queue_server.notices.road import Carried, Gone, Later, NotTaken, Sent
from queue_server.notices.saying import Text, text, trial
from queue_server.people import People
from queue_server.people.keys import TicketName
from queue_server.people.values.roads import Message, Occasion, PushSubscription
from queue_server.settings import Settings

log = structlog.get_logger(__name__)

URGENT: Final = frozenset({Occasion.READY, Occasion.CALLED, Occasion.RECALLED, Occasion.WITHDRAWN})
"""Whoever is on the way hears of these at once; a sleeping phone may put the others off."""
TRIAL: Final = "try"
TRIAL_LASTS: Final = timedelta(minutes=1)
RETRY_AFTER_MAX_S: Final = 3_600.0
_TOPIC_LETTERS: Final = 32


class Payload(msgspec.Struct, frozen=True):
    """What the page's service worker reads."""

    kind: str
    number: str
    counter: str | None
    title: str
    body: str
    tag: str
    """One a ticket: the newest replaces the older on the lock screen."""
    url: str
    """What a tap opens."""
    seq: int
    """Of the day: a message that comes twice has it twice."""


class PushRoad:
    """Owns the connections to push services; `close` ends them."""

    def __init__(
        self,
        people: People,
        secret: bytes,
        plans: Callable[[], Mapping[str, BranchPlan]],
        now: Callable[[], datetime],
        settings: Settings,
    ) -> None:
        self._people, self._plans, self._now, self._settings = people, plans, now, settings
        self.key = PushKey(secret)
        """Another one from the moment it is turned."""
        most = settings.messages_at_once_max
        self._client = httpx.AsyncClient(
            follow_redirects=False,
            timeout=settings.message_timeout_s,
            limits=httpx.Limits(max_connections=most, max_keepalive_connections=most),
        )

    def turn(self, secret: bytes) -> None:
        """Pushes are signed by another key from now on."""
        self.key = PushKey(secret)

    @staticmethod
    def wrong_keys(p256dh: str, auth: str) -> str | None:
        """Why no browser gives such keys; None: one does."""
        try:
            BrowserKeys.read(p256dh, auth)
        except BadKeys as wrong:
            return str(wrong)
        return None

    async def close(self) -> None:
        await self._client.aclose()

    async def send(self, message: Message) -> Carried:
        """As `RoadSender.send`. Raises `StoreUnavailable`."""
        one = await self._people.push_subscription(message.address)
        plan = self._plans().get(message.branch)
        if one is None:
            return Gone()
        if plan is None:
            return Later("unknown_branch")
        said = text(message, plan, one.language)
        payload = _payload(one, message.occasion, message.counter, said, message.seq)
        lasts = message.true_until - self._now()
        return await self._pushed(one, payload, lasts, urgent=message.occasion in URGENT)

    async def try_out(self, one: PushSubscription, seq: int) -> Carried:
        """Lets a phone ring once, for whoever wants to know whether it does."""
        said = trial(one.number, self._plans()[one.branch], one.language)
        payload = _payload(one, TRIAL, None, said, seq)
        return await self._pushed(one, payload, TRIAL_LASTS, urgent=True)

    async def _pushed(
        self, one: PushSubscription, payload: Payload, lasts: timedelta, *, urgent: bool
    ) -> Carried:
        if not is_known(one.endpoint, self._settings.push_services_extra):
            return NotTaken("unknown_push_service")
        keys = BrowserKeys.read(one.p256dh, one.auth)
        contact = self._settings.push_contact or self._settings.address()
        service = origin(one.endpoint)
        headers = {
            "Authorization": self.key.authorization(service, _https(contact), self._now()),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(0, int(lasts.total_seconds()))),
            "Topic": _topic(payload.tag),
            "Urgency": "high" if urgent else "normal",
        }
        body = encrypt(msgspec.json.encode(payload), keys)
        try:
            status, retry_after = await self._post(one.endpoint, headers, body)
        except httpx.TimeoutException:
            return Later("timeout")
        except httpx.HTTPError as error:
            return Later(type(error).__name__)
        return await self._came_to(one, status, retry_after)

    async def _post(
        self, endpoint: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, str | None]:
        """Status and `Retry-After`; whatever else is answered is not read."""
        posting = self._client.stream("POST", endpoint, headers=dict(headers), content=body)
        async with posting as response:
            return response.status_code, response.headers.get("Retry-After")

    async def _came_to(
        self, one: PushSubscription, status: int, retry_after: str | None
    ) -> Carried:
        if 200 <= status < 300:
            return Sent()
        if status in (404, 410):
            await self._people.end_push_subscription(one.id)
            return Gone()
        trouble = f"status_{status}"
        if status == 429 or status >= 500:
            return Later(trouble, _seconds(retry_after, self._now()))
        return NotTaken(trouble)


def _payload(
    one: PushSubscription, kind: str, counter: str | None, said: Text, seq: int
) -> Payload:
    name = str(TicketName(one.branch, one.day, one.number))
    return Payload(
        kind=str(kind),
        number=one.number,
        counter=counter,
        title=said.title,
        body=said.body,
        tag=name,
        url=f"/ticket?of={name}",
        seq=seq,
    )


def _topic(tag: str) -> str:
    """What the push service holds back for a phone that is off is replaced by what is newer."""
    return lettered(hashlib.sha256(tag.encode()).digest())[:_TOPIC_LETTERS]


def _https(contact: str) -> str:
    """Push services want an encrypted address, or an e-mail's."""
    return f"https://{contact.removeprefix('http://')}" if contact.startswith("http:") else contact


def _seconds(retry_after: str | None, now: datetime) -> float:
    """Of a `Retry-After`: seconds or a date; 0 where there is none that can be read."""
    if retry_after is None:
        return 0.0
    if retry_after.isascii() and retry_after.isdigit():
        return min(float(retry_after[:6]), RETRY_AFTER_MAX_S)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    wait_s = (at.replace(tzinfo=at.tzinfo or UTC) - now).total_seconds()
    return min(max(wait_s, 0.0), RETRY_AFTER_MAX_S)
