"""The page of sealed cases whose whole team has gone tells their number and nothing else."""

from django.urls import reverse
from django.utils import timezone

from punte.cases.actions import seal_case
from tests.cases.conftest import Town
from tests.www.office.cases.conftest import SignIn


def test_the_number_is_shown_and_the_case_is_given_away(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    seal_case(by=town.worker, case=case, reason="violență în familie")
    town.worker.appointments.update(end=timezone.localdate())
    client = sign_in(town.coordinator)
    assert reverse("cases_left_alone") in client.get(reverse("team_day")).content.decode()
    shown = client.get(reverse("cases_left_alone")).content.decode()
    assert str(case) in shown
    assert case.household.name not in shown
    url = reverse("case_successor", args=[case.pk])
    assert client.post(url, {"responsible": town.colleague.pk, "reason": ""}).status_code == 422
    assert client.post(url, {"responsible": town.colleague.pk, "reason": "a plecat"}).status_code == 302
    case.refresh_from_db()
    assert case.responsible == town.colleague
    assert client.get(reverse("case", args=[case.pk])).status_code == 404
    assert client.post(url, {"responsible": town.colleague.pk, "reason": "a plecat"}).status_code == 404
