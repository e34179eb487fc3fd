"""A place where a person is sealed and has moved, beside the same one where nobody is."""

import datetime as dt
from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import open_case, seal_person
from punte.cases.models import Case
from punte.kernel.encryption import blind_index
from punte.people.actions import change_person, create_household, join_household, leave_household
from punte.people.models import Household, Person
from punte.people.search import index_names
from tests.factories import HouseholdFactory, OrganizationFactory, TeamFactory, family, invented_cnp, worker

BORN = dt.date(timezone.localdate().year - 34, 1, 1)
CNP, OTHER_CNP = (invented_cnp(BORN, sex="f", order=order) for order in (1, 2))
OLD_PHONE, NEW_PHONE = "0700 111 111", "0700 222 222"
NEW_STREET = "Str. Ascunsă nr. 7"


@dataclass
class Place:
    """A household whose mother is sealed and has moved; the same one where nobody is, to compare with."""

    worker: User
    colleague: User
    coordinator: User
    old: Household
    mother: Person
    child: Person
    case: Case
    new: Household
    like: Household
    like_mother: Person


def make_place() -> Place:
    """The place; the worker answers for the cases of both households, and sealed the mother before she moved."""
    organization = OrganizationFactory()
    team = TeamFactory(organization=organization)
    mine = worker(team=team)
    old, like = HouseholdFactory(keeper=organization), HouseholdFactory(keeper=organization)
    mother, child = family(34, 6, household=old)
    like_mother, like_child = family(34, 6, household=like)
    for one, cnp in ((mother, CNP), (like_mother, OTHER_CNP)):
        one.given_name, one.phone, one.sex = "Elena", OLD_PHONE, "f"
        one.cnp, one.cnp_index = cnp, blind_index(cnp)
        one.save()
        index_names([one])
    for one in (child, like_child):
        one.given_name = "Ana"
        one.save()
    case = open_case(by=mine, household=old, regime="standard", reason="o situație grea", team=team)
    open_case(by=mine, household=like, regime="standard", reason="o situație grea", team=team)
    seal_person(by=again(mine), person=mother, reason="soțul o caută")
    return Place(
        worker=again(mine),
        colleague=worker(team=team),
        coordinator=worker(Role.COORDINATOR, organization=organization),
        old=old,
        mother=mother,
        child=child,
        case=case,
        new=_moved(again(mine), old, mother),
        like=like,
        like_mother=like_mother,
    )


def _moved(by: User, old: Household, mother: Person) -> Household:
    """She leaves today and lives in a new household of the same keeper, with another phone."""
    today = timezone.localdate()
    leave_household(by=by, membership=old.memberships.get(person=mother), end=today)
    new = create_household(by=by, keeper=old.keeper, name="Nou", uat=old.uat, address=NEW_STREET)
    join_household(by=by, person=mother, household=new, start=today, relation="reference")
    change_person(by=by, person=Person.objects.get(pk=mother.pk), phone=NEW_PHONE)
    return new


def again(user: User) -> User:
    """The account as the next request reads it."""
    return User.objects.get(pk=user.pk)


def by(user: User) -> Client:
    """A browser in which the account is signed in."""
    client = Client()
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    client.get("/")
    return client
