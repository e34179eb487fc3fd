"""One household before one account: what it seems entitled to, what it has, what would have to be asked."""

import datetime as dt
import io
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.assessments.models import AssessedMember
from punte.benefits.actions import confirm_value
from punte.benefits.lists import reckon_for
from punte.benefits.models import Seeming
from punte.benefits.reckoning import picture_of
from punte.cases.actions import seal_person
from punte.documents.actions import issue_document
from punte.documents.rendering import render
from punte.kernel.errors import NotAllowed
from punte.people.models import Person
from punte.registers.actions import add_entry, move_entry
from tests.cases.conftest import Town, make_town
from tests.factories import worker
from tests.people.sealed_place import again

pytestmark = pytest.mark.django_db
SAID = {"monthly_income_lei": "500.00", "receives_vmi": False, "dwelling": "house", "heating": "stove"}


class House:
    """A family of three who were visited: 500 lei a month for a woman and two children."""

    def __init__(self) -> None:
        self.town: Town = make_town()
        self.worker = self.town.worker
        self.home = self.town.household

    def visited(self, **said: Any) -> "House":
        made = self.town.assessed()
        made.facts = {**SAID, **said}
        made.save()
        for person in (self.town.mother, self.town.child, *self.town.others):
            AssessedMember.objects.create(assessment=made, person=person, facts=self._of(person))
        return self

    def _of(self, person: Person) -> dict[str, Any]:
        return {"occupation": "homemaker"} if person == self.town.mother else {"enrolled": "school"}

    def named(self, state: str = "seems", *, user: User | None = None) -> list[str]:
        picture = picture_of(user or self.worker, self.home)
        return sorted({one.entitlement.key for one in picture.those(state)})


@pytest.fixture
def house(db: None) -> House:
    return House()


def test_a_poor_family_that_was_visited_seems_entitled_and_the_sum_says_why(house: House) -> None:
    house.visited()

    found = {one.entitlement.key: one for one in picture_of(house.worker, house.home).seems}

    assert {"inclusion_aid", "family_aid"} <= set(found)
    assert found["inclusion_aid"].amount == 366 * 2 - 500
    assert found["family_aid"].amount == 320
    assert found["inclusion_aid"].proposed


def test_before_a_visit_nothing_is_said_but_what_would_have_to_be_asked(house: House) -> None:
    picture = picture_of(house.worker, house.home)

    assert not picture.seems
    assert "income" in picture.to_ask
    assert "inclusion_aid" in house.named("ask")


def test_what_is_asked_for_or_granted_in_the_register_is_not_missing_any_more(house: House) -> None:
    house.visited()
    entry = add_entry(
        by=house.worker,
        register="benefit",
        subject=house.town.mother,
        start=timezone.localdate(),
        given={"kind": "minimum_inclusion_income", "covers": "family"},
    )

    assert "inclusion_aid" not in house.named()
    assert "inclusion_aid" in house.named("has")

    move_entry(
        by=house.worker,
        entry=entry,
        move="refuse",
        on=timezone.localdate(),
        given={"reason": "Lipsea un act."},
        revision=entry.revision,
    )
    assert "inclusion_aid" in house.named()


def test_an_entry_of_the_register_prints_the_application_of_a_benefit_without_a_form(
    client: Client, house: House
) -> None:
    mother = house.town.mother
    given = {"kind": "local", "covers": "self", "programme": "Tichete pentru preșcolari"}
    entry = add_entry(
        by=house.worker, register="benefit", subject=mother, start=timezone.localdate(), given=given
    )
    client.force_login(house.worker)
    paper = client.get(reverse("entry_paper", args=[entry.pk, "benefit_request", "docx"]))
    written = "\n".join(one.text for one in Document(io.BytesIO(paper.content)).paragraphs)
    assert mother.family_name in written
    assert "Tichete pentru preșcolari" in written


