"""What keeps a demo company: waits until its server answers, says where everything is, and keeps a
slow rehearsal going until the server stops.

A thread and a child process beside the server: a demo is the real server, with nothing inside it.
Must not know the server's insides; it asks the office.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import typer

from queue_server.look import qr
from queue_server.manage import demo
from queue_server.manage.sentences import Sorry, sorry
from queue_server.office import client
from queue_server.office.questions import MakeDeviceKey, Question
from queue_server.people.no import No
from queue_server.settings import Settings

REHEARSAL_LOG: Final = "rehearsal.log"
READY_TIMEOUT_S: Final = 60.0
"""A cold disk and 13 accounts to make; after that something is wrong, and the server says what."""
READY_EVERY_S: Final = 0.02
END_TIMEOUT_S: Final = 2.0
CHILD_STOP_TIMEOUT_S: Final = 3.0

QUIET: Final = "  Nobody comes by themselves: the day is as it was left, and moves only by you."
LIVING: Final = "  A slow rehearsal keeps the branch alive; desk 1 and officer1 are yours."


class Companion:
    """`with Companion(settings, quiet=…):` around the server's run."""

    def __init__(self, settings: Settings, *, quiet: bool) -> None:
        self._settings = settings
        self._quiet = quiet
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_company, name="companion", daemon=True)
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Companion:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(END_TIMEOUT_S)
        if self._child is not None:
            _stop(self._child)

    def _keep_company(self) -> None:
        said = self._greeting()
        if said is None:
            return
        typer.echo(said)
        if not self._quiet and not self._over.is_set():
            self._child = _rehearsal(self._settings)

    def _greeting(self) -> str | None:
        """Once the office answers: whoever opens an address then waits a moment at most. None when
        the server's run is over before, or took too long.
        """
        give_up = time.monotonic() + READY_TIMEOUT_S
        while time.monotonic() < give_up:
            try:
                return greeting(self._settings, quiet=self._quiet)
            except client.NoServer:
                if self._over.wait(READY_EVERY_S):
                    return None
            except (Sorry, OSError) as trouble:
                return f"The demo runs, but its addresses could not be had: {trouble}"
        typer.echo("The demo's server does not answer; its log above says why.", err=True)
        return None


def greeting(settings: Settings, *, quiet: bool) -> str:
    """Every address of the running demo, its sign-ins, and where its data is."""
    base = settings.address()
    keys = [_asked(settings, MakeDeviceKey(role, demo.BRANCH)) for role in demo.DEVICES.values()]
    # Scanned next week from a photograph it still leads to a fresh code.
    join = f"{base}/?open=join&branch={demo.BRANCH}"
    credentials = demo.credentials(settings.data) or {}
    password = credentials["officer1"]["password"]
    rows = (
        ("Take a number", join),
        ("Lobby board", f"{keys[0]}   (opens once; then the browser keeps it)"),
        ("Kiosk", f"{keys[1]}   (likewise)"),
        ("Desk 1", f"{base}/desk/{demo.BRANCH}/1   as officer1"),
        ("Guard", f"{base}/guard/{demo.BRANCH}   as guard"),
        ("Supervisor", f"{base}/supervisor/{demo.BRANCH}   as supervisor"),
        ("All of it", f"{base}/"),
    )
    lines = [
        "",
        f"  The demo branch is open: {base}/",
        "",
        *(f"  {name:<16}{address}" for name, address in rows),
        "",
        "  Sign in as      admin, supervisor, auditor, guard, officer1 … officer9",
        f"  Password        {password}   (the same for all)",
        "  Second step     the page shows its code, for this is a demo",
        f"  Data, tokens    {settings.data / demo.CREDENTIALS}",
        "",
        *_way_to_a_phone(join),
        QUIET if quiet else LIVING,
        "  Ctrl-C stops it; started again it goes on where it was.",
        "",
    ]
    return "\n".join(lines)


def _way_to_a_phone(join: str) -> list[str]:
    if _is_this_machine(urlsplit(join).hostname or ""):
        return [
            "  A phone cannot reach this address. With --lan it can, and a QR is shown here.",
            "",
        ]
    return ["  Scan to take a number (phone in the same network):", "", qr.terminal(join), ""]


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _asked(settings: Settings, question: Question) -> str:
    said = asyncio.run(client.ask(settings.data, question))
    if isinstance(said, No):
        raise sorry(said)
    return str(said["link"])


def local_address(settings: Settings) -> str:
    """How this machine reaches its own server, whatever phones are told."""
    return settings.model_copy(update={"public_url": None}).address()


def _rehearsal(settings: Settings) -> subprocess.Popen[bytes]:
    """The living branch, as a client of its own. It ends with this process, however that ends."""
    with (settings.data / REHEARSAL_LOG).open("wb") as log:
        return subprocess.Popen(
            [
                *(sys.executable, "-P", "-m", "queue_server", "rehearse"),
                *("--url", local_address(settings)),
                *("--credentials", str(settings.data / demo.CREDENTIALS)),
                *("--living", "--until-input-ends"),
            ],
            # Never written to: its end tells the child that we are gone, even by kill -9.
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            # Ctrl-C is for the server; it then stops this one in its turn.
            process_group=0,
        )


def _stop(child: subprocess.Popen[bytes]) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(CHILD_STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def lan_address() -> str | None:
    """This machine's address in its network; None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Nothing is sent: connecting a datagram socket only chooses the way out.
            probe.connect(("192.0.2.1", 9))
            address = str(probe.getsockname()[0])
        except OSError:
            return None
    return None if address.startswith("127.") else address
