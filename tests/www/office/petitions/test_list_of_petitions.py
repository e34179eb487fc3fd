"""The list of petitions: those late first, narrowed, given to others, and what it does not tell."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.petitions.actions import Letter, Sender, answer_petition, assign_petition
from punte.petitions.models import Petition
from tests.cases.conftest import again
from tests.factories import AppointmentFactory, OrganizationFactory, worker
from tests.petitions.conftest import ANA, REQUEST, Hall
from tests.www.frame.test_veiled import signed_in

URL = reverse("petitions")
ABOUT_IOANA = Letter("complaint", "Mi s-a vorbit urât la ghișeu.", about_words="doamna Mureșan")


@pytest.fixture
def three(hall: Hall) -> list[Petition]:
    """One that is late, one of this week, one of later."""
    made = [hall.receive().petition for _ in range(3)]
    for petition, days in zip(made, (-2, 3, 20), strict=True):
        Petition.objects.filter(pk=petition.pk).update(due_on=timezone.localdate() + dt.timedelta(days=days))
    return made


def numbers(page: Any) -> list[str]:
    return [str(petition) for petition in page.context["rows"]]


def tabs(page: Any) -> list[tuple[str, str]]:
    return [(str(tab.title), tab.count) for tab in page.context["tabs"]]


@pytest.mark.both
def test_the_late_stand_first_under_headings(hall: Hall, three: list[Petition]) -> None:
    late, soon, later = map(str, three)
    page = signed_in(hall.worker).get(URL)
    assert numbers(page) == [late, soon, later]
    assert [part.title for part in page.context["parts"]] == [
        "Întârziate",
        "Următoarele șapte zile",
        "Mai târziu",
    ]
    assert numbers(signed_in(hall.worker).get(URL, {"sort": "-due"})) == [later, soon, late]
    assert numbers(signed_in(hall.worker).get(URL, {"sort": "number"})) == [late, soon, later]


def test_views_and_filters_narrow_them(hall: Hall, three: list[Petition]) -> None:
    late, soon, later = three
    assign_petition(by=hall.worker, petition=late, worker=hall.worker)
    answer_petition(by=hall.worker, petition=later, answer="Da.", basis="Legea 292/2011")
    complaint = hall.receive(Letter("complaint", "Nu mi s-a răspuns.")).petition
    browser = signed_in(hall.worker)
    page = browser.get(URL)
    assert tabs(page) == [
        ("Așteaptă răspuns", "3"),
        ("Întârziate", "1"),
        ("Încă ale nimănui", "2"),
        ("Cu răspuns", ""),
    ]
    assert numbers(browser.get(URL, {"state": "late"})) == [str(late)]
    assert numbers(browser.get(URL, {"whose": "mine"})) == [str(late)]
    assert set(numbers(browser.get(URL, {"whose": "nobody"}))) == {str(soon), str(complaint)}
    assert numbers(browser.get(URL, {"kind": "complaint"})) == [str(complaint)]
    assert numbers(browser.get(URL, {"state": "answered"})) == [str(later)]
    assert numbers(browser.get(URL, {"number": str(later)})) == [str(later)]
    assert not numbers(browser.get(URL, {"number": "unul"}))
    lead = signed_in(hall.lead)
    assert numbers(lead.get(URL, {"whose": str(hall.worker.pk)})) == [str(late)]
    assert "organization" not in lead.get(URL).context["listing"].form.fields


def test_whoever_answers_for_several_halls_may_ask_for_one(hall: Hall, three: list[Petition]) -> None:
    other = OrganizationFactory()
    AppointmentFactory(user=hall.worker, organization=other, role=Role.SOCIAL_WORKER)
    far = Hall(other, hall.worker, hall.adviser, hall.lead).receive().petition
    browser = signed_in(again(hall.worker))
    assert len(numbers(browser.get(URL))) == 4
    page = browser.get(URL, {"organization": str(other.pk)})
    assert [row.pk for row in page.context["rows"]] == [far.pk]
    assert str(other) in page.content.decode()


def test_one_about_a_worker_is_in_no_list_of_others(hall: Hall) -> None:
    complaint = hall.receive(ABOUT_IOANA).petition
    for user, seen in ((hall.worker, 0), (hall.adviser, 0), (hall.lead, 1)):
        for query in ({}, {"number": str(complaint)}, {"kind": "complaint"}, {"state": "all"}):
            page = signed_in(user).get(URL, query)
            assert len(numbers(page)) == seen, (user, query)
        assert tabs(page)[0][1] == str(seen)


def test_several_are_given_at_once_by_who_leads(hall: Hall, three: list[Petition]) -> None:
    browser = signed_in(hall.lead)
    sent = {"do": "give", "give-worker": str(hall.adviser.pk), "chosen": [str(three[0].pk), str(three[1].pk)]}
    said = browser.post(URL, sent, follow=True).content.decode()
    assert f"2 petiții date către {hall.adviser}" in said
    assert _of(hall.adviser) == {three[0].pk, three[1].pk}
    about = hall.receive(ABOUT_IOANA).petition
    sent = {**sent, "give-worker": str(hall.worker.pk), "chosen": [str(about.pk), str(three[2].pk)]}
    said = browser.post(URL, sent, follow=True).content.decode()
    assert "1 petiție dată către" in said and "nu o poate rezolva" in said
    assert _of(hall.worker) == {three[2].pk}
    stranger = {**sent, "give-worker": str(worker().pk)}
    assert browser.post(URL, stranger).status_code == 422
    assert browser.post(URL, {**sent, "chosen": []}).status_code == 422


def test_who_does_not_lead_takes_them_over(hall: Hall, three: list[Petition]) -> None:
    browser = signed_in(hall.worker)
    given = {"do": "give", "give-worker": str(hall.adviser.pk), "chosen": str(three[0].pk)}
    assert browser.post(URL, given).status_code == 200
    assert not _of(hall.adviser)
    browser.post(URL, {"do": "take", "chosen": str(three[0].pk)})
    assert _of(hall.worker) == {three[0].pk}


def test_pages_follow_each_other(hall: Hall) -> None:
    for _ in range(51):
        hall.receive()
    browser = signed_in(hall.worker)
    first = browser.get(URL)
    second = browser.get(first.context["next"])
    assert (len(numbers(first)), len(numbers(second))) == (50, 1)
    assert not set(numbers(first)) & set(numbers(second))


def test_a_file_names_who_wrote_only_where_it_is_locked(hall: Hall) -> None:
    named = hall.receive(REQUEST, ANA).petition
    hall.receive(REQUEST, Sender("", "", "", ""))
    browser = signed_in(hall.worker)
    sheet = openpyxl.load_workbook(io.BytesIO(browser.post(URL, {"do": "file"}).content)).active
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert str(named) in cells and "Cerere" in cells
    assert not [cell for cell in cells if ANA.name in cell]
    browser.post(URL, {"do": "file", "file-names": "on", "file-why": "ședința de luni"})
    read = TrailEntry.objects.filter(verb="in_list_file")
    assert [(line.subject, line.keeper) for line in read] == [(named.pk, named.organization_id)]


def _of(user: User) -> set[Any]:
    return set(Petition.objects.filter(assigned_to=user).values_list("pk", flat=True))
