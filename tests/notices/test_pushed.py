"""From a button at the counter to a locked phone: the whole road, with a push service that reads
what it takes and behaves badly.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from queue_server.people.values.roads import Fate, Message, Occasion
from tests.notices.push_service import NEVER, Browser, PushService, signed_by
from tests.web.harness import API, BRANCH, World
from tests.web.staffed import browser_of

PUSH = "/api/v1/ticket/push"


async def subscribed(
    world: World, service: PushService, name: str = "phone", language: str = "id"
) -> tuple[dict[str, Any], Browser]:
    """A number, and the browser it is pushed to."""
    issued = await world.issue()
    return issued, await watching(world, service, issued["secret"], name, language)


async def watching(
    world: World, service: PushService, secret: str, name: str, language: str = "id"
) -> Browser:
    browser = Browser(name, service.url)
    answer = await world.post(PUSH, secret, browser.subscription, language=language)
    assert answer.status_code == 201, answer.text
    return browser


async def act(world: World, number: str, verb: str, **body: Any) -> None:
    answer = await world.post(f"{API}/tickets/{number}/{verb}", "officer1", body or None)
    assert answer.status_code == 200, answer.text


async def messages(world: World) -> list[Message]:
    return list(await world.site.people.messages(BRANCH, world.day.date))


async def until_fates(world: World, *fates: Fate) -> list[Message]:
    while [one.fate for one in await messages(world)] != list(fates):  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    return await messages(world)


async def quiet(world: World) -> None:
    """Everything committed was heard, and nothing is on its way."""
    reaching, following = world.site.reaching, world.site.following
    while following.standings()["notices"].waiting or reaching.carrying():  # noqa: ASYNC110
        await asyncio.sleep(0.005)


class TestACall:
    async def test_reaches_the_phone_and_says_where(
        self, world: World, service: PushService
    ) -> None:
        issued, phone = await subscribed(world, service)
        ready, *_ = await service.until_heard(phone, 1)
        assert ready["kind"] == "ready", "the only one in the line"
        await world.call_next()
        _, called = await service.until_heard(phone, 2)
        name = f"{BRANCH}.{world.day.date:%Y%m%d}.{issued['number']}"
        assert called == {
            "kind": "called",
            "number": issued["number"],
            "counter": "1",
            "title": f"{issued['number']} · Silakan ke Loket 1",
            "body": f"{world.day.plan.name}.",
            "tag": name,
            "url": f"/ticket?of={name}",
            "seq": world.day.seq,
        }

    async def test_is_signed_urgent_and_short_lived(
        self, world: World, service: PushService
    ) -> None:
        _, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        await world.call_next()
        await service.until_heard(phone, 2)
        ready, called = service.taken
        who, told = signed_by(called.headers["authorization"])
        key = (await world.get("/api/v1/push/key")).json()["key"]
        assert (who, told["aud"]) == (key, service.url)
        assert told["sub"].startswith("https://")
        assert called.headers["urgency"] == "high"
        assert called.headers["content-encoding"] == "aes128gcm"
        assert 100 <= int(called.headers["ttl"]) <= 120
        assert 590 <= int(ready.headers["ttl"]) <= 600
        assert ready.headers["topic"] == called.headers["topic"]
        assert len(called.headers["topic"]) == 32
        assert len(called.body) < 1_024

    async def test_in_the_language_of_whoever_subscribed(
        self, world: World, service: PushService
    ) -> None:
        _, phone = await subscribed(world, service, language="en")
        (ready,) = await service.until_heard(phone, 1)
        assert "Get ready" in ready["title"]

    async def test_a_page_loaded_again_is_told_nothing_twice(
        self, world: World, service: PushService
    ) -> None:
        issued, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        for _ in range(2):
            again = await world.post(PUSH, issued["secret"], phone.subscription)
            assert again.status_code == 201
            await quiet(world)
        await world.call_next()
        await service.until_heard(phone, 2)
        await quiet(world)
        assert [one["kind"] for one in service.heard(phone)] == ["ready", "called"]
        assert {one.fate for one in await messages(world)} == {Fate.SENT}

    async def test_each_occasion_comes_once(self, world: World, service: PushService) -> None:
        issued, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        await world.call_next()
        await service.until_heard(phone, 2)
        await act(world, issued["number"], "start")
        await act(world, issued["number"], "finish")
        await service.until_heard(phone, 3)
        await quiet(world)
        kinds = [one["kind"] for one in service.heard(phone)]
        assert kinds == ["ready", "called", "withdrawn"]

    async def test_undone_it_is_taken_away(self, world: World, service: PushService) -> None:
        issued, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        await world.call_next()
        await service.until_heard(phone, 2)
        await act(world, issued["number"], "undo")
        last = (await service.until_heard(phone, 3))[-1]
        assert (last["kind"], last["counter"]) == ("withdrawn", None)
        assert "Belum giliran Anda" in last["title"]

    async def test_reaches_every_phone_of_the_ticket_and_no_other(
        self, world: World, service: PushService
    ) -> None:
        issued, phone = await subscribed(world, service)
        second = await watching(world, service, issued["secret"], "companion")
        _, stranger = await subscribed(world, service, "stranger")
        for one in (phone, second, stranger):
            await service.until_heard(one, 1)
        await world.call_next()
        await service.until_heard(phone, 2)
        await service.until_heard(second, 2)
        await quiet(world)
        assert "called" not in [one["kind"] for one in service.heard(stranger)]


class TestAServiceThatBehavesBadly:
    async def test_busy_it_is_asked_again_when_it_said(
        self, world: World, service: PushService
    ) -> None:
        service.says, service.more = [429], "Retry-After: 90\r\n"
        await subscribed(world, service)
        await service.until(lambda: len(service.came) == 1)
        await quiet(world)
        (one,) = await messages(world)
        assert (one.fate, one.trouble) == (Fate.WAITING, "status_429")
        due = await world.site.people.next_due()
        assert due is not None
        assert due - datetime.now(UTC) > timedelta(seconds=80)

    async def test_broken_it_is_asked_again(self, world: World, service: PushService) -> None:
        service.says = [500]
        _, phone = await subscribed(world, service)
        (ready,) = await service.until_heard(phone, 1)
        assert ready["kind"] == "ready"
        (one,) = await until_fates(world, Fate.SENT)
        assert one.tries == 2

    async def test_what_is_no_longer_so_is_not_asked_again(
        self, world: World, service: PushService
    ) -> None:
        service.says, service.more = [503], "Retry-After: 3000\r\n"
        await subscribed(world, service)
        (one,) = await until_fates(world, Fate.STALE)
        assert one.trouble == "status_503"

    async def test_a_phone_that_is_gone_is_forgotten(
        self, world: World, service: PushService
    ) -> None:
        service.says = [410]
        issued, _ = await subscribed(world, service)
        (one,) = await until_fates(world, Fate.FAILED)
        assert one.trouble == "gone"
        assert await world.site.people.push_tickets() == set()
        await world.call_next()
        await act(world, issued["number"], "finish")
        await quiet(world)
        assert len(service.came) == 1

    async def test_a_redirect_is_not_followed(self, world: World, service: PushService) -> None:
        service.says, service.more = [307], f"Location: {service.url}/inner\r\n"
        await subscribed(world, service)
        (one,) = await until_fates(world, Fate.FAILED)
        assert one.trouble == "status_307"
        assert [one.path for one in service.came] == ["/push/phone"]

    async def test_that_never_answers_it_holds_up_no_call(
        self, world: World, service: PushService
    ) -> None:
        service.always = NEVER
        issued, _ = await subscribed(world, service)
        await service.hanging.wait()
        async with asyncio.timeout(5):
            await world.call_next()
            await act(world, issued["number"], "finish")

    async def test_its_failures_are_counted_until_it_works(
        self, world: World, service: PushService
    ) -> None:
        service.says = [500]
        _, phone = await subscribed(world, service)
        await service.until(lambda: len(service.came) == 1)
        await quiet(world)
        failing = world.site.reaching.standings()["push"]  # type: ignore[index]
        assert (failing.failing, failing.trouble) == (1, "status_500")
        assert failing.failing_since is not None
        assert 'lapak_road_failing{road="push"} 1.0' in (await world.get("/metrics")).text
        await service.until_heard(phone, 1)
        await until_fates(world, Fate.SENT)
        assert world.site.reaching.standings()["push"].failing == 0  # type: ignore[index]
        told = (await world.get("/metrics")).text
        assert 'lapak_messages_total{fate="sent",occasion="ready",road="push"} 1.0' in told
        assert 'lapak_message_seconds_count{road="push"} 1.0' in told


async def test_the_supervisor_reads_how_many_left_and_who_came(
    world: World, service: PushService
) -> None:
    issued, phone = await subscribed(world, service)
    await service.until_heard(phone, 1)
    await world.call_next()
    await service.until_heard(phone, 2)
    await until_fates(world, Fate.SENT, Fate.SENT)
    await act(world, issued["number"], "skip", confirm=True)
    report = await world.site.reaching.report(BRANCH, world.day.date)
    ((_, reached),) = report.reached
    assert (report.calls[0].sent, reached.called, reached.missed) == (1, 1, 1)
    async with await browser_of(world, "supervisor") as browser:
        page = (await browser.get(f"/supervisor/{BRANCH}")).text
    assert "1 panggilan terkirim." in page


class TestTheDoor:
    async def refused(self, world: World, secret: str | None, body: object) -> tuple[int, str]:
        answer = await world.post(PUSH, secret, body)
        return answer.status_code, answer.json()["code"]

    @pytest.mark.parametrize(
        "endpoint", ["https://10.0.0.1/push", "http://127.0.0.1:1/x", "https://evil.example/x"]
    )
    async def test_no_address_somebody_made_up(self, world: World, endpoint: str) -> None:
        secret = (await world.issue())["secret"]
        body = {**Browser("x", "https://x").subscription, "endpoint": endpoint}
        assert await self.refused(world, secret, body) == (422, "unknown_push_service")
        assert await world.site.people.push_tickets() == set()

    async def test_no_keys_that_are_none(self, world: World, service: PushService) -> None:
        secret = (await world.issue())["secret"]
        body = Browser("x", service.url).subscription
        wrong = {**body, "keys": {"p256dh": "AAAA", "auth": "BBBB"}}
        assert await self.refused(world, secret, wrong) == (422, "bad_subscription")
        for bent in ({}, {"endpoint": service.url}, {**body, "keys": {}}, {**body, "more": 1}):
            assert await self.refused(world, secret, bent) == (422, "bad_input")

    async def test_only_the_holder(self, world: World, service: PushService) -> None:
        body = Browser("x", service.url).subscription
        assert await self.refused(world, None, body) == (401, "sign_in_needed")
        assert await self.refused(world, "guard", body) == (403, "not_allowed")

    async def test_the_page_in_whose_browser_the_number_lies(
        self, world: World, service: PushService
    ) -> None:
        """Whoever else is signed in there; never what another site makes a browser send."""
        issued = await world.issue()
        await world.client.post(f"/t/{issued['secret']}", headers={"Origin": "http://test"})
        assert world.client.cookies, "the browser keeps it"
        body = Browser("x", service.url).subscription
        own, foreign = {"Origin": "http://test"}, {"Origin": "http://evil.example"}
        answer = await world.client.post(PUSH, json=body, headers=foreign)
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")
        answer = await world.client.post(f"{PUSH}?lang=en", json=body, headers=own)
        assert (answer.status_code, answer.json()) == (201, {"number": issued["number"]})

    async def test_ten_thousand_subscriptions_are_four(
        self, world: World, service: PushService
    ) -> None:
        secret = (await world.issue())["secret"]
        ticket = world.day.tickets["A-001"].ticket_id
        for n in range(12):
            await watching(world, service, secret, f"phone-{n}")
        at = world.site.people.push_subscription_at
        ends = [f"{service.url}/push/phone-{n}" for n in range(12)]
        left = [n for n, end in enumerate(ends) if await at(ticket, end)]
        assert left == [8, 9, 10, 11]

    async def test_a_flood_is_braked(self, world: World, service: PushService) -> None:
        secret = (await world.issue())["secret"]
        body = Browser("x", service.url).subscription
        answers = [await world.post(PUSH, secret, body) for _ in range(61)]
        assert answers[-1].status_code == 429
        assert "retry-after" in answers[-1].headers


class TestLeaving:
    async def test_whoever_wants_no_more_hears_no_more(
        self, world: World, service: PushService
    ) -> None:
        issued, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        for _ in range(2):
            answer = await self.leave(world, issued["secret"], phone.endpoint)
            assert (answer.status_code, answer.content) == (204, b"")
        await world.call_next()
        await quiet(world)
        assert len(service.heard(phone)) == 1

    async def test_nobody_leaves_for_another(self, world: World, service: PushService) -> None:
        _, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        other = (await world.issue())["secret"]
        await self.leave(world, other, phone.endpoint)
        await world.call_next()
        await service.until_heard(phone, 2)

    async def test_erased_data_is_told_nobody(self, world: World, service: PushService) -> None:
        issued, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        await quiet(world)
        erased = await world.post("/api/v1/ticket/erase", issued["secret"])
        assert erased.json()["rows"] == 2
        await world.call_next()
        await quiet(world)
        assert len(service.heard(phone)) == 1
        assert await messages(world) == []

    async def leave(self, world: World, secret: str, endpoint: str) -> httpx.Response:
        return await world.client.request(
            "DELETE", PUSH, headers=world.bearer(secret), json={"endpoint": endpoint}
        )


class TestATrial:
    async def test_rings_once(self, world: World, service: PushService) -> None:
        issued, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        body = {"endpoint": phone.endpoint}
        answer = await world.post(f"{PUSH}/try", issued["secret"], body)
        assert answer.status_code == 202
        last = (await service.until_heard(phone, 2))[-1]
        assert (last["kind"], last["tag"]) == ("try", service.heard(phone)[0]["tag"])
        again = await world.post(f"{PUSH}/try", issued["secret"], body)
        assert (again.status_code, again.json()["code"]) == (429, "too_many_requests")
        assert 1 <= int(again.headers["retry-after"]) <= 5

    async def test_of_a_phone_nobody_set_up_is_refused(
        self, world: World, service: PushService
    ) -> None:
        secret = (await world.issue())["secret"]
        answer = await world.post(f"{PUSH}/try", secret, {"endpoint": f"{service.url}/push/x"})
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_subscription")


class TestTheKey:
    async def test_turned_everybody_subscribes_anew(
        self, world: World, service: PushService
    ) -> None:
        from queue_server.office.questions import TurnPushKey
        from tests.office import ask

        issued, phone = await subscribed(world, service)
        await service.until_heard(phone, 1)
        before = (await world.get("/api/v1/push/key")).json()["key"]
        await ask(world.site.settings.data, TurnPushKey())
        after = (await world.get("/api/v1/push/key")).json()["key"]
        assert before != after
        await world.call_next()
        await quiet(world)
        assert len(service.heard(phone)) == 1
        await watching(world, service, issued["secret"], "phone")
        await act(world, issued["number"], "return")
        await quiet(world)
        acts = await world.site.people.acts(what="push_key_rotated")
        assert len(acts) == 1


async def test_a_day_without_a_subscription_reads_and_writes_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its follower is not woken, and the outbox is not asked."""
    heard_before = world.site.following.standings()["notices"].handed
    asked: list[str] = []
    people = type(world.site.people)
    for name in ("put", "claim", "next_due"):
        monkeypatch.setattr(people, name, lambda *_, name=name: asked.append(name))
    issued = await world.issue()
    await world.call_next()
    await act(world, issued["number"], "finish")
    assert world.site.following.standings()["notices"].handed == heard_before
    assert asked == []


def test_every_occasion_is_a_kind_of_the_contract() -> None:
    """Named by `docs/notices.md`, and by whoever writes the page's service worker."""
    assert list(Occasion) == "ready called recalled missed withdrawn unserved unproven".split()
