"""The search for people and households by where they live and how they are reached.

What a seal hides is not found by it: a sealed person is found by the phone of the day of the seal, as they are shown.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.people.models import Household, Person
from punte.people.models.households import HouseholdQuerySet
from punte.people.places import address_words, folded_phone, is_leading, phone_digits
from punte.people.rules import first_text_after
from punte.people.search.find import FoundPerson, Match, with_households
from punte.people.sight import hidden_from, households_in_sight

_MOST_READ = 200
_MOST_LEADING = 4


def people_of_phone(user: User, number: str, limit: int) -> list[FoundPerson]:
    """People in sight of an account whose phone, as it sees it, begins so."""
    digits = phone_digits(number)
    hidden = hidden_from(user).people
    stood = [key for key, shown in hidden.items() if (folded_phone(shown.phone)).startswith(digits)]
    visible = Person.objects.visible_to(user).defer("cnp", "ethnicity")
    own = _begins("folded_phone", digits)
    reached = visible.filter((own & ~Q(pk__in=hidden)) | Q(pk__in=stood) if hidden else own)
    return with_households(user, [(person, Match.EXACT) for person in reached[:limit]])


def households_of_phone(user: User, number: str, limit: int) -> list[Household]:
    """Households in sight of an account whose phone begins so."""
    return list(_shown(_in_sight(user, _begins("folded_phone", phone_digits(number))))[:limit])


def households_at(user: User, text: str, limit: int) -> list[Household]:
    """Households in sight of an account at an address, those that have most of its words.

    Its numbers must all be there, and a name that leads: the last of the street, or that of a village without streets.
    """
    words = address_words(text)
    leading = [word for word in words if is_leading(word)][:_MOST_LEADING]
    if not leading:
        return []
    condition = reduce(or_, (_begins("folded_address", word) for word in leading))
    for word in words:
        if word[0].isdigit():
            condition &= Q(folded_address__contains=f" {word}")
    return _best(_in_sight(user, condition), words)[:limit]


def _best(households: HouseholdQuerySet, words: Sequence[str]) -> list[Household]:
    """Those that have as many of the words as any of them has, each number whole; by address."""
    ranked: list[tuple[int, Household]] = []
    for household in _shown(households)[:_MOST_READ]:
        own = (household.folded_address or "").split()
        if all(word in own for word in words if word[0].isdigit()):
            has = sum(any(one.startswith(word) for one in own) for word in words)
            ranked.append((has, household))
    most = max((has for has, _household in ranked), default=0)
    return [household for has, household in ranked if has == most]


def _in_sight(user: User, condition: Q) -> HouseholdQuerySet:
    """The households of the condition: identifiers first, so that each part is answered by its own index."""
    keepers = list(user.standing.organizations(Capability.SEE_PEOPLE))
    kept = Household.objects.filter(condition, keeper__in=keepers).order_by()
    given = households_in_sight(user)
    if given:
        beyond = Household.objects.filter(condition, pk__in=given).order_by()
        return _of_either(kept, beyond).beyond_seals(user)
    return kept.beyond_seals(user)


def _of_either(kept: HouseholdQuerySet, given: HouseholdQuerySet) -> HouseholdQuerySet:
    keys: set[UUID] = set(kept.values_list("pk", flat=True)[:_MOST_READ])
    keys |= set(given.values_list("pk", flat=True)[:_MOST_READ])
    return Household.objects.filter(pk__in=keys)


def _shown(households: HouseholdQuerySet) -> HouseholdQuerySet:
    return households.select_related("uat").defer("safe_contact").order_by("folded_address", "pk")


def _begins(field: str, beginning: str) -> Q:
    after = first_text_after(beginning)
    if after is None:
        # No end of the range: what comes after its beginning is little, or nothing.
        return Q(**{f"{field}__gte": beginning, f"{field}__startswith": beginning})
    return Q(**{f"{field}__gte": beginning, f"{field}__lt": after})