def test_a_certificate_in_the_register_gives_a_right_that_the_nurse_reads_and_who_reads_no_health_does_not(
    house: House,
) -> None:
    house.visited()
    add_entry(
        by=house.worker,
        register="disability_certificate",
        subject=house.town.mother,
        start=timezone.localdate(),
        given={"kind": "physical", "grade": "accentuated", "permanent": True},
    )
    mediator = worker(Role.SCHOOL_MEDIATOR, organization=house.town.organization)

    assert "disability_allowance" in house.named("ask")
    assert "disability_allowance" in house.named("ask", user=house.town.nurse)
    everything = [key for state in ("seems", "has", "ask") for key in house.named(state, user=mediator)]
    assert "disability_allowance" not in everything


def test_what_is_known_from_memory_is_off_until_the_institution_confirms_it(house: House) -> None:
    house.visited()
    by = house.town.coordinator
    assert "school_meal" not in house.named("ask")

    with pytest.raises(NotAllowed):
        confirm_value(
            by=house.worker, organization=house.town.organization, what="school_meal", holds=True, reason="x"
        )
    confirm_value(
        by=by, organization=house.town.organization, what="school_meal", holds=True, reason="HCL 12/2026"
    )

    assert "school_meal" in house.named("ask")


def test_the_night_makes_the_list_and_nobody_outside_the_circle_reads_it_of_a_sealed_person(
    house: House,
) -> None:
    house.visited()
    keeper = house.town.organization.pk
    reckon_for([keeper])

    assert Seeming.objects.visible_to(house.worker).filter(entitlement="inclusion_aid").count() == 1
    assert not Seeming.objects.visible_to(worker()).exists()
    assert reckon_for([keeper], dt.date(2023, 12, 31)) == 0

    reckon_for([keeper])
    house.town.case()
    seal_person(by=house.worker, person=house.town.mother, reason="un motiv")
    assert Seeming.objects.visible_to(again(house.worker)).exists()
    assert not Seeming.objects.visible_to(again(house.town.other_team)).exists()


def test_the_pages_say_check_and_never_decide(client: Client, house: House) -> None:
    house.visited()
    reckon_for([house.town.organization.pk])
    case = house.town.case()
    client.force_login(house.worker)

    of_case = client.get(reverse("case_entitlements", args=[case.pk])).content.decode()
    of_home = client.get(reverse("household_entitlements", args=[house.home.pk])).content.decode()
    listed = client.get(reverse("entitlements"), {"what": "inclusion_aid"}).content.decode()
    places = client.get(reverse("entitlements_by_place")).content.decode()

    for page in (of_case, of_home):
        assert "De verificat" in page
        assert "232 lei pe lună" in page
    assert "232 lei" in listed
    assert house.home.uat.name in places


def test_the_application_is_filled_in_from_the_record(house: House) -> None:
    house.visited()
    case = house.town.case()

    issued = issue_document(by=house.worker, case=case, kind="vmi_application")
    words = "\n".join(_texts(render(issued, "docx")))

    assert str(house.town.mother) in words
    assert "☒\N{NO-BREAK SPACE}venitul minim de incluziune" in words
    assert "Sobă" in words
    assert "Dovada veniturilor celor din casă" in words
    assert words.index("3. Familia") < words.index("4. Locuința")
    assert str(house.town.child) in words
    assert render(issued, "pdf").startswith(b"%PDF")


def test_an_application_of_the_former_template_is_made_again_as_it_was(house: House) -> None:
    """Then the family stood beside the chapters."""
    house.visited()
    issued = issue_document(by=house.worker, case=house.town.case(), kind="vmi_application")
    said = json.loads(issued.content)
    [home] = [one for one in said["parts"] if one["family"] is not None]
    said["parts"].remove(home)
    issued.content = json.dumps({**said, "family_title": home["title"], "family": home["family"]})
    issued.template_version = "2026.1"
    words = "\n".join(_texts(render(issued, "docx")))
    assert home["title"] in words and str(house.town.child) in words
    assert render(issued, "pdf").startswith(b"%PDF")


def _texts(file: bytes) -> list[str]:
    document = Document(io.BytesIO(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in document.paragraphs), *cells]
