"""Every form of every page: its mark, its address at a second sending, and a slip of time in each of its fields.

Every form carries its mark, and its address answers a second sending with where the first one led. A slip of the year,
or an hour that the clocks leave out or show twice, is answered on every page; never by a 500.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import resolve, reverse
from pytest_django import DjangoDbBlocker

from punte.accounts.models import SentForm, User
from punte.www.frame import once, veiled
from tests import WHOLE, is_drawn
from tests.access.table import TABLE, Row
from tests.access.walk import SIGNED_COOKIES, sign_in
from tests.access.world import World

# The pages are rendered once, for all that is told of their forms.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("forms")]

DAYS = ("0001-01-01", "9999-12-31")
MOMENTS = ("0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T03:30", "2026-10-25T03:30")
_FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
_INPUT = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|type|value|action|method)="([^"]*)"')
_ELSEWHERE = "/unde-a-dus-prima/"


@dataclass(frozen=True)
class Form:
    """A form as a page shows it to somebody."""

    page: str
    who: User
    url: str
    said: dict[str, str]
    """Its attributes."""
    inside: str

    @property
    def address(self) -> str:
        """Where it is sent."""
        return urljoin(self.url, self.said.get("action", self.url))

    @property
    def inputs(self) -> list[dict[str, str]]:
        return [dict(_ATTRIBUTE.findall(one)) for one in _INPUT.findall(self.inside)]


@pytest.fixture(scope="module")
def forms(world: World, django_db_blocker: DjangoDbBlocker) -> list[Form]:
    with django_db_blocker.unblock(), override_settings(SESSION_ENGINE=SIGNED_COOKIES), transaction.atomic():
        found = [form for row in TABLE if _is_asked(row) for form in _forms_of(row, world)]
        transaction.set_rollback(True)
    return found


def _is_asked(row: Row) -> bool:
    """Of the pages one in two, always the same, in `make test`; all in `make test-all`."""
    return is_drawn(f"forms of {row.name}", one_in=2)


def _forms_of(row: Row, world: World) -> Iterator[Form]:
    who = _let_in(row, world)
    if row.method != "get" or who is None:
        return
    client = Client()
    sign_in(client, who)
    url = row.path or reverse(row.name, kwargs=row.named(world.rows))
    page = client.get(url)
    if page.status_code != 200 or "html" not in page.headers.get("Content-Type", ""):
        return
    for attributes, inside in _FORM.findall(page.content.decode()):
        yield Form(row.name, who, url, dict(_ATTRIBUTE.findall(attributes)), inside)


def _let_in(row: Row, world: World) -> User | None:
    """Somebody who is shown the page of a row, if anybody is."""
    for who, person in world.people.items():
        if person is not None and row.of(who)[1] == 200:
            return person
    return None


@pytest.fixture(autouse=True)
def signed_cookies(settings: Any) -> None:
    settings.SESSION_ENGINE = SIGNED_COOKIES


def test_every_form_is_guarded(forms: list[Form]) -> None:
    wrong, tried = [], set()
    for form in forms:
        if form.said.get("method") != "post" or f'name="{veiled.FIELD}"' in form.inside:
            continue
        if 'name="once"' not in form.inside:
            wrong.append(f"{form.page}: a form without a mark")
        address = form.address.split("?")[0]
        if not address.startswith("/conturi/") and address not in tried:
            tried.add(address)
            if not _is_guarded(form.who, address):
                wrong.append(f"{form.page}: {address} does not know that it was sent before")
    assert not wrong, "\n".join(wrong)
    pages = {
        row.name for row in TABLE if "new" in row.name.split("_") and row.method == "get" and _is_asked(row)
    }
    assert len(tried) >= len(pages) > 5


def _is_guarded(who: User, address: str) -> bool:
    """Whether the address, told that something was sent from this form before, does nothing and leads there."""

    class Asked:
        user, path = who, address

    SentForm.objects.create(key=once._key(Asked(), "m"), content="", user=who, location=_ELSEWHERE)
    client = Client()
    sign_in(client, who)
    answer = client.post(address, {"once": "m"})
    return answer.status_code == 302 and answer.url == _ELSEWHERE


def test_every_field_of_a_day_or_a_moment_answers(forms: list[Form]) -> None:
    """Each field of a kind of form is given one slip in `make test`, always the same; in `make test-all` every field of
    every record is given each."""
    wrong, tried = [], set()
    for form in forms:
        path = urlsplit(form.address).path
        for field in form.inputs:
            slips = {"date": DAYS, "datetime-local": MOMENTS}.get(field.get("type", ""), ())
            one = (path if WHOLE else resolve(path).view_name, field.get("name"))
            if not slips or one in tried:
                continue
            tried.add(one)
            told_by = crc32(f"{form.page} {field['name']}".encode())
            for slip in slips if WHOLE else [slips[told_by % len(slips)]]:
                status = _answered(form, {field["name"]: slip})
                if status >= 500:
                    wrong.append(f"{form.page}: {field['name']}={slip} is answered {status}")
    assert not wrong, "\n".join(wrong)
    assert len(tried) > 15


def _answered(form: Form, given: dict[str, str]) -> int:
    """What is answered to a form that holds this and what it hides; whatever it did is undone."""
    client = Client(raise_request_exception=False)
    sign_in(client, form.who)
    hidden = {one["name"]: one.get("value", "") for one in form.inputs if one.get("type") == "hidden"}
    sent = {**hidden, **given}
    with transaction.atomic():
        if form.said.get("method") == "post":
            answer = client.post(form.address, {**sent, "once": ""})
        else:
            answer = client.get(f"{form.address.split('?')[0]}?{urlencode(sent)}")
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.parametrize("slip", [*DAYS, *MOMENTS, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
@pytest.mark.parametrize("where", ["/api/hsds/services", "/administrare/jurnal/"])
def test_a_slip_in_an_address_is_answered(client: Client, world: World, where: str, slip: str) -> None:
    client.raise_request_exception = False
    client.force_login(world.people["data_protection_officer@own"])
    for name in ("modified_after", "since", "until"):
        assert client.get(where, {name: slip}).status_code < 500
    assert client.get(where, {"after": f"{slip}_1"}).status_code < 500
