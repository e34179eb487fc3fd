"""What a family seems entitled to and does not have: on the page of its case, and of a household without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.benefits.given import BENEFITS
from punte.benefits.reckoning import Picture, picture_of
from punte.deadlines.model import ADULT_AT
from punte.people.models import Household, Person
from punte.registers.catalogue import definitions_that_hold
from punte.registers.showing import shown as entries_shown
from punte.registers.sight import sights_of
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.record_page import RecordPage
from punte.www.office.benefits.views.words import asked_in_words, shown


class EntitledCasePage(CasePage):
    """A case, open at what the family seems entitled to."""

    folder = "office_benefits"


@dataclass
class EntitledHouseholdPage(RecordPage):
    """A household, open at the same."""

    folder = "office_benefits"

    household: Household

    @property
    def about(self) -> dict[str, Any]:
        """The household as the trail names it."""
        return {
            "keeper": self.household.keeper_id,
            "household": self.household.pk,
            "sealed": self.household.sealed,
        }


@require_safe
def case_entitlements(request: SignedIn, pk: UUID) -> HttpResponse:
    """The entitlements of the household of a case."""
    page = EntitledCasePage.open(request, pk)
    writes = page.allows(Capability.ISSUE_DOCUMENTS)
    return page.show(
        "case",
        "case_entitlements",
        **_context(request, page.case.household),
        writes_papers=writes and page.case.open,
    )


@require_safe
def household_entitlements(request: SignedIn, pk: UUID) -> HttpResponse:
    """The entitlements of a household."""
    homes = Household.objects.visible_to(request.user).select_related("uat", "community")
    home = fetch(homes, pk=pk)
    page = EntitledHouseholdPage(request, home)
    return page.show(
        "household", "household_entitlements", household=home, writes_papers=False, **_context(request, home)
    )


def _context(request: SignedIn, household: Household) -> dict[str, Any]:
    picture = picture_of(request.user, household)
    return {
        "picture": picture,
        "seems": shown(picture, picture.seems),
        "has": shown(picture, picture.has),
        "unknown": _once(shown(picture, picture.unknown)),
        "to_ask": asked_in_words(picture.book, picture.to_ask),
        **_registered(request, picture),
        "today": timezone.localdate(),
        "may_assess": request.user.standing.may(Capability.ASSESS, household.keeper_id),
    }


def _once(rows: Sequence[Any]) -> list[Any]:
    """One line of each entitlement, for whomever it is not known."""
    return list({one.key: one for one in rows}.values())


def _registered(request: SignedIn, picture: Picture) -> dict[str, Any]:
    """What stands in the register of benefits, and for whom the account may write there."""
    definition = definitions_that_hold().get(BENEFITS)
    if definition is None:
        return {"entries": [], "applicants": []}
    sights = sights_of(request.user, picture.people)
    fields = {BENEFITS: sights[0].fields(definition)} if sights else {}
    of = {one.subject.pk: one for one in sights}
    adults = [
        person for person in picture.people if of[person.pk].writes(definition) and not _is_child(person)
    ]
    return {"entries": entries_shown(request.user, picture.entries, fields), "applicants": adults}


def _is_child(person: Person) -> bool:
    age = person.age_on()
    return age is not None and age < ADULT_AT
