"""An invented household that was assessed and has a case, to write papers about."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import Team, User
from punte.assessments.findings import find
from punte.assessments.models import AssessedMember, Assessment
from punte.assessments.packs import current_version
from punte.cases.actions import adopt_plan, draft_plan, open_case
from punte.cases.enums import AgreementWay, Regime
from punte.cases.models import Case, Plan
from punte.people.models import Household, Person
from tests.factories import HouseholdFactory, TeamFactory, family, invented_cnp, worker

CONCLUSIONS = "Familia cooperează.\n\nȘtie ce are de făcut."
PROPOSALS = "Înscrierea copilului la școală."
SAID = {"conclusions": CONCLUSIONS, "proposals": PROPOSALS}


@dataclass
class Setting:
    """A case, its worker, and everything around them."""

    case: Case
    worker: User
    team: Team
    household: Household
    people: list[Person]
    assessment: Assessment

    def colleague(self, role: Role = Role.SOCIAL_WORKER, **fields: Any) -> User:
        """An account of the same team."""
        return worker(role, team=self.team, **fields)


def setting(*, violence: str = "none", **household: Any) -> Setting:
    """A mother of 34 and two children, of 9 and 4, assessed a week ago in two damp rooms."""
    team = TeamFactory()
    author = worker(team=team, name="Ioana Țărălungă", profession="asistent social")
    home = HouseholdFactory(keeper=team.organization, **household)
    people = family(34, 9, 4, household=home)
    mother = people[0]
    mother.cnp = invented_cnp(mother.birth_date, sex="f")
    mother.save()
    assessment = assessed(home, people, author, violence=violence)
    case = open_case(
        by=author, household=home, regime=Regime.STANDARD, reason="Vizită", assessment=assessment
    )
    return Setting(case, author, team, home, people, assessment)


def assessed(home: Household, people: list[Person], by: User, *, violence: str = "none") -> Assessment:
    """An assessment with its findings."""
    version = current_version("sci")
    made = Assessment.objects.create(
        household=home,
        pack=version,
        by=by,
        instance_id=f"uuid:{home.pk}",
        instance="<data/>",
        digest="0" * 64,
        visited_on=timezone.localdate() - dt.timedelta(days=7),
        facts={
            "dwelling": "house",
            "rooms": 2,
            "water": "yard",
            "electricity": True,
            "toilet": "outside",
            "heating": "stove",
            "damp": True,
            "monthly_income_lei": "1200",
            "receives_vmi": False,
            "violence_signs": violence,
            "neglect_risk": False,
            "visit_date": (timezone.localdate() - dt.timedelta(days=7)).isoformat(),
        },
    )
    for person in people:
        AssessedMember.objects.create(assessment=made, person=person, facts=_answers(person))
    find([made], version=version)
    return made


def _answers(person: Person) -> dict[str, Any]:
    age = person.age_on() or 0
    known: dict[str, Any] = {
        "birth_date": person.birth_date.isoformat() if person.birth_date else None,
        "sex": "f",
        "identity_document": True,
        "health_insurance": "none" if age >= 18 else "insured",
        "family_doctor": age < 18,
        "chronic_disease": False,
        "disability": "none",
    }
    if age < 18:
        known |= {"mother": "home", "father": "abroad", "enrolled": "none"}
    if age >= 10:
        known |= {"sexual_risk": True, "tobacco": True}
    return known


def adopted_plan(place: Setting) -> Plan:
    """The plan that the methodology drafts, agreed with the mother."""
    plan = draft_plan(by=place.worker, case=place.case)
    return adopt_plan(
        by=place.worker,
        plan=plan,
        agreed_with=place.people[0],
        agreed_on=timezone.localdate(),
        agreed_how=AgreementWay.SIGNED,
    )
