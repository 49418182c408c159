"""The composition root: opens the stores, wakes the days, owns every task, serves.

The one place that knows all rooms. Must not decide anything itself.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog
import uvloop
from starlette.applications import Starlette

import display_board.pages
import kiosk.pages
from queue_server.asking.joining.codes import Codes
from queue_server.asking.joining.scans import Scans
from queue_server.asking.joining.turning import first_keys, turn_for_ever
from queue_server.clock import Clock, SystemClock
from queue_server.live.days import Days, PlanCodec
from queue_server.live.extras import Extras, Sources
from queue_server.live.face import DaysFace
from queue_server.live.following import Following
from queue_server.live.hub import Hub
from queue_server.live.restored import Restored
from queue_server.live.shelf import Shelf
from queue_server.live.sweeper import Sweeper
from queue_server.live.tasks import Crew
from queue_server.manage import demo
from queue_server.manage.branch_text import contact_note
from queue_server.manage.keeping import restored_notes
from queue_server.notices.reaching import Reaching
from queue_server.office.app import application as office_of
from queue_server.office.branches import Branches
from queue_server.office.door import Door
from queue_server.office.office import Office
from queue_server.people import JoinKey, People
from queue_server.people.access import Access
from queue_server.people.keys import Keys
from queue_server.people.passwords import Passwords
from queue_server.people.sign_ins import SignIns
from queue_server.reports.archive import Archive
from queue_server.reports.closed_days import ClosedDays
from queue_server.serving import logs, server
from queue_server.serving.limits import Limits
from queue_server.serving.metrics import Metrics
from queue_server.settings import Settings
from queue_server.store import codec
from queue_server.store.folder import FolderHeld, Stores, disk_note, open_stores, sqlite_note
from queue_server.store.log import Log, Record, Stream
from queue_server.store.paused import paused_days, release
from queue_server.store.private import folder_note
from queue_server.web.access.crowd import Crowd
from queue_server.web.context import Health, Site
from queue_server.web.doors import Doors
from queue_server.web.routes import routes
from queue_server.web.site import starlette_app
from queue_server.web.trail import log_act
from queue_server.web.watches import Sockets

_log = structlog.get_logger("app")

EXIT_FAILED: Final = 1
NO_BRANCH: Final = "There is no branch yet, so nobody can take a number. To make one: lapak init"


# Putting the rooms together


@asynccontextmanager
async def living(
    settings: Settings, stores: Stores | None = None, clock: Clock | None = None
) -> AsyncIterator[Starlette]:
    """The whole application, awake: its stores open, its days running, its tasks owned.

    Raises `FolderHeld`, `StoreUnavailable`, `demo.NotADemo`. At its end every accepted command is
    answered and durable.
    """
    clock = clock or SystemClock()
    async with AsyncExitStack() as stack:
        stores = await stack.enter_async_context(
            stores or await open_stores(settings.data, settings.database)
        )
        if settings.demo:
            passwords = Passwords(settings.password_hashes_at_once_max)
            folder, now = stores.folder.path, clock.now()
            await demo.make_once(folder, stores.log, stores.people, passwords.hash, now)
        site = await _site(stack, settings, stores, clock)
        _warn(settings, site, stores, clock)
        yield _application(site)


async def _site(stack: AsyncExitStack, settings: Settings, stores: Stores, clock: Clock) -> Site:
    log, people = stores.log, stores.people
    keys = await _keys(people, settings)
    address, step_s = settings.address(), settings.join_step_s
    codes = Codes(await first_keys(people, clock), address, step_s, clock.now)
    shelf = Shelf()
    hub = Hub(shelf, Extras(_sources(people, codes)), clock, settings)
    always = (demo.BRANCH,) if settings.demo else ()
    plans = PlanCodec(codec.encode_plan, codec.decode_plan)
    waiting = stores.folder.paused
    restored = Restored(paused_days(waiting), partial(release, waiting))
    archive = Archive(log, log.derived)
    metrics = Metrics()
    reaching = Reaching(
        log,
        people,
        await people.server_key("push"),
        lambda: days.branches(),
        shelf.day_of,
        clock,
        settings,
        metrics.message,
    )
    followers = (ClosedDays(log, archive), reaching.follower)
    following = Following(log, log.cursors, followers, settings)
    days = Days(log, plans, shelf, hub, clock, settings, always, restored, following.wake)
    sign_ins = SignIns(people, settings, clock.now)
    sockets = Sockets(settings, sign_ins)
    sweeper = Sweeper(shelf, people, clock, settings)

    stack.push_async_callback(reaching.stop)
    await reaching.load()
    stack.push_async_callback(following.stop)
    await following.start()
    # The other way round at the end: sockets first, then the days, which answer what they took in.
    stack.push_async_callback(days.stop)
    await days.start()
    await reaching.start()
    stack.push_async_callback(sweeper.stop)
    await sweeper.start()
    stack.push_async_callback(hub.stop)
    await hub.start()
    crew = Crew()
    stack.push_async_callback(crew.cancel)
    crew.start(sockets.recheck_for_ever(), "socket sign-ins")
    turning = turn_for_ever(codes, people, clock, settings.join_key_days, hub, days.branches)
    crew.start(turning, "hall codes")

    def turned(keys: Sequence[JoinKey]) -> None:
        codes.use(keys)
        for branch in days.branches():
            hub.turn(branch)

    configure = partial(days.configure, by="lapak")
    access = Access(people, clock.now, settings, sign_ins.forget, log_act)
    branches = Branches(days.branches, configure, plans, turned, reaching.turned)
    office = office_of(Office(access, branches, settings.address()))
    await stack.enter_async_context(Door(stores.folder.path, office))

    async def read_log(branch: str, day: date, after: int) -> list[Record]:
        return list(await log.read(Stream(branch, day), after))

    return Site(
        settings=settings,
        now=clock.now,
        days=DaysFace(days),
        hub=hub,
        people=people,
        access=access,
        keys=keys,
        sign_ins=sign_ins,
        passwords=Passwords(settings.password_hashes_at_once_max),
        crowd=Crowd(
            settings.strangers_waiting_max,
            settings.strangers_waiting_per_address_max,
            settings.unavailable_retry_after_s,
        ),
        limits=Limits(),
        codes=codes,
        scans=Scans(keys.cookie, settings.join_cookie_s, clock.now),
        metrics=metrics,
        read_log=read_log,
        archive=archive,
        following=following,
        reaching=reaching,
        sockets=sockets,
        health=_health(log, people),
    )


async def _keys(people: People, settings: Settings) -> Keys:
    names = ("ticket", "cookie", "pepper")
    ticket, cookie, pepper = [await people.server_key(name) for name in names]
    return Keys(ticket, cookie, pepper, settings.address())


def _sources(people: People, codes: Codes) -> Sources:
    """What views show that is not in the log."""

    async def notice(note_id: str) -> str | None:
        note = await people.note(note_id)
        return note.text if note else None

    async def holder(who: str) -> str | None:
        if who.startswith("device:"):
            tokens = {token.id: token.label for token in await people.tokens()}
            return tokens.get(who.removeprefix("device:"))
        account = await people.account(who)
        return (account.display_name or account.username) if account else None

    async def stars(branch: str, day: date) -> Mapping[str, int]:
        return {one.ticket_id: one.stars for one in await people.ratings(branch, day)}

    return Sources(notice, holder, stars, codes.shown)


def _health(log: Log, people: People) -> Health:
    async def ping() -> None:
        await log.plans()
        await people.sign_in_failures("nobody")

    # Opening the stores applied them, or refused to open.
    return Health(ping, lambda: "applied")


def _application(site: Site) -> Starlette:
    doors = Doors(site)
    rooms = display_board.pages.routes(doors), kiosk.pages.routes(doors)
    return starlette_app(site, routes(*rooms))


# What a start should say


def _warn(settings: Settings, site: Site, stores: Stores, clock: Clock) -> None:
    notes = (
        None if settings.demo else sqlite_note(),
        disk_note(stores.folder.path),
        folder_note(stores.folder.path),
        _clock_note(settings, site, clock),
        None if site.days.branches() else NO_BRANCH,
    )
    contacts = (contact_note(plan) for plan in site.days.branches().values())
    for note in (*stores.notes, *notes, *contacts, *restored_notes(stores.folder)):
        if note is not None:
            _log.warning("at_start", note=note)


def _clock_note(settings: Settings, site: Site, clock: Clock) -> str | None:
    lasts = [site.days.last_happened(branch) for branch in site.days.branches()]
    newest = max((last for last in lasts if last is not None), default=None)
    allowed = timedelta(seconds=settings.clock_behind_warn_s)
    if newest is None or clock.now() >= newest - allowed:
        return None
    return (
        f"The clock says {clock.now():%Y-%m-%d %H:%M} UTC, but something happened here at "
        f"{newest:%Y-%m-%d %H:%M}: set the clock (timedatectl). Numbers are safe meanwhile."
    )


# Serving


def run(
    settings: Settings,
    *,
    tls_cert: Path | None = None,
    tls_key: Path | None = None,
    settings_again: Callable[[], Settings] | None = None,
) -> int:
    """Serves until SIGTERM or Ctrl-C; the exit status. Says in a sentence why it cannot.

    With `settings_again` SIGHUP reads these and the certificates again; without, it ends it.
    """
    logs.begin()
    if settings_again is not None:
        # Until it serves: what is to be read again has just been read.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server.allow_many_sockets()
    try:
        listening = server.bind(settings)
    except OSError as error:
        return _sorry(server.why_not(settings, error))
    settings = settings.model_copy(update={"port": listening.getsockname()[1]})
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            again = settings_again and partial(_read_again, settings, settings_again)
            runner.run(_serve(settings, listening, tls_cert, tls_key, again))
    except FolderHeld as held:
        return _sorry(str(held))
    finally:
        listening.close()
    return 0


def _read_again(settings: Settings, read: Callable[[], Settings]) -> None:
    """What may change meanwhile is as it is written now; what does not fit changes nothing."""
    try:
        changed = settings.take_over(read())
    except (ValueError, OSError) as wrong:
        _log.error("settings_kept", why=str(wrong))
    else:
        _log.info("settings_read_again", changed=changed)


def _sorry(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return EXIT_FAILED


async def _serve(
    settings: Settings,
    listening: socket.socket,
    tls_cert: Path | None,
    tls_key: Path | None,
    again: Callable[[], None] | None,
) -> None:
    async with living(settings) as application:
        _log.info("serving", address=settings.address(), data=str(settings.data))
        await server.serve(application, settings, listening, tls_cert, tls_key, again)
    _log.info("stopped")
