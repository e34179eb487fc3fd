"""A report being filled for one account: what its tables are asked of, each read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from punte.accounts.models import User
from punte.annual_plans.models import PlanVersion
from punte.annual_plans.papers.content import Column
from punte.annual_plans.queries import content_in_force
from punte.programmes.claims import Judged, judged
from punte.programmes.figures import Achieved
from punte.programmes.queries import achieved_in
from punte.reports.definition import ReportKind
from punte.reports.models import Report
from punte.reports.realised import Line, realised

Rows = tuple[list[Column], list[list[str]], list[list[str]]]


@dataclass
class Open:
    """A report being filled for one account: what its tables are asked of, each read once.

    Attributes:
        numbers: the figures by name and span, as they were counted; the span is empty for the days of the report.
    """

    report: Report
    kind: ReportKind
    user: User
    numbers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @cached_property
    def achieved(self) -> dict[str, Achieved]:
        """The indicators of the programme, on its last day or today.

        A report leaves the house: few people are held back from it, whoever writes.
        """
        programme = self.report.programme
        if programme is None:
            return {}
        day = min(timezone.localdate(), self.report.end)
        found = achieved_in(programme, user=self.user, today=day)
        return {
            code: replace(has, value=None, held_back=True) if _are_few_people(has) else has
            for code, has in found.items()
        }

    @cached_property
    def claims(self) -> list[Judged]:
        """What the source claims, and what the figures say of it."""
        programme = self.report.programme
        return judged(programme.tree, self.achieved) if programme else []

    @cached_property
    def lines(self) -> list[Line]:
        """The services of the plan in force of the year, beside what they came to."""
        version = (
            PlanVersion.objects.filter(
                plan__organization=self.report.organization_id, plan__year=self.report.end.year
            )
            .select_related("plan")
            .order_by("-number")
            .first()
        )
        return realised(content_in_force(version), self.report.organization_id) if version else []

    @cached_property
    def traces(self) -> dict[str, str]:
        """Of each indicator where its value comes from: the lines of the source, the extract, who typed it."""
        programme = self.report.programme
        if programme is None:
            return {}
        found: dict[str, tuple[int, str]] = {}
        at_line = {one.indicator: one.source_line for one in programme.tree.figures}
        for figure in programme.figures.filter(part="").order_by("created_at", "id"):
            weight = ("printed", "sql", "hand").index(figure.source)
            if figure.indicator in found and found[figure.indicator][0] > weight:
                continue
            line = at_line.get(figure.indicator)
            words = {
                "sql": f"numărat, extrasul {figure.extract}",
                "printed": f"tipărit în sursă, rândul {line}" if line else "",
                "hand": figure.said,
            }
            found[figure.indicator] = (weight, words[figure.source] or "scris de mână")
        return {code: words for code, (_weight, words) in found.items()}


def _are_few_people(has: Achieved) -> bool:
    few = has.value is not None and 0 < has.value < settings.PUBLICATION_THRESHOLD
    return few and has.indicator.counts == "people"
