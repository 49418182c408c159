"""The phone away from its page: what is pushed rings and opens the ticket, and the ticket is there
without a network.
"""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from playwright.async_api import CDPSession, Page, Route, expect

from tests.e2e.house import House
from tests.e2e.people import Crowd, Phone
from tests.notices.push_service import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

SUBSCRIPTION: Final = Browser("phone", "https://push.invalid").subscription
# No push service is asked: what the browser would get from one is put in its place.
SUBSCRIBES: Final = f"""
    let found = null;
    const given = {json.dumps(SUBSCRIPTION)};
    PushManager.prototype.getSubscription = async () => found;
    PushManager.prototype.subscribe = async (options) => {{
        window.askedFor = options.userVisibleOnly && options.applicationServerKey.length;
        return found = {{ ...given, options: {{}}, toJSON: () => given }};
    }};
"""
TRIES: Final = 1_500
"""Twenty milliseconds apart: a worker starts slowly on a busy machine."""
SHOWN: Final = """async () => {
    const worker = await navigator.serviceWorker.ready;
    const shown = await worker.getNotifications();
    return shown.map(({title, body, tag, renotify}) => ({title, body, tag, renotify}));
}"""
KEPT: Final = """async () => {
    const cache = await caches.open("lapak-tickets");
    const pages = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
    return Promise.all(pages.map((page) => page.text()));
}"""
NOTHING_KEPT: Final = "async () => !(await (await caches.open('lapak-tickets')).keys()).length"


@pytest.fixture(autouse=True)
def workers(crowd: Crowd) -> None:
    crowd.service_workers = "allow"


async def a_phone(crowd: Crowd, *, allowed: bool) -> Phone:
    """In the hall, with a number, and its worker at work."""
    phone = await crowd.phone_in_hall()
    if allowed:
        await phone.page.context.grant_permissions(["notifications"])
    await phone.page.add_init_script(SUBSCRIBES)
    await phone.take_number("A")
    await phone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return phone


async def taken(page: Page) -> list[dict[str, Any]]:
    """What the page tells the server about its subscription; the answer is ours."""
    told: list[dict[str, Any]] = []

    async def take(route: Route) -> None:
        told.append({"url": route.request.url, "body": json.loads(route.request.post_data or "")})
        await route.fulfill(status=201, json={"number": "A-001"})

    await page.route("**/api/v1/ticket/push**", take)
    return told


class Pushes:
    """A browser's own way to have a push delivered."""

    def __init__(self, session: CDPSession, origin: str, registration: str) -> None:
        self._session, self._origin, self._registration = session, origin, registration

    @classmethod
    async def to(cls, page: Page) -> Pushes:
        session = await page.context.new_cdp_session(page)
        found: list[str] = []
        session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
        )
        await session.send("ServiceWorker.enable")
        while not found:
            await page.wait_for_timeout(20)
        return cls(session, "/".join(page.url.split("/")[:3]), found[-1])

    async def deliver(self, **message: object) -> None:
        payload = {"counter": None, "tag": "t", "url": "/ticket", "body": "Bontang", **message}
        await self._session.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": self._origin,
                "registrationId": self._registration,
                "data": json.dumps(payload),
            },
        )


async def shown(page: Page, *titles: str) -> list[dict[str, Any]]:
    """The notifications, once they are these."""
    for _ in range(TRIES):
        found: list[dict[str, Any]] = await page.evaluate(SHOWN)
        if [one["title"] for one in found] == list(titles):
            return found
        await page.wait_for_timeout(20)
    raise AssertionError(found)


async def test_a_call_replaces_what_was_shown_and_rings_anew(crowd: Crowd) -> None:
    phone = await a_phone(crowd, allowed=True)
    push = await Pushes.to(phone.page)
    await push.deliver(kind="ready", title="Bersiaplah", seq=4)
    await shown(phone.page, "Bersiaplah")
    await push.deliver(kind="called", title="A-001 · Silakan ke Loket 3", seq=5)
    [call] = await shown(phone.page, "A-001 · Silakan ke Loket 3")
    assert call["renotify"]
    await push.deliver(kind="ready", title="Bersiaplah", seq=4)
    await push.deliver(kind="recalled", title="A-001 · Panggilan ulang", seq=6)
    await shown(phone.page, "A-001 · Panggilan ulang")


async def test_a_call_taken_back_takes_its_notification_away(crowd: Crowd) -> None:
    phone = await a_phone(crowd, allowed=True)
    push = await Pushes.to(phone.page)
    await push.deliver(kind="called", title="A-001 · Silakan ke Loket 3", seq=5)
    await shown(phone.page, "A-001 · Silakan ke Loket 3")
    await push.deliver(kind="withdrawn", title="Belum giliran Anda", seq=6)
    await shown(phone.page)


