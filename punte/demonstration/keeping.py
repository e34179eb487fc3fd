"""Who keeps whom: consents, a record that another institution reads, one that is asked for, a hand-over, a tie."""

import datetime as dt
from collections.abc import Sequence

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.models import User
from punte.assessments.models import Finding
from punte.cases.actions import (
    ask_sharing,
    grant_sharing,
    offer_transfer,
    open_case,
    tie_cases,
)
from punte.cases.approvals import rule_for
from punte.cases.enums import CaseDeed, Regime
from punte.cases.models import Case, Objective
from punte.cases.transfers import summary_of
from punte.demonstration.staff import Keeper
from punte.people.actions import create_household, create_person, join_household, record_consent
from punte.people.enums import ConsentGiver, ConsentWay, Relation
from punte.people.models import Household, Membership, Person
from punte.people.purposes import SHARING, TRANSFER

_CONSENTS = 12
# A handful of families tells no story of two institutions.
_ENOUGH = 8
_PURPOSES = ("group_work", "photographs", "contact_to_employer")
_EMPLOYER = "Brutăria Exemplu SRL, doamna de la personal"


def keep_together(*, keepers: Sequence[Keeper], today: dt.date) -> None:
    """Add them by the same verbs that people use."""
    city, commune = keepers[0], keepers[1]
    _consents(city, today)
    if len(calm_cases(city)) < _ENOUGH:
        return
    _handed_over(city, commune, today)
    _tied(city)
    _shared(reader=city, keeper=commune, today=today, answered=True)
    _shared(reader=commune, keeper=city, today=today, answered=False)


def _consents(city: Keeper, today: dt.date) -> None:
    for number, case in enumerate(calm_cases(city)[:_CONSENTS]):
        adult = adult_of(case.household, today)
        if adult is None or case.responsible is None:
            continue
        purpose = _PURPOSES[number % len(_PURPOSES)]
        record_consent(
            by=case.responsible,
            subject=adult,
            purpose=purpose,
            way=ConsentWay.SIGNED if number % 2 else ConsentWay.SPOKEN,
            giver=ConsentGiver.THEMSELVES,
            start=today - dt.timedelta(days=20 + number),
            last_day=today + dt.timedelta(days=160),
            receiver=_EMPLOYER if purpose == "contact_to_employer" else "",
        )


def _shared(*, reader: Keeper, keeper: Keeper, today: dt.date, answered: bool) -> None:
    """Somebody of one institution's families is taken on by another too, which asks to read."""
    found = next(
        (
            (case, adult)
            for case in calm_cases(keeper)
            if (adult := adult_of(case.household, today)) and adult.cnp_index and case.responsible
        ),
        None,
    )
    if found is None:
        return
    case, adult = found
    worker = reader.workers[0][0]
    own = _known_here(reader, worker, adult, today)
    if own is None:
        return
    record_consent(
        by=worker,
        subject=own,
        purpose=SHARING,
        way=ConsentWay.SIGNED,
        giver=ConsentGiver.ADULT_OF_HOUSEHOLD,
        given_by=adult.called,
        organization=keeper.organization,
        start=today,
        last_day=today + dt.timedelta(days=180),
    )
    asked = ask_sharing(
        by=worker,
        household=own,
        keeper=keeper.organization,
        parts=["members", "findings", "plan"],
        what_for="Familia locuiește o parte din an la noi; să nu facem același lucru de două ori.",
        until=today + dt.timedelta(days=120),
    )
    if answered and case.responsible is not None:
        until = today + dt.timedelta(days=90)
        grant_sharing(by=case.responsible, sharing=asked, parts=["members", "plan"], until=until)


def _known_here(reader: Keeper, worker: User, adult: Person, today: dt.date) -> Household | None:
    """A household of the reader's own with the same person, and its case."""
    if Person.objects.filter(keeper=reader.organization, cnp_index=adult.cnp_index).exists():
        return None
    person = create_person(
        by=worker,
        keeper=reader.organization,
        family_name=adult.family_name,
        given_name=adult.given_name,
        birth_date=adult.birth_date,
        sex=adult.sex,
        cnp=adult.cnp,
    )
    home = create_household(by=worker, keeper=reader.organization, name=adult.family_name, uat=reader.uat)
    join_household(by=worker, person=person, household=home, start=today, relation=Relation.REFERENCE)
    open_case(by=worker, household=home, regime=Regime.STANDARD, reason="Locuiește o parte din an aici.")
    return home


def _handed_over(city: Keeper, commune: Keeper, today: dt.date) -> None:
    """The family moves to a commune, which did not answer yet."""
    for case in reversed(calm_cases(city)):
        adult = adult_of(case.household, today)
        if adult is None or case.responsible is None or rule_for(case.responsible, case, CaseDeed.CLOSE_CASE):
            continue
        record_consent(
            by=case.responsible,
            subject=case.household,
            purpose=TRANSFER,
            way=ConsentWay.SIGNED,
            giver=ConsentGiver.ADULT_OF_HOUSEHOLD,
            given_by=adult.called,
            organization=commune.organization,
            start=today,
        )
        offer_transfer(
            by=case.responsible,
            case=case,
            organization=commune.organization,
            summary=summary_of(case, case.responsible),
        )
        return


def _tied(city: Keeper) -> None:
    """Two households of one child, in the hands of one worker."""
    cases = calm_cases(city)
    for first in cases:
        other = next(
            (one for one in cases if one.pk != first.pk and one.responsible_id == first.responsible_id), None
        )
        if other is not None and first.responsible is not None:
            tie_cases(
                by=first.responsible,
                case=first,
                other=other,
                kind="two_homes",
                reason="Fiica cea mare stă peste săptămână la tatăl ei.",
                sure=True,
            )
            return


def calm_cases(keeper: Keeper) -> list[Case]:
    """Open cases of whole households in which nothing is sealed and nothing of violence is on record."""
    found = Finding.objects.filter(compartment__in=SEALED_COMPARTMENTS)
    aims = Objective.objects.filter(compartment__in=SEALED_COMPARTMENTS)
    cases = Case.objects.filter(
        keeper=keeper.organization,
        open=True,
        sealed=False,
        household__sealed=False,
        person=None,
        responsible__isnull=False,
    )
    calm = cases.exclude(household__in=found.values("finding_set__assessment__household")).exclude(
        household__in=aims.values("plan__case__household")
    )
    sealed = Membership.objects.filter(person__seals__isnull=False).values("household")
    rows = calm.exclude(household__in=sealed).exclude(
        household__memberships__person__register_entries__compartment__in=SEALED_COMPARTMENTS
    )
    return list(rows.select_related("responsible", "household").order_by("year", "number")[:60])


def adult_of(household: Household, today: dt.date) -> Person | None:
    living = Membership.objects.current().filter(household=household).select_related("person")
    for lived in living.order_by("person__birth_date", "pk"):
        age = lived.person.age_on(today)
        if age is not None and age >= 18:
            return lived.person
    return None
