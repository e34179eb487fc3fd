"""The files of a report: PDF/UA and DOCX, of an issued version the same bytes each time.

A photograph that was taken off, for whatever reason, is left out of a version: its place says no more than that.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from punte.annual_plans.papers.content import Block, PlanPaper
from punte.annual_plans.papers.docx import plan_docx
from punte.annual_plans.papers.export import plan_pdf
from punte.annual_plans.papers.picture import Picture
from punte.reports.composing import Composed, thawed
from punte.reports.models import Photograph, ReportVersion
from punte.reports.photographs import picture_of, shown_in_version

_MADE = {"pdf": plan_pdf, "docx": plan_docx}


def version_file(version: ReportVersion, file_format: str) -> bytes:
    """The file of an issued version.

    Args:
        file_format: "pdf" (PDF/UA-1 and PDF/A-2a) or "docx".
    """
    paper = thawed(version.content)
    blocks = [block for part in paper.parts for block in part.blocks if block.kind == "picture"]
    shown = shown_in_version([block.label for block in blocks])
    return _made(_with_only(paper, shown), shown, file_format, version.created_at)


def draft_file(composed: Composed, file_format: str, moment: dt.datetime) -> bytes:
    """The file of a report as it stands now; it says on every page that it is a draft."""
    placed = (one for place in composed.places for one in place.photographs if one.stands)
    shown = {str(one.photograph.pk): one.photograph for one in placed}
    return _made(composed.paper(), shown, file_format, moment)


def _made(paper: PlanPaper, shown: Mapping[str, Photograph], file_format: str, moment: dt.datetime) -> bytes:
    pictures = {key: Picture(picture_of(one), one.width, one.height) for key, one in shown.items()}
    return _MADE[file_format](paper, moment, pictures)


def _with_only(paper: PlanPaper, shown: Mapping[str, Photograph]) -> PlanPaper:
    parts = [replace(part, blocks=[_or_gone(block, shown) for block in part.blocks]) for part in paper.parts]
    return replace(paper, parts=parts)


def _or_gone(block: Block, shown: Mapping[str, Photograph]) -> Block:
    if block.kind != "picture" or block.label in shown:
        return block
    return Block(kind="paragraph", text="[Fotografie scoasă.]")
