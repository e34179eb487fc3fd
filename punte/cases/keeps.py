"""What the work on cases keeps of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import SEALED_COMPARTMENTS, Compartment
from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.cases.enums import PlanStatus
from punte.cases.erasing import ERASING
from punte.cases.facets import facets
from punte.cases.models import (
    Case,
    CaseEpisode,
    CaseFacet,
    FamilyCode,
    FamilyReminder,
    Intervention,
    Objective,
    Referral,
    Transfer,
)
from punte.people.keeps import TELLS_OF_OTHERS, day, kept_with_file, lives_behind_a_seal
from punte.people.models import Membership, Person
from punte.people.sight import hidden_from


def _cases(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """Of the person, and of a household while they lived there; none that is sealed."""
    hidden = hidden_from(user)
    lived = hidden.as_seen(hidden.beyond(Membership.objects.filter(person=person)).order_by("start", "pk"))
    about = Q(person=person)
    for one in lived:
        began = Q(start__lt=one.end) if one.end else Q()
        worked_on = CaseEpisode.objects.filter(began, Q(end=None) | Q(end__gt=one.start))
        about |= Q(person=None, household=one.household_id, pk__in=worked_on.values("case"))
    rows = Case.objects.filter(about, sealed=False).exclude(household__in=hidden.lodgings)
    homes = {one.household_id for one in lived if one.holds_on(timezone.localdate())}
    return [
        {
            pgettext("own file", "Case"): str(case),
            **(_course(case) if case.person_id or case.household_id in homes else {}),
        }
        for case in rows.order_by("year", "number", "pk")
    ]


def _course(case: Case) -> Told:
    """How it goes on: of a household that was left it is told to who lives there."""
    state = pgettext("own file", "open") if case.open else pgettext("own file", "closed")
    return {
        pgettext("own file", "Regime"): str(case.get_regime_display()),
        pgettext("own file", "State"): state,
    }


def _referrals(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    if Compartment.GENERAL not in compartments:
        return []
    shown = hidden_from(user).people.get(person.pk)
    rows = Referral.objects.filter(person=person, case__sealed=False).select_related(
        "organization", "service", "step__objective"
    )
    return [
        {
            pgettext("own file", "Sent on"): day(row.sent_at.date()),
            pgettext("own file", "To whom"): str(row.service or row.organization),
            pgettext("own file", "State"): str(row.get_status_display()),
        }
        for row in rows.order_by("sent_at", "pk")
        if (shown is None or row.sent_at < shown.sealed_at) and not row.tells_of_violence
    ]


def _transfers(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """To whom the case of the person, or of where they live, was offered; nothing of what is sealed."""
    if lives_behind_a_seal(person) or person.seals.filter(end=None).exists():
        return []
    lives = hidden_from(user).living().filter(person=person).values("household")
    about = Q(case__person=person) | Q(case__person=None, case__household__in=lives)
    return [
        {
            pgettext("own file", "Case"): str(one.case),
            pgettext("own file", "To whom"): str(one.organization),
            pgettext("own file", "State"): str(one.get_state_display()),
            pgettext("own file", "Sent on"): day(one.created_at.date()),
        }
        for one in Transfer.objects.filter(about)
        .select_related("case", "organization")
        .order_by("created_at", "pk")
    ]


def _facets(_user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """Of the person's own cases: those of a household tell of others. None of violence or abuse."""
    known = facets()
    rows = CaseFacet.objects.filter(case__person=person, case__sealed=False).select_related("case")
    return [
        {
            pgettext("own file", "Case"): str(row.case),
            pgettext("own file", "Field of work"): str(known[row.facet]),
            pgettext("own file", "Since"): day(row.start),
            pgettext("own file", "Until"): day(row.end),
        }
        for row in rows.order_by("start", "pk")
        if row.facet in known and known[row.facet].compartment in set(compartments) - SEALED_COMPARTMENTS
    ]


