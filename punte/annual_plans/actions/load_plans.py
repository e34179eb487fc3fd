"""Bringing in plans approved before the installation, from content/plans; each once."""

import csv
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import gettext as _

from punte.annual_plans.actions.approval import freeze
from punte.annual_plans.actions.prepare import fill
from punte.annual_plans.content import ConsultedLine, Line, ServiceLine, line_from
from punte.annual_plans.enums import Section
from punte.annual_plans.models import AnnualPlan, PlanVersion
from punte.directory.models import ServiceSource
from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.organizations.models import Organization

_FILES = {
    Section.EXISTING: "existing",
    Section.PROPOSED: "proposed",
    Section.ELIGIBLE: "eligible",
    Section.SUBSIDIES: "subsidies",
    Section.CAMPAIGNS: "campaigns",
    Section.TRAINING: "training",
    Section.CONSULTATION: "consultation",
}


def load_plans(folder: Path) -> list[PlanVersion]:
    """Bring in the plans of the folders of `folder` that are not there yet, as approved.

    Not a verb: the installation does it, no account does, and it touches nobody's record.

    Raises:
        DomainError: the organisation of a plan is not in the directory (load the reference data first).
    """
    return [
        version for one in sorted(folder.glob("*/plan.yaml")) if (version := _load(one.parent)) is not None
    ]


@transaction.atomic
def _load(folder: Path) -> PlanVersion | None:
    about: Mapping[str, Any] = yaml.safe_load((folder / "plan.yaml").read_text(encoding="utf-8"))
    organization = Organization.objects.filter(folded_name=fold(about["organization"])).first()
    if organization is None:
        raise DomainError(
            _("%(name)s is not in the directory. Load the reference data first.")
            % {"name": about["organization"]}
        )
    if AnnualPlan.objects.filter(organization=organization, year=about["year"]).exists():
        return None
    plan = AnnualPlan.objects.create(
        organization=organization,
        year=about["year"],
        title=about["title"],
        grants_budget=_amount(about, "grants_budget"),
        subsidy_budget=_amount(about, "subsidy_budget"),
    )
    fill(plan, _Reading(folder, plan.year).rows())
    plan.refresh_from_db()
    return freeze(plan, by=None, decision=about["decision"], decided_on=about.get("decided_on"))


def _amount(about: Mapping[str, Any], name: str) -> Decimal | None:
    return Decimal(about[name]) if about.get(name) else None


class _Reading:
    """The files of one plan, with what they name linked to the directory."""

    def __init__(self, folder: Path, year: int) -> None:
        self._folder = folder
        sources = ServiceSource.objects.filter(dataset=f"providers_services_{year}")
        self._services = {
            line: (str(service), str(provider))
            for line, service, provider in sources.values_list("line", "service", "service__provider")
        }
        self._providers: dict[str, str] = {}

    def rows(self) -> dict[str, tuple[Line, ...]]:
        """The rows of every section."""
        rows = {
            section.value: tuple(line_from(section, row) for row in self._csv(name))
            for section, name in _FILES.items()
        }
        rows[Section.EXISTING.value] = tuple(map(self._existing, rows[Section.EXISTING.value]))
        rows[Section.CONSULTATION.value] = tuple(map(self._consulted, self._csv("consultation")))
        texts = self._csv("texts")
        for section in dict.fromkeys(row["section"] for row in texts):
            found = (row for row in texts if row["section"] == section)
            rows[section] = tuple(line_from(Section(section), row) for row in found)
        return rows

    def _existing(self, line: Line) -> ServiceLine:
        assert isinstance(line, ServiceLine)
        service, provider = self._services.get(line.source_line, ("", ""))
        if provider:
            self._providers[fold(line.provider)] = provider
        return replace(line, service=service, organization=provider)

    def _consulted(self, row: Mapping[str, str]) -> ConsultedLine:
        provider = self._providers.get(fold(row["provider"]), "")
        return ConsultedLine(name=row["name"], organization=provider, source_line=row["source_line"])

    def _csv(self, name: str) -> list[dict[str, str]]:
        with (self._folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
