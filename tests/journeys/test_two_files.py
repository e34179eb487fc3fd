"""Two files of one person: seen in the list, laid side by side, joined, taken apart again; and one that nothing
suggests, looked for by its name.
"""

import datetime as dt

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, Page, expect

from punte.accounts.enums import Role
from punte.people.models import Person, PersonJoin
from tests.factories import HouseholdFactory, MembershipFactory, OrganizationFactory, PersonFactory, worker
from tests.journeys.browser import fits_a_telephone, go_by, sign_in_as, sound

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BORN = dt.date(1980, 3, 4)


def test_two_files_of_one_person_are_joined_and_taken_apart(
    page: Page, context: BrowserContext, live_server: object, transactional_db: None
) -> None:
    keeper = OrganizationFactory(name="Primăria Comunei Valea Lungă")
    home = HouseholdFactory(keeper=keeper, name="Dinu")
    full = PersonFactory(
        keeper=keeper, family_name="Dinu", given_name="Ștefania Maria", birth_date=BORN, sex="f"
    )
    MembershipFactory(person=full, household=home)
    PersonFactory(
        keeper=keeper, family_name="Dinu", given_name="Stefania", birth_date=BORN, phone="0700 000 171"
    )
    PersonFactory(keeper=keeper, family_name="Oprea", given_name="Fănica", birth_date=None)
    call_command("match", "people", verbosity=0)
    sign_in_as(context, str(live_server), worker(Role.COORDINATOR, organization=keeper))

    page.goto(f"{live_server}/gospodarii/")
    go_by(page, "Fișe care pot fi ale aceleiași persoane")
    fits_a_telephone(page)
    go_by(page, page.get_by_role("main").get_by_role("listitem").get_by_role("link"))
    join(page)
    take_apart(page)
    look_for_another(page)


def join(page: Page) -> None:
    """The fuller file is offered as the one to keep; all that is asked is how it is known."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Este aceeași persoană?")
    expect(page.get_by_role("main")).to_contain_text("aceeași dată a nașterii")
    fits_a_telephone(page)
    expect(page.get_by_role("radio", name="Dinu Ștefania Maria")).to_be_checked()
    page.get_by_label("De unde știți că este aceeași persoană?").fill("Am văzut buletinul.")
    go_by(page, page.get_by_role("button", name="Unește cele două fișe"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dinu Ștefania Maria")
    expect(page.get_by_role("main")).to_contain_text("0700 000 171")
    sound(page)
    assert Person.objects.count() == 2


def take_apart(page: Page) -> None:
    go_by(page, page.get_by_role("button", name="Desparte"))
    expect(page.get_by_role("main")).to_contain_text("Fișele sunt din nou două")
    expect(page.get_by_role("main")).not_to_contain_text("0700 000 171")
    assert Person.objects.count() == 3
    assert PersonJoin.objects.get().undone_at is not None


def look_for_another(page: Page) -> None:
    go_by(page, "Caută altă fișă a acestei persoane")
    page.get_by_role("searchbox", name="Numele din cealaltă fișă").fill("Oprea")
    go_by(page, page.get_by_role("main").get_by_role("button", name="Caută"))
    fits_a_telephone(page)
    go_by(
        page, page.get_by_role("listitem").filter(has_text="Oprea Fănica").get_by_role("link", name="Compară")
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("Este aceeași persoană?")
