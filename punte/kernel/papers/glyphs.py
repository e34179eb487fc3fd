"""Which characters the fonts that we ship can print."""

import re
import struct
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FONTS = Path(settings.CONTENT) / "templates" / "fonts"
REPLACEMENT = "\N{WHITE SQUARE}"

_FALLBACK = FONTS / "DejaVuSans.ttf"
_LONG_WORD = re.compile(r"\S{40}(?=\S)")
_INVISIBLE = frozenset({0x0A, 0x200B, 0x200C, 0x200D, 0xFE0E, 0xFE0F})


def printable(text: str) -> str:
    """Text for the PDF: what no font can draw becomes a white square, as PDF/A allows no missing glyph; a word too
    long for the line may be broken."""
    drawn = "".join(mark if ord(mark) in covered() else REPLACEMENT for mark in text)
    return _LONG_WORD.sub(lambda word: word.group() + "\N{ZERO WIDTH SPACE}", drawn)


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """The code points of the fallback font, which draws all that the text font does and more."""
    return _code_points(_FALLBACK) | _INVISIBLE


def _code_points(font: Path) -> frozenset[int]:
    """Read the character map of a TrueType font (OpenType specification, table cmap, format 12)."""
    data = font.read_bytes()
    tables = (
        struct.unpack_from(">4sIII", data, 12 + 16 * at) for at in range(struct.unpack_from(">H", data, 4)[0])
    )
    start = next(offset for tag, _sum, offset, _length in tables if tag == b"cmap")
    subtables = (
        start + struct.unpack_from(">HHI", data, start + 4 + 8 * at)[2]
        for at in range(struct.unpack_from(">H", data, start + 2)[0])
    )
    wide = next(at for at in subtables if struct.unpack_from(">H", data, at)[0] == 12)
    groups = struct.unpack_from(">I", data, wide + 12)[0]
    points: set[int] = set()
    for number in range(groups):
        first, last, _glyph = struct.unpack_from(">III", data, wide + 16 + 12 * number)
        points.update(range(first, last + 1))
    return frozenset(points)
