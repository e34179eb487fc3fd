"""Somebody tells of somebody by the site: without a script, a name or a trace on the browser."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from punte.notifications.models import Notification
from punte.petitions import public_access
from tests.notifications.town import WORDS, Town
from tests.notifications.town import town as make_town

TOLD = {
    "what": WORDS,
    "danger": "yes",
    "kind": "child_risk",
    "role_1": "child",
    "role_2": "child",
    "role_3": "child",
}


@pytest.fixture
def town(db: None) -> Town:
    return make_town()


def test_it_is_told_without_a_name_and_leaves_nothing(client: Client, town: Town) -> None:
    form = client.get(reverse("tell"))
    page = client.post(reverse("tell"), {**TOLD, "keeper": town.hall.pk})
    for one in (form, page):
        assert one.status_code == 200, one.content
        assert "no-store" in one["Cache-Control"] and one["X-Robots-Tag"] != "all"
        [title] = re.findall(r"<title>(.*?)</title>", one.content.decode())
        assert title == "Formular · Punte"
        assert "data-leave" in one.content.decode() and 'href="tel:112"' in one.content.decode()
    assert "sesiz" not in reverse("tell")
    assert set(page.cookies) <= {"csrftoken"}
    made = Notification.objects.get()
    assert (made.anonymous, made.channel, made.keeper) == (True, "site", town.hall)
    code = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page.content.decode())[0]
    more = {"number": str(made), "code": code, "text": "Stau la etajul doi."}
    assert client.post(reverse("tell_more"), more).status_code == 200
    assert made.events.filter(kind="added").count() == 1


def test_sent_twice_it_is_one(client: Client, town: Town) -> None:
    token = re.findall(r'name="token" value="([\w-]+)"', client.get(reverse("tell")).content.decode())[0]
    pages = [client.post(reverse("tell"), {**TOLD, "keeper": town.hall.pk, "token": token}) for _ in range(2)]
    codes = {re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", page.content.decode())[0] for page in pages}
    assert len(codes) == 1 and Notification.objects.count() == 1


def test_what_is_missing_comes_back_with_what_was_written(client: Client, town: Town) -> None:
    page = client.post(reverse("tell"), {**TOLD, "what": "", "keeper": town.hall.pk, "where": "Valea Mică"})
    assert page.status_code == 422 and "Valea Mică" in page.content.decode()
    assert client.post(reverse("tell"), {**TOLD, "website": "x", "keeper": town.hall.pk}).status_code == 422


def test_doors_do_not_give_way(client: Client, town: Town) -> None:
    town.told("Ana")
    for _attempt in range(public_access.MOST[public_access.ADD_NUMBER]):
        wrong = {"number": "1/2026", "code": "AAAA-AAAA-AAAA", "text": "x"}
        assert client.post(reverse("tell_more"), wrong).status_code == 422
    assert client.post(reverse("tell_more"), wrong).status_code == 429
