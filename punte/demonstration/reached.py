"""Who is reached without an account: families by a code and reminders, a school by letter; a paper came back signed."""

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Appointment
from punte.cases.actions import (
    begin_sharing,
    give_family_code,
    refer,
    refresh_deadlines,
    write_answer_down,
    write_referral_letter,
)
from punte.cases.enums import PlanStatus
from punte.cases.families import is_kept_away
from punte.cases.models import Case, Referral
from punte.demonstration.filed_documents import scan
from punte.demonstration.keeping import adult_of, calm_cases
from punte.demonstration.staff import Keeper
from punte.documents.actions import add_signed_copy, issue_document
from punte.documents.enums import DocumentKind
from punte.documents.filing import Upload
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.actions import record_consent
from punte.people.enums import ConsentGiver, ConsentWay
from punte.people.purposes import FAMILY_PAGE, REMINDERS

_SCHOOL = "Școala Gimnazială Exemplu nr. 4"
_AFTER, _PAGES = 2, 4
_NEEDS = (
    "Copilul a lipsit mult în ultima lună: o discuție cu dirigintele și program de recuperare.",
    "Loc la „Școală după școală” și masă caldă.",
    "Rechizite și manuale pentru începutul anului.",
)


def reach_families_and_partners(*, city: Keeper, today: dt.date) -> None:
    """Add them by the same verbs that people use."""
    cases = calm_cases(city)
    reachable = [case for case in cases if not is_kept_away(case.household, case)]
    _pages(reachable[:_PAGES], today)
    _letters(city, cases[_AFTER : _AFTER + len(_NEEDS)], today)
    _signed(cases, today)
    _shared(city, reachable[:1], today)


def _pages(cases: Sequence[Case], today: dt.date) -> None:
    for number, case in enumerate(cases):
        adult = adult_of(case.household, today)
        if adult is None or case.responsible is None:
            continue
        for purpose in (FAMILY_PAGE, REMINDERS):
            record_consent(
                by=case.responsible,
                subject=adult,
                purpose=purpose,
                way=ConsentWay.SIGNED,
                giver=ConsentGiver.THEMSELVES,
                start=today - dt.timedelta(days=5 + number),
                last_day=today + dt.timedelta(days=170),
            )
        give_family_code(by=case.responsible, case=case, person=adult)


def _letters(city: Keeper, cases: Sequence[Case], today: dt.date) -> None:
    """One fresh, one that stayed without an answer, one of which the answer was written down."""
    school, _made = Organization.objects.get_or_create(
        folded_name=fold(_SCHOOL),
        uat=city.uat,
        defaults={"name": _SCHOOL, "kind": OrganizationKind.SCHOOL, "phone": "0264 555 044"},
    )
    for number, (case, need) in enumerate(zip(cases, _NEEDS, strict=False)):
        adult = adult_of(case.household, today)
        if adult is None or case.responsible is None:
            continue
        sent = refer(
            by=case.responsible, case=case, person=adult, need=need, consent_on=today, organization=school
        )
        write_referral_letter(by=case.responsible, referral=sent)
        if number == 1:
            long_ago = timezone.now() - dt.timedelta(days=24)
            Referral.objects.filter(pk=sent.pk).update(sent_at=long_ago)
            refresh_deadlines(case)
        elif number == 2:  # noqa: PLR2004 - the last of the three
            write_answer_down(
                by=case.responsible,
                referral=sent,
                decision="accepted",
                answer="De luni, la ora 12; să aducă adeverința medicală.",
                named="doamna secretară, la telefon",
            )


def _signed(cases: Sequence[Case], today: dt.date) -> None:
    case = next((one for one in cases if one.plans.filter(status=PlanStatus.ADOPTED).exists()), None)
    if case is None or case.responsible is None:
        return
    paper = issue_document(by=case.responsible, case=case, kind=DocumentKind.SERVICE_PLAN)
    add_signed_copy(
        by=case.responsible,
        document=paper,
        upload=Upload("plan-semnat.jpg", scan(0)),
        signed_on=today,
        signed_by="familia și primarul",
    )


def _shared(city: Keeper, cases: Sequence[Case], today: dt.date) -> None:
    """A partner with an account reads a part of a record."""
    partners = Appointment.objects.current().filter(role=Role.PARTNER, user__is_active=True)
    partner = (
        partners.exclude(organization=city.organization).select_related("organization").order_by("pk").first()
    )
    for case in cases:
        if partner is not None and case.responsible is not None:
            begin_sharing(
                by=case.responsible,
                household=case.household,
                organization=partner.organization,
                parts=["members", "plan"],
                what_for="Copiii vin la centru după școală; să știm împreună ce s-a stabilit.",
                until=today + dt.timedelta(days=90),
                ground="public_task",
            )
