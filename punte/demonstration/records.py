"""Invented families become records: households, people, assessments and findings, many at a time."""

import datetime as dt
import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.utils import timezone

from punte.accounts.models import User
from punte.assessments.findings import find
from punte.assessments.models import AssessedMember, Assessment, FindingSet, PackVersion
from punte.assessments.packs import pack_of
from punte.assessments.rows import plain
from punte.demonstration import names
from punte.demonstration.answers import Answers
from punte.demonstration.families import Family, family
from punte.demonstration.later_answers import LaterAnswers
from punte.demonstration.staff import Keeper
from punte.kernel.encryption import blind_index
from punte.methodology.forms import instance_for
from punte.people.enums import DocumentKind
from punte.people.models import Household, IdentityDocument, Membership, Person, Residence
from punte.people.residences import PLACE
from punte.people.search import index_names


@dataclass(frozen=True)
class Home:
    """An invented family with its rows."""

    family: Family
    keeper: Keeper
    household: Household
    people: Sequence[Person]
    settled_on: dt.date


@dataclass(frozen=True)
class Visit:
    """An assessment that was made of a home, and what was found."""

    home: Home
    assessment: Assessment
    findings: FindingSet


class Registry:
    """Writes families as the town halls would have recorded them over the years."""

    def __init__(self, chance: random.Random, today: dt.date, version: PackVersion) -> None:
        self.chance = chance
        self.today = today
        self.version = version
        self.pack = pack_of(version)
        self.cnps: set[str] = set()

    def homes(self, keepers: Sequence[Keeper], count: int) -> list[Home]:
        """`count` households, spread over the keepers by their shares."""
        made = [self._home(keeper) for keeper in self._spread(keepers, count)]
        Household.objects.bulk_create(home.household for home in made)
        Residence.objects.bulk_create(self._residence(home) for home in made)
        people = [person for home in made for person in home.people]
        Person.objects.bulk_create(people)
        index_names(people)
        Membership.objects.bulk_create(row for home in made for row in self._memberships(home))
        IdentityDocument.objects.bulk_create(row for home in made for row in self._documents(home))
        return made

    def visits(self, planned: Sequence[tuple[Home, dt.date]]) -> list[Visit]:
        """One assessment of each home on its day, with its findings."""
        assessments, members = [], []
        for home, day in planned:
            made, rows = self._assessment(home, day)
            assessments.append(made)
            members += rows
        Assessment.objects.bulk_create(assessments)
        AssessedMember.objects.bulk_create(members)
        kept = (
            Assessment.objects.filter(pk__in=[one.pk for one in assessments])
            .prefetch_related("members")
            .in_bulk()
        )
        found = find([kept[one.pk] for one in assessments], version=self.version)
        return [
            Visit(home, made, set_) for (home, _), made, set_ in zip(planned, assessments, found, strict=True)
        ]

    def _spread(self, keepers: Sequence[Keeper], count: int) -> list[Keeper]:
        return self.chance.choices(keepers, [keeper.share for keeper in keepers], k=count)

    def _home(self, keeper: Keeper) -> Home:
        made = family(self.chance, self.today)
        settled_on = self.today - dt.timedelta(days=self.chance.randrange(400, 3000))
        household = Household(
            keeper=keeper.organization,
            name=made.name,
            uat=keeper.uat,
            locality=keeper.uat.name,
            address=made.street,
            latitude=keeper.uat.latitude + self.chance.gauss(0, 0.02) if keeper.uat.latitude else None,
            longitude=keeper.uat.longitude + self.chance.gauss(0, 0.03) if keeper.uat.longitude else None,
            phone=f"07{self.chance.randrange(10**7, 10**8)}" if self.chance.random() < 0.7 else "",
            created_at=self._moment(settled_on),
        )
        people = [self._person(keeper, made, index) for index in range(len(made.members))]
        return Home(made, keeper, household, people, settled_on)

    def _person(self, keeper: Keeper, made: Family, index: int) -> Person:
        someone = made.members[index]
        cnp = self._cnp(someone.born, someone.sex) if self.chance.random() < 0.93 else ""
        return Person(
            keeper=keeper.organization,
            family_name=someone.family_name,
            given_name=someone.given_name,
            birth_date=someone.born,
            sex=someone.sex,
            cnp=cnp,
            cnp_index=blind_index(cnp) if cnp else "",
        )

    def _cnp(self, born: dt.date, sex: str) -> str:
        while (made := names.cnp(self.chance, birth_date_text=f"{born:%Y%m%d}", sex=sex)) in self.cnps:
            pass
        self.cnps.add(made)
        return made

    def _residence(self, home: Home) -> Residence:
        place = {name: getattr(home.household, name) for name in PLACE}
        return Residence(household=home.household, start=home.settled_on, **place)

    def _memberships(self, home: Home) -> Iterable[Membership]:
        for someone, person in zip(home.family.members, home.people, strict=True):
            yield Membership(
                person=person,
                household=home.household,
                start=max(home.settled_on, someone.born),
                relation=someone.relation,
            )

    def _documents(self, home: Home) -> Iterable[IdentityDocument]:
        for person in home.people:
            if (person.age_on(self.today) or 0) >= 14 and self.chance.random() < 0.3:
                yield IdentityDocument(
                    person=person,
                    kind=DocumentKind.IDENTITY_CARD,
                    number=f"CJ {self.chance.randrange(10**5, 10**6)}",
                    expires_on=self.today + dt.timedelta(days=self.chance.randrange(-90, 3000)),
                )

    def _assessment(self, home: Home, day: dt.date) -> tuple[Assessment, list[AssessedMember]]:
        day = max(day, home.settled_on)
        told = Answers(self.chance, home.family, day)
        there = [
            (person, someone)
            for person, someone in zip(home.people, home.family.members, strict=True)
            if someone.born <= day
        ]
        later = LaterAnswers(home.family, day)
        home_facts = told.household()
        home_facts |= later.household(home_facts)
        own_facts = [told.member(someone) for _, someone in there]
        own_facts = [
            facts | later.member(one, facts) for (_, one), facts in zip(there, own_facts, strict=True)
        ]
        instance_id = f"uuid:{uuid4()}"
        instance = self._instance(
            home, home_facts, list(zip((person for person, _ in there), own_facts, strict=True)), instance_id
        )
        made = Assessment(
            household=home.household,
            pack=self.version,
            by=self._worker(home),
            instance_id=instance_id,
            instance=instance,
            digest=hashlib.sha256(instance.encode()).hexdigest(),
            visited_on=day,
            submitted_at=self._moment(day),
            created_at=self._moment(day),
            facts=plain(self.pack, home_facts, "household"),
        )
        rows = [
            AssessedMember(assessment=made, person=person, facts=plain(self.pack, facts, "member"))
            for (person, _), facts in zip(there, own_facts, strict=True)
        ]
        return made, rows

    def _instance(
        self,
        home: Home,
        facts: dict[str, object],
        members: list[tuple[Person, dict[str, object]]],
        instance_id: str,
    ) -> str:
        rows = [
            {
                **own,
                "member_id": str(person.pk),
                "family_name": person.family_name,
                "given_name": person.given_name,
                "cnp": person.cnp or None,
            }
            for person, own in members
        ]
        top = {**facts, "household_id": str(home.household.pk), "uat_siruta": home.household.uat_id}
        day = facts["visit_date"]
        assert isinstance(day, dt.date)
        return instance_for(self.pack, top, rows, instance_id, visit_date=day)

    def _worker(self, home: Home) -> User:
        return home.keeper.workers[home.household.pk.int % len(home.keeper.workers)][0]

    def _moment(self, day: dt.date) -> dt.datetime:
        at = dt.datetime.combine(day, dt.time(8 + self.chance.randrange(8), self.chance.randrange(60)))
        return timezone.make_aware(at)
