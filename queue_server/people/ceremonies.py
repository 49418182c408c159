"""Passkeys (WebAuthn): making one, and proving oneself by one. Without the person's own check (a
finger, a PIN) none is taken, and a challenge is used once.

Must not know requests, nor what being proven leads to.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, Final, NamedTuple

from queue_server.people import NameTaken, Passkey, SignedIn
from queue_server.people.access import Access
from queue_server.people.no import No

# The library is imported where it is used: a start need not wait for it.

_RANDOM_BYTES: Final = 32
_STAMP_BYTES: Final = 8


class Party(NamedTuple):
    """Whose passkeys these are: the host people know this site by, and what browsers call it."""

    id: str
    origin: str


async def offer_new(access: Access, party: Party, signed_in: SignedIn) -> str | No:
    """What the browser is given to make a passkey: options as JSON.

    `No`: `too_many_passkeys`.
    """
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    account = signed_in.account
    known = await access.people.passkeys(account.id)
    if len(known) >= access.settings.passkeys_max:
        return No("too_many_passkeys", {"passkeys_max": access.settings.passkeys_max})
    return options_to_json(
        generate_registration_options(
            rp_id=party.id,
            rp_name="Lapak",
            user_id=account.id.encode(),
            user_name=account.username,
            user_display_name=account.display_name or account.username,
            challenge=await _challenge(access, signed_in),
            timeout=access.settings.passkey_challenge_s * 1000,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[_descriptor(one) for one in known],
        )
    )


async def add(
    access: Access, party: Party, signed_in: SignedIn, credential: Any, label: str
) -> Passkey | No:
    """Stores what the browser made.

    `No`: `wrong_passkey` (no challenge), `bad_passkey`, `known_passkey`.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    challenge = await _take_challenge(access, signed_in)
    if challenge is None:
        return No("wrong_passkey")
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception:
        # The library decodes what a stranger sent: whatever it stumbles over proves nothing.
        return No("bad_passkey")
    passkey = Passkey(
        id=bytes_to_base64url(made.credential_id),
        account=signed_in.account.id,
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        label=label,
        created_at=access.now(),
    )
    try:
        await access.people.add_passkey(passkey)
    except NameTaken:
        return No("known_passkey")
    return passkey


async def ask(access: Access, party: Party, signed_in: SignedIn) -> str | No:
    """What the browser is given to use one of the account's passkeys: options as JSON.

    `No`: `no_passkey`.
    """
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    known = await access.people.passkeys(signed_in.account.id)
    if not known:
        return No("no_passkey")
    return options_to_json(
        generate_authentication_options(
            rp_id=party.id,
            challenge=await _challenge(access, signed_in),
            timeout=access.settings.passkey_challenge_s * 1000,
            allow_credentials=[_descriptor(one) for one in known],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


async def prove(access: Access, party: Party, signed_in: SignedIn, credential: Any) -> Passkey | No:
    """The account's passkey that signed the challenge. `No`: `wrong_passkey`."""
    from webauthn import base64url_to_bytes, verify_authentication_response

    challenge = await _take_challenge(access, signed_in)
    if challenge is None:
        return No("wrong_passkey")
    named = credential.get("id") if isinstance(credential, dict) else None
    passkey = next(
        (one for one in await access.people.passkeys(signed_in.account.id) if one.id == named), None
    )
    if passkey is None:
        return No("wrong_passkey")
    try:
        used = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception:
        # As in `add`.
        return No("wrong_passkey")
    await access.people.passkey_used(passkey.id, used.new_sign_count, access.now())
    return passkey


async def _challenge(access: Access, signed_in: SignedIn) -> bytes:
    """A fresh one; it carries when it was made, so that it ends by itself."""
    challenge = _stamp(access.now()) + secrets.token_bytes(_RANDOM_BYTES)
    await access.people.keep_challenge(signed_in.session.id, challenge)
    return challenge


async def _take_challenge(access: Access, signed_in: SignedIn) -> bytes | None:
    """The session's, used up by this; None when there is none, or it has ended."""
    challenge = await access.people.take_challenge(signed_in.session.id)
    if challenge is None:
        return None
    age_s = int.from_bytes(_stamp(access.now())) - int.from_bytes(challenge[:_STAMP_BYTES])
    return challenge if age_s <= access.settings.passkey_challenge_s else None


def _stamp(now: datetime) -> bytes:
    return int(now.timestamp()).to_bytes(_STAMP_BYTES)


def _descriptor(passkey: Passkey) -> Any:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.id))
