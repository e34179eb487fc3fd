"""The annual plan as a file: PDF, DOCX or XLSX, from its content alone, so that a version comes out the same again."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict

from punte.annual_plans.content import PlanContent
from punte.annual_plans.frame import frame
from punte.annual_plans.models import AnnualPlan, PlanVersion
from punte.annual_plans.papers.content import PlanPaper, plan_paper
from punte.annual_plans.papers.picture import Picture
from punte.annual_plans.queries import content_in_force, content_of
from punte.kernel.papers import CONTENT_TYPES, FOLDER, pdf

PLAN_CONTENT_TYPES = {
    **CONTENT_TYPES,
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Content type by file format."""


def export_version(version: PlanVersion, file_format: str) -> bytes:
    """The file of an approved version, the same bytes each time.

    Args:
        file_format: one of `PLAN_CONTENT_TYPES`.
    """
    return _export(content_in_force(version), version, file_format, version.created_at)


def export_draft(plan: AnnualPlan, file_format: str) -> bytes:
    """The file of a plan as it stands now; it says on every page that it is a draft."""
    return _export(content_of(plan), None, file_format, plan.changed_at)


def file_name(plan: AnnualPlan, file_format: str) -> str:
    """What the file is called."""
    return f"{str(frame()['file_name']).format(year=plan.year)}.{file_format}"


def _export(
    content: PlanContent, version: PlanVersion | None, file_format: str, moment: dt.datetime
) -> bytes:
    from punte.annual_plans.papers.docx import plan_docx
    from punte.annual_plans.papers.xlsx import plan_xlsx

    if file_format == "xlsx":
        return plan_xlsx(content, moment)
    paper = plan_paper(content, version=version)
    return plan_pdf(paper, moment) if file_format == "pdf" else plan_docx(paper, moment)


def plan_pdf(paper: PlanPaper, moment: dt.datetime, pictures: Mapping[str, Picture] | None = None) -> bytes:
    """The plan as tagged PDF."""
    drawn = {name: one.svg for name, one in (pictures or {}).items()}
    return pdf(FOLDER / "annual_plan", asdict(paper), moment, **drawn)
