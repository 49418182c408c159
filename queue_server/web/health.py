"""Is it alive, is it ready, what does it count? For whoever runs the server.

Must not know personal data: these answers may be seen by a monitoring service.
"""

from __future__ import annotations

import shutil
import sqlite3
from typing import Final

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from queue_server.serving.metrics import CONTENT_TYPE
from queue_server.web.context import Site, site_of

# SQLite below these mixes up its write-ahead log when two connections write or checkpoint at once.
# We have exactly one that does; the version is shown all the same.
_SAFE_SQLITE: Final = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


class Ready(msgspec.Struct, frozen=True):
    """What `/readyz` tells."""

    ready: bool
    store: str
    """ok, or what is wrong"""
    migrations: str
    branches: dict[str, str | None]
    """Each branch's alarm, or none."""
    oldest_unsent_s: float
    sockets: dict[str, int]
    sqlite: str
    sqlite_sound: bool
    disk_free_mb: int


async def healthz(request: Request) -> Response:
    """GET: the process answers."""
    return Response("ok\n", media_type="text/plain")


async def readyz(request: Request) -> Response:
    """GET: it can take commands; 503 where it cannot."""
    ready = await _ready(site_of(request))
    body = msgspec.json.format(msgspec.json.encode(ready), indent=2)
    return Response(body, 200 if ready.ready else 503, _NOT_KEPT, "application/json")


_NOT_KEPT: Final = {"Cache-Control": "no-store"}


async def _ready(site: Site) -> Ready:
    store = "ok"
    try:
        await site.health.ping_store()
    except Exception as error:  # whatever it is, it is not ready
        store = type(error).__name__
    alarms = {name: site.days.alarm(name) for name in site.days.branches()}
    free_mb = shutil.disk_usage(site.settings.data).free // 1_000_000
    stopped = any(alarm in ("paused", "store") for alarm in alarms.values())
    return Ready(
        ready=store == "ok" and not stopped,
        store=store,
        migrations=site.health.migrations(),
        branches={name: alarm and str(alarm) for name, alarm in alarms.items()},
        oldest_unsent_s=round(site.hub.oldest_unsent_s(), 3),
        sockets=site.hub.listeners(),
        sqlite=sqlite3.sqlite_version,
        sqlite_sound=sqlite_is_sound(),
        disk_free_mb=free_mb,
    )


def sqlite_is_sound() -> bool:
    """Does this SQLite carry the fix for its write-ahead log?"""
    version = sqlite3.sqlite_version_info
    same = [fixed for fixed in _SAFE_SQLITE if fixed[:2] == version[:2]]
    return version >= max(_SAFE_SQLITE) or any(version >= fixed for fixed in same)


async def metrics(request: Request) -> Response:
    """GET: the counters, as Prometheus reads them."""
    site = site_of(request)
    for kind, count in site.hub.listeners().items():
        site.metrics.sockets.labels(kind).set(count)
    for name, standing in site.following.standings().items():
        site.metrics.followers_behind.labels(name).set(standing.behind_s)
        site.metrics.follower_failures.labels(name).set(standing.failures)
    for road, one in site.reaching.standings().items():
        site.metrics.roads_failing.labels(road).set(one.failing)
    return Response(site.metrics.text(), headers=_NOT_KEPT, media_type=CONTENT_TYPE)
