"""QR codes that a scanner reads, pictures of any record, and a cache that paints nothing twice."""

from __future__ import annotations

import io
import random
import re
import zlib
from pathlib import Path

import pytest
import segno
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from generator.sharing import qr
from generator.sharing.cache import Cache
from generator.sharing.card import BUILD_ONLY, Card
from generator.sharing.lettering import Pen
from generator.sharing.painter import Painter
from generator.sharing.png import band
from generator.sharing.strip import Strip
from tests.conftest import PROJECT

SHORT = "https://rewire.example/library/s/k2x2hm/"
FONTS = PROJECT / "theme" / "assets" / "vendor"
PAINTER = Painter(FONTS)
WORDS = "AVATAR To. Yes, office 'Affairs' (WIOA) 3(24)(B) (01234), 40.1% L\N{RIGHT SINGLE QUOTATION MARK}Or\xe9al"
ARABIC = "برنامج التدريب المهني في اللحام CUNY للأشخاص الخارجين من السجن 🎉"


def test_a_scanner_reads_the_short_link_at_level_m() -> None:
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(qr.png(SHORT))))
    assert (found.text, found.ec_level) == (SHORT, "M")


Modules = set[tuple[int, int]]
"""The places (row, column) of a code's dark modules, the quiet zone counted in."""


def in_png(picture: bytes) -> Modules:
    image = Image.open(io.BytesIO(picture)).convert("L").reduce(16)
    return {
        (y, x)
        for y in range(image.height)
        for x in range(image.width)
        if not image.getpixel((x, y))
    }


def in_svg(picture: bytes) -> Modules:
    dark: Modules = set()
    (lines,) = re.findall('stroke="#000" d="([^"]*)"', picture.decode())
    for start, y, steps in re.findall(r"M(\d+) (\d+).5([^M]*)", lines):
        x = int(start)
        for step, modules in re.findall(r"([hm])(\d+)", steps):
            if step == "h":
                dark |= {(int(y), x + n) for n in range(int(modules))}
            x += int(modules)
    return dark


