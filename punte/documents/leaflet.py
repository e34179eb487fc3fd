"""A service on one A4 page, large and plain, for somebody to take home. The words are the caller's, in any language."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import qrcode
from qrcode.image.svg import SvgPathImage

from punte.documents.paper import Line
from punte.kernel.papers import FOLDER, pdf

# What fits on the page beside the rest; longer texts end with an ellipsis and are whole at the link.
MOST_LINES = 9
LONGEST = 420
LONGEST_LINE = 130


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it; several lines become a list."""

    title: str
    lines: Sequence[str]


@dataclass(frozen=True)
class Leaflet:
    """The words of a leaflet: `first` is what somebody looks for first, in large letters.

    A `poster` hangs on a wall: its square code stands in the middle, and all letters are larger.
    """

    title: str
    provider: str
    status: str
    language: str
    first: Sequence[Line]
    description: str
    parts: Sequence[Part]
    confirmed: str
    link: str
    code_alt: str
    emergency: str
    poster: bool = False


def leaflet_pdf(leaflet: Leaflet, *, on: dt.date) -> bytes:
    """The leaflet as tagged PDF (PDF/UA-1 and PDF/A-2a), with its link as a square code."""
    content = asdict(leaflet)
    content["description"] = shortened(leaflet.description, LONGEST)
    content["parts"] = [
        {"title": part.title, "lines": [shortened(line, LONGEST_LINE) for line in part.lines[:MOST_LINES]]}
        for part in leaflet.parts
        if part.lines
    ]
    moment = dt.datetime.combine(on, dt.time(12), tzinfo=dt.UTC)
    return pdf(FOLDER / "service_leaflet", content, moment, code=square_code(leaflet.link))


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut between words."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    return plain[:most].rsplit(" ", 1)[0].rstrip(",;:.") + "…"


def square_code(link: str) -> str:
    """A QR code as SVG."""
    drawing = io.BytesIO()
    qrcode.make(link, image_factory=SvgPathImage, border=0).save(drawing)
    return drawing.getvalue().decode()