def _given(_user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """That the person had a page, and of what they were reminded; nothing that a page or message said is kept."""
    codes = FamilyCode.objects.filter(person=person, case__sealed=False).select_related("case")
    reminders = FamilyReminder.objects.filter(consent__person=person)
    return [
        *(
            {
                pgettext("own file", "Page about case"): str(one.case),
                pgettext("own file", "Since"): day(one.created_at.date()),
            }
            for one in codes.order_by("created_at", "pk")
        ),
        *(
            {
                pgettext("own file", "Reminded of"): str(one.get_kind_display()),
                pgettext("own file", "Sent on"): day(one.created_at.date()),
            }
            for one in reminders.order_by("created_at", "pk")
        ),
    ]


def _about(user: User, person: Person, compartments: Collection[str], path: str) -> dict[str, object]:
    """What is written about the person alone, within compartments, in no sealed case; nothing behind their seal."""
    shown = hidden_from(user).people.get(person.pk)
    before = {"case__created_at__lt": shown.sealed_at} if shown else {}
    said: dict[str, object] = {"case__sealed": False, "case__household__sealed": False, **before}
    return {
        "person": person,
        "compartment__in": set(compartments) - SEALED_COMPARTMENTS,
        **{f"{path}{name}": value for name, value in said.items()},
    }


def _aims(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """Of plans that were agreed with the family, the newest of each case; one by one, for the person alone."""
    shown = hidden_from(user).people.get(person.pk)
    rows = Objective.objects.filter(
        plan__status=PlanStatus.ADOPTED, **_about(user, person, compartments, "plan__")
    ).exclude(plan__case__household__in=hidden_from(user).lodgings)
    return [
        {
            pgettext("own file", "Objective"): one.text,
            pgettext("own file", "Until"): day(one.due_on),
            pgettext("own file", "State"): str(one.get_progress_display()),
        }
        for one in rows.order_by("created_at", "pk")
        if shown is None or one.created_at < shown.sealed_at
    ]


def _interventions(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """When and how somebody met the person. What was noted then tells of others: who works on the case gives it."""
    shown = hidden_from(user).people.get(person.pk)
    rows = Intervention.objects.filter(**_about(user, person, compartments, "")).exclude(
        case__household__in=hidden_from(user).lodgings
    )
    return [
        {
            pgettext("own file", "Day"): day(timezone.localdate(one.at)),
            pgettext("own file", "How"): str(one.get_mode_display()),
        }
        for one in rows.order_by("at", "pk").defer("note")
        if shown is None or one.at < shown.sealed_at
    ]


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Cases"),
        "cases.Case",
        "cases.CaseEpisode",
        "cases.RegimePeriod",
        told_to=_cases,
        plain=True,
        erasing=ERASING,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Fields of work"), "cases.CaseFacet", told_to=_facets, plain=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "Referrals"), "cases.Referral", told_to=_referrals, tells_where=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "Objectives of plans"),
        "cases.Plan",
        "cases.Objective",
        told_to=_aims,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Steps of plans, and what was agreed to"),
        "cases.PlannedService",
        "cases.Approval",
        why_not=TELLS_OF_OTHERS,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Cases handed over"),
        "cases.Transfer",
        told_to=_transfers,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Cases tied to each other"), "cases.CaseTie", why_not=TELLS_OF_OTHERS
    ),
    kept_with_file(
        pgettext_lazy("own file", "A page of one's own, and reminders"),
        "cases.FamilyCode",
        "cases.FamilyReminder",
        told_to=_given,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Interventions"), "cases.Intervention", told_to=_interventions, plain=True
    ),
    kept_with_file(
        pgettext_lazy("own file", "Visits, and what interventions said before they were corrected"),
        "cases.InterventionBefore",
        "cases.Visit",
        why_not=TELLS_OF_OTHERS,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Who works on a case, its terms and its severity"),
        "cases.Responsibility",
        "cases.CaseTeamMember",
        "cases.CaseDeadline",
        "cases.GuestDeadline",
        "cases.SeverityPeriod",
        "cases.SevereChild",
        why_not=pgettext_lazy("own file", "it is how the work is shared out, and tells of colleagues"),
    ),
    kept_with_file(
        pgettext_lazy("own file", "Seals of cases"),
        "cases.CaseSeal",
        why_not=pgettext_lazy("own file", "it protects somebody"),
    ),
)
