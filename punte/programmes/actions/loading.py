"""Programmes taken in whole from their files, or from an annual plan in force; their indicators counted."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.annual_plans.content import PlanContent
from punte.annual_plans.models import AnnualPlan, PlanVersion
from punte.annual_plans.queries import content_in_force, version_in_force
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.programmes.counting import count
from punte.programmes.definition import Budget, Definition, Indicator, Node
from punte.programmes.enums import FigureSource, NodeKind, ProgrammeKind
from punte.programmes.models import IndicatorFigure, Programme, ProgrammeVersion
from punte.territory.models import County


@transaction.atomic
def load_programme(
    definition: Definition, *, organization: Organization, plan_version: PlanVersion | None = None
) -> tuple[Programme, bool]:
    """Take a programme in, or put its changed files in force as a new version; the same files change nothing.

    Not a verb: the installation does it, no account does. What was reported stays, by the codes of the tree.

    Returns:
        the programme, and whether anything changed.

    Raises:
        DomainError: a place or indicator of which something was written is no longer there.
    """
    kept = definition.as_json()
    digest = hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    found = Programme.objects.select_for_update(no_key=True).filter(key=definition.key).first()
    if found and found.digest == digest and found.organization_id == organization.pk:
        return found, False
    if found:
        _refuse_losing(found, definition)
    made = found or Programme(key=definition.key)
    made.kind, made.title, made.short = definition.kind, definition.title, definition.short
    made.organization, made.plan_version = organization, plan_version
    made.county = County.objects.filter(pk=definition.county).first() if definition.county else None
    made.start, made.end = map(dt.date.fromisoformat, (definition.starts, definition.ends))
    made.version = found.version + 1 if found else 1
    made.digest, made.definition = digest, kept
    made.__dict__.pop("_tree", None)
    made.save()
    ProgrammeVersion.objects.create(programme=made, number=made.version, digest=digest, definition=kept)
    _print_figures(made)
    return made, True


def _refuse_losing(programme: Programme, definition: Definition) -> None:
    written = set(programme.reports.values_list("node", flat=True))
    written |= {part for part in programme.participations.values_list("part", flat=True) if part}
    lost = written - definition.by_code.keys()
    lost |= set(
        programme.figures.exclude(source=FigureSource.PRINTED).values_list("indicator", flat=True)
    ) - {one.code for one in definition.indicators}
    if lost:
        words = _(
            "Something was written of %(codes)s, which the files no longer have. Keep them, or give them a new key."
        )
        raise DomainError(words % {"codes": ", ".join(sorted(lost))})


def _print_figures(programme: Programme) -> None:
    """What the source prints, where it is not there yet."""
    known = set(
        programme.figures.filter(source=FigureSource.PRINTED).values_list(
            "indicator", "start", "end", "value", "bound"
        )
    )
    rows = [
        IndicatorFigure(
            programme=programme,
            indicator=one.indicator,
            start=dt.date.fromisoformat(one.start),
            end=dt.date.fromisoformat(one.end),
            value=Decimal(one.value),
            bound="" if one.op == "=" else one.op,
            source=FigureSource.PRINTED,
            said=" · ".join(filter(None, (one.says, one.source_line))),
        )
        for one in programme.tree.figures
    ]
    fresh = [row for row in rows if (row.indicator, row.start, row.end, row.value, row.bound) not in known]
    IndicatorFigure.objects.bulk_create(fresh)


@transaction.atomic
def count_indicators(programme: Programme, folder: Path, *, today: dt.date) -> list[IndicatorFigure]:
    """Count, on an extract, each indicator of a programme that has a query.

    Raises:
        MethodologyError: a query does not run on the extract.
    """
    tree, made = programme.tree, []
    end = min(today, programme.end)
    for one in tree.indicators:
        if not one.sql:
            continue
        counted = count(tree.sql[one.sql], folder)
        made += [
            IndicatorFigure(
                programme=programme, indicator=one.code, part=part, start=programme.start, end=end, value=value,
                source=FigureSource.SQL, extract=counted.extract, query=tree.sql[one.sql],
            )
            for part, value in counted.values
            if value is not None
        ]  # fmt: skip
    IndicatorFigure.objects.bulk_create(made)
    return made


@verb
def follow_annual_plan(*, by: User, plan: AnnualPlan) -> Programme:
    """Make the campaigns and the training of a plan in force a programme: planned beside held, budgeted beside spent.

    Raises:
        NotAllowed: the account does not write plans there.
        DomainError: no version of the plan is in force.
    """
    by.standing.require(Capability.PLAN, plan.organization_id)
    version = version_in_force(plan)
    if version is None:
        raise DomainError(_("No version of this plan is in force yet. It is followed once it is approved."))
    definition = _of_plan(plan, content_in_force(version))
    made, changed = load_programme(definition, organization=plan.organization, plan_version=version)
    record(
        by=by, verb="follow_annual_plan", keeper=plan.organization_id, subject=made.pk,
        changes={"year": plan.year, "version": version.number, "changed": changed},
    )  # fmt: skip
    return made


def _of_plan(plan: AnnualPlan, content: PlanContent) -> Definition:
    uat = plan.organization.uat
    base = Definition(
        key=f"plan-{plan.year}-{str(plan.organization_id)[-12:]}",
        kind=str(ProgrammeKind.ANNUAL),
        title=content.title[:300],
        short=_("Annual plan %(year)s") % {"year": plan.year},
        lead=content.organization,
        starts=f"{plan.year}-01-01",
        ends=f"{plan.year}-12-31",
        county=uat.county_id if uat else "",
        source=_("The annual plan in force (Order 1086/2018)"),
        evidence="official",
    )
    nodes = list(_plan_nodes(content))
    indicators = [
        Indicator(f"F.{at}-p", f"F.{at}", pgettext("annual plan", "people trained"), pgettext("annual plan", "people"),
                  ">=", str(row.persons))
        for at, row in enumerate(content.training, 1)
        if row.persons
    ]  # fmt: skip
    return replace(base, nodes=tuple(nodes), indicators=tuple(indicators))


def _plan_nodes(content: PlanContent) -> Iterator[Node]:
    yield Node("C", "", NodeKind.COMPONENT, pgettext("annual plan", "Campaigns (II.4)"))
    for at, row in enumerate(content.campaigns, 1):
        term = row.ends.isoformat() if row.ends else str(content.year)
        yield Node(
            f"C.{at}",
            "C",
            NodeKind.ACTION,
            row.name,
            term,
            row.responsible,
            quantity=row.period,
            facts=row.objectives,
        )
    yield Node("F", "", NodeKind.COMPONENT, pgettext("annual plan", "Training (III)"))
    for at, course in enumerate(content.training, 1):
        money = (Budget(course.budget_words, f"{course.amount:f}", "lei"),) if course.amount else ()
        yield Node(f"F.{at}", "F", NodeKind.ACTION, course.category, str(content.year), budget=money)
