"""Which households and cases fit what was found and answered there, as far as an account reads it.

What is chosen of one question is alternatives; of several, all of it. What is of people is all of one person. The rows
asked are those of the newest assessment; where that is hidden from the account by a seal on somebody who lives there,
those of the newest that it sees, as the household's own page shows.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, UUIDField
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce
from django.utils import timezone

from punte.accounts.enums import Capability, Compartment
from punte.accounts.models import User
from punte.assessments.listed import facts_of, newest_of
from punte.assessments.models import Assessment, ListedFact
from punte.assessments.offers import Offer
from punte.people.compartments import compartments_of_each
from punte.people.models import Household, Person
from punte.people.rules import born_between
from punte.people.sight import hidden_from, households_in_sight

Rows = TypeVar("Rows", bound=QuerySet[Any])
Question = tuple[Offer, ...]

LOOKED_UP = 3_000
"""So many rows of an answer are looked through, whatever else is asked."""
PAGE = 50
_SAMPLED, _COUNTED, _MOST_FOUND = 1_000, 20_000, 10_000


@dataclass(frozen=True)
class Ages:
    """From how many completed years to how many, today; None: no bound."""

    least: int | None = None
    most: int | None = None

    def born(self, field: str) -> Q:
        """The condition on a day of birth."""
        earliest, latest = born_between(self.least, self.most, on=timezone.localdate())
        born = Q(**{f"{field}__lte": latest})
        return born & Q(**{f"{field}__gte": earliest}) if earliest else born


@dataclass(frozen=True)
class Narrowing:
    """What an account asks of a list; `ages` of the one person of whom all the rest is true too."""

    user: User
    offers: Sequence[Offer] = ()
    ages: Ages | None = None

    def of_households(self, rows: Rows) -> Rows:
        """Those of the households that fit."""
        return self._narrowed(rows, home="pk", record="")

    def of_cases(self, rows: Rows) -> Rows:
        """Those of the cases whose household fits; where a case is of one person, by that person."""
        return self._narrowed(rows, home="household", record="household__", person="person")

    @property
    def is_walked(self) -> bool:
        """Whether the list is walked in its own order, because what fits is frequent: to count it would be long."""
        return bool(self._questions) and self._few is None

    @property
    def _is_empty(self) -> bool:
        return not self.offers and self.ages is None

    @cached_property
    def _questions(self) -> Sequence[Question]:
        by_name: dict[str, list[Offer]] = {}
        for offer in self.offers:
            by_name.setdefault(offer.name, []).append(offer)
        return [tuple(offers) for offers in by_name.values()]

    @property
    def _of_homes(self) -> list[Question]:
        return [one for one in self._questions if one[0].about == "household"]

    @property
    def _of_people(self) -> list[Question]:
        return [one for one in self._questions if one[0].about == "member"]

    def _narrowed(self, rows: Rows, *, home: str, record: str, person: str = "") -> Rows:
        if self._is_empty:
            return rows
        fits = self._readable(record)
        if self._few is not None:
            fits &= Q(**{f"{home}__in": self._few})
        if self._few is None or person:
            fits = reduce(and_, self._conditions(home, person), fits)
        if self._as_seen:
            fits &= ~Q(**{f"{home}__in": list(self._as_seen)})
            fits |= self._fitting_as_seen(home, person)
        return rows.filter(fits)

    def _readable(self, record: str) -> Q:
        """That the account reads the compartments of all that is asked, of the household that keeps the answers."""
        compartments = sorted({offer.compartment for offer in self.offers})
        return reduce(and_, (self._reads(one, record) for one in compartments), Q())

    def _reads(self, compartment: Compartment, record: str) -> Q:
        standing, given = self.user.standing, households_in_sight(self.user)
        where = {post.organization_id for post in standing.posts}
        reading = {one for one in where if compartment in standing.compartments(one)}
        everywhere = compartment in standing.every_compartment()
        seeing = standing.organizations(Capability.SEE_PEOPLE)
        if not record and seeing <= reading and (everywhere or not given):
            return Q()  # of every household that it sees
        kept = Q(**{f"{record}keeper__in": reading})
        return kept | Q(**{f"{record}pk__in": given}) if everywhere and given else kept

    def _conditions(self, home: str, person: str) -> Iterable[Q]:
        """What is asked of a row whose household stands in `home`; in `person`, of whom alone it is, where of one."""
        for question in self._of_homes:
            yield Q(Exists(_asked(question).filter(household=OuterRef(home))))
        if self._of_people:
            people: QuerySet[Any] = self._of_one_person(self._of_people[0])
        elif self.ages:
            people = self._living()
        else:
            return
        there = people.filter(household=OuterRef(home))
        yield Q(Exists(_of_whom(there, person) if person else there))

    def _of_one_person(self, first: Question) -> QuerySet[ListedFact]:
        """Answers to one question by people of whom all the rest is true too."""
        rows = _asked(first)
        for question in self._of_people:
            if question is not first:
                same = _asked(question).filter(household=OuterRef("household"), person=OuterRef("person"))
                rows = rows.filter(Exists(same))
        return rows.filter(self.ages.born("person__birth_date")) if self.ages else rows

    def _living(self) -> QuerySet[Any]:
        assert self.ages
        # Of each household the few who live there, not all who were born then: no index is to be used for this.
        born = Coalesce("person__birth_date", "person__birth_date")
        living = hidden_from(self.user).living().alias(born=born)
        return living.filter(self.ages.born("born")).order_by()

    @cached_property
    def _keepers(self) -> list[UUID]:
        """The institutions of whose people the account reads all that is asked; it is not told how much others have."""
        asked, standing = {offer.compartment for offer in self.offers}, self.user.standing
        seeing = standing.organizations(Capability.SEE_PEOPLE)
        return sorted(one for one in seeing if asked <= standing.compartments(one))

    @cached_property
    def _few(self) -> list[UUID] | None:
        """The households that fit, found by the rarest answer; None where they are frequent, or no answer is asked."""
        if not self._questions:
            return None
        kept = [_asked(question).filter(keeper__in=self._keepers) for question in self._questions]
        counts = [rows[:_COUNTED].count() for rows in kept]
        place = counts.index(min(counts))
        along = self._along(self._questions[place])
        if counts[place] > LOOKED_UP and self._is_frequent(along, kept[place], counts[place]):
            return None
        found = list(along.filter(keeper__in=self._keepers)[: _MOST_FOUND + 1])
        if len(found) > _MOST_FOUND:
            return None
        given = households_in_sight(self.user)
        return [*found, *along.filter(household__in=given)] if given else found

    def _is_frequent(self, along: QuerySet[Any], rows: QuerySet[Any], count: int) -> bool:
        """Whether a page is met by walking the households sooner than by looking through these rows, by a sample."""
        fitting = along.filter(pk__in=rows.values("pk")[:_SAMPLED]).count() * count // _SAMPLED
        homes = Household.objects.order_by().filter(keeper__in=self._keepers)[: 5 * _COUNTED].count()
        return fitting * count > PAGE * homes

    def _along(self, lead: Question) -> QuerySet[Any]:
        """The households with an answer to one question where all the rest is true too."""
        rows = self._of_one_person(lead) if lead[0].about == "member" else _asked(lead)
        for question in self._of_homes:
            if question is not lead:
                rows = rows.filter(Exists(_asked(question).filter(household=OuterRef("household"))))
        if lead[0].about == "household":
            people = self._of_one_person(self._of_people[0]) if self._of_people else None
            if people is None and self.ages:
                people = self._living()
            if people is not None:
                rows = rows.filter(Exists(people.filter(household=OuterRef("household"))))
        return rows.values_list("household", flat=True).distinct()

    @cached_property
    def _as_seen(self) -> Mapping[UUID, Sequence[ListedFact]]:
        """Of households whose newest assessment a seal hides: what the newest one says that the account sees."""
        hidden = hidden_from(self.user)
        if not hidden.lodgings:
            return {}
        there = Assessment.objects.filter(household__in=hidden.lodgings)
        unseen = set(there.filter(members__person__in=list(hidden.people)).values_list("pk", flat=True))
        homes = [one.household_id for one in newest_of(there) if one.pk in unseen] if unseen else []
        facts: dict[UUID, list[ListedFact]] = {home: [] for home in homes}
        for fact in facts_of(newest_of(there.filter(household__in=homes).exclude(pk__in=unseen))):
            facts[fact.household_id].append(fact)
        return facts

    def _fitting_as_seen(self, home: str, person: str) -> Q:
        homes = Household.objects.filter(pk__in=self._as_seen).defer("safe_contact").order_by("pk")
        read = compartments_of_each(self.user, list(homes))
        fitting = Q(pk__in=[])
        for key, facts in self._as_seen.items():
            if not {offer.compartment for offer in self.offers} <= read[key]:
                continue
            if not all(any(_fits(one, fact) for fact in facts) for one in self._of_homes):
                continue
            here = Q(**{home: key})
            if self._of_people:
                people = self._fitting_people(facts)
                here &= Q(**{f"{person}__in": people}) | Q(**{person: None}) if person else Q()
                here = here if people else Q(pk__in=[])
            elif self.ages:
                there = self._living().filter(household=OuterRef(home))
                here &= Q(Exists(_of_whom(there, person) if person else there))
            fitting |= here
        return fitting

    def _fitting_people(self, facts: Collection[ListedFact]) -> list[UUID]:
        """The people of whom all is true that is asked of one."""
        whose = {fact.person_id for fact in facts if fact.person_id}
        for question in self._of_people:
            whose &= {fact.person_id for fact in facts if _fits(question, fact)}
        if self.ages is None:
            return sorted(whose)
        born = Person.objects.filter(self.ages.born("birth_date"), pk__in=whose).order_by("pk")
        return list(born.values_list("pk", flat=True))


def facts_read(user: User, homes: Collection[UUID], names: Collection[str]) -> list[ListedFact]:
    """What of these names lists of some households are narrowed by, as a narrowed list reads it before an account."""
    as_seen = Narrowing(user)._as_seen
    rows = ListedFact.objects.filter(household__in=homes, name__in=names).order_by()
    told = rows.exclude(household__in=list(as_seen)).only("household", "person", "name", "compartment")
    there = (fact for home in as_seen if home in homes for fact in as_seen[home])
    return [*told, *(fact for fact in there if fact.name in names)]


def _asked(question: Question) -> QuerySet[ListedFact]:
    """The rows that answer one question as it is asked for."""
    rows = ListedFact.objects.order_by()
    if question[0].of_number:
        return rows.filter(reduce(or_, (offer.condition for offer in question)))
    return rows.filter(name=question[0].name, choice__in=[offer.choice for offer in question])


def _of_whom(rows: QuerySet[Any], person: str) -> QuerySet[Any]:
    """Those of the person whom the row outside is about, where it is about one."""
    whose = ExpressionWrapper(OuterRef(person), output_field=UUIDField())
    return rows.alias(whose=whose).filter(Q(whose=None) | Q(person=F("whose")))


def _fits(question: Question, fact: ListedFact) -> bool:
    return any(offer.fits(fact) for offer in question)
