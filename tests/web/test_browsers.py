"""Browsers as people know them in a list; what they call themselves names half a dozen others."""

import pytest

from queue_server.web.access.browsers import browser_name

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64) {KIT} Chrome/126.0 Safari/537.36",
            "Chrome · Windows",
        ),
        (
            f"Mozilla/5.0 (Windows NT 10.0) {KIT} Chrome/126.0 Safari/537.36 Edg/126",
            "Edge · Windows",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-A155F) SamsungBrowser/25.0 Chrome/121.0 Safari",
            "Samsung Internet · Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko Firefox/127.0", "Firefox · Linux"),
        ("curl/8.5.0", "curl"),
        ("", "?"),
        ("\x1b[31mX<script>", "?"),
    ],
)
def test_a_browser_is_told_by_name_and_machine(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name
