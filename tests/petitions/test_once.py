"""Send pressed twice registers once; another letter from the same page is another petition."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.petitions import public_access
from punte.petitions.actions import Letter, register_petition, send_petition
from punte.petitions.actions.receiving import new_token
from punte.petitions.models import Knock, Petition, Register
from tests.factories import OrganizationFactory, worker
from tests.petitions.conftest import ANA, REQUEST, Hall

pytestmark = pytest.mark.both

_TOKEN = re.compile(r'name="token" value="([\w-]{20,64})"')


def _form(client: Client, url: str) -> str:
    page = client.get(reverse(url)).content.decode()
    found = _TOKEN.search(page)
    assert found
    return found[1]


def _code(client: Client) -> str:
    page = client.get(reverse("petition_sent")).content.decode()
    found = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page)
    assert found
    return found[0]


def test_send_pressed_twice_leads_to_one_receipt(client: Client, hall: Hall) -> None:
    typed = {
        **{"organization": hall.organization.pk, "kind": "request", "text": REQUEST.text},
        **{"name": ANA.name, "email": ANA.email, "token": _form(client, "petition_send")},
    }
    elsewhere = Client()
    for browser in (client, elsewhere):
        assert browser.post(reverse("petition_send"), typed)["Location"] == reverse("petition_sent")
    petition = Petition.objects.get()
    code = _code(elsewhere)
    assert _code(client) == code
    assert public_access.follow(str(petition), code) == petition
    assert petition.events.count() == 1
    assert Knock.objects.count() == 1
    client.post(reverse("petition_send"), {**typed, "text": "Mai cer și un loc la cantină."})
    assert Petition.objects.count() == 2
    assert _code(client) != code


def test_each_page_has_its_own_token(client: Client, hall: Hall) -> None:
    assert _form(client, "petition_send") != _form(client, "petition_send")


def test_the_office_too_registers_once(client: Client, hall: Hall) -> None:
    client.force_login(hall.worker)
    typed = {
        **{"organization": hall.organization.pk, "kind": "request", "text": REQUEST.text, "channel": "post"},
        "token": _form(client, "petition_new"),
    }
    places = [client.post(reverse("petition_new"), typed)["Location"] for _ in range(2)]
    assert places == [reverse("petition", args=[Petition.objects.get().pk])] * 2


def test_a_letter_without_a_token_is_always_another(hall: Hall) -> None:
    assert hall.receive().petition != hall.receive().petition


def test_the_same_words_to_another_town_hall_are_another_petition(hall: Hall) -> None:
    other = worker(Role.COORDINATOR).appointments.get().organization
    letter = Letter("request", REQUEST.text, token=new_token())
    sent = [send_petition(organization=one, letter=letter, sender=ANA) for one in (hall.organization, other)]
    assert len({one.petition.pk for one in sent}) == 2
    assert len({one.code for one in sent}) == 2


@pytest.mark.django_db(transaction=True)
def test_two_that_come_at_once_are_one_and_the_register_has_no_gap() -> None:
    lead = worker(Role.COORDINATOR, organization=OrganizationFactory())
    organization = lead.appointments.get().organization
    letter = Letter("request", REQUEST.text, token=new_token())

    def press(_time: int) -> str:
        try:
            return send_petition(organization=organization, letter=letter, sender=ANA).code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pressing:
        codes = set(pressing.map(press, range(4)))
    assert len(codes) == 1
    assert Petition.objects.get().number == 1
    assert Register.objects.get().last == 1
    other = Letter("request", "Altă cerere, de pe hârtie.")
    sent = register_petition(by=lead, organization=organization, letter=other, sender=ANA, channel="post")
    assert sent.petition.number == 2
