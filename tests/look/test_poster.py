"""The poster: a QR that leads where it says, words in two languages, on the paper asked for."""

import re
import zlib
from base64 import a85decode
from hashlib import sha256

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from queue_server.look.poster import FONTS, HEIGHT, SCALES, WIDTH, Poster, Size, pdf
from queue_server.look.words import Words

LINK = "https://antrean.example/b/bontang"
RECTANGLE = re.compile(r"([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+) re")
SHARPER = 2


def poster(name: str = "Kantor Cabang Bontang", size: Size = "a4") -> bytes:
    return pdf(Poster(name, LINK, "https://antrean.example/privacy/bontang", size))


def drawn(file: bytes) -> str:
    """What the page draws, as the PDF says it."""
    streams = re.findall(rb"ASCII85Decode[^>]*>>\s*stream\r?\n(.*?)~>endstream", file, re.DOTALL)
    texts = [zlib.decompress(a85decode(each)) for each in streams]
    return next(text.decode("latin-1") for text in texts if b" re" in text)


def said(file: bytes) -> str:
    """The letters drawn: fonts are subsets whose codes are the letters' own."""
    return " ".join(re.findall(r"\((.*?)\) Tj", drawn(file)))


def test_its_qr_leads_to_the_join_page() -> None:
    picture = Image.new("L", (int(WIDTH * SHARPER), int(HEIGHT * SHARPER)), 255)
    pen = ImageDraw.Draw(picture)
    # The band at the top is a rectangle, too, and stays where it does no harm.
    for found in RECTANGLE.findall(drawn(poster())):
        x, y, width, height = (float(each) * SHARPER for each in found)
        top = picture.height - y - height
        pen.rectangle((x, top, x + width - 0.5, top + height - 0.5), fill=0)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == LINK


@pytest.mark.parametrize(("size", "points"), [("a4", (595, 842)), ("a3", (842, 1191))])
def test_it_is_as_large_as_its_paper(size: Size, points: tuple[int, int]) -> None:
    found = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", poster(size=size))
    assert found is not None
    assert (round(float(found[1])), round(float(found[2]))) == points
    assert set(SCALES) == {"a4", "a3"}


def test_it_speaks_both_languages_and_says_what_is_kept() -> None:
    text = said(poster())
    for language in ("id", "en"):
        assert Words(language)("poster-title") in text
        assert Words(language)("poster-no-phone").split("?")[0] in text
    assert "antrean.example/privacy/bontang" in text
    assert "Kantor Cabang Bontang" in text


def test_a_long_name_stays_on_the_paper() -> None:
    name = "Kantor Cabang " + "Kutai Kartanegara " * 6
    sizes = [float(each) for each in re.findall(r"/F\d\S* ([\d.]+) Tf", drawn(poster(name)))]
    assert min(sizes) < 9, "made smaller to fit"


def test_a_name_in_letters_the_font_has_not_prints_no_boxes() -> None:
    assert "Kantor Cabang Ecole " in said(poster("Kantor Cabang École 東京"))
    assert said(poster("Kantor École 東京")) == said(poster("Kantor Ecole "))


def test_the_same_poster_is_the_same_file() -> None:
    assert poster() == poster()


def test_its_fonts_are_those_that_are_named() -> None:
    readme = (FONTS / "README.md").read_text(encoding="utf-8")
    for file in FONTS.iterdir():
        if file.name != "README.md":
            assert f"| `{file.name}` | `{sha256(file.read_bytes()).hexdigest()}` |" in readme
