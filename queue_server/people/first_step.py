"""The first step of signing in: a name and its password."""

from __future__ import annotations

from queue_server.people import Account, Stage, attempts
from queue_server.people.choosing import normal
from queue_server.people.keys import digest
from queue_server.people.no import No
from queue_server.people.proving import Proving
from queue_server.people.second_step import tell_wrong


def counted_as_nobody(username: str) -> str:
    """How a name nobody has is counted: under a hash, since what people mistype may be a password;
    by the letters it would be found by, as others are.
    """
    return digest("name", username.casefold())


async def with_password(
    here: Proving, account: Account | None, counted_as: str, password: str
) -> Account | No:
    """Whose they are. `account` None: a name nobody has. Failures count under `counted_as`.

    `No`: `wrong_sign_in`, `too_many_attempts`.
    """
    access = here.access
    too_long = len(password) > access.settings.password_letters_max
    kept = account.password_hash if account and not account.disabled else None
    is_stranger = account is None or counted_as == account.id

    async def fits() -> bool:
        typed = "" if too_long else normal(password)
        return await here.passwords.fits(kept, typed, by_stranger=is_stranger)

    right = await attempts.guess(access, "password", counted_as, fits)
    if isinstance(right, No):
        return right
    if right and account is not None:
        return account
    if account is not None:
        await tell_wrong(access, account, "sign_in_failed", "password")
    else:
        # Names nobody has stand in no trail: anybody could fill it with them. Something is
        # written all the same, or the answer would come sooner and say that nobody has it.
        await access.people.sign_in_failed("nobody", access.now())
    return No("wrong_sign_in")


async def next_stage(here: Proving, account: Account) -> Stage:
    """Whoever has no second factor yet sets one up."""
    factors = await here.people.factors(account.id)
    return Stage.FACTOR if factors.any or factors.pin else Stage.ENROL
