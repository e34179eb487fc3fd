"""Invented rows to test with: believable Romanian names, nobody real.

A factory makes a row as it lies in the database; where a test is about a change of state, it calls the verb instead.
"""

import datetime as dt
from typing import Any, TypeVar

import factory
from django.db.models import Model
from django.utils import timezone
from factory.django import DjangoModelFactory
from stdnum.ro.cnp import calc_check_digit

from punte.accounts.enums import Role
from punte.accounts.models import Appointment, Team, User
from punte.directory.models import Capacity, Location, Service
from punte.kernel.encryption import blind_index
from punte.kernel.text import fold
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.enums import Relation
from punte.people.models import Consent, Household, Membership, Person
from punte.people.residences import PLACE, first_known_on, settle
from punte.territory.models import Community, County, Uat

LONG_AGO = dt.date(2020, 1, 1)

Row = TypeVar("Row", bound=Model)


class RowFactory(DjangoModelFactory[Row]):
    """Its numbers have as many digits all along: none is found within another, and they sort as they were made."""

    class Meta:
        abstract = True

    @classmethod
    def _setup_next_sequence(cls) -> int:
        return 100_000


def begin_anew() -> None:
    """The first person made from here on has the first given name, whatever other tests made."""
    PersonFactory.given_name.reset()  # type: ignore[attr-defined]


class CountyFactory(RowFactory[County]):
    """The county of Cluj, once."""

    code = "CJ"
    siruta = 127
    name = "Cluj"
    region = "Nord-Vest"
    latitude = 46.77
    longitude = 23.60
    population = 679_000

    class Meta:
        model = County
        django_get_or_create = ["code"]


class UatFactory(RowFactory[Uat]):
    """A commune of Cluj; each call a new one."""

    siruta = factory.Sequence(lambda n: 800_000 + n)
    county = factory.SubFactory(CountyFactory)
    name = factory.Sequence(lambda n: f"Valea Mică {n}")
    kind = "comună"
    urban = False
    latitude = 46.80
    longitude = 23.50
    population = 3_000

    class Meta:
        model = Uat


class CommunityFactory(RowFactory[Community]):
    uat = factory.SubFactory(UatFactory)
    name = factory.Sequence(lambda n: f"Strada Gării {n}")
    source = "Plan local"

    class Meta:
        model = Community


class OrganizationFactory(RowFactory[Organization]):
    """A town hall of its own commune, unless told otherwise."""

    name = factory.Sequence(lambda n: f"Primăria Comunei Valea Mică {n}")
    folded_name = factory.LazyAttribute(lambda made: fold(made.name))
    kind = OrganizationKind.TOWN_HALL
    uat = factory.SubFactory(UatFactory)

    class Meta:
        model = Organization


class TeamFactory(RowFactory[Team]):
    organization = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"Echipa {n}")

    class Meta:
        model = Team


class AppointmentFactory(RowFactory[Appointment]):
    organization = factory.SubFactory(OrganizationFactory)
    role = Role.SOCIAL_WORKER
    start = LONG_AGO

    class Meta:
        model = Appointment


class UserFactory(RowFactory[User]):
    """An account without an appointment: it stands nowhere."""

    email = factory.Sequence(lambda n: f"cont{n}@exemplu.ro")
    name = factory.Sequence(lambda n: f"Ioana Exemplu {n}")
    password = "!"

    class Meta:
        model = User


def worker(
    role: Role = Role.SOCIAL_WORKER,
    *,
    organization: Organization | None = None,
    team: Team | None = None,
    **fields: Any,
) -> User:
    """An account appointed to `role`, in the organisation of `team` or in a new one unless one is named."""
    organization = organization or (team.organization if team else OrganizationFactory())
    user = UserFactory(**fields)
    AppointmentFactory(user=user, organization=organization, team=team, role=role)
    return user


class HouseholdFactory(RowFactory[Household]):
    """A household without members; `family(...)` makes one with them."""

    keeper = factory.SubFactory(OrganizationFactory)
    name = "Dinu"
    uat = factory.LazyAttribute(lambda made: made.keeper.uat or UatFactory())
    address = "Str. Fântânii nr. 12"

    class Meta:
        model = Household

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **fields: Any) -> Household:
        made: Household = super()._create(model_class, *args, **fields)
        place = {name: getattr(made, name) for name in PLACE}
        settle(made, since=first_known_on(made), dwelling=None, **place)
        return made


