"""What was stored once can be read for ever, and only that."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.domain import events as e
from queue_server.domain.events import EVENT_TYPES, Event
from queue_server.domain.model import Learned, Place
from queue_server.domain.plan import BranchPlan, CounterPlan, Hours, Rules, Service
from queue_server.store import codec
from queue_server.store.forms import Form
from queue_server.store.log import SERVICE_DAY, Damaged, UnknownKind
from tests.store import errands
from tests.store.examples import AT, EVENTS, GOLDEN, PLAN

FOLDER = Path(__file__).parent / "golden"
VERSIONS = codec.KINDS[SERVICE_DAY].versions


def golden(kind: str, version: int) -> bytes:
    return (FOLDER / f"{kind}.v{version}.json").read_bytes().removesuffix(b"\n")


class TestGoldenFiles:
    def test_every_event_has_one_of_its_newest_version(self) -> None:
        wanted = {f"{kind}.v{VERSIONS[kind]}.json" for kind in VERSIONS}
        missing = wanted - {path.name for path in FOLDER.iterdir()}
        assert not missing, f"write tests/store/golden/{sorted(missing)[:1]} and its example"

    def test_every_file_has_its_example(self) -> None:
        known = {f"{kind}.v{version}.json" for kind, version in GOLDEN} | {
            f"branch_plan.v{version}.json" for version in range(1, codec.PLAN_VERSION + 1)
        }
        assert {path.name for path in FOLDER.iterdir()} == known

    @pytest.mark.parametrize(("kind", "version"), GOLDEN)
    def test_is_read_as_the_event_it_was(self, kind: str, version: int) -> None:
        assert codec.decode(golden(kind, version)) == GOLDEN[kind, version]

    @pytest.mark.parametrize("kind", VERSIONS)
    def test_the_newest_is_written_the_same_again(self, kind: str) -> None:
        version = VERSIONS[kind]
        assert codec.encode(GOLDEN[kind, version]) == golden(kind, version)

    def test_a_plan_is_read_and_written_the_same(self) -> None:
        stored = golden("branch_plan", codec.PLAN_VERSION)
        assert codec.decode_plan(stored) == PLAN
        assert codec.encode_plan(PLAN) == stored

    @pytest.mark.parametrize("version", range(1, codec.PLAN_VERSION))
    def test_an_older_plan_has_the_defaults_of_what_came_since(self, version: int) -> None:
        assert codec.decode_plan(golden("branch_plan", version)) == PLAN


class TestNames:
    def test_no_field_hides_the_kind_or_the_version(self) -> None:
        for event_type in EVENT_TYPES:
            assert {"event", "v"}.isdisjoint(event_type.__dataclass_fields__)

    def test_every_kind_has_its_own_name(self) -> None:
        assert len(VERSIONS) == len(EVENT_TYPES)


class TestStrictness:
    STORED = golden("ticket_finished", 1)

    @pytest.mark.parametrize(
        ("stored", "words"),
        [
            (b"", "not an event"),
            (b"\xff\xfe", "not an event"),
            (b"[]", "not an event"),
            (b"null", "not an event"),
            (b'{"event":"ticket_eaten","v":1,"at":"2026-11-23T01:10:00Z"}', "ticket_eaten"),
            (STORED.replace(b'"v":1', b'"v":2'), "newer program"),
            (STORED.replace(b'"v":1', b'"v":0'), "no way from this version"),
            (STORED.replace(b'"by":', b'"who":'), "unknown fields: who"),
            (STORED.replace(b'"by":"o1",', b""), "missing fields: by"),
            (STORED[:-1] + b',"colour":"red"}', "unknown fields: colour"),
            (STORED[:-1] + b',"outcome":"done"}', "not in the form"),
            (STORED.replace(b'"by":', b'"by" : '), "not in the form"),
            (STORED.replace(b'"A-012"', b"12"), "number"),
            (STORED.replace(b"250000Z", b"250000+08:00"), "not in UTC"),
            (STORED.replace(b"250000Z", b"250000"), "not in UTC"),
            (STORED[:-5], "ticket_finished"),
        ],
    )
    def test_what_was_not_written_here_is_damaged(self, stored: bytes, words: str) -> None:
        with pytest.raises(Damaged, match=words):
            codec.decode(stored)

    @pytest.mark.parametrize(
        "stored", [b"", b"{}", b'{"v":1}', b'{"v":9}', b'{"v":1,"branch":"x"}']
    )
    def test_a_plan_too(self, stored: bytes) -> None:
        with pytest.raises(Damaged):
            codec.decode_plan(stored)

    @pytest.mark.parametrize(
        "event",
        [
            e.TicketParked(at=AT.replace(tzinfo=None), number="A-001"),
            e.TicketParked(at=AT.astimezone(timezone(timedelta(hours=8))), number="A-001"),
            e.TicketParked(at=AT, number=12),  # type: ignore[arg-type]
            e.TicketParked(at=AT, number="A-001\ud800"),
            e.TicketReturned(at=AT, number="A-001", cooling_until=AT.replace(tzinfo=None)),
            e.DayOpened(at=AT, plan=object(), date=date(2026, 11, 23)),  # type: ignore[arg-type]
        ],
    )
    def test_what_could_not_be_read_back_is_not_written(self, event: Event) -> None:
        with pytest.raises(ValueError):
            codec.encode(event)

    def test_a_whole_number_among_fractions_is_read_back(self) -> None:
        """A plan from a form says 10 where the field means 10.0."""
        plan = BranchPlan("b", "B", "Asia/Jakarta", {"A": Service("A", typical_min=10)}, {})
        assert codec.decode_plan(codec.encode_plan(plan)) == plan

    def test_mappings_of_any_kind_come_back_as_dicts(self) -> None:
        services = MappingProxyType({"A": Service("A", quota=MappingProxyType({"mon": 4}))})
        plan = BranchPlan("b", "B", "Asia/Jakarta", services, {})
        again = codec.decode_plan(codec.encode_plan(plan))
        assert again == plan
        assert isinstance(again.services, dict)
        assert isinstance(again.services["A"].quota, dict)


@pytest.mark.usefixtures("errands_known")
class TestKindsOfStreams:
    """What may happen in one kind of stream is nothing that may happen in another."""

    STORED = (
        b'{"event":"errand_begun","v":1,"at":"2026-11-23T01:10:00.250000Z","by":"o1","what":"x"}'
    )

    def test_each_knows_its_own_events(self) -> None:
        event = errands.begun("x").event
        assert codec.encode(event, errands.KIND) == self.STORED
        assert codec.decode(self.STORED, errands.KIND) == event

    def test_none_knows_those_of_another(self) -> None:
        with pytest.raises(Damaged, match="unknown kind of event: errand_begun"):
            codec.decode(self.STORED)
        with pytest.raises(Damaged, match="unknown kind of event: ticket_finished"):
            codec.decode(golden("ticket_finished", 1), errands.KIND)
        with pytest.raises(ValueError, match="ErrandBegun belongs into no stream of this kind"):
            codec.encode(errands.begun().event)

    def test_they_are_as_strict(self) -> None:
        with pytest.raises(Damaged, match="unknown fields: colour"):
            codec.decode(self.STORED[:-1] + b',"colour":"red"}', errands.KIND)

    def test_of_a_kind_nobody_knows_nothing_is_read(self) -> None:
        with pytest.raises(UnknownKind, match="does not know streams of the kind dream"):
            codec.decode(self.STORED, "dream")


class TestOldVersions:
    """A version 2 of `ticket_skipped` that calls `number` `ticket` and says how often it was
    called.
    """

    @pytest.fixture
    def newer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def to_v2(fields: dict[str, Any]) -> dict[str, Any]:
            return {"verb": "skip", "number": fields.pop("number"), **fields}

        prefix = b'{"event":"ticket_skipped","v":2,'
        form = Form("ticket_skipped", e.ActionUndone, prefix, 2, codec.DAY_UPCASTS)
        days = codec.Events(EVENT_TYPES)
        days._by_name["ticket_skipped"] = form
        del days._by_prefix[b'{"event":"ticket_skipped","v":1,']
        monkeypatch.setitem(codec.KINDS, SERVICE_DAY, days)
        monkeypatch.setitem(codec.DAY_UPCASTS, ("ticket_skipped", 1), to_v2)

    @pytest.mark.usefixtures("newer")
    def test_an_old_event_is_raised_to_the_newest(self) -> None:
        expected = e.ActionUndone(at=AT, by="o1", number="A-012", verb="skip")
        assert codec.decode(golden("ticket_skipped", 1)) == expected

    @pytest.mark.usefixtures("newer")
    def test_a_step_that_leaves_something_over_is_noticed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def forgetful(fields: dict[str, Any]) -> dict[str, Any]:
            return {**fields, "verb": "skip", "colour": "red"}

        monkeypatch.setitem(codec.DAY_UPCASTS, ("ticket_skipped", 1), forgetful)
        with pytest.raises(Damaged, match="unknown fields: colour"):
            codec.decode(golden("ticket_skipped", 1))


def strategy_of(hint: Any) -> st.SearchStrategy[Any]:
    return BY_HINT[hint] if hint in BY_HINT else st.from_type(hint)


def events_of(event_type: type[Event]) -> st.SearchStrategy[Event]:
    hints = get_type_hints(event_type)
    return st.builds(event_type, **{name: strategy_of(hint) for name, hint in hints.items()})


numbers = st.integers(0, 10_000)
fractions = st.floats(0, 1_000)
texts = st.text(max_size=8)
times = st.datetimes(timezones=st.just(UTC))
places = st.builds(Place, st.tuples(numbers, numbers), times)
services = st.builds(
    Service, quota=st.dictionaries(texts, numbers, max_size=2), typical_min=fractions
)
plans = st.builds(
    BranchPlan,
    services=st.dictionaries(texts, services, max_size=2),
    counters=st.dictionaries(texts, st.builds(CounterPlan, capacity=numbers), max_size=2),
    rules=st.builds(Rules, leaving_rate_per_h=fractions, undo_s=numbers),
    hours=st.dictionaries(texts, st.builds(Hours, st.times(), st.times()), max_size=2),
)
BY_HINT: dict[Any, st.SearchStrategy[Any]] = {
    int: numbers,
    datetime: times,
    datetime | None: st.none() | times,
    Place: places,
    Place | None: st.none() | places,
    BranchPlan: plans,
    tuple[tuple[str, Learned], ...]: st.lists(
        st.tuples(texts, st.builds(Learned, numbers, fractions)), max_size=2
    ).map(tuple),
    tuple[tuple[str, int], ...]: st.lists(st.tuples(texts, numbers), max_size=2).map(tuple),
}
any_event = st.one_of([events_of(event_type) for event_type in get_args(Event)])


@settings(max_examples=400)
@given(any_event)
def test_every_event_comes_back_equal(event: Event) -> None:
    stored = codec.encode(event)
    assert codec.decode(stored) == event
    assert codec.encode(codec.decode(stored)) == stored


def test_a_busy_day_is_decoded_before_anybody_notices() -> None:
    """1,500 tickets, about 9,000 events: 30 ms where this was written; ten times is a fault."""
    stored = [codec.encode(EVENTS["ticket_called"])] * 9_000
    began = time.process_time()  # The machine may be busy with something else.
    for one in stored:
        codec.decode(one)
    assert time.process_time() - began < 0.3
