"""Who a notification may be about: shown to who records it as far as they see it; behind seals it is told to nobody."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from punte.accounts.models import User
from punte.cases.models import Case
from punte.kernel.encryption import blind_index
from punte.notifications.enums import MarkKind
from punte.notifications.models import Notification, NotifiedMark
from punte.people.models import Household, Membership, PersonSeal
from punte.people.places import address_words, is_leading, looks_like_phone, phone_digits
from punte.people.search import FoundPerson, find_people, households_at, households_of_phone, people_of_phone
from punte.people.search.find import people_kept_and_called
from punte.people.search.names import words_of

_MOST = 5
_MOST_NAMES = 3
_WHOLE_PHONE = 9
_ALIKE_WORDS = 2


@dataclass(frozen=True)
class Clues:
    """What is known of whom somebody tells, as it was said."""

    names: Sequence[str] = ()
    phone: str = ""
    place: str = ""


@dataclass
class Home:
    """A household that may be the one, with the open case of it that the account sees."""

    household: Household
    case: Case | None = None

    @property
    def key(self) -> str:
        """By what it is chosen."""
        return f"household:{self.household.pk}"


@dataclass
class Known:
    """Those whom the account may know already."""

    people: list[FoundPerson] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    notifications: list[Notification] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.people) + len(self.homes) + len(self.notifications)


def known_to(user: User, clues: Clues, *, besides: UUID | None = None) -> Known:
    """People, households with their open cases and earlier notifications that the account sees and may be meant.

    Names may be spelt otherwise; a phone and an address are compared however they are written.

    Args:
        besides: a notification that is not looked for.
    """
    people: dict[UUID, FoundPerson] = {}
    for name in _names(clues):
        people |= {one.person.pk: one for one in find_people(user, name, limit=_MOST)}
    homes: dict[UUID, Household] = {}
    if looks_like_phone(clues.phone):
        people |= {one.person.pk: one for one in people_of_phone(user, clues.phone, _MOST)}
        homes |= {one.pk: one for one in households_of_phone(user, clues.phone, _MOST)}
    if clues.place.strip():
        homes |= {one.pk: one for one in households_at(user, clues.place, _MOST)}
    for one in people.values():
        if one.household is not None:
            homes.setdefault(one.household.pk, one.household)
    return Known(
        list(people.values())[: 2 * _MOST],
        _with_cases(user, list(homes.values())[: 2 * _MOST]),
        earlier(user, clues, besides=besides),
    )


def earlier(user: User, clues: Clues, *, besides: UUID | None = None) -> list[Notification]:
    """Notifications that the account sees and that share two words of a name, a phone or a place; the newest first."""
    marks = marks_of(clues)
    if not marks:
        return []
    shared = NotifiedMark.objects.filter(mark__in=[mark for _kind, mark in marks]).order_by()
    counted = shared.values("notification").annotate(
        words=Count("mark", distinct=True, filter=Q(kind=MarkKind.NAME)),
        others=Count("mark", filter=~Q(kind=MarkKind.NAME)),
    )
    alike = counted.filter(Q(others__gt=0) | Q(words__gte=_ALIKE_WORDS)).values("notification")
    found = Notification.objects.visible_to(user).filter(pk__in=alike)
    others = found.exclude(pk=besides) if besides else found
    return list(others.order_by("-received_at", "pk")[:_MOST])


def marks_of(clues: Clues) -> list[tuple[str, str]]:
    """By what a notification with these clues is found again, each with its kind."""
    said = {(MarkKind.NAME, word) for name in _names(clues) for word in words_of(name) if len(word) > 1}
    digits = phone_digits(clues.phone)
    if len(digits) >= _WHOLE_PHONE:
        said.add((MarkKind.PHONE, digits[-_WHOLE_PHONE:]))
    words = address_words(clues.place)
    numbers = [word for word in words if word[0].isdigit()]
    said |= {
        (MarkKind.PLACE, f"{name} {number}") for name in words if is_leading(name) for number in numbers[:2]
    }
    return [(kind, blind_index(f"notified {kind} {text}")) for kind, text in sorted(said)]


def behind_seals(keeper: Any, clues: Clues) -> Case | None:
    """The open case behind a seal of which somebody seems to speak; the same number of questions whether there is one.

    Whoever calls tells nobody but the team of the case.
    """
    people = [pk for name in _names(clues) if len(words_of(name)) > 1 for pk in _called(keeper, name)]
    homes = _homes(keeper, clues)
    lodgings = Membership.objects.current().filter(person__in=people).values("household")
    about = Q(household__in=homes) | Q(person__in=people) | Q(household__in=lodgings)
    sealed = PersonSeal.objects.filter(end=None).values("person")
    living = Membership.objects.current().filter(person__in=sealed).values("household")
    shut = Q(sealed=True) | Q(person__in=sealed) | Q(household__in=living)
    return Case.objects.filter(about, shut, keeper=keeper, open=True).order_by("-year", "-number").first()


def _called(keeper: Any, name: str) -> list[UUID]:
    return people_kept_and_called([keeper.pk], f"{name} ", limit=20)


def _homes(keeper: Any, clues: Clues) -> list[UUID]:
    """The households of the keeper at the whole address, or of the whole phone."""
    digits = phone_digits(clues.phone)
    words = address_words(clues.place)
    leading = [word for word in words if is_leading(word)][-1:]
    numbers = [word for word in words if word[0].isdigit()][:1]
    asked = Q(pk__in=[])
    if leading and numbers:
        asked |= Q(folded_address__contains=leading[0]) & Q(folded_address__contains=f" {numbers[0]}")
    if len(digits) >= _WHOLE_PHONE:
        asked |= Q(folded_phone=digits)
    rows = (
        Household.objects.filter(asked, keeper=keeper)
        .order_by("pk")
        .values_list("pk", "folded_address", "folded_phone")
    )
    return [
        pk
        for pk, address, phone in rows[:200]
        if {*leading, *numbers} <= set((address or "").split()) or (digits and phone == digits)
    ]


def _names(clues: Clues) -> list[str]:
    return [name.strip() for name in clues.names if name.strip()][:_MOST_NAMES]


def _with_cases(user: User, households: Sequence[Household]) -> list[Home]:
    if not households:
        return []
    rows = Case.objects.visible_to(user).filter(open=True, household__in=[one.pk for one in households])
    cases = {one.household_id: one for one in rows.order_by("year", "number")}
    return [Home(one, cases.get(one.pk)) for one in households]
