"""Second factors in the people's store: what works once works once; and failed tries."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from queue_server.people import Factors, Failures, NameTaken, People
from tests.store.examples import AT
from tests.store.people_examples import BUDI, HOUR, PASSKEY, SITI, TOTP


@pytest.fixture(autouse=True)
async def _accounts(people: People) -> None:
    await people.add_account(SITI)
    await people.add_account(BUDI)


class TestAuthenticatorApps:
    async def test_prove_nothing_until_a_right_code(self, people: People) -> None:
        assert await people.totp("a-1") is None
        await people.save_totp(TOTP)
        assert await people.totp("a-1") == TOTP
        assert await people.factors("a-1") == Factors()
        assert await people.use_totp_step("a-1", 59_000_000, AT)
        assert await people.factors("a-1") == Factors(totp=True)
        assert await people.factors("a-2") == Factors()
        assert await people.use_totp_step("a-1", 59_000_001, AT + HOUR)
        confirmed = replace(TOTP, confirmed_at=AT, last_step=59_000_001)
        assert await people.totp("a-1") == confirmed

    async def test_take_no_step_twice_nor_an_earlier_one(self, people: People) -> None:
        await people.save_totp(TOTP)
        assert await people.use_totp_step("a-1", 100, AT)
        assert not await people.use_totp_step("a-1", 100, AT)
        assert not await people.use_totp_step("a-1", 99, AT)
        assert not await people.use_totp_step("a-2", 101, AT)

    async def test_of_one_step_used_at_once_one_counts(
        self, people: People, elsewhere: People
    ) -> None:
        await people.save_totp(TOTP)
        used = await asyncio.gather(
            *(one.use_totp_step("a-1", 100, AT) for one in (people, elsewhere) * 3)
        )
        assert sorted(used) == [False] * 5 + [True]

    async def test_a_later_secret_replaces_the_one_before(self, people: People) -> None:
        await people.save_totp(replace(TOTP, confirmed_at=AT, last_step=7))
        await people.save_totp(replace(TOTP, secret="OTHER"))
        assert await people.totp("a-1") == replace(TOTP, secret="OTHER")
        await people.remove_totp("a-1")
        assert await people.totp("a-1") is None


class TestPasskeys:
    async def test_are_known_by_account(self, people: People) -> None:
        later = replace(PASSKEY, id="cred-2", created_at=AT + HOUR)
        await people.add_passkey(later)
        await people.add_passkey(PASSKEY)
        assert await people.passkeys("a-1") == [PASSKEY, later]
        assert await people.passkeys("a-2") == []
        assert await people.factors("a-1") == Factors(passkeys=2)

    async def test_one_belongs_to_one_account(self, people: People) -> None:
        await people.add_passkey(PASSKEY)
        with pytest.raises(NameTaken):
            await people.add_passkey(replace(PASSKEY, account="a-2"))
        assert await people.passkeys("a-1") == [PASSKEY]

    async def test_count_their_uses(self, people: People) -> None:
        await people.add_passkey(replace(PASSKEY, sign_count=0))
        await people.passkey_used("cred-1", 4_294_967_295, AT + HOUR)
        assert await people.passkeys("a-1") == [replace(PASSKEY, used_at=AT + HOUR)]

    async def test_only_their_owner_takes_them_away(self, people: People) -> None:
        await people.add_passkey(PASSKEY)
        assert not await people.remove_passkey("a-2", "cred-1")
        assert await people.remove_passkey("a-1", "cred-1")
        assert not await people.remove_passkey("a-1", "cred-1")
        assert await people.factors("a-1") == Factors()


class TestRecoveryCodes:
    async def test_each_works_once_and_for_its_account(self, people: People) -> None:
        await people.save_recovery_codes("a-1", ["rc-1", "rc-2"])
        assert not await people.use_recovery_code("a-2", "rc-1")
        assert await people.use_recovery_code("a-1", "rc-1")
        assert not await people.use_recovery_code("a-1", "rc-1")
        assert await people.factors("a-1") == Factors(recovery_codes=1)

    async def test_of_two_uses_at_once_one_counts(self, people: People, elsewhere: People) -> None:
        await people.save_recovery_codes("a-1", ["rc-1", "rc-2"])
        used = await asyncio.gather(
            *(one.use_recovery_code("a-1", "rc-1") for one in (people, elsewhere) * 3)
        )
        assert sorted(used) == [False] * 5 + [True]
        assert (await people.factors("a-1")).recovery_codes == 1

    async def test_new_ones_void_the_old(self, people: People) -> None:
        await people.save_recovery_codes("a-1", ["rc-1"])
        await people.save_recovery_codes("a-1", ["rc-2"])
        assert not await people.use_recovery_code("a-1", "rc-1")
        assert await people.use_recovery_code("a-1", "rc-2")


class TestPins:
    async def test_are_kept_replaced_and_taken_away(self, people: People) -> None:
        assert await people.pin_hash("a-1") is None
        await people.save_pin("a-1", "hash-1")
        await people.save_pin("a-1", "hash-2")
        assert await people.pin_hash("a-1") == "hash-2"
        assert await people.pin_hash("a-2") is None
        assert await people.factors("a-1") == Factors(pin=True)
        await people.save_pin("a-1", None)
        assert await people.factors("a-1") == Factors()


class TestFailedSignIns:
    async def test_are_counted_until_forgotten(self, people: People) -> None:
        assert await people.sign_in_failures("siti") == Failures()
        await people.sign_in_failed("siti", AT)
        counted = await people.sign_in_failed("siti", AT + HOUR)
        assert counted == Failures(2, AT, AT + HOUR)
        assert await people.sign_in_failures("siti") == counted
        assert await people.sign_in_failures("budi") == Failures()
        await people.forget_failures("siti")
        assert await people.sign_in_failures("siti") == Failures()

    async def test_none_is_lost_when_many_come_at_once(self, people: People) -> None:
        await asyncio.gather(*(people.sign_in_failed("siti", AT) for _ in range(30)))
        assert (await people.sign_in_failures("siti")).count == 30
