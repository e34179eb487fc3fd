"""An intervention noted in seconds, and what becomes of bad input."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.models import FormDraft
from punte.cases.models import Intervention
from tests.cases.conftest import Town
from tests.www.office.cases.conftest import SignIn, text_of


def sent(**more: Any) -> dict[str, Any]:
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    return {"mode": "phone", "at": now, "compartment": "general", "met_family": "on", "note": "", **more}


def test_a_call_is_noted_from_the_first_page(town: Town, sign_in: SignIn) -> None:
    case = town.case()
    FormDraft.objects.create(user=town.nurse, key=f"intervention-{case.pk}", fields="{}")
    browser = sign_in(town.nurse)
    page = browser.get(reverse("case", args=[case.pk]))
    assert page.context["form"]["at"].value() is not None
    noted = browser.post(
        reverse("case_interventions", args=[case.pk]),
        sent(back="case", minutes="15", person=str(town.mother.pk), code="SNA_02", note="A sunat la medic."),
    )
    assert noted.url == reverse("case", args=[case.pk])
    done = Intervention.objects.get()
    assert (done.by, done.minutes, done.person, done.code, done.note) == (
        town.nurse,
        15,
        town.mother,
        "SNA_02",
        "A sunat la medic.",
    )
    assert timezone.now() - done.at < dt.timedelta(minutes=2)
    assert not FormDraft.objects.exists()
    said = text_of(browser.get(reverse("case_interventions", args=[case.pk])))
    assert "A sunat la medic." in said
    assert "15 minute" in said


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ({"mode": ""}, "mode"),
        ({"at": "2999-01-01T10:00"}, "at"),
        ({"at": "ieri"}, "at"),
        ({"minutes": "9999"}, "minutes"),
        ({"code": "NU_EXISTA"}, "code"),
        ({"compartment": "violence"}, "compartment"),
        ({"person": "00000000-0000-0000-0000-000000000000"}, "person"),
        ({"note": "a" * 20_001}, "note"),
    ],
)
def test_bad_input_comes_back_beside_its_field_with_all_that_was_typed(
    town: Town, sign_in: SignIn, bad: dict[str, str], field: str
) -> None:
    case = town.case()
    page = sign_in(town.nurse).post(
        reverse("case_interventions", args=[case.pk]), sent(**{"note": "Nota mea întreagă", **bad})
    )
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert (bad.get("note") or "Nota mea întreagă") in text_of(page)
    assert not Intervention.objects.exists()


def test_who_does_not_intervene_is_refused(town: Town, sign_in: SignIn) -> None:
    from punte.accounts.enums import Role
    from tests.factories import worker

    case = town.case()
    browser = sign_in(worker(Role.TRAINEE, team=town.team))
    url = reverse("case_interventions", args=[case.pk])
    assert '<form method="post" action="/cazuri' not in text_of(browser.get(url))
    assert browser.post(url, sent()).status_code == 403
    assert not Intervention.objects.exists()


def test_the_list_is_filtered_by_part_and_asks_few_questions(
    town: Town, sign_in: SignIn, pinned: Any
) -> None:
    case = town.case()
    Intervention.objects.bulk_create(
        Intervention(
            case=case,
            mode="phone",
            at=timezone.now() - dt.timedelta(hours=number),
            by=town.worker,
            person=town.child,
            compartment="education" if number % 2 else "general",
            note=f"nota {number} gata",
        )
        for number in range(60)
    )
    browser = sign_in(town.worker)
    url = reverse("case_interventions", args=[case.pk])
    page = pinned(browser.get, url)
    assert "Se văd cele mai noi 50." in text_of(page)
    only = text_of(browser.get(url, {"parte": "education"}))
    assert "nota 1 gata" in only
    assert "nota 2 gata" not in only
