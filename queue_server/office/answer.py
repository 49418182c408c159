"""What an answer is: plain values, ready for JSON."""

from __future__ import annotations

from typing import Any

Answer = dict[str, Any]
