"""The draft of a year's plan: what last year's plan said, and what the directory knows since."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.annual_plans.checks.subsidies import amounts
from punte.annual_plans.content import (
    CampaignLine,
    CodedLine,
    EligibleLine,
    Line,
    PlanContent,
    ServiceLine,
    SubsidyLine,
)
from punte.annual_plans.editing import trace
from punte.annual_plans.enums import Section
from punte.annual_plans.frame import title_of
from punte.annual_plans.models import MODEL_OF, ROWS, AnnualPlan, PlanRow
from punte.annual_plans.queries import content_before
from punte.directory.enums import CapacityUnit, ServiceStatus
from punte.directory.models import Capacity, EligibleCode, OccupancySnapshot, Service
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
# A share from which a count is a slip of the finger; the plan's column would not hold it.
_MOST_PERCENT = 10_000
# Their words speak of the plan's own year; those of other sections name acts and years gone by.
_OF_THE_YEAR = (Section.SUBSIDY_EXPENSES, Section.INFORMATION, Section.METHODOLOGY)


@verb
def prepare_plan(*, by: User, organization: Organization, year: int) -> AnnualPlan:
    """Start the plan of a year as a draft.

    The last approved plan gives its rows and amounts as a start, with the year moved on where the plan speaks of its
    own, codes as the nomenclature writes them, and amounts of I.D.3 that had slid moved back. Capacity and occupancy
    come from the directory where it knows newer ones, services new in the directory come after those of their
    provider, and closed ones are left out. Without an earlier plan, the directory alone gives the rows.

    Raises:
        NotAllowed: the account does not write plans in the organisation.
        DomainError: there is a plan for that year already, or the year is none.
    """
    by.standing.require(Capability.PLAN, organization.pk)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise DomainError(_("Write the year with four digits."), field="year")
    if AnnualPlan.objects.filter(organization=organization, year=year).exists():
        raise DomainError(_("There is a plan for this year already."), field="year")
    plan = AnnualPlan(organization=organization, year=year, title=title_of(organization, year))
    before = content_before(plan)
    if before:
        plan.title = _moved_on(before.title, before.year, year)
        plan.grants_budget, plan.subsidy_budget = before.grants_budget, before.subsidy_budget
    plan.save()
    rows = _carried_over(before, year) if before else _subsidies(organization)
    rows[Section.EXISTING.value] = _services(organization, before)
    written = fill(plan, rows)
    trace(by=by, verb="prepare_plan", plan=plan, changes={"rows": written, "from": before and before.year})
    return plan


def fill(plan: AnnualPlan, rows: dict[str, tuple[Line, ...]]) -> int:
    """Write rows into an empty plan, in their order; how many were written."""
    by_model: dict[type[PlanRow], list[PlanRow]] = {model: [] for model in ROWS}
    for section, lines in rows.items():
        model = MODEL_OF[Section(section)]
        for position, line in enumerate(lines, start=1):
            by_model[model].append(_row(plan, model, section, position, line))
    for model, made in by_model.items():
        model._default_manager.bulk_create(made)
    return sum(map(len, by_model.values()))


def _row(plan: AnnualPlan, model: type[PlanRow], section: str, position: int, line: Line) -> PlanRow:
    row = model(plan=plan, section=section, position=position)
    for one in fields(line):
        if one.name not in ("id", "section", "position"):
            field = model._meta.get_field(one.name)
            value = getattr(line, one.name)
            setattr(row, field.attname, (value or None) if field.is_relation else value)  # type: ignore[union-attr]
    return row


def _carried_over(before: PlanContent, year: int) -> dict[str, tuple[Line, ...]]:
    """The rows of the plan before, as the next plan begins with them; those of I.A are not among them."""
    rows = {section: tuple(map(_anew, lines)) for section, lines in before.rows.items()}
    for section in _OF_THE_YEAR:
        rows[section.value] = tuple(
            _anew(replace(line, text=_moved_on(line.text, before.year, year)))
            for line in before.texts(section)
        )
    rows[Section.SUBSIDIES.value] = tuple(_anew(replace(line, amount=own)) for line, own in amounts(before))
    rows[Section.CAMPAIGNS.value] = tuple(_next_year(one, before.year, year) for one in before.campaigns)
    signed = before.texts(Section.SIGNATURES)
    rows[Section.SIGNATURES.value] = tuple(_anew(line) for line in signed if line.label)
    return rows


def _anew(line: Line) -> Line:
    """A row that no document has printed yet."""
    if isinstance(line, CodedLine) and line.code:
        line = replace(line, code_printed=line.code)
    return replace(line, source_line="")


def _services(organization: Organization, before: PlanContent | None) -> tuple[ServiceLine, ...]:
    known = {str(service.pk): service for service in _directory(organization)}
    kept = [_refreshed(line, known.get(line.service)) for line in (before.services if before else ())]
    kept = [line for line in kept if not _closed(known.get(line.service))]
    named = {line.service for line in kept}
    new = [
        _from_directory(service)
        for key, service in known.items()
        if key not in named and service.status == ServiceStatus.ACTIVE
    ]
    return _numbered(_beside_their_provider(kept, new))


def _directory(organization: Organization) -> Iterable[Service]:
    services = (
        Service.objects.select_related("provider")
        .prefetch_related(Prefetch("capacities", Capacity.objects.stated().order_by("-year", "id")))
        .prefetch_related(Prefetch("occupancy", OccupancySnapshot.objects.order_by("-at", "-id")))
    )
    services = services.in_uat(organization.uat_id) if organization.uat_id else services.none()
    return services.order_by("provider__name", "name", "id")


def _closed(service: Service | None) -> bool:
    return service is not None and service.status == ServiceStatus.CLOSED


def _refreshed(line: ServiceLine, service: Service | None) -> ServiceLine:
    begun = replace(line, source_line="", remark="", code_printed=line.code or line.code_printed)
    return replace(begun, **_counted(service, begun)) if service else begun


def _counted(service: Service, line: ServiceLine | None) -> dict[str, Any]:
    """Capacity and occupancy as the directory knows them, where it knows newer ones than the line."""
    capacity = next(iter(service.capacities.all()), None)
    if capacity is None:
        return {}
    counted: dict[str, Any] = {}
    if line is None or capacity.by_id or not (line.capacity or line.capacity_printed):
        printed = capacity.printed or str(capacity.value)
        counted = {
            "capacity": capacity.value,
            "capacity_unit": capacity.unit,
            "capacity_printed": printed,
        }
    newest = next(iter(service.occupancy.all()), None)
    if newest and capacity.unit != CapacityUnit.OTHER:
        share = (Decimal(newest.taken * 100) / Decimal(capacity.value)).quantize(Decimal(1))
        if share < _MOST_PERCENT:
            counted["occupancy"] = share
    return counted


def _from_directory(service: Service) -> ServiceLine:
    line = ServiceLine(
        provider=service.provider.name,
        organization=str(service.provider_id),
        name=service.name,
        service=str(service.pk),
        code=service.code_id or "",
        code_printed=service.code_id or "",
    )
    return replace(line, **_counted(service, None))


def _beside_their_provider(kept: Sequence[ServiceLine], new: Sequence[ServiceLine]) -> list[ServiceLine]:
    rows = list(kept)
    for line in new:
        same = [at for at, other in enumerate(rows) if _provider(other) == _provider(line)]
        rows.insert(same[-1] + 1 if same else len(rows), line)
    return rows


def _provider(line: ServiceLine) -> str:
    return line.organization or line.provider


def _numbered(rows: Iterable[ServiceLine]) -> tuple[ServiceLine, ...]:
    numbers: dict[str, int] = {}
    return tuple(replace(row, number=numbers.setdefault(_provider(row), len(numbers) + 1)) for row in rows)


def _subsidies(organization: Organization) -> dict[str, tuple[Line, ...]]:
    newest = EligibleCode.objects.filter(uat=organization.uat_id).order_by("-year").first()
    if newest is None:
        return {}
    codes = EligibleCode.objects.filter(uat=organization.uat_id, year=newest.year).select_related("code")
    found = [one.code for one in codes.order_by("code")]
    return {
        Section.ELIGIBLE.value: tuple(
            EligibleLine(
                number=at,
                name=code.name,
                beneficiaries=code.beneficiaries,
                code=code.pk,
                code_printed=code.pk,
            )
            for at, code in enumerate(found, start=1)
        ),
        Section.SUBSIDIES.value: tuple(
            SubsidyLine(number=at, code=code.pk, code_printed=code.pk)
            for at, code in enumerate(found, start=1)
        ),
    }


def _next_year(campaign: CampaignLine, before: int, year: int) -> CampaignLine:
    return replace(
        campaign,
        source_line="",
        period=_moved_on(campaign.period, before, year),
        starts=campaign.starts and _same_day(campaign.starts, year),
        ends=campaign.ends and _same_day(campaign.ends, year),
    )


def _same_day(day: Any, year: int) -> Any:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=year, day=28 if leap else day.day)


def _moved_on(text: str, before: int, year: int) -> str:
    return re.sub(rf"\b{before}\b", str(year), text)
