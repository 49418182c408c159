"""Asking the server that holds a data folder, through its socket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import msgspec

from queue_server.office.answer import Answer
from queue_server.office.place import SOCKET, reachable
from queue_server.office.questions import ADDRESSES, Question
from queue_server.people.no import No

ANSWER_TIMEOUT_S: Final = 30.0
"""Configuring waits for the branch's inbox and a commit; longer means that something hangs."""
_NOBODY: Final = (FileNotFoundError, ConnectionRefusedError, NotADirectoryError)


class NoServer(Exception):
    """Nobody listens in this folder."""


async def ask(folder: Path, question: Question) -> Answer | No:
    """What the server says; also `not_yours`, `no_answer`, `not_understood`.

    Raises `NoServer`. Cancelling it leaves open whether it was done.
    """
    try:
        response = await _post(folder / SOCKET, question)
    except (httpx.HTTPError, OSError) as failed:
        return _unreached(folder, failed)
    return _read(response)


async def _post(path: Path, question: Question) -> httpx.Response:
    with reachable(path) as address:
        # Nothing leaves the machine: no certificates to load, no proxy to go by.
        transport = httpx.AsyncHTTPTransport(uds=address, verify=False)
        async with httpx.AsyncClient(
            transport=transport, timeout=ANSWER_TIMEOUT_S, trust_env=False
        ) as client:
            where = f"http://lapak{ADDRESSES[type(question)]}"
            return await client.post(where, content=msgspec.json.encode(question))


def _unreached(folder: Path, failed: Exception) -> No:
    causes = tuple(_causes(failed))
    if any(isinstance(one, _NOBODY) for one in causes):
        raise NoServer from None
    if any(isinstance(one, PermissionError) for one in causes):
        return No("not_yours", {"folder": str(folder)})
    return No("no_answer")


def _causes(failed: BaseException | None) -> Iterator[BaseException]:
    """httpx tells of a failed connection by one exception; what happened stands behind it."""
    while failed is not None:
        yield failed
        failed = failed.__cause__ or failed.__context__


def _read(response: httpx.Response) -> Answer | No:
    try:
        said = response.json()
    except ValueError:
        return No("not_understood", {"why": f"{response.status_code}"})
    if response.is_success:
        answer: Answer = said
        return answer
    return No(said["code"], said["fields"])
