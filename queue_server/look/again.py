"""The one script that stands in pages themselves: `static/again.js`, by which a page whose modules
do not run says so and loads itself again.

A file of its own could stay away like any other. The Content-Security-Policy allows it by its hash,
and so nothing else that stands in a page.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from hashlib import sha256
from typing import Final

from markupsafe import Markup

from queue_server.look.files import static_bytes

# A whole line, or what follows code after two blanks: no address in it begins like that.
_COMMENT: Final = re.compile(r"(^|;|\))\s*//.*$", re.MULTILINE)


@cache
def source() -> str:
    """The script without its comments and its margins."""
    text = _COMMENT.sub(r"\1", static_bytes("look/again.js").decode())
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@cache
def csp_source() -> str:
    """How a policy names the script: `'sha256-…'`."""
    digest = sha256(source().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def script(says: str, after_s: int, at: str = "") -> Markup:
    """For a page that may be `after_s` old; then it `says` so and loads `at`, else itself.

    With `at` (a machine in the hall) the seconds count from the last touch.
    """
    where = Markup(' data-at="{}"').format(at) if at else ""
    given = Markup('data-after-s="{}" data-says="{}"{}').format(after_s, says, where)
    return Markup('<script id="again" {}>{}</script>').format(given, Markup(source()))  # noqa: S704
