"""What a plan is compared with, read from the directory and from last year's plan."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from punte.annual_plans.checks.remark import Comparison, OtherCapacity
from punte.annual_plans.content import PlanContent
from punte.annual_plans.models import AnnualPlan
from punte.annual_plans.queries import content_before
from punte.directory.enums import ServiceStatus
from punte.directory.models import Capacity, NomenclatureCode, Service
from punte.directory.parameters import service_parameters
from punte.organizations.models import Organization

_YEARS_BACK = 2
"""A plan reports the year before it; a source of the year before that may still be compared."""
_FROM_PLANS = "providers_services_"
"""How the directory names what plans themselves printed: no other source."""


def comparison(plan: AnnualPlan, content: PlanContent) -> Comparison:
    """Read what the plan is compared with; a handful of queries whatever its length."""
    before = content_before(plan)
    lines = [*content.services, *(before.services if before else ())]
    named = {line.service for line in lines if line.service}
    codes = list(NomenclatureCode.objects.values_list("code", "name", "mode"))
    return Comparison(
        codes={code: name for code, name, _mode in codes},
        modes={code: mode for code, _name, mode in codes},
        before=before,
        capacities=_capacities({line.service for line in content.services if line.service}, plan.year),
        offered=_offered(plan),
        closed=_closed(named),
        providers=_providers(content),
        standards=_standards(content, plan.year),
    )


def _standards(content: PlanContent, year: int) -> dict[str, tuple[Decimal, str]]:
    """The cost standards of the codes of a plan, on the first day of its year."""
    standard, day = service_parameters().get("cost_standard"), dt.date(year, 1, 1)
    codes = {line.code for line in content.services if line.code} if standard else set()
    held = {code: standard.on(code, day) for code in codes} if standard else {}
    return {code: (one.value, one.source) for code, one in held.items() if one}


def _providers(content: PlanContent) -> dict[str, str]:
    named = {line.organization for line in content.services} | {
        line.organization for line in content.consulted
    }
    found = Organization.objects.filter(pk__in=list(map(UUID, named - {""}))).values_list("pk", "name")
    return {str(key): name for key, name in found}


def _offered(plan: AnnualPlan) -> dict[str, tuple[str, str]]:
    uat = plan.organization.uat_id
    if not uat:
        return {}
    rows = Service.objects.in_uat(uat).exclude(status=ServiceStatus.CLOSED).order_by("provider__name", "name")
    found = rows.values_list("pk", "name", "provider__name")
    return {str(key): (name, provider) for key, name, provider in found}


def _capacities(services: set[str], year: int) -> dict[str, list[OtherCapacity]]:
    found: dict[str, list[OtherCapacity]] = defaultdict(list)
    rows = (
        Capacity.objects.stated()
        .filter(service__in=list(map(UUID, services)), year__gte=year - _YEARS_BACK, year__lte=year)
        .exclude(source__startswith=_FROM_PLANS)
    )
    for one in rows.order_by("year", "id"):
        found[str(one.service_id)].append(OtherCapacity(one.value, one.unit, one.year, one.source))
    return dict(found)


def _closed(services: set[str]) -> dict[str, str]:
    rows = Service.objects.filter(pk__in=services, status=ServiceStatus.CLOSED)
    return {
        str(service.pk): next((one.reason for one in service.statuses.all() if one.reason), "")
        for service in rows.prefetch_related("statuses")
    }
