"""`docs/log.md` lists the kinds of events as the codec writes them.

`python -m tests.structure.test_log_docs` writes its table anew.
"""

from dataclasses import fields
from pathlib import Path
from typing import get_args

from queue_server.domain.events import CounterEvent, DayEvent, Happened, TicketEvent
from queue_server.store import chain, codec
from queue_server.store.log import SERVICE_DAY, Stream
from tests.store.examples import DAY, EVENTS
from tests.structure.tables import with_tables

PAGE = Path(__file__).parents[2] / "docs" / "log.md"
ALWAYS = {field.name for field in fields(Happened)}
VERSIONS = codec.KINDS[SERVICE_DAY].versions
ABOUT = {"the day": DayEvent, "a counter": CounterEvent, "a ticket": TicketEvent}


def kinds() -> str:
    """Kind, version, and the fields besides those that every event has."""
    lines = ["| about | kind | v | fields |", "|---|---|---|---|"]
    for about, union in ABOUT.items():
        for event_type in get_args(union):
            kind = codec.kind_of(event_type)
            names = [f"`{one.name}`" for one in fields(event_type) if one.name not in ALWAYS]
            lines.append(f"| {about} | `{kind}` | {VERSIONS[kind]} | {', '.join(names)} |")
    return "\n".join(lines)


TABLES = {"events": kinds()}


def test_the_page_lists_the_events_of_the_code() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page, TABLES) == page
    assert all(f"`{kind}`" in page for kind in VERSIONS)


def test_its_example_is_what_is_stored_and_its_formula_what_is_hashed() -> None:
    page = PAGE.read_text(encoding="utf-8")
    stored = codec.encode(EVENTS["ticket_finished"])
    previous = "0" * 64
    assert stored.decode() in page
    assert chain.link(previous, str(Stream("bontang", DAY)), 7, stored) in page


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), TABLES), encoding="utf-8")
