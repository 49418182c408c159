"""QR codes as SVG for pages and as text for a terminal.

Made once and kept: a code costs about 5 ms, too long for the loop that answers everybody. No
style attributes, for our pages forbid them; colours come from `components/qr.css`.
"""

from functools import lru_cache
from html import escape
from io import StringIO
from itertools import groupby
from typing import Final

from markupsafe import Markup

QUIET_ZONE_MODULES: Final = 4  # ISO/IEC 18004: readers need this much of nothing around it
CODES_KEPT_MAX: Final = 512  # a few kB each: every branch's join code, and slips being printed


def matrix(text: str) -> list[list[bool]]:
    """Its modules, dark ones true, the quiet zone around them."""
    # Here, because a start need not wait for it (nor for the imaging library it looks for).
    import qrcode
    from qrcode.constants import ERROR_CORRECT_M

    # M: a fingerprint on a kiosk's glass or a fold in a slip may hide 15 % of it.
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE_MODULES)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


@lru_cache(maxsize=CODES_KEPT_MAX)
def svg(text: str, title: str) -> Markup:
    """The code of `text`; `title` is what a screen reader says."""
    rows = matrix(text)
    size = len(rows)
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in runs(row)
    )
    return Markup(  # noqa: S704 - built here from numbers; the one text is escaped
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges" role="img"><title>{escape(title)}</title>'
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{path}" fill="#000"/></svg>'
    )


def runs(row: list[bool]) -> list[tuple[int, int]]:
    """Dark stretches of a row as (start, length): one path piece each keeps the file small."""
    found: list[tuple[int, int]] = []
    x = 0
    for dark, modules in groupby(row):
        length = len(list(modules))
        if dark:
            found.append((x, length))
        x += length
    return found


def terminal(text: str) -> str:
    """The code in half blocks, for a dark or a light terminal alike (its own black and white)."""
    rows = matrix(text)
    if len(rows) % 2:
        rows.append([False] * len(rows))
    out = StringIO()
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        cells = "".join(_HALF_BLOCKS[pair] for pair in zip(upper, lower, strict=True))
        out.write(f"\x1b[97;40m{cells}\x1b[0m\n")
    return out.getvalue()


# White ink on black paper: what is drawn is the light part of the code.
_HALF_BLOCKS: Final = {
    (False, False): "█",
    (False, True): "▀",
    (True, False): "▄",
    (True, True): " ",
}
