"""Tables in documents that the code writes: each stands below its own marker."""

import re
from collections.abc import Mapping


def with_tables(page: str, tables: Mapping[str, str]) -> str:
    """The page with its tables as the code has them."""
    for name, table in tables.items():
        marker = f"<!-- table: {name} -->\n"
        pattern = re.compile(re.escape(marker) + r"(\n?(\|.*\n)+)?")
        shown = f"{marker}\n{table}\n"
        page = pattern.sub(shown.replace("\\", r"\\"), page)
    return page


def table_of(page: str, name: str) -> str:
    """The table below a marker, as it stands in the page."""
    found = re.search(rf"<!-- table: {re.escape(name)} -->\n\n?((?:\|.*\n)+)", page)
    assert found, f"the page has no table {name}"
    return found[1]
