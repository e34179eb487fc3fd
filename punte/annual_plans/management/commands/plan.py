"""`punte plan`: bring in approved plans, check a plan, write it to a file."""

import csv
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from punte.annual_plans.actions import load_plans
from punte.annual_plans.checks import Remark
from punte.annual_plans.models import AnnualPlan
from punte.annual_plans.papers.export import PLAN_CONTENT_TYPES, export_draft, export_version
from punte.annual_plans.queries import version_in_force
from punte.annual_plans.remarks import remarks_of
from punte.kernel.text import fold

_COLUMNS = ("kind", "place", "message", "weight", "source_line", "advice")


class Command(BaseCommand):
    """A plan with remarks is no error of the command: it ends with status 0, as a report that was made."""

    help = "Annual plan of social services: load approved plans, check a plan, export it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        steps.add_parser("load", help="bring in approved plans of content/plans; safe to repeat")
        check = steps.add_parser("check", help="say what does not add up in a plan")
        export = steps.add_parser("export", help="write a plan to a file")
        for one in (check, export):
            one.add_argument("year", type=int)
            one.add_argument(
                "--organization", default="", help="name or short name, where several have a plan"
            )
        check.add_argument("--format", choices=["csv", "text"], default="text")
        export.add_argument("--format", choices=sorted(PLAN_CONTENT_TYPES), required=True)
        export.add_argument("--output", type=Path, required=True)
        export.add_argument("--draft", action="store_true", help="as it stands now, not as it was approved")

    def handle(self, *, step: str, **options: Any) -> None:
        if step == "load":
            for version in load_plans(settings.CONTENT / "plans"):
                self.stdout.write(_("Plan loaded: %(plan)s") % {"plan": version})
            return
        plan = _plan(options["year"], options["organization"])
        if step == "check":
            self._check(remarks_of(plan), options["format"])
        else:
            self._export(plan, options["format"], options["output"], draft=options["draft"])

    def _check(self, remarks: Sequence[Remark], file_format: str) -> None:
        if file_format == "csv":
            table = csv.writer(self.stdout, lineterminator="\n")
            table.writerow(_COLUMNS)
            table.writerows([getattr(remark, column) for column in _COLUMNS] for remark in remarks)
            return
        for remark in remarks:
            line = _(", line %(line)s") % {"line": remark.source_line} if remark.source_line else ""
            self.stdout.write(f"{remark.title} · {remark.place}{line}\n    {remark.message} {remark.advice}")
            for folded in remark.folded:
                self.stdout.write(f"    {folded.place}: {folded.message}")
        self.stdout.write(_("Remarks: %(count)s.") % {"count": len(remarks)})

    def _export(self, plan: AnnualPlan, file_format: str, output: Path, *, draft: bool) -> None:
        version = None if draft else version_in_force(plan)
        made = export_version(version, file_format) if version else export_draft(plan, file_format)
        try:
            output.write_bytes(made)
        except OSError as refused:
            raise CommandError(
                _("Cannot write %(path)s: %(why)s") % {"path": output, "why": refused}
            ) from refused


def _plan(year: int, organization: str) -> AnnualPlan:
    plans = list(AnnualPlan.objects.filter(year=year).select_related("organization"))
    wanted = fold(organization)
    named = [
        plan
        for plan in plans
        if not wanted or wanted in (plan.organization.folded_name, fold(plan.organization.short_name))
    ]
    if not named:
        raise CommandError(_("There is no such plan for %(year)s.") % {"year": year})
    if len(named) > 1:
        names = ", ".join(str(plan.organization) for plan in named)
        raise CommandError(_("Several have a plan for %(year)s: %(names)s.") % {"year": year, "names": names})
    return named[0]
