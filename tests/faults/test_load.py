"""Many at once: no number twice, no gap, calls in the order of the rules, prompt stops."""

from __future__ import annotations

import asyncio
from collections import Counter

import httpx
import msgspec
from websockets.asyncio.client import ClientConnection, connect

from tests.faults.server import Server

BASE = "/api/v1/branches/bontang"


async def test_four_hundred_numbers_from_eight_clients(server: Server) -> None:
    await server.start()
    given: list[str] = []

    async def client_of_50() -> None:
        async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
            for _ in range(50):
                answer = await client.post(f"{BASE}/tickets", json={"service": "A"})
                assert answer.status_code == 201, answer.text
                given.append(answer.json()["number"])

    async with asyncio.TaskGroup() as crowd:
        for _ in range(8):
            crowd.create_task(client_of_50())
    assert sorted(given) == [f"A-{n:03d}" for n in range(1, 401)]


async def test_two_hundred_people_at_eight_desks_in_the_order_of_the_rules(server: Server) -> None:
    await server.start()
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        for n in range(200):
            body = {"service": "ABCDE"[n % 5], "priority": n % 10 == 0}
            answer = await client.post(f"{BASE}/tickets", json=body, headers=server.bearer("guard"))
            assert answer.status_code == 201, answer.text
        calls: list[str] = []

        async def desk(counter: int) -> None:
            headers = server.bearer(f"officer{counter}")
            await client.post(f"{BASE}/counters/{counter}/open", headers=headers)
            while True:
                answer = await client.post(f"{BASE}/counters/{counter}/call-next", headers=headers)
                if answer.status_code == 409:
                    assert answer.json()["code"] == "nobody_waiting"
                    return
                number = answer.json()["number"]
                calls.append(number)
                await client.post(f"{BASE}/tickets/{number}/finish", headers=headers, json={})

        async with asyncio.TaskGroup() as hall:
            for counter in range(1, 9):
                hall.create_task(desk(counter))
        log = await client.get(f"{BASE}/log?after=0", headers=server.bearer("auditor"))
    assert [times for times in Counter(calls).values() if times > 1] == []
    assert len(calls) == 200
    assert _in_order([entry["event"] for entry in log.json()["entries"]])


def _in_order(events: list[dict[str, object]]) -> bool:
    """Plays the interleaving by itself: two priority calls past an ordinary one, then that one."""
    line: list[tuple[str, bool]] = []
    run = 0
    for event in events:
        if event["event"] == "ticket_issued":
            line.append((str(event["number"]), bool(event["weight"])))
        elif event["event"] == "ticket_called":
            weighted = [entry for entry in line if entry[1]]
            ordinary = [entry for entry in line if not entry[1]]
            take_ordinary = not weighted or (run >= 2 and bool(ordinary))
            expected = (ordinary if take_ordinary else weighted)[0]
            run = 0 if take_ordinary else run + bool(ordinary)
            if event["number"] != expected[0]:
                return False
            line.remove(expected)
    return True


async def _board(server: Server) -> ClientConnection:
    address = f"ws://127.0.0.1:{server.port}/ws/branches/bontang/board"
    socket = await connect(address, compression=None)
    hello = {"hello": {"token": server.token("display"), "seq": 0}}
    await socket.send(msgspec.json.encode(hello).decode())
    await socket.recv()
    return socket


async def test_a_call_is_on_every_board(server: Server) -> None:
    await server.start()
    boards = await asyncio.gather(*(_board(server) for _ in range(50)))
    async with httpx.AsyncClient(base_url=server.url, timeout=30) as client:
        headers = server.bearer("officer1")
        await client.post(f"{BASE}/counters/1/open", headers=headers)
        await client.post(f"{BASE}/tickets", json={"service": "A"}, headers=server.bearer("guard"))
        answer = await client.post(f"{BASE}/counters/1/call-next", headers=headers)
        seq = answer.json()["seq"]

        async def shows_it(board: ClientConnection) -> None:
            while True:
                message = msgspec.json.decode(await board.recv())
                calls = message.get("view", {}).get("calls", [])
                if any(call["seq"] == seq and call["number"] == "A-001" for call in calls):
                    return

        async with asyncio.timeout(10):
            await asyncio.gather(*(shows_it(board) for board in boards))
    stopped_s = await server.stop()
    codes = [board.close_code for board in boards]
    await asyncio.gather(*(board.close() for board in boards))
    assert stopped_s < 8
    assert set(codes) <= {1012, None}
