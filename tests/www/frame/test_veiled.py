"""What somebody searches for stands in no address and in no title."""

from urllib.parse import unquote, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.www.frame import veiled
from tests.factories import PersonFactory, worker

pytestmark = pytest.mark.django_db
NAME = "Dinulescu"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(client: Client, name: str, **question: str) -> str:
    """The address to which a search leads."""
    form = "application/x-www-form-urlencoded"
    answer = client.post(reverse(name), urlencode({"veil": "", **question}), content_type=form)
    assert answer.status_code == 303
    return str(answer.headers["Location"])


@pytest.fixture
def by() -> User:
    return worker(Role.COORDINATOR)


@pytest.mark.parametrize(
    ("name", "field"),
    [("search", "q"), ("households", "q"), ("household_new", "q"), ("cases", "text")],
)
def test_a_name_is_not_in_the_address_nor_on_the_way_from_page_to_page(
    by: User, name: str, field: str
) -> None:
    PersonFactory(keeper=by.appointments.get().organization, family_name=NAME)
    client = signed_in(by)
    address = asked(client, name, **{field: NAME})
    assert NAME.lower() not in unquote(address).lower()
    shown = client.get(f"{address}&unfold=filters").content.decode()
    assert f'value="{NAME}"' in shown
    links = [part.split('"', 1)[0] for part in shown.split('href="')[1:]]
    assert not [link for link in links if NAME.lower() in unquote(link).lower()]
    assert NAME not in shown.split("<title>")[1].split("</title>")[0]


def test_is_opened_by_who_asked_alone_and_for_a_day_of_work(
    by: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(by)
    address = asked(client, "search", q=NAME)
    assert NAME in client.get(address).content.decode()
    assert NAME not in signed_in(worker(Role.COORDINATOR)).get(address).content.decode()
    now = veiled.time.time()
    monkeypatch.setattr(veiled.time, "time", lambda: now + 13 * 3600)
    again = signed_in(by).get(address)
    assert again.status_code == 200
    assert NAME not in again.content.decode()


@pytest.mark.parametrize("spoiled", ["", "x", "c", "AAAA", "%00", "ș" * 9, "MTo" * 400])
def test_what_is_no_question_asks_nothing(client: Client, spoiled: str) -> None:
    assert client.get(reverse("find_help"), {"c": spoiled}).status_code == 200


@pytest.mark.parametrize("question", ["", "cantină"])
def test_leads_to_no_other_site(client: Client, question: str) -> None:
    sent = urlencode({"veil": "", "q": question})
    form = "application/x-www-form-urlencoded"
    answer = client.generic("POST", "/", sent, content_type=form, PATH_INFO="//rau.example/")
    assert answer.status_code == 303
    assert not answer.headers["Location"].startswith(("//", "http"))


def test_nothing_asked_is_the_page_itself(client: Client) -> None:
    assert asked(client, "find_help", q="", loc="") == reverse("find_help")


def test_a_need_is_not_in_the_address_nor_in_the_title(client: Client) -> None:
    address = asked(client, "find_help", q="soțul mă bate", loc="Turda")
    assert "bate" not in unquote(address)
    shown = client.get(address).content.decode()
    assert "soțul mă bate" in shown
    assert "data-leave" in shown
    links = [part.split('"', 1)[0] for part in shown.split('href="')[1:]]
    assert not [link for link in links if "bate" in unquote(link)]
    assert "bate" not in shown.split("<title>")[1].split("</title>")[0]


def test_the_needs_to_choose_from_are_veiled_too(client: Client) -> None:
    shown = client.get(reverse("find_help")).content.decode()
    assert "nevoie=" not in shown.replace('name="nevoie', "")
    assert "cine=" not in shown


def test_a_page_beside_the_question_stands_in_clear(client: Client) -> None:
    address = asked(client, "find_help", q="cantină")
    assert client.get(f"{address}&limba=en").content.decode().count("cantină") >= 1
