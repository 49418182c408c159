"""Text that looks like one thing and is another: unseen letters, turned directions, two ways to
write one letter. In every field that keeps what somebody typed.
"""

from __future__ import annotations

import unicodedata

import pytest

from queue_server.people import Note, Rating, Role
from queue_server.people.text import clean, clean_line
from tests.web.harness import API, BRANCH, World, sign_in

# e and its accent apart; right-to-left override; no width; a tag; a soft hyphen; bell; a new line
# of another kind.
TYPED = "Bu Cafe\u0301 \u202eakus\u202c\u200b \u2066x\u2069 a\u00adb\ufeff\U000e0041 \x07c\u2028d"
MEANT = "Bu Café akus x ab  c d"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (TYPED, MEANT),
        ("  satu\ndua  ", "satu\ndua"),
        ("satu\r\ndua", "satu \ndua"),
        ("\u200b\u200e", ""),
        ("=1+1", "=1+1"),
        ("👩\u200d⚕\ufe0f", "👩\u200d⚕\ufe0f"),
        ("👨\u200d👩\u200d👧 👍🏽", "👨\u200d👩\u200d👧 👍🏽"),
        ("\u0645\u06cc\u200c\u0631\u0648\u0645", "\u0645\u06cc\u200c\u0631\u0648\u0645"),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("a\u200cdmin \u200d👩\u200d \u200c\u0645", "admin 👩 \u0645"),
        ("👩\u200d\u200d\u200d👧", "👩\u200d👧"),
        ("x" + "\u0301" * 199, "x" + "\u0301" * 5),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("\u2800\u2800", ""),
        ("\u2800\u2801", "\u2800\u2801"),
        ("\u0301\u0302", ""),
        ("!", "!"),
        ("7", "7"),
        ("€", "€"),
        ("ꦧꦤ꧀ꦠꦸ", "ꦧꦤ꧀ꦠꦸ"),
        ("a" * 3 + "\x1b[31m", "aaa [31m"),
    ],
)
def test_what_is_kept_is_what_is_seen(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_line_is_one_line() -> None:
    assert clean_line("satu\ndua\r\n  tiga\t") == "satu dua tiga"


def nothing_unseen(text: str) -> bool:
    unseen = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    written = unicodedata.is_normalized("NFC", text)
    return written and not any(unicodedata.category(one) in unseen for one in text if one != "\n")


async def everything_kept(world: World) -> list[str]:
    """Every text the people's store gives out."""
    people = world.site.people
    kept: list[str] = []
    for account in await people.accounts():
        kept += [account.username, account.display_name]
        kept += [one.label for one in await people.sessions(account.id, world.site.now())]
    kept += [text for one in await people.tokens() for text in (one.label, one.place)]
    kept += [one.name for one in await people.invitations(world.site.now())]
    return kept


async def test_a_field_keeps_no_unseen_letter(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes: list[str] = []
    add_note, save_rating = world.site.people.add_note, world.site.people.save_rating

    async def noting(note: Note) -> None:
        notes.append(note.text)
        await add_note(note)

    async def rating(given: Rating, comment: Note | None = None) -> None:
        if comment is not None:
            notes.append(comment.text)
        await save_rating(given, comment)

    monkeypatch.setattr(world.site.people, "add_note", noting)
    monkeypatch.setattr(world.site.people, "save_rating", rating)
    secret = (await world.issue(who=None))["secret"]
    await world.post(f"{API}/tickets/A-001/confirm-presence", "guard", {})
    await world.post(f"{API}/notice", "guard", {"text": TYPED})
    await world.open_counter()
    called = {"number": "A-001", "reason": "emergency", "note": TYPED}
    assert (await world.post(f"{API}/counters/1/call", "officer1", called)).status_code == 200
    await world.post(f"{API}/tickets/A-001/finish", "officer1", {"outcome": "served"})
    await world.post("/api/v1/ticket/rating", secret, {"stars": 4, "comment": TYPED})
    assert notes == [MEANT] * 3
    world.client.headers["User-Agent"] = "Firefox \x1b[1m Windows"
    await sign_in(world, "supervisor")
    invited = {"role": "officer", "name": TYPED}
    await world.client.post(f"/people/{BRANCH}/do/invite", data=invited)
    board = next(one for one in await world.site.people.tokens() if one.role is Role.DISPLAY)
    renamed = {"device": board.id, "label": TYPED, "place": TYPED}
    await world.client.post(f"/devices/{BRANCH}/do/rename", data=renamed)
    texts = await everything_kept(world)
    assert all(nothing_unseen(text) for text in texts), [t for t in texts if not nothing_unseen(t)]
    assert len([text for text in texts if "Café akus" in text]) == 3, texts
    assert not nothing_unseen(TYPED)


@pytest.mark.parametrize("text", ["\u2800", "\u200b", "a" + "\u0301" * 199, "\u0301 \u0302"])
async def test_a_notice_nobody_could_read_is_refused_and_the_last_one_stays(
    world: World, text: str
) -> None:
    await world.post(f"{API}/notice", "guard", {"text": "Loket 2 pindah."})
    stays = world.day.notice
    answer = await world.post(f"{API}/notice", "guard", {"text": text})
    assert (answer.status_code, answer.json()["code"]) == (422, "nothing_to_read")
    assert world.day.notice == stays


async def test_a_notice_is_taken_away_by_an_empty_text(world: World) -> None:
    await world.post(f"{API}/notice", "guard", {"text": "👨\u200d👩\u200d👧"})
    assert world.day.notice is not None
    assert (await world.post(f"{API}/notice", "guard", {"text": " "})).status_code == 200
    assert world.day.notice is None
