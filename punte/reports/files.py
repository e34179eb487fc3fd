"""The files of a report: PDF/UA and DOCX, of an issued version the same bytes each time."""

import datetime as dt

from punte.annual_plans.papers.docx import plan_docx
from punte.annual_plans.papers.export import plan_pdf
from punte.reports.composing import Composed, thawed
from punte.reports.models import ReportVersion

_MADE = {"pdf": plan_pdf, "docx": plan_docx}


def version_file(version: ReportVersion, file_format: str) -> bytes:
    """The file of an issued version.

    Args:
        file_format: "pdf" (PDF/UA-1 and PDF/A-2a) or "docx".
    """
    return _MADE[file_format](thawed(version.content), version.created_at)


def draft_file(composed: Composed, file_format: str, moment: dt.datetime) -> bytes:
    """The file of a report as it stands now; it says on every page that it is a draft."""
    return _MADE[file_format](composed.paper(), moment)
