"""A no of people and rights: a code, and what belongs to it. A face says it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class No:
    """It was not done. The codes stand beside the services that give them."""

    code: str
    fields: Mapping[str, object] = field(default_factory=dict)
    retry_after_s: int | None = None
    """When asking again may help."""
