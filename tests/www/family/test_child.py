"""A child asks for help with one tick; what is sent is a notification that only who reads of abuse reads."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.notifications.models import Notification
from tests.factories import OrganizationFactory, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Any:
    made = OrganizationFactory()
    worker(Role.COORDINATOR, organization=made)
    return made


def sent(house: Any, **said: Any) -> Any:
    given = {
        "wrong": ["afraid"],
        "words": "",
        "reached": "",
        "organization": house.pk,
        "token": "unu",
        **said,
    }
    return Client().post(reverse("child_help"), given)


def test_one_tick_is_enough_and_who_reads_of_abuse_reads_it(house: Any) -> None:
    went = sent(house)
    assert went.url == reverse("child_help_sent")
    made = Notification.objects.get()
    assert (made.channel, made.compartment, made.anonymous) == ("child_self", "abuse", True)
    assert "acasă" in made.what and made.due_at
    nurse = worker(Role.COMMUNITY_NURSE, organization=house)
    leader = worker(Role.SUPERVISOR, organization=house)
    assert not Notification.objects.visible_to(nurse).exists()
    assert Notification.objects.visible_to(leader).exists()


def test_sent_twice_it_is_one_and_nothing_of_it_stands_on_the_next_page(house: Any) -> None:
    first = sent(house, words="mama nu e", reached="Școala 2")
    sent(house, words="mama nu e", reached="Școala 2")
    assert Notification.objects.count() == 1
    client = Client()
    text = client.get(first.url).content.decode()
    assert "mama nu e" not in text and "?" not in first.url
    assert not client.cookies


def test_an_empty_form_comes_back_and_nothing_is_made(house: Any) -> None:
    assert sent(house, wrong=[]).status_code == 422
    assert sent(house, organization="").status_code == 422
    assert not Notification.objects.exists()


def test_the_page_needs_no_script_and_can_be_left_at_once(house: Any) -> None:
    text = Client().get(reverse("child_help")).content.decode()
    assert "data-leave" in text and "tel:119" in text and "<script" not in text