async def test_nobody_is_asked_before_they_press_and_then_once(crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    await phone.page.add_init_script(
        SUBSCRIBES
        + """
        window.asked = 0;
        let wish = "default";
        Object.defineProperty(Notification, "permission", { get: () => wish });
        Notification.requestPermission = async () => {
            window.asked += 1;
            return wish = "granted";
        };
        """
    )
    told = await taken(phone.page)
    await phone.take_number("A")
    await expect(phone.find("#push-on")).to_be_visible()
    assert await phone.page.evaluate("window.asked") == 0
    await phone.find("#push-on").click()
    await expect(phone.find("#push-try")).to_be_visible()
    await expect(phone.find("#push-on")).to_be_hidden()
    assert await phone.page.evaluate("[window.asked, window.askedFor]") == [1, 65]
    [subscribed] = told
    assert subscribed["body"] == SUBSCRIPTION
    of = await phone.find("#main").get_attribute("data-of")
    assert subscribed["url"].endswith(f"of={of}")
    await phone.find("#push-try").click()
    await expect(phone.find("#push-said")).to_contain_text("Sebentar lagi")
    assert told[-1]["url"].split("?")[0].endswith("/push/try")
    assert told[-1]["body"] == {"endpoint": SUBSCRIPTION["endpoint"]}


async def test_a_no_is_taken_and_the_page_says_how_it_rings(crowd: Crowd) -> None:
    phone = await crowd.phone_in_hall()
    await phone.page.add_init_script(
        'Object.defineProperty(Notification, "permission", { get: () => "denied" });'
    )
    await phone.take_number("A")
    await expect(phone.find("[data-road=refused]")).to_be_visible()
    await expect(phone.find("#push-on")).to_be_hidden()


CONTROLLED: Final = """() => new Promise((done) => {
    if (navigator.serviceWorker.controller) done(true);
    else navigator.serviceWorker.addEventListener("controllerchange", () => done(true));
})"""


async def kept(page: Page, number: str) -> list[str]:
    """The kept pages, once the number is among them."""
    for _ in range(TRIES):
        pages: list[str] = await page.evaluate(KEPT)
        if any(number in one for one in pages):
            return pages
        await page.wait_for_timeout(20)
    raise AssertionError("the ticket was not kept")


async def test_an_iphone_is_told_two_steps_once_the_wait_is_worth_them(
    house: House, crowd: Crowd
) -> None:
    phone = await crowd.phone_in_hall()
    await phone.page.add_init_script(
        "delete window.PushManager;"
        'Object.defineProperty(Navigator.prototype, "standalone", { get: () => false });'
    )
    await phone.take_number("A")
    await expect(phone.find("#roads[data-state=install]")).to_have_count(1)
    await expect(phone.find("[data-road=install]")).to_be_hidden()
    await house.open_counter("1")
    for _ in range(12):
        await house.issue("A")
    later = await house.do("guard", "/tickets", service="A")
    await phone.page.goto(later["link"])
    await phone.page.locator("main form button").click()
    await expect(phone.find("[data-road=install]")).to_be_visible()
    await phone.find("[data-road=install] summary").click()
    await expect(phone.find("#roads .steps li")).to_have_count(2)


async def test_the_ticket_is_there_without_a_network_and_says_since_when(crowd: Crowd) -> None:
    phone = await a_phone(crowd, allowed=False)
    number = await phone.number()
    await phone.page.evaluate(CONTROLLED)
    await phone.page.reload()
    pages = await kept(phone.page, number)
    secrets = [await phone.find("#link").input_value()]
    assert not any(secret.split("/t/")[1] in one for one in pages for secret in secrets)
    assert not any("crispEdges" in one for one in pages), "the code opens the number"
    await phone.page.context.set_offline(True)
    await phone.page.reload()
    assert await phone.number() == number
    await expect(phone.find("html[data-kept]")).to_have_count(1)
    await expect(phone.find("#stale")).to_contain_text("Sambungan terputus")
    await phone.page.context.set_offline(False)
    await phone.page.reload()
    await expect(phone.find("html[data-kept]")).to_have_count(0)
    await expect(phone.find("#stale")).to_be_hidden()


async def test_what_is_erased_is_not_kept_and_staff_pages_never_are(
    house: House, crowd: Crowd
) -> None:
    phone = await a_phone(crowd, allowed=False)
    number = await phone.number()
    await phone.page.evaluate(CONTROLLED)
    await phone.page.reload()
    await kept(phone.page, number)
    await phone.page.goto("/sign-in")
    assert await phone.page.evaluate("navigator.serviceWorker.controller === null")
    assert not any(
        "one-time-code" in one or "password" in one for one in await phone.page.evaluate(KEPT)
    )
    await phone.page.goto("/ticket")
    await phone.find("[data-show=cancel] summary").click()
    await phone.find("form[data-verb=cancel] button").click()
    await expect(phone.find("#main[data-stage=cancelled]")).to_have_count(1)
    await phone.find("#erase-own summary, #erase-own button").first.click()
    await phone.find("#erase-own form button").last.click()
    await phone.page.wait_for_url("**/erased/**")
    assert await phone.page.evaluate(NOTHING_KEPT)


async def test_a_page_may_be_put_on_the_home_screen(crowd: Crowd) -> None:
    phone = await a_phone(crowd, allowed=False)
    session = await phone.page.context.new_cdp_session(phone.page)
    told = await session.send("Page.getAppManifest")
    assert told["errors"] == []
    manifest = json.loads(told["data"])
    assert manifest["start_url"] == "/ticket"
    wrong = await session.send("Page.getInstallabilityErrors")
    # A test's window is a private one, which may install nothing.
    assert {one["errorId"] for one in wrong["installabilityErrors"]} <= {"in-incognito"}