class PersonFactory(RowFactory[Person]):
    """A person without a CNP, findable by name."""

    keeper = factory.SubFactory(OrganizationFactory)
    family_name = "Dinu"
    given_name = factory.Iterator(["Elena", "Vasile", "Răzvan", "Ștefania", "Maria", "Ion-Andrei", "Ana"])
    birth_date = dt.date(1990, 5, 17)
    sex = ""

    class Meta:
        model = Person
        skip_postgeneration_save = True

    @factory.lazy_attribute
    def cnp_index(self) -> str:
        cnp = getattr(self, "cnp", "")
        return blind_index(cnp) if cnp else ""

    @factory.post_generation
    def name_words(self, create: bool, extracted: object, **_: object) -> None:
        from punte.people.search import index_names

        if create:
            index_names([self])


class MembershipFactory(RowFactory[Membership]):
    person = factory.SubFactory(PersonFactory)
    household = factory.SubFactory(HouseholdFactory)
    relation = Relation.REFERENCE
    start = LONG_AGO

    class Meta:
        model = Membership


def family(*ages: int, household: Household | None = None, **fields: Any) -> list[Person]:
    """A household's members of the given ages today, adults first by convention: the first is the reference person."""
    household = household or HouseholdFactory(**fields)
    today = timezone.localdate()
    people = []
    for place, age in enumerate(ages):
        person = PersonFactory(
            keeper=household.keeper,
            family_name=household.name,
            birth_date=dt.date(today.year - age, 1, 1),
        )
        MembershipFactory(
            person=person,
            household=household,
            relation=Relation.REFERENCE if place == 0 else Relation.SPOUSE if age >= 18 else Relation.CHILD,
        )
        people.append(person)
    return people


def invented_cnp(born: dt.date, *, sex: str, order: int = 1, first: str = "") -> str:
    """A CNP that is right in form, of the county code 12, for a person born on a day (1900 to 2099).

    Args:
        sex: `m` or `f`.
        order: the number of the day's birth, 1 to 999.
        first: the first digit, where it is not that of a Romanian citizen.
    """
    first = first or {("m", 19): "1", ("f", 19): "2", ("m", 20): "5", ("f", 20): "6"}[sex, born.year // 100]
    number = f"{first}{born:%y%m%d}12{order:03d}"
    return number + calc_check_digit(number)


class ConsentFactory(RowFactory[Consent]):
    """What a person agreed to; for a household, name it and no person."""

    person = factory.SubFactory(PersonFactory)
    keeper = factory.LazyAttribute(lambda made: (made.person or made.household).keeper)
    purpose = "referral"
    start = factory.LazyFunction(timezone.localdate)
    by = factory.SubFactory(UserFactory)

    class Meta:
        model = Consent


class LocationFactory(RowFactory[Location]):
    """The seat of a commune."""

    uat = factory.SubFactory(UatFactory)
    latitude = factory.SelfAttribute("uat.latitude")
    longitude = factory.SelfAttribute("uat.longitude")

    class Meta:
        model = Location


class ServiceFactory(RowFactory[Service]):
    """A service of its own provider; `at=uat` gives it a location there."""

    provider = factory.SubFactory(OrganizationFactory)
    name = factory.Sequence(lambda n: f"Centrul de zi nr. {n}")
    folded_name = factory.LazyAttribute(lambda made: fold(made.name))

    class Meta:
        model = Service
        skip_postgeneration_save = True

    @factory.post_generation
    def at(self, create: bool, uat: Uat | None, **_more: Any) -> None:
        if create and uat:
            self.locations.add(LocationFactory(uat=uat))  # type: ignore[attr-defined]


class CapacityFactory(RowFactory[Capacity]):
    service = factory.SubFactory(ServiceFactory)
    year = 2025
    value = 12
    unit = "places"
    source = "said"

    class Meta:
        model = Capacity
