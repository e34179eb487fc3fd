"""Who a new person may already be: shown before a record is made, never merged silently."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.kernel.encryption import blind_index
from punte.kernel.prepared import Prepared, rounded
from punte.organizations.models import Organization
from punte.people.asked import Asked, Whichever
from punte.people.enums import PairState
from punte.people.identity import checked_cnp, looks_like_cnp
from punte.people.joining.sight import open_to
from punte.people.matching.evidence import OnFile, alike, weigh
from punte.people.models import LikelyPair, Membership, Person, PersonSeal
from punte.people.names import known_name
from punte.people.search.find import find_people
from punte.people.sight import hidden_from

_MOST = 10


class LikelyReason(StrEnum):
    SAME_CNP = "same_cnp"
    SAME_BIRTH_DATE = "same_birth_date"
    SAME_NAME = "same_name"


@dataclass(frozen=True)
class Likely:
    """A person in sight who may be the one that somebody is about to record."""

    person: Person
    reason: LikelyReason


def likely_same(
    user: User, family_name: str, given_name: str, birth_date: dt.date | None, cnp: str
) -> list[Likely]:
    """People in sight who may be the one described, the surest first; at most ten.

    Same CNP; same birth date and similar name; similar name, where one of the birth dates is not known. Whoever has
    another CNP that is right in form is somebody else.
    """
    number = checked_cnp(cnp) if looks_like_cnp(cnp) else ""
    name = f"{known_name(family_name)} {known_name(given_name)}".strip()
    same = _of_cnp(user, index=Whichever(blind_index(number))) if number else []
    born = _born_on(user, day=Whichever(birth_date)) if birth_date else []
    named = _of_name(user, name, birth_date)
    found: dict[object, Likely] = {}
    for people, reason in (
        (same, LikelyReason.SAME_CNP),
        ([one for one in born if _similar(one, name)], LikelyReason.SAME_BIRTH_DATE),
        (named, LikelyReason.SAME_NAME),
    ):
        for person in people:
            if reason is LikelyReason.SAME_CNP or not _is_somebody_else(person, number):
                found.setdefault(person.pk, Likely(person, reason))
    hidden = hidden_from(user)
    return [Likely(hidden.person(one.person), one.reason) for one in list(found.values())[:_MOST]]


_of_cnp = Asked(lambda user, index: Person.objects.visible_to(user).filter(cnp_index=index))
_born_on = Asked(lambda user, day: Person.objects.visible_to(user).filter(birth_date=day))
_people = Prepared(lambda keys: Person.objects.filter(pk__in=keys))


def likely_files(user: User, person: Person) -> list[Person]:
    """Other files that may be of this person and that the account may join with it, but for those said to be not."""
    likely = likely_same(user, person.family_name, person.given_name, person.birth_date, person.cnp)
    found = {one.person.pk for one in likely} - {person.pk}
    if not found:
        return []
    settled = {key for pair in _said_of(person=person.pk) for key in pair}
    near = _open_to(user, keys=found - settled, keeper=person.keeper_id)
    own = OnFile.of(person)
    files = [other for other in near if not weigh(own, OnFile.of(other)).cannot_be]
    # Who may not join a sealed person's file is shown none, after the same questions.
    return [] if person.pk in hidden_from(user).people else files


_said_of = Prepared(
    lambda person: (
        LikelyPair.objects.filter(Q(first=person) | Q(second=person))
        .exclude(state=PairState.OPEN)
        .order_by()
        .values_list("first", "second")
    )
)
_open_to = Asked(
    lambda user, keys, keeper: open_to(user).filter(pk__in=keys, keeper=keeper).defer("ethnicity")
)


def institutions_with(by: User, cnp: str) -> list[Organization]:
    """The institutions beyond the account's sight that know a person with this CNP: their names and nothing more.

    Of a person behind a seal nothing is told.

    Told only to accounts that record people, so that two institutions do not work apart for one person; each is told
    in the trail that somebody asked.
    """
    if not (looks_like_cnp(cnp) and by.standing.may(Capability.EDIT_PEOPLE)):
        return []
    same = Person.objects.filter(cnp_index=blind_index(checked_cnp(cnp)))
    beyond = same.exclude(pk__in=Person.objects.visible_to(by).filter(pk__in=same).values("pk"))
    behind_a_case = Membership.objects.current().filter(person=OuterRef("pk"), household__sealed=True)
    own_seal = PersonSeal.objects.filter(person=OuterRef("pk"), end=None)
    beyond = beyond.exclude(Exists(behind_a_case) | Exists(own_seal))
    people = list(beyond.select_related("keeper").defer("cnp", "ethnicity")[:_MOST])
    for person in people:
        record_read(by=by, what="cnp_known_elsewhere", keeper=person.keeper_id, person=person.pk)
    return [person.keeper for person in people]


def _of_name(user: User, name: str, birth_date: dt.date | None) -> list[Person]:
    found = [one.person.pk for one in find_people(user, f"{name} ", limit=_MOST)]
    return [
        person
        for person in _people(keys=rounded(found))
        if _similar(person, name) and (birth_date is None or person.birth_date is None)
    ]


def _similar(person: Person, name: str) -> bool:
    return alike(person.names, [name])


def _is_somebody_else(person: Person, number: str) -> bool:
    return weigh(OnFile([], cnp=person.cnp), OnFile([], cnp=number)).cannot_be
