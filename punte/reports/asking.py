"""What reports ask of an extract."""

from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from punte.reports.figures import Days, quarters_until, queries_of
from punte.reports.models import Report
from punte.reports.reading import report_kinds
from punte.statistics.questions import Round


def asked_of(report: Report) -> dict[str, str]:
    """What the queries of a report are asked of besides its days."""
    return {
        "service": str(report.service_id or ""),
        "programme": report.programme.key if report.programme else "",
        "uat": str(report.organization.uat_id or ""),
    }


def questions(_folder: Path) -> Iterator[Round]:
    """The figures of each kind of report: of the newest that was begun, or else of the quarter under way."""
    queries = {}
    for kind in report_kinds().values():
        [*_before, (_name, days)] = quarters_until(timezone.localdate())
        asked: dict[str, str] = {}
        rows = Report.objects.select_related("programme", "organization")
        if report := rows.filter(kind=kind.key).first():
            days, asked = (report.start, report.end), asked_of(report)
        spans: dict[str, Days] = {"": days}
        for (name, _span), text in queries_of(kind, spans, asked).items():
            queries[f"reports/{kind.key}/{name}"] = text
    yield Round(queries)
