"""What a browser calls itself, made short enough to know it again in a list: `Chrome · Windows`.

Must not be believed: anybody may call themselves anything.
"""

from __future__ import annotations

from typing import Final

# In this order: most browsers also name those they descend from.
_BROWSERS: Final = (
    ("SamsungBrowser", "Samsung Internet"),
    ("MiuiBrowser", "Mi Browser"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("python-httpx", "httpx"),
    ("curl", "curl"),
)
_MACHINES: Final = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Browser and machine; `?` when neither says anything we know."""
    known = (_first(_BROWSERS, user_agent), _first(_MACHINES, user_agent))
    return " · ".join(name for name in known if name) or "?"


def _first(marks: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((name for mark, name in marks if mark in user_agent), "")
