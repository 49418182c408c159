"""The poster as a PDF: a large QR to the join page, three steps in two languages, where to read
what is kept.

Its QR carries no code of the hall: a poster hangs for months. Drawn in A4 points and scaled to the
paper. Must not know branches' rules nor who prints it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final, Literal
from unicodedata import normalize

from queue_server.look import qr
from queue_server.look.words import Words

Size = Literal["a4", "a3"]

WIDTH, HEIGHT = 595.28, 841.89
SCALES: Final[dict[Size, float]] = {"a4": 1.0, "a3": 2**0.5}
FONTS: Final = Path(__file__).parent / "fonts"
REGULAR: Final = "Atkinson"
BOLD: Final = "AtkinsonBold"

# As the tokens of the pages; paper is white.
_PETROL: Final = "#0a505c"
_PALE: Final = "#e0eef0"
_INK: Final = "#16191f"
_SOFT: Final = "#454a54"
_LINE: Final = "#77736a"

_MARGIN: Final = 48.0
_BAND: Final = 150.0
_QR_SIDE: Final = 300.0
_QR_BOTTOM: Final = 334.0
_STEPS_TOP: Final = 300.0
_LEADING: Final = 1.25


@dataclass(frozen=True, slots=True)
class Poster:
    """What it says."""

    branch_name: str
    link: str
    """Where the QR leads."""
    privacy: str
    size: Size = "a4"


def pdf(poster: Poster) -> bytes:
    """The file. The same poster is the same bytes; it takes a tenth of a second."""
    # Here, because a start need not wait for it.
    from reportlab.pdfgen.canvas import Canvas

    _know_the_fonts()
    scale, out = SCALES[poster.size], BytesIO()
    size = (WIDTH * scale, HEIGHT * scale)
    canvas = Canvas(out, pagesize=size, invariant=1, lang="id", initialFontName=REGULAR)
    words = Words("id"), Words("en")
    canvas.setTitle(f"{words[0]('poster-title')} · {poster.branch_name}")
    canvas.scale(scale, scale)
    _draw_head(canvas, poster, *words)
    _draw_qr(canvas, poster.link)
    _draw_steps(canvas, *words)
    _draw_foot(canvas, poster, *words)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _know_the_fonts() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for name, file in ((REGULAR, "regular"), (BOLD, "bold")):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"atkinson-hyperlegible-next-{file}.ttf"))


# The parts, from the top


def _draw_head(canvas: Any, poster: Poster, first: Words, second: Words) -> None:
    canvas.setFillColor(_PETROL)
    canvas.rect(0, HEIGHT - _BAND, WIDTH, _BAND, stroke=0, fill=1)
    _line(canvas, first("poster-title"), HEIGHT - 70, BOLD, 42, "#ffffff")
    _line(canvas, second("poster-title"), HEIGHT - 106, REGULAR, 22, _PALE)
    _line(canvas, poster.branch_name, HEIGHT - _BAND - 34, BOLD, 24, _INK)


def _draw_qr(canvas: Any, link: str) -> None:
    rows = qr.matrix(link)
    left, module = (WIDTH - _QR_SIDE) / 2, _QR_SIDE / len(rows)
    canvas.setFillColor("#000000")
    path = canvas.beginPath()
    for y, row in enumerate(rows):
        top = _QR_BOTTOM + _QR_SIDE - (y + 1) * module
        for x, length in qr.runs(row):
            path.rect(left + x * module, top, length * module, module)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(1)
    canvas.roundRect(left, _QR_BOTTOM, _QR_SIDE, _QR_SIDE, 14, stroke=1, fill=0)
    _line(canvas, link.partition("://")[2], _QR_BOTTOM - 20, REGULAR, 12, _SOFT)


def _draw_steps(canvas: Any, first: Words, second: Words) -> None:
    width = (WIDTH - 2 * _MARGIN) / 3
    pictures = (_draw_phone, _draw_choice, _draw_screen)
    names = ("poster-scan", "poster-choose", "poster-confirm")
    for number, (name, picture) in enumerate(zip(names, pictures, strict=True), start=1):
        middle = _MARGIN + width * (number - 0.5)
        _draw_step(canvas, middle, number, picture)
        y = _wrapped(canvas, first(name), middle, _STEPS_TOP - 88, width - 14, BOLD, 13.5, _INK)
        _wrapped(canvas, second(name), middle, y - 3, width - 14, REGULAR, 11.5, _SOFT)


def _draw_step(canvas: Any, middle: float, number: int, picture: Callable[[Any], None]) -> None:
    canvas.setFillColor(_PALE)
    canvas.circle(middle, _STEPS_TOP - 34, 34, stroke=0, fill=1)
    canvas.saveState()
    canvas.translate(middle, _STEPS_TOP - 34)
    canvas.setStrokeColor(_PETROL)
    canvas.setFillColor(_PETROL)
    canvas.setLineWidth(2.2)
    canvas.setLineCap(1)
    picture(canvas)
    canvas.restoreState()
    canvas.setFillColor(_PETROL)
    canvas.circle(middle - 30, _STEPS_TOP - 8, 12, stroke=0, fill=1)
    canvas.setFillColor("#ffffff")
    canvas.setFont(BOLD, 15)
    canvas.drawCentredString(middle - 30, _STEPS_TOP - 13, str(number))


def _draw_foot(canvas: Any, poster: Poster, first: Words, second: Words) -> None:
    canvas.setStrokeColor(_LINE)
    canvas.setLineWidth(0.7)
    canvas.line(_MARGIN, 104, WIDTH - _MARGIN, 104)
    _line(canvas, first("poster-no-phone"), 84, BOLD, 12.5, _INK)
    _line(canvas, second("poster-no-phone"), 68, REGULAR, 11, _SOFT)
    both = f"{first('poster-privacy')} · {second('poster-privacy')}"
    _line(canvas, both, 42, REGULAR, 9.5, _SOFT)
    _line(canvas, poster.privacy.partition("://")[2], 29, REGULAR, 9.5, _SOFT)


# Drawings, around a middle at 0, 0; some 40 points high


def _draw_phone(canvas: Any) -> None:
    canvas.roundRect(-11, -20, 22, 40, 4, stroke=1, fill=0)
    for x, y in ((-6, 1), (1, 1), (-6, -6)):
        canvas.rect(x, y, 5, 5, stroke=0, fill=1)
    canvas.rect(2.5, -4.5, 3, 3, stroke=0, fill=1)
    canvas.line(-3, -14, 3, -14)


def _draw_choice(canvas: Any) -> None:
    canvas.roundRect(-18, -19, 36, 38, 4, stroke=1, fill=0)
    for y in (9, -1, -11):
        canvas.circle(-10, y, 2.6, stroke=0, fill=1 if y == 9 else 0)
        canvas.circle(-10, y, 2.6, stroke=1, fill=0)
        canvas.line(-3, y, 11, y)


def _draw_screen(canvas: Any) -> None:
    canvas.roundRect(-21, -8, 42, 28, 3, stroke=1, fill=0)
    canvas.line(0, -8, 0, -16)
    canvas.line(-9, -17, 9, -17)
    canvas.setFont(BOLD, 13)
    canvas.drawCentredString(0, 1.5, "A-012")


# Text


def _line(canvas: Any, text: str, y: float, font: str, size: float, colour: str) -> None:
    """One centred line, made smaller where it would not fit."""
    room, text = WIDTH - 2 * _MARGIN, _printable(text, font)
    fitting = min(1.0, room / max(1.0, canvas.stringWidth(text, font, size)))
    canvas.setFillColor(colour)
    canvas.setFont(font, size * fitting)
    canvas.drawCentredString(WIDTH / 2, y, text)


def _printable(text: str, font: str) -> str:
    """The text in letters the font has: a name's `É` is an `E` there, other scripts' are left out.

    The address below says which branch it is all the same.
    """
    from reportlab.pdfbase import pdfmetrics

    known = pdfmetrics.getFont(font).face.charToGlyph
    letters = (one if ord(one) in known else normalize("NFKD", one) for one in text)
    return "".join(one for one in "".join(letters) if ord(one) in known)


def _wrapped(
    canvas: Any,
    text: str,
    middle: float,
    top: float,
    width: float,
    font: str,
    size: float,
    colour: str,
) -> float:
    """Centred lines below `top`; where the next one would stand."""
    from reportlab.lib.utils import simpleSplit

    canvas.setFillColor(colour)
    canvas.setFont(font, size)
    for line in simpleSplit(text, font, size, width):
        canvas.drawCentredString(middle, top, line)
        top -= size * _LEADING
    return top
