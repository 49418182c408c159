"""uvicorn as this server needs it: listening early, small buffers, ending when told to.

Must not know what is served.
"""

from __future__ import annotations

import asyncio
import errno
import gc
import resource
import signal
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Final

import structlog
import uvicorn
from starlette.types import ASGIApp

from queue_server.serving import push
from queue_server.serving.http import HttpProtocol
from queue_server.settings import Settings

_BACKLOG: Final = 4096  # thousands of phones come back within a second after a restart
_KEEP_ALIVE_S: Final = 30
_PING_S: Final = 30.0
# For TLS 1.2; those of 1.3 are all good. Forward secrecy and authenticated encryption only.
_CIPHERS: Final = "ECDHE+AESGCM:ECDHE+CHACHA20"


_STOPPING: Final = (signal.SIGTERM, signal.SIGINT)

log = structlog.get_logger(__name__)

ReadAgain = Callable[[], None]
"""Reads what else may change while serving; None ends the server with its terminal instead."""


class _Server(uvicorn.Server):
    """uvicorn, ending when told to, without ending the process before the days have stopped; and
    reading certificates again at SIGHUP, nobody cut.
    """

    def __init__(self, config: uvicorn.Config, read_again: ReadAgain | None) -> None:
        super().__init__(config)
        self._read_again = read_again

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in _STOPPING:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        if self._read_again is not None:
            loop.add_signal_handler(signal.SIGHUP, self._hung_up, self._read_again)
        try:
            yield
        finally:
            for number in _STOPPING:
                loop.remove_signal_handler(number)
            if self._read_again is not None:
                # Still stopping: it must not end the process now either.
                loop.remove_signal_handler(signal.SIGHUP)
                signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def _hung_up(self, read_again: ReadAgain) -> None:
        if self.config.ssl is not None and self.config.ssl_certfile is not None:
            certificates = self.config.ssl_certfile, self.config.ssl_keyfile
            renew_certificates(self.config.ssl, *map(_path, certificates))
        read_again()


def renew_certificates(context: ssl.SSLContext, cert: Path | None, key: Path | None) -> None:
    """New connections get what the files hold now; the old ones stay in use where they hold nothing
    good.
    """
    if cert is None:
        return
    try:
        # Tried on another first: a context that took a certificate without its key serves nobody.
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key)
        context.load_cert_chain(cert, key)
    except OSError as error:  # `ssl.SSLError` is one
        log.error("certificates_kept", cert=str(cert), why=str(error))
    else:
        log.info("certificates_read_again", cert=str(cert))


def _path(given: str | PathLike[str] | None) -> Path | None:
    return None if given is None else Path(given)


def bind(settings: Settings) -> socket.socket:
    """Listens before anything is read: whoever comes during the start waits instead of failing."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)


def why_not(settings: Settings, error: OSError) -> str:
    """Why `bind` failed, and what helps."""
    where = f"{settings.host}:{settings.port}"
    what = {
        errno.EADDRINUSE: f"Something else listens on {where}: stop it, or choose another --port.",
        errno.EADDRNOTAVAIL: f"This machine has no address {settings.host}: choose another --host.",
        errno.EACCES: f"Port {settings.port} is not for this user: choose a --port from 1024 up.",
    }
    return what.get(error.errno or 0, f"Cannot listen on {where}: {error.strerror or error}.")


async def serve(
    application: ASGIApp,
    settings: Settings,
    listening: socket.socket,
    tls_cert: Path | None,
    tls_key: Path | None,
    read_again: ReadAgain | None = None,
) -> None:
    """Until SIGTERM or Ctrl-C. Whoever hangs on is cut off within `stop_timeout_s`."""
    server = _Server(_config(settings, application, tls_cert, tls_key), read_again)
    _keep_garbage_quiet()
    await server.serve(sockets=[listening])


def _config(
    settings: Settings, application: ASGIApp, tls_cert: Path | None, tls_key: Path | None
) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        lifespan="off",  # `living` does it, so that a failing start is an exception and not an exit
        http=HttpProtocol,
        ws=push.protocol(settings.reconnect_spread_s),
        ws_max_size=settings.socket_message_bytes_max,
        ws_per_message_deflate=False,
        ws_ping_interval=_PING_S,
        ws_ping_timeout=_PING_S,
        timeout_graceful_shutdown=settings.stop_timeout_s,
        timeout_keep_alive=_KEEP_ALIVE_S,
        backlog=_BACKLOG,
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.forwarded_allow_ips,
        ssl_certfile=tls_cert,
        ssl_keyfile=tls_key,
        ssl_ciphers=_CIPHERS,
    )


def allow_many_sockets() -> None:
    """As many open files as the system lets us have: shells begin with 1,024, phones are more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _keep_garbage_quiet() -> None:
    """Full collections over thousands of sockets were the tail of every broadcast (1.4 s at 15,000;
    0.3 s with these thresholds). What is there at the start stays for good, looked through by
    nobody: the start itself may have gone without collecting.
    """
    gc.freeze()
    gc.set_threshold(200_000, 50, 1000)
    gc.enable()
