"""Characters that no database takes as text: in an address they are marked, and no page breaks over them."""

from urllib.parse import urlencode
from zlib import crc32

import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from punte.accounts.models import FormDraft, User
from tests import WHOLE
from tests.factories import worker

pytestmark = [pytest.mark.django_db, pytest.mark.both]
# What pages ask for in their addresses.
ASKED = (
    *("q", "p", "text", "uat", "sort", "state", "whose", "keeper", "institutie", "kept", "stare", "fel"),
    *(
        "parte",
        "cauta",
        "judet",
        "loc",
        "an",
        "day",
        "de_la",
        "la",
        "after",
        "case",
        "step",
        "visit",
        "service",
    ),
)


SPOILED = ("%00", "Al%00bu", "7%00", "%ED%A0%80")


def signed_in(role: Role = Role.COORDINATOR) -> tuple[Client, User]:
    user, client = worker(role), Client()
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    return client, user


@pytest.mark.parametrize(
    ("page", "role"),
    [
        *((page, Role.COORDINATOR) for page in ("my_day", "cases", "households", "search", "petitions")),
        *((page, Role.COORDINATOR) for page in ("needs", "visits_week", "household_new", "services")),
        *((page, Role.ADMINISTRATOR) for page in ("users", "teams", "devices", "methodology")),
        ("trail", Role.DATA_PROTECTION_OFFICER),
        ("own_services", Role.PARTNER),
        ("plans", Role.PLANNER),
        *((page, None) for page in ("find_help", "help_map", "petition_send", "public_services")),
    ],
)
def test_no_address_breaks_a_page(page: str, role: Role | None) -> None:
    """Each page is given one of them in `make test`, always the same, and in `make test-all` all."""
    client = signed_in(role)[0] if role else Client()
    for spoiled in SPOILED if WHOLE else [SPOILED[crc32(page.encode()) % len(SPOILED)]]:
        question = "&".join(f"{name}={spoiled}" for name in (*ASKED, spoiled))
        assert client.get(f"{reverse(page)}?{question}").status_code < 400, spoiled


def test_what_is_searched_for_is_shown_with_a_mark() -> None:
    client, _user = signed_in()
    sent = urlencode({"veil": "", "q": "Al\0bu"})
    shown = client.post(reverse("households"), sent, "application/x-www-form-urlencoded", follow=True)
    assert 'value="Al�bu"' in shown.content.decode()


def test_the_encoding_that_a_sender_names_brings_none() -> None:
    client, _user = signed_in()
    query = {"QUERY_STRING": "q=\\ud800", "CONTENT_TYPE": "text/plain; charset=unicode_escape"}
    assert client.get(reverse("households"), **query).status_code == 200
    assert (
        client.get(reverse("households"), **{**query, "CONTENT_TYPE": "x/y; charset=idna"}).status_code == 200
    )


def test_an_address_and_a_cookie_of_them_are_nobodys() -> None:
    client, _user = signed_in()
    for page, named in (("form_draft", ["a\0"]), ("form_xml", ["sci\0", "1"])):
        assert client.get(reverse(page, args=named)).status_code == 404
    stranger = Client(headers={"cookie": 'punte_session="abcdefgh\\000"; punte_language="\\000"'})
    assert stranger.get(reverse("households")).status_code == 302
    assert stranger.get(reverse("find_help")).status_code == 200


def test_a_form_gives_back_what_was_typed() -> None:
    client, user = signed_in()
    typed = {
        "name": "Al\0bu",
        "keeper": str(user.appointments.get().organization_id),
        "address": "Str. Lungă",
    }
    answer = client.post(reverse("household_new"), typed)
    assert answer.status_code == 422
    assert "Str. Lungă" in answer.content.decode()


def test_what_a_script_sends_is_kept_with_a_mark() -> None:
    client, _user = signed_in()
    door = reverse("form_draft", args=["visit"])
    sent = client.put(door, '{"fields": {"purpose": ["Ac\\u0000te\\ud800"]}}', "application/json")
    assert sent.status_code == 200
    assert client.get(door).json()["fields"] == {"purpose": ["Ac�te�"]}
    assert FormDraft.objects.count() == 1
