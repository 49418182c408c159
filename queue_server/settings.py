"""Every limit and every choice of one server, units in the names, reasons beside them.

Read from the environment (`LAPAK_PORT=8080`), then from `lapak.toml` in the data folder, then the
defaults here. What a branch decides (quotas, hours, rules of calling) is its plan, not a setting.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

FILE_NAME = "lapak.toml"
_ADDRESS: Final = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~-]+)(:[0-9]{1,5})?/?")

AT_ONCE: Final = frozenset(
    """
    body_bytes_max command_timeout_s
    commands_per_ticket_per_min commands_per_account_per_s requests_per_address_per_s
    issues_per_browser_per_min issues_per_address_per_min tickets_per_code_max unproven_at_once_max
    wrong_codes_per_browser_per_min wrong_codes_per_address_per_min
    check_tries_max check_tries_window_s
    session_lock_s session_idle_s session_max_s
    pairings_per_address_max pairings_window_s pairings_per_branch_max pairing_tries_max
    pairing_branch_tries_max
    sockets_max sockets_per_ticket_max sockets_per_address_max sockets_kept_share
    sockets_unproven_share sockets_entering_max socket_hello_timeout_s socket_send_timeout_s
    """.split()
)
"""What a running server takes over (SIGHUP): the limits one turns in an attack. They are read anew
at each use; all others wait for the next start.
"""


class Settings(BaseSettings):
    """One server's settings. What the command line says is given as arguments: it wins."""

    model_config = SettingsConfigDict(
        env_prefix="LAPAK_", frozen=True, extra="forbid", arbitrary_types_allowed=True
    )

    # Where it runs

    data: Path = Path("data")
    """The folder of everything that must survive: databases, lock, control socket."""
    database: str | None = None
    """Another place for the log (an SQLAlchemy URL); None: `queue.db` in the data folder."""
    host: str = "127.0.0.1"
    """The address to bind; loopback unless somebody decides otherwise."""
    port: int = Field(default=8000, ge=0, le=65535)
    """0: any free one, for tests."""
    public_url: str | None = None
    """How phones reach this server (`https://antrean.example`): what QR codes lead to; a name
    without a path. None: as it is bound.
    """
    forwarded_allow_ips: str = "127.0.0.1"
    """Whose `X-Forwarded-*` headers are believed: the proxy on this machine, nobody else."""
    demo: bool = False
    """Says on every page that it is a demo, keeps branches open around the clock."""

    # Requests

    body_bytes_max: int = 32_768
    """The largest body of a command; the longest honest one (a rating with its comment) has under 4
    KiB.
    """
    request_id_letters_max: int = 64
    """A UUID or a hash fits; it is hashed before it is stored."""
    command_timeout_s: float = 10.0
    """Longer than any healthy append; after it the caller hears 503 and may ask again with the same
    key.
    """
    unavailable_retry_after_s: int = 2
    """What a 503 tells to wait: longer than a restart of the writer, shorter than patience."""
    log_page_events_max: int = 500
    """About 100 KiB a page of the log."""

    # Limits per person, code and address. Never by address alone: hundreds of phones share a
    # carrier's one.

    commands_per_ticket_per_min: int = 60
    """A finger on a phone; a script with one ticket's secret is stopped here."""
    issues_per_browser_per_min: int = 20
    """Refusals count too, so that guessing join codes is slow."""
    commands_per_account_per_s: int = 2_000
    """High enough for load checks (1,000 commands a second from one token)."""
    requests_per_address_per_s: int = 5_000
    """Only a ceiling against a runaway program."""
    tickets_per_code_max: int = 600
    """Numbers taken by the codes of one step: twice a full hall within half a minute."""
    issues_per_address_per_min: int = 6_000
    """By phones; a hall of 300 behind one address needs 60. Staff and kiosks are counted apart."""
    issues_per_kiosk_max: int = 5
    """By one kiosk in its window: its printer needs two seconds a slip, two people press at once.
    """
    issues_per_kiosk_window_s: int = 10
    """Short, so that a machine that was held back goes on within seconds."""
    issues_per_staff_per_min: int = 120
    """By one guard, or one program of a branch: a queue at the door, not a day's quota."""
    unproven_at_once_max: int = 2_000
    """In one branch: more than any hall, few enough to lapse within two hours."""
    wrong_codes_per_browser_per_min: int = 20
    """Codes that never were ones; right ones are not counted, so that a guesser hinders nobody."""
    wrong_codes_per_address_per_min: int = 600
    """Likewise, for guessers who throw their cookies away."""

    check_tries_max: int = 5
    """Per ticket within the window, at the kiosk: four digits are mistyped, not guessed."""
    check_tries_window_s: int = 600
    """After ten minutes the digits may be typed again; the guard confirms anybody at once."""

    # Signing in

    sign_in_failures_max: int = 5
    """Wrong passwords (codes, PINs) in a row an account has free; then it waits, whoever asks."""
    sign_in_wait_s: int = 30
    """The first such wait; each further failure doubles it."""
    sign_in_wait_max_s: int = 900
    """The longest: nobody is locked out for ever, and four guesses an hour find no code."""
    password_letters_min: int = 10
    """Beside the waits, the second factor, and a list of those everybody tries."""
    password_letters_max: int = 200
    """Hashing takes time by length: a long one is somebody's joke."""
    password_hashes_at_once_max: int = 2
    """Argon2id takes 64 MiB and about 90 ms of a core each; half of them are for strangers."""
    strangers_waiting_max: int = 60
    """Sign-ins where nobody signed in before, at once: a few seconds' wait for the last of them."""
    strangers_waiting_per_address_max: int = 20
    """Likewise behind one address: a branch's first morning; a program gets no further."""
    known_browser_s: int = 90 * 86_400
    """Where somebody signed in before, strangers' guesses do not make them wait."""
    second_step_s: int = 600
    """From the password to the second factor: time to find the phone."""
    enrol_s: int = 3600
    """From the first password to a second factor: an app has to be installed first."""
    session_lock_s: int = 1_800
    """A desk left alone for so long is locked."""
    session_idle_s: int = 4 * 3600
    """A locked desk nobody came back to is signed out: longer than any lunch."""
    session_max_s: int = 12 * 3600
    """A working day: an officer signs in once in the morning."""
    session_seen_every_s: int = 60
    """How often a session's last use is written down; writing at each request would cost a commit
    each.
    """
    sign_in_cached_s: float = 1.5
    """How long a looked-up session or token is believed: revoking takes effect within this
    (promised: 5 s).
    """
    sign_ins_cached_max: int = 20_000
    """One for every socket there may be."""
    browser_cookie_s: int = 365 * 86_400
    """Who had which ticket today, and the language somebody chose."""
    join_step_s: int = Field(default=30, ge=1)
    """How long the hall's QR stays as it is; its code is taken for one such step longer."""
    join_key_days: int = 30
    """Then the hall's codes are made with a new key: whoever copied the old one has nothing."""
    join_cookie_s: int = 180
    """From the scan to the tap: time to read the page; the next scan is a few steps away."""
    ticket_cookie_s: int = 3 * 86_400
    """Ticket links work for the day and the day after it; the cookie outlives them a little."""
    invitation_valid_s: int = 7 * 86_400
    """Handed over on Friday, used on Monday."""
    return_valid_s: int = 86_400
    """A way back in is used while one still stands beside each other."""
    recent_s: int = 600
    """Own factors may be changed so long after proving oneself again: time to find the phone."""
    passkeys_max: int = 10
    """A phone, a desk's reader, a spare key; more is nobody's drawer."""
    passkey_challenge_s: int = 120
    """From the press to the finger on the reader, a forgotten glove included."""
    people_per_page: int = 50
    """A branch's staff on one page; a district's on several."""
    device_key_valid_s: int = 7 * 86_400
    """From writing the address down to standing before the screen."""
    pairing_valid_s: int = 600
    """How long a screen shows one code: time to fetch a supervisor, none to guess in."""
    pairing_tries_max: int = 5
    """Wrong codes an account may type within the window; a slip of the finger or two is honest."""
    pairing_branch_tries_max: int = 30
    """Wrong codes of all accounts of a branch together; other branches are not held up."""
    pairing_tries_window_s: int = 900
    """After a quarter of an hour codes may be typed again."""
    pairings_per_address_max: int = 30
    """Codes waiting behind one address, and new ones in a while; the oldest makes room."""
    pairings_window_s: int = 60
    """That while: a code behind a busy address is there at least so long."""
    pairings_per_branch_max: int = 300
    """Codes waiting in one branch; the oldest of the address that has most makes room."""
    device_seen_every_s: int = 300
    """How often a screen's last use is written down."""

    # Sockets

    socket_message_bytes_max: int = 4_096
    """Clients only say hello; anything longer is no hello."""
    sockets_max: int = 20_000
    """About 25 KB each in this server class: half a gigabyte."""
    sockets_per_ticket_max: int = Field(default=4, ge=1)
    """A phone, its second tab, somebody at home; the next one displaces the oldest of them."""
    sockets_per_address_max: int = 6_000
    """Of phones: behind one carrier address sit hundreds, and load checks open 5,000 sockets from
    one.
    """
    sockets_kept_share: float = Field(default=0.1, ge=0, lt=1)
    """Of `sockets_max`, for staff and screens: phones must not shut out the hall's own pages."""
    sockets_unproven_share: float = Field(default=0.25, ge=0, le=1)
    """Of `sockets_max`, at most, for numbers whose holders nobody has seen: they cost nothing to
    take.
    """
    sockets_entering_max: int = Field(default=2_000, ge=1)
    """That have not signed in yet; beyond it the oldest of the address with most leaves."""
    socket_hello_timeout_s: float = 10.0
    """A socket that does not sign in takes the place of one that does."""
    socket_send_timeout_s: float = 20.0
    """A phone that has not taken one small message for so long is gone or stuck: it is cut off."""
    socket_recheck_s: float = 1.5
    """How often an open socket's sign-in is looked at again (promised: revoking cuts it within 5
    s).
    """

    # Live

    inbox_length_max: int = 2_000
    """Commands waiting for one branch; more means that something hangs, and callers should hear
    503.
    """
    batch_length_max: int = 200
    """Commands decided together and made durable by one commit."""
    append_tries_max: int = 3
    """After a conflict: refold and decide again, so often."""
    heartbeat_s: float = 25.0
    """Proxies cut at 60 s of silence; a phone's carrier may cut earlier."""
    tick_s: float = 30.0
    """What only time changes (waits) is pushed so often."""
    day_retry_s: float = 5.0
    """How soon an opening that had to wait, or a store that failed, is tried again."""
    sweep_s: float = 300.0
    """How often what is due for erasure is erased."""
    personal_data_kept_h: float = 24.0
    """After a day's close, before its personal data are erased."""
    audit_kept_days: int = 365
    """Who did what beside the queue: long enough to look into last year's complaint."""
    follow_page_records_max: int = 500
    """Records handed to a follower at once: about 100 KiB."""
    follow_look_s: float = 30.0
    """How often a follower looks by itself for what nobody told it, as other nodes' commits."""
    follow_retry_s: float = 1.0
    """What a follower could not take, it gets again after this; each further failure doubles it."""
    follow_retry_max_s: float = 300.0
    """The longest such pause: a road that is mended is used again within minutes."""
    cursors_every_s: float = 1.0
    """How far followers have come is written down so often; after a crash they hear the rest twice.
    """
    orphan_kept_s: float = 900.0
    """What was written down for a number that then was not issued; issuing takes milliseconds."""
    learned_services_max: int = 200
    """Services of earlier days a mean counts at most: enough to be steady, few enough to follow."""
    asked_kept_ms: float = 100.0
    """So old may a wait be that is told to somebody who asks; its steps are five minutes."""
    publish_wait_ms: float = 20.0
    """While more commands wait, screens are told at most so much later, and spared what is replaced
    at once.
    """
    paint_slice_ms: float = 1.0
    """How long the painter of views keeps the loop to itself: calls are answered meanwhile."""

    # What is told away from the page

    messages_at_once_max: int = 20
    """On their way by all roads together: a hall that is told to get ready is done in seconds, and
    a push service that hangs holds no more connections than this.
    """
    message_timeout_s: float = 10.0
    """One try: a call that is worth hearing has been taken by then, or is tried again."""
    push_services_extra: Annotated[tuple[str, ...], NoDecode] = ()
    """Origins of push services beside those of the browsers' makers (`https://push.example`): one's
    own, and tests.
    """
    push_contact: str | None = None
    """Whom a push service may write to (`mailto:it@example.go.id`); None: the public address."""
    push_subscriptions_per_ticket_max: int = 4
    """A phone, its second browser, somebody at home: the next one takes the place of the oldest."""
    push_try_gap_s: float = 5.0
    """Between two trials of one ticket: long enough to have heard the first."""

    # Stopping and starting

    stop_timeout_s: int = 5
    """Open requests get so long to end; then they are cancelled."""
    reconnect_spread_s: float = 10.0
    """Sockets cut by a restart come back spread over so long, not as a herd."""
    clock_behind_warn_s: int = 60
    """The clock stands this far before the last stored event: somebody should look at it."""

    @field_validator("push_services_extra", mode="before")
    @classmethod
    def _are_origins(cls, given: object) -> object:
        """A list in the file; in the environment words with spaces or commas between them."""
        found = given.replace(",", " ").split() if isinstance(given, str) else given
        if isinstance(found, list | tuple):
            found = tuple(str(one).rstrip("/") for one in found)
            if wrong := [one for one in found if not _ADDRESS.fullmatch(one)]:
                raise ValueError(f"{wrong[0]} is no origin such as https://push.example")
        return found

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, given: str | None) -> str | None:
        """Every address here begins at the root: a path in front of it would lead nowhere."""
        if given is None:
            return None
        if not _ADDRESS.fullmatch(given):
            raise ValueError(
                "must be a scheme and a name, such as https://antrean.example: no path after it,"
                " for the server answers at the root of its name only"
            )
        return given.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, then environment, then the file in the data folder."""
        given: dict[str, Any] = {**env_settings(), **init_settings()}
        file = Path(given.get("data", "data")) / FILE_NAME
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)

    def take_over(self, newer: Settings) -> list[str]:
        """What may change while a server runs (`AT_ONCE`) is as in `newer` from now on; the names
        of what changed.
        """
        changed = {
            name: value
            for name in sorted(AT_ONCE)
            if (value := getattr(newer, name)) != getattr(self, name)
        }
        self.__dict__.update(changed)  # Frozen for everybody else.
        return list(changed)

    def address(self) -> str:
        """How people reach this server, without a trailing slash."""
        if self.public_url:
            return self.public_url
        host = "127.0.0.1" if self.host in ("0.0.0.0", "::", "") else self.host  # noqa: S104
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"
