"""At the kiosk one confirms that one is here: by the digits of one's own phone, not by guessing."""

from __future__ import annotations

from typing import Any

import pytest

from queue_server.asking.joining.at_kiosk import written
from queue_server.asking.joining.checks import check_code
from tests.web.harness import API, BRANCH, World


async def unproven(world: World) -> tuple[str, str]:
    """A number taken on a phone outside, and the digits its page shows."""
    issued = await world.issue(who=None)
    assert not issued["presence"]
    ticket = world.day.tickets[issued["number"]]
    return issued["number"], check_code(world.site.keys, ticket.ticket_id)


async def confirm(world: World, number: str, who: str = "kiosk", **body: str) -> Any:
    return await world.post(f"{API}/tickets/{number}/confirm-presence", who, body)


def other_than(check: str) -> str:
    return f"{(int(check) + 1) % 10_000:04d}"


async def test_the_phones_digits_confirm_its_number_at_the_kiosk(world: World) -> None:
    number, check = await unproven(world)
    answer = await confirm(world, number, check=check)
    assert answer.status_code == 200, answer.text
    assert world.day.tickets[number].place is not None


@pytest.mark.parametrize("body", [{}, {"check": ""}, {"check": "wrong"}])
async def test_without_the_digits_a_kiosk_confirms_nobody(
    world: World, body: dict[str, str]
) -> None:
    number, _ = await unproven(world)
    answer = await confirm(world, number, **body)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_check")
    assert world.day.tickets[number].place is None


async def test_one_tickets_digits_confirm_no_other(world: World) -> None:
    (mine, check), (other, others) = await unproven(world), await unproven(world)
    if check == others:  # one day in ten thousand
        pytest.skip("both show the same digits")
    assert (await confirm(world, other, check=check)).status_code == 409
    assert (await confirm(world, mine, check=check)).status_code == 200


async def test_after_five_tries_a_ticket_waits_and_others_do_not(world: World) -> None:
    number, check = await unproven(world)
    for _ in range(5):
        assert (await confirm(world, number, check=other_than(check))).status_code == 409
    waits = await confirm(world, number, check=check)
    assert waits.status_code == 429
    assert int(waits.headers["retry-after"]) > 0
    other, others = await unproven(world)
    assert (await confirm(world, other, check=others)).status_code == 200


async def at_the_machine(world: World, letter: str, digits: str, check: str) -> Any:
    """As the page's form sends it, from the paired kiosk's own browser."""
    fields = {"letter": letter, "digits": digits, "check": check, "request_id": f"{digits}{check}"}
    headers = {"Cookie": f"kiosk={world.token('kiosk')}"}
    return await world.client.post(f"/kiosk/{BRANCH}/here", data=fields, headers=headers)


async def test_the_machines_own_page_says_what_came_of_it(world: World) -> None:
    number, check = await unproven(world)
    letter, digits = number.split("-")
    wrong = await at_the_machine(world, letter, digits, other_than(check))
    assert wrong.status_code == 409
    assert "Nomor dan kode tidak cocok" in wrong.text
    right = await at_the_machine(world, letter, str(int(digits)), check)
    assert right.status_code == 200
    assert f'data-number="{number}"' in right.text


async def test_a_number_nobody_has_sounds_like_a_wrong_digit(world: World) -> None:
    answer = await at_the_machine(world, "A", "999", "0000")
    assert answer.status_code == 409
    assert "Nomor dan kode tidak cocok" in answer.text


async def test_the_guard_sees_the_person_and_needs_no_digits(world: World) -> None:
    number, _ = await unproven(world)
    assert (await confirm(world, number, "guard")).status_code == 200


async def test_a_kiosk_of_another_branch_confirms_nobody(two_branches: World) -> None:
    answer = await two_branches.post(
        "/api/v1/branches/tarakan/tickets/A-001/confirm-presence", "kiosk", {"check": "0000"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("letter", "digits", "number"),
    [("A", "12", "A-012"), ("a", "012", "A-012"), ("B", "1000", "B-1000"), ("", "", "-000")],
)
def test_a_number_is_written_from_its_two_halves(letter: str, digits: str, number: str) -> None:
    assert written(letter, digits) == number
