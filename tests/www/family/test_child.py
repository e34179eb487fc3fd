"""A child asks for help with one tick; what is sent reaches leaders alone until a room takes it over."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.petitions import calls_for_help
from punte.petitions.calls_for_help import CallForHelp
from punte.petitions.models import Petition
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


def test_one_tick_is_enough_and_leaders_alone_read_it(house: Any) -> None:
    went = sent(house)
    assert went.url == reverse("child_help_sent")
    made = Petition.objects.get()
    assert made.restricted and made.anonymous
    assert "acasă" in made.text
    clerk = worker(Role.SOCIAL_WORKER, organization=house)
    leader = worker(Role.SUPERVISOR, organization=house)
    assert not Petition.objects.visible_to(clerk).exists()
    assert Petition.objects.visible_to(leader).exists()


def test_sent_twice_it_is_one_and_nothing_of_it_stands_on_the_next_page(house: Any) -> None:
    first = sent(house, words="mama nu e", reached="Școala 2")
    sent(house, words="mama nu e", reached="Școala 2")
    assert Petition.objects.count() == 1
    client = Client()
    text = client.get(first.url).content.decode()
    assert "mama nu e" not in text and "?" not in first.url
    assert not client.cookies


def test_an_empty_form_comes_back_and_nothing_is_made(house: Any) -> None:
    assert sent(house, wrong=[]).status_code == 422
    assert sent(house, organization="").status_code == 422
    assert not Petition.objects.exists()


def test_a_room_above_takes_calls_over(house: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls_for_help, "_receivers", [])
    taken: list[CallForHelp] = []
    calls_for_help.take_over(taken.append)
    with pytest.raises(ValueError):
        calls_for_help.take_over(print)
    sent(house, reached="Școala 2")
    assert [(one.organization, one.reached) for one in taken] == [(house, "Școala 2")]
    assert not Petition.objects.exists()


def test_the_page_needs_no_script_and_can_be_left_at_once(house: Any) -> None:
    text = Client().get(reverse("child_help")).content.decode()
    assert "data-leave" in text and "tel:119" in text and "<script" not in text
