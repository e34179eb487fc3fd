"""Where signing in leads each of the roles: work of their own, and no link or button that refuses them."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoDbBlocker

from punte.accounts.enums import Role
from punte.accounts.guests import work_of
from punte.accounts.models import User
from punte.cases.actions import add_team_member
from punte.cases.models import PlannedService
from punte.gatherings.models import Placement
from punte.petitions.models import Petition
from tests import is_drawn
from tests.access.walk import SIGNED_COOKIES, sign_in
from tests.access.world import World, build
from tests.database import lasting
from tests.factories import worker

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    yield from lasting(django_db_blocker, _at_work)


def _at_work() -> World:
    """Everybody with something to do: a step of a plan each, for some a place in a case team, a petition."""
    made = build()
    for name, person in made.people.items():
        if person is not None and name.endswith("@own"):
            _given_work(made, person, Role(name.removesuffix("@own")))
    return made


def _given_work(made: World, person: User, role: Role) -> None:
    if role == Role.STUDENT:
        Placement.objects.filter(opened__pk=made.rows["opened"].pk).update(user=person, name="")
    PlannedService.objects.create(
        objective=made.rows["objective"], text=f"Pasul lui {role}", worker=person, due_on=timezone.localdate()
    )
    if role in (Role.PSYCHOLOGIST, Role.COMMUNITY_NURSE):
        answers = User.objects.get(pk=made.rows["member"].pk)
        for case in ("case", "sealed"):
            add_team_member(by=answers, case=made.rows[case], user=person)
    if role == Role.LEGAL_ADVISER:
        Petition.objects.filter(pk=made.rows["petition"].pk).update(
            assigned_to=person, due_on=timezone.localdate()
        )


@pytest.fixture(autouse=True)
def sessions_in_cookies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "SESSION_ENGINE", SIGNED_COOKIES)


def _landed(person: User | None) -> tuple[Client, Any]:
    """The client of somebody, and the main part of the page on which signing in leaves them."""
    client = Client()
    assert person is not None
    sign_in(client, person)
    page = client.get("/", follow=True)
    assert page.status_code == 200
    return client, html.fromstring(page.content.decode()).get_element_by_id("main")


def _followed(main: Any, role: Role) -> list[str]:
    """The links that are followed from a first page: in `make test` one in four, of each role others, and one at least;
    in `make test-all` all."""
    links = sorted({link.get("href").split("#")[0] for link in main.iter("a")} - {""}, key=_shape)
    return [link for at, link in enumerate(links) if at == 0 or is_drawn(f"{role} {_shape(link)}", one_in=4)]


def _shape(link: str) -> str:
    """A link without the keys of its records, which are others each time."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", link)


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("role", Role)
def test_nobody_lands_on_an_empty_page_or_is_advised_what_is_refused(world: World, role: Role) -> None:
    client, main = _landed(world.people[f"{role}@own"])
    assert main.xpath(".//ul[contains(@class, 'rows') or contains(@class, 'figures')]//a"), "nothing to do"
    for link in _followed(main, role):
        assert client.get(link).status_code in (200, 302), link
    for form in main.iter("form"):
        assert _sent(client, form) not in (403, 404, 405), form.get("action")


def _sent(client: Client, form: Any) -> int:
    """What somebody is answered who presses the button of a form as it stands; whatever it did is undone."""
    said = {
        field.get("name"): field.get("value") or ""
        for field in form.iter("input", "button")
        if field.get("name")
    }
    for field in form.iter("select"):
        said[field.get("name")] = field.xpath("string(./option[last()]/@value)")
    with transaction.atomic():
        answer = client.post(form.get("action"), said)
        transaction.set_rollback(True)
    return answer.status_code


@pytest.mark.sampled(one_in=2)
@pytest.mark.parametrize("role", Role)
def test_who_has_no_work_yet_is_told_what_will_stand_there_and_where_to_begin(role: Role) -> None:
    newcomer = worker(role)
    client, main = _landed(newcomer)
    links = _followed(main, role)
    assert links
    assert all(client.get(link).status_code in (200, 302) for link in links)
    if role not in (Role.SUPERVISOR, Role.COORDINATOR):
        said = main.text_content()
        assert any(str(work.called) in said for work in work_of(newcomer)) or main.xpath(
            ".//ul[@class='rows']//a"
        )
