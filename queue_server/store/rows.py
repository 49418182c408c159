"""Rows to dataclasses: a table's columns are named as the fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any, TypeVar

import sqlalchemy as sa

T = TypeVar("T")


def columns(table: sa.Table, shape: type[Any]) -> list[sa.Column[Any]]:
    """The table's columns in the order of the dataclass's fields."""
    return [table.c[field.name] for field in fields(shape)]


def made(shape: Callable[..., T], row: Iterable[Any]) -> T:
    """A value from a row of `columns`."""
    return shape(*row)
