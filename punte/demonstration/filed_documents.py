"""Invented scans in the files of cases: a paper with lines on it and nobody's name."""

import datetime as dt
import io

from PIL import Image, ImageDraw

from punte.cases.models import Case
from punte.demonstration.staff import Keeper
from punte.documents.actions import file_documents
from punte.documents.filing import Upload

_CASES = 12
_PAPERS = (
    ("identity", "Certificat de naștere, copie", 1),
    ("medical", "Scrisoare medicală", 2),
    ("income", "Adeverință de venit", 1),
    ("housing", "Contract de închiriere", 2),
    ("school", "Adeverință de la școală", 1),
    ("photograph", "Acoperișul, înainte de reparație", 1),
)
_WIDTH, _HEIGHT = 620, 877


def fill_files(*, city: Keeper, today: dt.date) -> None:
    """Put them there by the same verb that people use, two in a case."""
    cases = Case.objects.filter(
        keeper=city.organization, open=True, sealed=False, responsible__isnull=False, person=None
    ).select_related("responsible")
    for number, case in enumerate(cases.order_by("-year", "-number")[:_CASES]):
        for later in (0, 1):
            kind, title, pages = _PAPERS[(number + 3 * later) % len(_PAPERS)]
            assert case.responsible is not None
            file_documents(
                by=case.responsible,
                case=case,
                uploads=[Upload(f"pagina-{page}.jpg", scan(page)) for page in range(pages)],
                kind=kind,
                dated=today - dt.timedelta(days=11 * number + 40 * later + 3),
                title=title,
            )


def scan(page: int) -> bytes:
    """The picture of a paper that somebody scanned; each page has fewer lines than the one before."""
    paper = Image.new("L", (_WIDTH, _HEIGHT), 252)
    pen = ImageDraw.Draw(paper)
    pen.rectangle((60, 60, 260, 84), fill=90)
    for line in range(24 - 6 * page):
        pen.rectangle((60, 140 + 26 * line, 560 - 37 * (line % 4), 148 + 26 * line), fill=170)
    pen.ellipse((420, 720, 540, 840), outline=120, width=4)
    made = io.BytesIO()
    paper.save(made, "JPEG", quality=70)
    return made.getvalue()
