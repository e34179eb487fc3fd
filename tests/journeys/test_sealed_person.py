"""A woman is sealed and moves: a colleague outside the circle finds nothing of her new address, her worker does."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import open_case
from punte.people.actions import change_person, create_household, join_household, leave_household
from punte.people.models import Household, Person, PersonSeal
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonFactory,
    TeamFactory,
    invented_cnp,
    worker,
)
from tests.journeys.browser import NARROW, WIDE, fits, go_by, sign_in_as, sound
from tests.journeys.scene import years_ago

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BORN = years_ago(31)
CNP = invented_cnp(BORN, sex="f")
OLD_PHONE, NEW_PHONE = "0700 111 111", "0700 222 222"
NEW_NAME, NEW_STREET = "Adăpost", "Str. Ascunsă nr. 7"


def test_of_her_new_address_the_colleague_finds_nothing_and_her_worker_all(
    page: Page, context: BrowserContext, live_server: object
) -> None:
    team = TeamFactory(organization=OrganizationFactory(name="Primăria Comunei Valea Lungă"))
    hers, colleague = worker(team=team), worker(team=team)
    coordinator = worker(Role.COORDINATOR, organization=team.organization)
    mother = PersonFactory(
        keeper=team.organization, family_name="Bădițoiu", given_name="Maria", birth_date=BORN, sex="f", cnp=CNP,
        phone=OLD_PHONE,
    )  # fmt: skip
    old = HouseholdFactory(keeper=team.organization, name="Bădițoiu", address="Str. Fântânii nr. 12")
    MembershipFactory(person=mother, household=old)
    open_case(by=hers, household=old, regime="intensive", reason="Violență în familie", team=team)

    # At the door for emergencies nobody is found.
    context.watch.allow("422")  # type: ignore[attr-defined]

    def as_(user: User) -> None:
        context.clear_cookies()
        sign_in_as(context, str(live_server), user)

    as_(coordinator)
    seal(page, str(live_server), mother)
    new = move(User.objects.get(pk=hers.pk), old, mother)
    as_(colleague)
    looks_everywhere(page, str(live_server), old, new)
    as_(hers)
    page.goto(f"{live_server}{reverse('person', args=[mother.pk])}")
    expect(page.get_by_role("main")).to_contain_text(NEW_PHONE)
    go_by(page, f"Gospodăria {NEW_NAME}")
    expect(page.get_by_role("main")).to_contain_text(NEW_STREET)
    sound(page)


def seal(page: Page, server: str, mother: Person) -> None:
    page.goto(f"{server}{reverse('person', args=[mother.pk])}")
    go_by(page, "Sigilează unde locuiește persoana")
    page.get_by_label("De ce").fill("Soțul o caută ca să îi facă rău.")
    go_by(page, page.get_by_role("button", name="Sigilează unde locuiește persoana"))
    assert PersonSeal.objects.get(person=mother).stood is not None


def move(by: User, old: Household, mother: Person) -> Household:
    """Her worker records that she left, where she lives now and by which number she is called."""
    today = timezone.localdate()
    leave_household(by=by, membership=old.memberships.get(), end=today)
    new = create_household(by=by, keeper=old.keeper, name=NEW_NAME, uat=old.uat, address=NEW_STREET)
    join_household(by=by, person=mother, household=new, start=today, relation="reference")
    change_person(by=by, person=Person.objects.get(pk=mother.pk), phone=NEW_PHONE)
    open_case(by=by, household=new, regime="intensive", reason="S-a mutat")
    return new


def looks_everywhere(page: Page, server: str, old: Household, new: Household) -> None:
    """By name, by CNP, in the household where she lived, in lists, at the door for emergencies, at the very address."""
    for text in ("Bădițoiu Maria", CNP, NEW_NAME):
        page.goto(f"{server}{reverse('search')}?q={text}")
        expect(page.get_by_role("main")).to_contain_text(
            "nu este nimic de acest fel" if text == NEW_NAME else "Bădițoiu Maria"
        )
        tells_nothing(page, new)
    page.goto(f"{server}{reverse('household', args=[old.pk])}")
    expect(page.get_by_role("main")).to_contain_text("Str. Fântânii nr. 12")
    tells_nothing(page, new)
    go_by(page, page.get_by_role("main").get_by_role("link", name=re.compile("Maria")).first)
    expect(page.get_by_role("main")).to_contain_text(OLD_PHONE)
    tells_nothing(page, new)
    for name in ("households", "cases"):
        page.goto(f"{server}{reverse(name)}")
        tells_nothing(page, new)
    page.goto(f"{server}{reverse('emergency_by_cnp')}")
    page.get_by_label("CNP").fill(CNP)
    page.get_by_label(re.compile("^De ce")).fill("Copil găsit singur pe stradă.")
    page.get_by_role("button", name="Deschide pentru 24 de ore").click()
    expect(page.get_by_role("main")).to_contain_text("Nu s-a găsit nimeni")
    tells_nothing(page, new)
    answer = page.request.get(f"{server}{reverse('household', args=[new.pk])}")
    assert answer.status == 404 and NEW_STREET not in answer.text()


def tells_nothing(page: Page, new: Household) -> None:
    said = page.content()
    for secret in (NEW_STREET, NEW_PHONE, str(new.pk)):
        assert secret not in said, page.url
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        fits(page)
