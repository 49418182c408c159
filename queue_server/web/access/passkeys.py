"""Passkeys: setting one up, and proving oneself by one (WebAuthn).

Owns both ceremonies: the challenge (kept in the session, used once), whose site it is, and what is
stored of a credential. Must not know pages, nor what being proven leads to.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from ipaddress import ip_address
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import urlsplit

import structlog
from starlette.requests import HTTPConnection

from queue_server.people import Account, NameTaken, Passkey, SignedIn
from queue_server.people.text import clean
from queue_server.web.access.browsers import browser_name
from queue_server.web.context import Site
from queue_server.web.errors import Problem
from queue_server.web.respond import base_of

# The library is imported where it is used: a start need not wait for it.

_log = structlog.get_logger("web")
_RANDOM_BYTES: Final = 32
_STAMP_BYTES: Final = 8
_LABEL_LETTERS_MAX: Final = 60
_LOCAL: Final = "localhost"
_OWN_PORTS: Final = {"http": 80, "https": 443}

Works = Literal["yes", "plain", "address"]


class Party(NamedTuple):
    """Whose passkeys these are: the host people know this site by, and what browsers call it."""

    id: str
    origin: str


def party_of(connection: HTTPConnection) -> Party:
    """The relying party of a request: only a browser at this very address can sign for it."""
    base = urlsplit(base_of(connection))
    host, port = base.hostname or "", base.port
    # As browsers write it: without the scheme's own port, without a path.
    shown = f"{host}:{port}" if port not in (None, _OWN_PORTS.get(base.scheme)) else host
    return Party(host, f"{base.scheme}://{shown}")


def works_here(connection: HTTPConnection) -> Works:
    """Can a browser make and use passkeys at the address it came to?

    Not over plain http (but on the machine itself), not where people type numbers for a name, and
    not beside the address everybody else uses.
    """
    party, here = party_of(connection), connection.url.hostname or ""
    if _is_number(here) or here != party.id:
        return "address"
    if here == _LOCAL or here.endswith(f".{_LOCAL}"):
        return "yes"
    return "yes" if party.origin.startswith("https://") else "plain"


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


async def offer_new(connection: HTTPConnection, site: Site, signed_in: SignedIn) -> str:
    """What the browser is given to make a passkey: options as JSON.

    Raises `Problem` 409 `passkeys_unavailable`, `too_many_passkeys`.
    """
    from webauthn import generate_registration_options, options_to_json
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    party, account = _need_party(connection), signed_in.account
    known = await site.people.passkeys(account.id)
    if len(known) >= site.settings.passkeys_max:
        raise Problem(409, "too_many_passkeys", passkeys_max=site.settings.passkeys_max)
    return options_to_json(
        generate_registration_options(
            rp_id=party.id,
            rp_name="Lapak",
            user_id=account.id.encode(),
            user_name=account.username,
            user_display_name=account.display_name or account.username,
            challenge=await _challenge(site, signed_in),
            timeout=site.settings.passkey_challenge_s * 1000,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.PREFERRED,
                user_verification=UserVerificationRequirement.REQUIRED,
            ),
            exclude_credentials=[_descriptor(one) for one in known],
        )
    )


async def add(
    connection: HTTPConnection, site: Site, signed_in: SignedIn, credential: Any, label: str = ""
) -> Passkey:
    """Stores what the browser made.

    Raises `Problem` 401 `wrong_passkey` (no challenge), 422 `bad_passkey`, 409 `known_passkey`.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    party = _need_party(connection)
    challenge = await _take_challenge(site, signed_in)
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception as refused:
        # The library decodes what a stranger sent: whatever it stumbles over proves nothing.
        raise _refused(Problem(422, "bad_passkey"), signed_in.account, refused) from None
    passkey = Passkey(
        id=bytes_to_base64url(made.credential_id),
        account=signed_in.account.id,
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        label=_label(connection, label),
        created_at=site.now(),
    )
    try:
        await site.people.add_passkey(passkey)
    except NameTaken:
        raise Problem(409, "known_passkey") from None
    return passkey


async def ask(connection: HTTPConnection, site: Site, signed_in: SignedIn) -> str:
    """What the browser is given to use one of the account's passkeys: options as JSON.

    Raises `Problem` 409 `passkeys_unavailable`, `no_passkey`.
    """
    from webauthn import generate_authentication_options, options_to_json
    from webauthn.helpers.structs import UserVerificationRequirement

    party = _need_party(connection)
    known = await site.people.passkeys(signed_in.account.id)
    if not known:
        raise Problem(409, "no_passkey")
    return options_to_json(
        generate_authentication_options(
            rp_id=party.id,
            challenge=await _challenge(site, signed_in),
            timeout=site.settings.passkey_challenge_s * 1000,
            allow_credentials=[_descriptor(one) for one in known],
            user_verification=UserVerificationRequirement.REQUIRED,
        )
    )


async def prove(
    connection: HTTPConnection, site: Site, signed_in: SignedIn, credential: Any
) -> Passkey:
    """The account's passkey that signed the challenge. Raises `Problem` 401 `wrong_passkey`."""
    from webauthn import base64url_to_bytes, verify_authentication_response

    party = _need_party(connection)
    challenge = await _take_challenge(site, signed_in)
    named = credential.get("id") if isinstance(credential, dict) else None
    passkey = next(
        (one for one in await site.people.passkeys(signed_in.account.id) if one.id == named), None
    )
    if passkey is None:
        raise _refused(Problem(401, "wrong_passkey"), signed_in.account)
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
    except Exception as refused:
        # As in `add`.
        raise _refused(Problem(401, "wrong_passkey"), signed_in.account, refused) from None
    await site.people.passkey_used(passkey.id, used.new_sign_count, site.now())
    return passkey


def _need_party(connection: HTTPConnection) -> Party:
    if works_here(connection) != "yes":
        raise Problem(409, "passkeys_unavailable")
    return party_of(connection)


async def _challenge(site: Site, signed_in: SignedIn) -> bytes:
    """A fresh one; it carries when it was made, so that it ends by itself."""
    challenge = _stamp(site.now()) + secrets.token_bytes(_RANDOM_BYTES)
    await site.people.keep_challenge(signed_in.session.id, challenge)
    return challenge


async def _take_challenge(site: Site, signed_in: SignedIn) -> bytes:
    challenge = await site.people.take_challenge(signed_in.session.id)
    if challenge is None:
        raise Problem(401, "wrong_passkey")
    age_s = int.from_bytes(_stamp(site.now())) - int.from_bytes(challenge[:_STAMP_BYTES])
    if age_s > site.settings.passkey_challenge_s:
        raise Problem(401, "wrong_passkey")
    return challenge


def _stamp(now: datetime) -> bytes:
    return int(now.timestamp()).to_bytes(_STAMP_BYTES)


def _descriptor(passkey: Passkey) -> Any:
    from webauthn import base64url_to_bytes
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor

    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.id))


def _label(connection: HTTPConnection, label: str) -> str:
    given = clean(label)[:_LABEL_LETTERS_MAX]
    return given or browser_name(connection.headers.get("user-agent", ""))


def _refused(problem: Problem, account: Account, why: Exception | None = None) -> Problem:
    _log.info("passkey_refused", account=account.id, kind=type(why).__name__ if why else "unknown")
    return problem
