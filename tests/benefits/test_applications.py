"""A resident begins an application on the site; the desk finds it by its code, ties it to a household, finishes it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.benefits.enums import ApplicationState
from punte.benefits.keeps import erase, over
from punte.benefits.models import Application
from punte.registers.models import Entry
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker

pytestmark = pytest.mark.django_db
TYPED = {"benefit": "minimum_inclusion_income", "name": "Elena Dinu", "phone": "0744 123 456", "token": "abc"}


def test_from_the_site_to_the_register(client: Client) -> None:
    hall = OrganizationFactory()
    clerk = worker(Role.SOCIAL_WORKER, organization=hall)
    home = HouseholdFactory(keeper=hall)
    mother = family(34, 9, household=home)[0]

    sent = [
        client.post(reverse("apply"), {**TYPED, "organization": hall.pk}).content.decode() for _ in range(2)
    ]
    codes = {re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)[0] for page in sent}  # type: ignore[index]
    assert len(codes) == 1
    found = Application.objects.get()
    assert codes.pop() not in str(vars(found))

    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", sent[0])[0]  # type: ignore[index]
    client.force_login(worker(Role.SOCIAL_WORKER))
    assert client.post(reverse("applications"), {"code": code}).status_code == 422
    assert client.get(reverse("application", args=[found.pk])).status_code == 404

    client.force_login(clerk)
    opened = client.post(reverse("applications"), {"code": code.lower().replace("-", "")})
    assert opened["Location"] == reverse("application", args=[found.pk])
    client.post(reverse("application_papers", args=[found.pk]), {"brought": ["0", "1"]})
    assert "Mai lipsesc" in client.get(opened["Location"]).content.decode()
    assert home.name in client.get(reverse("application_household", args=[found.pk])).content.decode()
    client.post(reverse("application_household", args=[found.pk]), {"q": home.name, "household": home.pk})
    client.post(reverse("application_finish", args=[found.pk]), {"person": mother.pk, "number": "12/2026"})

    found.refresh_from_db()
    assert (found.state, found.brought, found.household) == (ApplicationState.FINISHED, ["0", "1"], home)
    entry = Entry.objects.get(register="benefit")
    assert (entry.person, entry.state) == (mother, "asked")
    assert entry.values["kind"] == "minimum_inclusion_income"
    assert client.post(reverse("application_close", args=[found.pk]), {"reason": "x"}).status_code == 422


def test_what_is_over_is_erased_by_the_years_of_the_institution(client: Client) -> None:
    hall = OrganizationFactory()
    clerk = worker(Role.SOCIAL_WORKER, organization=hall)
    client.post(reverse("apply"), {**TYPED, "organization": hall.pk})
    found = Application.objects.get()
    client.force_login(clerk)
    client.post(reverse("application_close", args=[found.pk]), {"reason": "A renunțat."})
    found.refresh_from_db()
    assert found.ended_at

    later = found.ended_at.date().replace(year=found.ended_at.year + 1)
    assert over(later) == {hall.pk: 1}
    assert erase(hall.pk, later) == 1
    found.refresh_from_db()
    assert (found.name, found.phone, found.household) == ("", "", None)


def test_without_a_way_to_be_reached_nothing_is_sent(client: Client) -> None:
    hall = OrganizationFactory()
    worker(Role.SOCIAL_WORKER, organization=hall)
    answer = client.post(reverse("apply"), {**TYPED, "phone": "", "organization": hall.pk})
    assert answer.status_code == 422
    assert "altfel nu are cum" in answer.content.decode()
    assert not Application.objects.exists()
