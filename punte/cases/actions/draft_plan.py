"""A plan is drafted from what was found."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import verb
from punte.assessments.models import Finding, FindingSet
from punte.assessments.packs import package_of
from punte.cases.drafting import copies, covered_by, proposals, rows_of
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, Objective, Plan, PlannedService
from punte.cases.permission import open_case_for, required
from punte.cases.professions import put_on_people
from punte.cases.refresh import latest_finding_set, latest_of_people
from punte.cases.rules import STILL_OPEN
from punte.cases.trail import trace
from punte.kernel.errors import DomainError
from punte.people.compartments import compartments_of


@verb
def draft_plan(*, by: User, case: Case, finding_set: FindingSet | None = None, reason: str = "") -> Plan:
    """Draft the next version of the plan: objectives that are still open go on, new causes bring new ones.

    Args:
        finding_set: the findings to plan for; the latest of the household unless given. What the last questionnaires
            about its people found is planned for besides.
        reason: why the plan is revised; needed from the second version on (R14).

    Raises:
        NotAllowed: the account does not write plans of the case.
        DomainError: a draft exists already, a revision has no reason, or the findings are of another household.
    """
    case = open_case_for(by, case, Capability.WRITE_PLAN)
    if case.plans.filter(status=PlanStatus.DRAFT).exists():
        raise DomainError(_("A draft of the plan exists already. Continue it, or discard it."))
    former = case.plans.order_by("-version").first()
    if former is not None:
        reason = required(reason, _("Say why the plan is revised."), field="reason")
    if finding_set is not None and finding_set.assessment.household_id != case.household_id:
        raise DomainError(_("The findings are of another household."), field="finding_set")
    finding_set = finding_set or latest_finding_set(case.household)
    plan = Plan.objects.create(
        case=case,
        version=former.version + 1 if former else 1,
        finding_set=finding_set,
        reason=reason,
        by=by,
        kind=former.kind if former else "",
        said=former.said if former else "",
    )
    _fill(plan, by=by)
    trace(by=by, verb="draft_plan", case=case, subject=plan.pk, reason=reason)
    return plan


def _fill(plan: Plan, *, by: User) -> None:
    in_force = plan.case.plans.filter(status=PlanStatus.ADOPTED).first()
    kept = in_force.objectives.filter(progress__in=STILL_OPEN).prefetch_related("steps") if in_force else []
    objectives, steps = copies(kept)
    usual = [plan.finding_set] if plan.finding_set is not None else []
    for finding_set in (*usual, *latest_of_people(plan.case.household)):
        new, more = _proposed(plan, finding_set, objectives, steps, by=by)
        objectives, steps = objectives + new, steps + more
    put_on_people(steps, plan.case)
    for objective in objectives:
        objective.plan = plan
    Objective.objects.bulk_create(objectives)
    PlannedService.objects.bulk_create(steps)


def _proposed(
    plan: Plan,
    finding_set: FindingSet,
    kept: list[Objective],
    kept_steps: list[PlannedService],
    *,
    by: User,
) -> tuple[list[Objective], list[PlannedService]]:
    findings = Finding.objects.filter(finding_set=finding_set).of_the_living()
    if plan.case.person_id:
        findings = findings.filter(person__in=[plan.case.person_id]) | findings.filter(person=None)
    known = findings.known_to(by, plan.case.household_id)
    readable = known.within(compartments_of(by, plan.case.household)).order_by("-severity", "code", "id")
    proposed = proposals(
        readable,
        package_of(finding_set.pack.name),
        covered=covered_by(kept, kept_steps),
        kept=sum(1 for each in kept if not each.later),
        apart=plan.case.person_id is not None,
    )
    return rows_of(proposed, today=timezone.localdate(), into=kept)
