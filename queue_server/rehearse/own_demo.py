"""A demo server of its own for a played day: in a folder that goes away, on a free port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import httpx

from queue_server.rehearse.client import Unreachable

READY_TIMEOUT_S = 60.0
READY_EVERY_S = 0.1
STOP_TIMEOUT_S = 15.0
LOOPBACK = "127.0.0.1"
# A day is played many times as fast as anybody presses.
HURRIES = {"LAPAK_ISSUES_PER_KIOSK_MAX": "100000", "LAPAK_ISSUES_PER_STAFF_PER_MIN": "100000"}


class OwnDemo:
    """A running server: where it answers, where its data is."""

    def __init__(self, data: Path, port: int) -> None:
        self.data = data
        self.url = f"http://{LOOPBACK}:{port}"
        self._log = (data.parent / "server.log").open("wb")
        self._process = _lapak(
            "serve", "--demo", "--data", str(data), "--port", str(port), output=self._log
        )

    @property
    def credentials(self) -> Path:
        """Sign-ins and tokens of the demo."""
        return self.data / "credentials.json"

    def wait(self) -> None:
        """Until it answers. Raises `Unreachable`, with the end of what the server said."""
        ends_s = time.monotonic() + READY_TIMEOUT_S
        while time.monotonic() < ends_s and self._process.poll() is None:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=2).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(READY_EVERY_S)
        said = Path(self._log.name).read_text(errors="replace")[-2000:]
        raise Unreachable(f"the demo server did not come up. It said:\n{said}")

    def stop(self) -> None:
        """Ends it as its user would. A second time does nothing."""
        if self._process.poll() is not None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def verify(self) -> int:
        """`lapak verify` on what was written; its exit status."""
        return _lapak("verify", "--data", str(self.data)).wait()


@contextmanager
def own_demo() -> Iterator[OwnDemo]:
    """A fresh demo, gone at the end with all it wrote."""
    with tempfile.TemporaryDirectory(prefix="lapak-rehearsal-") as folder:
        demo = OwnDemo(Path(folder) / "data", _free_port())
        try:
            demo.wait()
            yield demo
        finally:
            demo.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _lapak(*words: str, output: BinaryIO | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "queue_server", *words]
    return subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **HURRIES})