def by_segno(address: str, mask: int) -> Modules:
    code = segno.make(address, error="m", boost_error=False, micro=False, mask=mask)
    rows = enumerate(code.matrix_iter(border=4))
    return {(y, x) for y, row in rows for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize(
    "address",
    [
        *(f"https://rewire.example/library/s/{code}/" for code in ("aaaaaa", "zzz999", "k2x2hm")),
        "http://127.0.0.1:8000/s/q7/",
        f"https://{'long.' * 30}example/s/k2x2hm/",
        "https://bücher.example/s/k2x2hm/",
    ],
)
def test_a_code_put_together_is_what_segno_draws(address: str) -> None:
    assert in_svg(qr.svg(address)) == in_png(qr.png(address))
    assert in_png(qr.png(address)) in [by_segno(address, mask) for mask in range(8)]


def test_the_svg_is_the_same_code_and_needs_no_style() -> None:
    drawing = qr.svg(SHORT).decode()
    assert drawing.startswith("<svg")
    assert "style=" not in drawing
    assert "<script" not in drawing


def card(title: str, **changes: object) -> Card:
    values: dict[str, object] = {
        "kind": "Case study",
        "level": "strong",
        "marks": ("Strong evidence", "Result: Positive", "New York, NY"),
        "figure": "40.1% vs. 21.8%",
        "figure_words": "Graduated, 3 years. Compared with: control group",
    }
    return Card(title=title, **(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "card",
    [
        card("CUNY ASAP: full support for three years"),
        card("A long title " * 23),
        card("x" * 300),
        card(ARABIC),
        card("\N{FIRE}\N{FIRE}"),
        card("中文"),
        card("", marks=(), figure="", figure_words="", level=""),
        card("Nul \0 and \N{RIGHT-TO-LEFT OVERRIDE} override"),
        card("A figure in lines", figure="5 a\N{PARAGRAPH SEPARATOR}year", marks=("a\u2028b",)),
        card("Long all over", marks=("m" * 300,) * 5, figure="1" * 300, figure_words="w" * 300),
    ],
    ids=[
        "plain",
        "long",
        "one word",
        "arabic",
        "emoji",
        "unknown",
        "empty",
        "controls",
        "lines",
        "full",
    ],
)
def test_any_record_has_a_picture_of_the_size_that_sites_want(card: Card) -> None:
    png = PAINTER.png(card)
    image = Image.open(io.BytesIO(png))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    image.load()  # as many lines as that are in it
    assert len(png) < 80_000


@pytest.mark.parametrize(
    "file",
    [*sorted(FONTS.glob("*-latin*.woff2")), FONTS / BUILD_ONLY[0]],
    ids=lambda file: file.stem,
)
def test_a_word_looks_as_the_font_draws_it_whichever_way_it_was_drawn(file: Path) -> None:
    """Kerning, ligatures, and brackets, beside which it depends on letters further on."""
    font = ImageFont.truetype(file, 47)
    chance = random.Random(2)
    signs = [chr(code) for code in (*range(33, 127), *range(0xC0, 0x120), *range(0x2013, 0x2027))]
    words = [
        *WORDS.split(),
        *("".join(chance.choices(signs, k=chance.randint(1, 9))) for _ in range(500)),
    ]
    pen = Pen(font, 6)
    for word in words:
        for x in (20, 21):
            strip = Strip.blank(600, 80)
            pen.write(strip, (x, 10), word)
            image = Image.new("P", (600, 80))
            mask, (left, top) = font.getmask2(word, "L", anchor="la", direction="ltr")
            ImageDraw.Draw(image).draw.draw_bitmap((x + left, 10 + top), mask, 6)
            assert strip.band() == Strip.of(image).band(), word
        assert pen.length(word) == font.getlength(word)


def test_a_picture_is_packed_into_what_zlib_would_make_of_it() -> None:
    """So its bytes are the same on any processor, whichever of its instructions zlib-ng uses."""
    chance = random.Random(1)
    runs = (
        bytes([chance.choice(b"\0\0\0\1\x66\xff")]) * chance.randint(1, 700) for _ in range(3_000)
    )
    for lines in (b"", b"\0", b"".join(runs), chance.randbytes(100_000)):
        packer = zlib.compressobj(1, zlib.DEFLATED, -15, strategy=zlib.Z_RLE)
        packed = band(lines)
        assert packed.packed == packer.compress(lines) + packer.flush(zlib.Z_SYNC_FLUSH)
        assert packed.checksum == zlib.adler32(lines)


def test_the_colors_are_those_of_the_site() -> None:
    image = Image.open(io.BytesIO(PAINTER.png(card("CUNY ASAP")))).convert("RGB")
    places = {"bar": (600, 5), "ground": (600, 300), "figure's ground": (1100, 440)}
    assert {name: image.getpixel(place) for name, place in places.items()} == {
        "bar": (15, 92, 79),
        "ground": (253, 252, 249),
        "figure's ground": (244, 241, 233),
    }
    title = image.crop((64, 130, 1136, 210))
    assert min((color for _, color in title.getcolors()), key=sum) == (34, 40, 42)
    figure = image.crop((90, 440, 300, 520))
    assert min((color for _, color in figure.getcolors()), key=sum) == (15, 92, 79)


def test_arabic_and_latin_letters_are_drawn_and_emoji_left_out() -> None:
    def drawn(title: str) -> bytes:
        bare = card(title, marks=(), figure="", figure_words="")
        return (
            Image.open(io.BytesIO(PAINTER.png(bare)))
            .convert("L")
            .crop((0, 120, 1200, 520))
            .tobytes()
        )

    assert drawn(ARABIC) != drawn("")
    assert drawn("Caf\N{LATIN SMALL LETTER E WITH ACUTE} \N{FIRE}") == drawn(
        "Cafe\N{COMBINING ACUTE ACCENT}"
    )
    assert drawn("\N{FIRE}") == drawn("")


def test_the_cache_makes_a_thing_once_for_each_content(tmp_path: Path) -> None:
    made: list[str] = []

    def make(content: str) -> bytes:
        made.append(content)
        return content.encode()

    for _ in range(2):
        cache = Cache(tmp_path / "cache")
        assert cache.get("v1", "a", lambda: make("a")) == b"a"
        assert cache.get("v1", "b", lambda: make("b")) == b"b"
    assert made == ["a", "b"]
    cache.get("v2", "a", lambda: make("a"))
    assert made == ["a", "b", "a"]

    later = Cache(tmp_path / "cache")
    later.get("v1", "b", lambda: make("b"))
    later.sweep()
    Cache(tmp_path / "cache").get("v1", "a", lambda: make("again"))
    assert made == ["a", "b", "a", "again"]


def test_a_cache_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert Cache(blocked / "cache").get("v1", "a", lambda: b"made") == b"made"
