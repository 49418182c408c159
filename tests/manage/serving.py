"""A server as a process, for tests that need commands beside it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT_S = 30.0


@dataclass(frozen=True)
class Server:
    """A running `lapak serve` or `lapak demo`."""

    process: subprocess.Popen[str]
    base: str

    def get(self, path: str, token: str | None = None) -> tuple[int, Any]:
        return self.ask("GET", path, token)

    def post(self, path: str, token: str, body: object = None) -> tuple[int, Any]:
        return self.ask("POST", path, token, body or {})

    def ask(
        self, method: str, path: str, token: str | None, body: object = None
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, headers, method=method)  # noqa: S310
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refused:
            return refused.code, json.load(refused)

    def stop(self) -> tuple[int, str, str]:
        """Its exit status and what it said, after SIGTERM."""
        self.process.send_signal(signal.SIGTERM)
        said, warned = self.process.communicate(timeout=20)
        return self.process.returncode, said, warned


@contextmanager
def running(*words: str) -> Iterator[Server]:
    """Starts a server and waits until it is ready; kills it if the test leaves it running."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "queue_server", *words, "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    server = Server(process, f"http://127.0.0.1:{port}")
    try:
        _wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _wait_until_ready(server: Server) -> None:
    give_up = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < give_up:
        try:
            if server.get("/readyz")[0] == 200:
                return
        except OSError:
            assert server.process.poll() is None, server.process.communicate()
        time.sleep(0.05)
    raise AssertionError("the server does not get ready")
