"""What follows from a change and is kept beside the case: seals, who sees the household, how severe it is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from punte.accounts.models import Appointment, User
from punte.assessments.models import Finding, FindingSet
from punte.cases.approvals import held_severities
from punte.cases.models import Case, CaseSeal, CaseTeamMember, Responsibility, SevereChild
from punte.cases.rules import SEVERE_CHILD_CODE, worst
from punte.cases.severity import keep_severities
from punte.kernel.prepared import Prepared, rounded
from punte.people.enums import SightReason
from punte.people.models import Household, HouseholdSight, Membership, PersonSeal
from punte.people.sight import forget_households_in_sight, seals_on


def refresh_seals(household: Household) -> None:
    """Copy onto a household and its cases whether a seal stands; nothing else writes `sealed` there."""
    Household.objects.select_for_update(of=("self",), no_key=True).get(pk=household.pk)
    standing = CaseSeal.objects.filter(end=None)
    cases = Case.objects.filter(household=household)
    cases.update(sealed=Exists(standing.filter(case=OuterRef("pk"))))
    household.sealed = standing.filter(case__household=household).exists()
    household.save(update_fields=["sealed"])


def refresh_sights(household: Household, *, by: User) -> None:
    """Give sight of a household to the case teams that need it, and end that of those who left.

    Of a household with a sealed case or person all of the team need it: the responsible worker, after closing too, and
    the members; where a sealed person moved to, also the team of where they lived when sealed. Of any other, only
    members who do not work for its keeper.
    """
    _refresh_sights(household)
    # Where sealed people moved to from here, who works with them works too.
    for other in _moved_to(household=household.pk):
        _refresh_sights(other)
    # The account that acts remembers what it saw at the beginning of the request.
    forget_households_in_sight(by)


def _refresh_sights(household: Household) -> None:
    hiding = seals_on(household.pk)
    homes = {household.pk, *(stood for _seal, stood in hiding if stood)}
    is_shut = household.sealed or bool(hiding)
    entitled = _case_team(homes, is_shut=is_shut)
    if not is_shut:
        entitled -= _working_for(household.keeper_id, entitled)
    today = timezone.localdate()
    holders = set(_holders(household=household.pk))
    if gone := holders - entitled:
        given = HouseholdSight.objects.current().filter(household=household, why=SightReason.CASE_TEAM)
        given.filter(user__in=gone).update(end=today)
    if new := sorted(entitled - holders):
        HouseholdSight.objects.bulk_create(
            HouseholdSight(household=household, user_id=user, why=SightReason.CASE_TEAM, start=today)
            for user in new
        )


_moved_to = Prepared(
    lambda household: (
        Household.objects.filter(
            memberships__in=Membership.objects.current().filter(
                person__seals__in=PersonSeal.objects.filter(end=None, stood__household=household)
            )
        )
        .exclude(pk=household)
        .distinct()
    )
)
_holders = Prepared(
    lambda household: (
        HouseholdSight.objects.current()
        .filter(household=household, why=SightReason.CASE_TEAM)
        .order_by()
        .values_list("user_id", flat=True)
    )
)


def _case_team(households: Collection[UUID], *, is_shut: bool) -> set[UUID]:
    homes = rounded(households)
    responsible = {user for user, is_open in _responsible(households=homes) if is_shut or is_open}
    return responsible.union(_members(households=homes))


_members = Prepared(
    lambda households: (
        CaseTeamMember.objects.current()
        .filter(case__household__in=households, case__open=True)
        .order_by()
        .values_list("user_id", flat=True)
    )
)
_responsible = Prepared(
    lambda households: (
        Case.objects.filter(household__in=households, responsible__isnull=False)
        .order_by()
        .values_list("responsible_id", "open")
    )
)


def _working_for(keeper: UUID, users: Collection[UUID]) -> set[UUID]:
    return set(_posted(keeper=keeper, users=rounded(users))) if users else set()


_posted = Prepared(
    lambda keeper, users: (
        Appointment.objects.current()
        .filter(organization=keeper, user__in=users)
        .order_by()
        .values_list("user_id", flat=True)
    )
)


def latest_finding_set(household: Household) -> FindingSet | None:
    """What the last visit found that says how severe a household is, by the newest version of its methodology."""
    return next(iter(_latest(household=household.pk)), None)


_latest = Prepared(
    lambda household: (
        FindingSet.objects.filter(assessment__household=household, assessment__pack__sets_severity=True)
        .order_by("-assessment__visited_on", "-assessment__submitted_at", "-created_at", "pk")
        .select_related("assessment", "pack")
        .defer("assessment__instance", "pack__files")[:1]
    )
)


def latest_of_people(household: Household) -> list[FindingSet]:
    """What the last questionnaires found that are not about how severe the household is, for each pack and person.

    Of people who live there today.
    """
    living = Membership.objects.current().filter(household=household).values("person")
    sets = (
        FindingSet.objects.filter(assessment__household=household, assessment__pack__sets_severity=False)
        .filter(Q(assessment__person=None) | Q(assessment__person__in=living))
        .order_by("assessment__visited_on", "assessment__submitted_at", "created_at")
        .select_related("assessment", "pack")
        .defer("assessment__instance", "assessment__facts", "pack__files")
    )
    return list({(row.pack.name, row.assessment.person_id): row for row in sets}.values())


@dataclass(frozen=True)
class Found:
    """What last said how severe a household is, and whether it names a child at severe risk."""

    by: FindingSet | None
    severe_child: bool


def refresh_severity(household: Household, cases: Iterable[Case]) -> None:
    """Copy onto the cases of a household, and onto the list of children at severe risk, what was last found."""
    cases = list(cases)
    follow_severity(household, cases, judge_severity(household, cases))


def judge_severity(household: Household, cases: Sequence[Case]) -> Found:
    """Let cases of a household be as severe as was last found, unsaved; what found it."""
    latest = latest_finding_set(household)
    held = held_severities(cases) if latest else {}
    found = _of_the_living(latest)
    for case in cases:
        own = [row for row in found if case.person_id is None or row[0] in (None, case.person_id)]
        case.severity = worst(severity for _, _, severity in own)
        case.severe_child = any(code == SEVERE_CHILD_CODE for _, code, _ in own)
        if latest and (waits := held.get((case.pk, latest.assessment_id))):
            keep_severity(case, waits.severity or 0, severe_child=waits.severe_child)
    return Found(latest, any(code == SEVERE_CHILD_CODE for _, code, _ in found))


def _of_the_living(latest: FindingSet | None) -> list[tuple[UUID | None, str, int]]:
    return _living_findings(found=latest.pk) if latest else []


_living_findings = Prepared(
    lambda found: (
        Finding.objects.filter(finding_set=found).of_the_living().values_list("person_id", "code", "severity")
    )
)


def follow_severity(household: Household, cases: Sequence[Case], found: Found) -> None:
    """Write how severe the cases were judged, and whether the household is listed for a child at severe risk."""
    latest = found.by
    keep_severities(cases, found_by={household.pk: latest.assessment} if latest else {})
    if latest is None or not found.severe_child:
        if _listed(household=household.pk):
            SevereChild.objects.filter(household=household).delete()
        return
    SevereChild.objects.update_or_create(
        household=household,
        defaults={
            "keeper_id": household.keeper_id,
            "since": latest.assessment.visited_on,
            "covered": Case.objects.filter(household=household, open=True).exists(),
        },
    )


_listed = Prepared(
    lambda household: SevereChild.objects.filter(household=household).order_by().values_list("pk")
)


def keep_severity(case: Case, severity: int, *, severe_child: bool) -> None:
    """Let a case be no less severe than it was; unsaved."""
    case.severity, case.severe_child = max(case.severity, severity), case.severe_child or severe_child


def end_periods(case: Case) -> None:
    """End today what holds only while a case is open: regime, responsibility and team."""
    today = timezone.localdate()
    for periods in (case.regimes, case.members):
        periods.filter(end=None).update(end=today)
    Responsibility.objects.filter(case=case).end_on(today)
