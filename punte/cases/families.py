"""Who of a family has a page or reminders: who agreed, and never where somebody there must not know."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.utils import timezone

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.assessments.models import Finding
from punte.cases.enums import PlanStatus
from punte.cases.facets import facets
from punte.cases.models import Case, CaseFacet, Objective
from punte.kernel.evidence import EVIDENCE
from punte.kernel.own_content import kept_file, product_file
from punte.people.enums import PARENTAL
from punte.people.models import Consent, Household, Kinship, Membership, Person, PersonSeal
from punte.people.purposes import FAMILY_PAGE
from punte.people.sight import lives_in

_FILE = "family.yaml"


@dataclass(frozen=True)
class FamilyWords:
    """What the file says: between which hours, how many days before, in which words; from which age a page."""

    hours: tuple[int, int]
    visit_days: int
    paper_days: int
    words: Mapping[str, str]
    from_age: int


@kept_file(_FILE, find=product_file)
def family_words(path: Path) -> FamilyWords:
    """`content/family.yaml`, read anew when it changes.

    Raises:
        ImproperlyConfigured: it does not hold together.
    """
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
        row = said["reminders"]
        first, last = (int(hour) for hour in row["hours"])
        if not 6 <= first < last <= 22:
            raise ValueError("hours are between 6 and 22, the earlier first")
        words = {name: str(row[name]) for name in ("subject", "visit", "visit_hour", "paper")}
        for text in words.values():
            text.format(day="", hour="", phone="")
        if said["evidence"] not in EVIDENCE:
            raise ValueError(f"evidence is none of {', '.join(EVIDENCE)}")
        return FamilyWords(
            (first, last),
            _days(row["visit_days"]),
            _days(row["paper_days"]),
            words,
            int(said["page"]["from_age"]),
        )
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise ImproperlyConfigured(f"{path}: {error}") from error


def _days(number: Any) -> int:
    if not 1 <= int(number) <= 90:
        raise ValueError("days are from 1 to 90")
    return int(number)


def is_kept_away(household: Household, case: Case | None = None) -> bool:
    """Whether nothing is sent to a household and it has no page: something is sealed there, it is reached in a safe way
    alone, or there is violence on record. Which of them, no page says: who is not to know may read the page."""
    return (
        household.sealed
        or (case is not None and case.sealed)
        or bool(household.safe_contact.strip())
        or PersonSeal.objects.filter(lives_in(household.pk), end=None).exists()
        or _tells_of_violence(household)
    )


def _tells_of_violence(household: Household) -> bool:
    hidden = [key for key, facet in facets().items() if facet.compartment in SEALED_COMPARTMENTS]
    cases = Case.objects.filter(household=household)
    if CaseFacet.objects.current().filter(case__in=cases, facet__in=hidden).exists():
        return True
    planned = Objective.objects.filter(plan__case__in=cases, plan__status=PlanStatus.ADOPTED)
    found = Finding.objects.filter(finding_set__assessment__household=household)
    return any(rows.filter(compartment__in=SEALED_COMPARTMENTS).exists() for rows in (planned, found))


def page_consent(case: Case, person: Person) -> Consent | None:
    """By which consent somebody has a page about a case: their own, or the household's."""
    whose = Q(person=person) | Q(household=case.household_id)
    rows = Consent.objects.standing(timezone.localdate()).filter(whose, keeper=case.keeper_id)
    return rows.filter(purpose=FAMILY_PAGE).first()


def may_have_page(case: Case, person: Person) -> bool:
    """Whether somebody may read the page of a case today: asked when the code is given, and each time it is opened."""
    return (
        case.open
        and not is_kept_away(case.household, case)
        and is_old_enough(person)
        and lives_there(case, person)
        and page_consent(case, person) is not None
    )


def is_old_enough(person: Person) -> bool:
    """Whether somebody is of the age from which they have a page; unknown is not."""
    age = person.age_on()
    return age is not None and age >= family_words().from_age


def lives_there(case: Case, person: Person) -> bool:
    """Whether somebody lives in the household of a case, and the case is of the household, theirs or their child's."""
    if not Membership.objects.current().filter(household=case.household_id, person=person).exists():
        return False
    return case.person_id in (None, person.pk) or case.person_id in {
        one.pk for one in children_of(case, person)
    }


def children_of(case: Case, person: Person) -> list[Person]:
    """The children under 18 in the household for whom somebody decides."""
    parental = Kinship.objects.filter(relative=person, kind__in=PARENTAL).values("person")
    living = Membership.objects.current().filter(household=case.household_id, person__in=parental)
    people = [one.person for one in living.select_related("person").order_by("pk")]
    return [one for one in people if (age := one.age_on(timezone.localdate())) is not None and age < 18]
