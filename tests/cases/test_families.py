"""What a family that agreed is given: reminders and a page of its own; nothing where somebody there must not know."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Compartment
from punte.accounts.models import OnceLink, TrailEntry
from punte.accounts.once_links import code_of, number_of
from punte.assessments.models import Finding
from punte.cases import reminders
from punte.cases.actions import (
    add_facet,
    give_family_code,
    plan_visit,
    revoke_family_code,
    seal_case,
    seal_person,
)
from punte.cases.families import is_kept_away, may_have_page
from punte.cases.models import Case, FamilyCode, FamilyReminder, Objective, Plan
from punte.cases.reminders import send_reminders
from punte.documents.coded_letter import family_paper
from punte.kernel.errors import DomainError, NotAllowed
from punte.kernel.sms import is_texted, number_of_phone, texting
from punte.people.actions import withdraw_consent
from punte.people.enums import DocumentKind, KinshipKind
from punte.people.models import Consent, IdentityDocument, Kinship, Membership
from tests.assessments.visits import visit
from tests.cases.conftest import Town
from tests.factories import ConsentFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime.combine(timezone.localdate(), dt.time(12), tzinfo=ZoneInfo("Europe/Bucharest"))


@pytest.fixture
def mailed(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def case(town: Town) -> Case:
    Kinship.objects.create(person=town.child, relative=town.mother, kind=KinshipKind.MOTHER)
    town.mother.email = "mama@exemplu.ro"
    town.mother.save()
    return town.case()


def agreed(town: Town, purpose: str, **fields: Any) -> Consent:
    given = {"person": town.mother, "household": None, "organization": None, **fields}
    return ConsentFactory(purpose=purpose, by=town.worker, keeper=town.organization, **given)


def visited(town: Town, case: Case, **fields: Any) -> Any:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    return plan_visit(by=town.worker, case=case, day=tomorrow, hour=dt.time(10, 30), **fields)


def page(link: OnceLink, code: str = "") -> Any:
    said = {"number": number_of(link), "code": code or code_of(link)}
    return Client().post(reverse("family_open"), said, follow=True)


def test_who_agreed_is_reminded_once_by_day_in_words_that_tell_nothing(
    town: Town, case: Case, mailed: None
) -> None:
    agreed(town, "reminders")
    visited(town, case, purpose="Discutăm despre datorii")
    night = NOON.replace(hour=3)
    assert (send_reminders(night).at_night, len(mail.outbox)) == (1, 0)
    assert send_reminders(NOON).sent == 1
    assert send_reminders(NOON).sent == 0
    (sent,) = mail.outbox
    assert sent.to == ["mama@exemplu.ro"]
    assert "10:30" in sent.body and town.organization.phone in sent.body
    words = sent.body + sent.subject
    for secret in (
        town.mother.family_name,
        town.mother.given_name,
        town.organization.name,
        "datorii",
        str(case),
    ):
        assert secret not in words


def test_without_a_consent_or_after_it_nobody_is_reminded(town: Town, case: Case, mailed: None) -> None:
    visited(town, case)
    assert send_reminders(NOON).sent == 0
    consent = agreed(town, "reminders")
    withdraw_consent(by=town.worker, consent=consent, on=timezone.localdate(), who="mama")
    assert send_reminders(NOON).sent == 0
    assert not FamilyReminder.objects.exists()


def sealed(town: Town, case: Case) -> None:
    seal_case(by=town.worker, case=case, reason="Pericol")


def somebody_sealed(town: Town, case: Case) -> None:
    seal_person(by=town.worker, person=town.mother, reason="Este căutată")


def safe_contact(town: Town, case: Case) -> None:
    town.household.safe_contact = "Numai prin școală"
    town.household.save()


def violence(town: Town, case: Case) -> None:
    add_facet(by=town.worker, case=case, facet="violence", start=timezone.localdate())


def violence_in_the_plan(town: Town, case: Case) -> None:
    plan = Plan.objects.create(case=case, version=1, status="adopted", by=town.worker)
    Objective.objects.create(plan=plan, text="Adăpost", compartment=Compartment.VIOLENCE)


def violence_found(town: Town, case: Case) -> None:
    visit(case.household, town.worker, {town.mother: {}})
    assert Finding.objects.update(compartment=Compartment.VIOLENCE)


@pytest.mark.parametrize(
    "put", [sealed, somebody_sealed, safe_contact, violence, violence_in_the_plan, violence_found]
)
def test_where_somebody_must_not_know_nothing_is_sent_and_there_is_no_page(
    town: Town, case: Case, mailed: None, put: Callable[[Town, Case], None]
) -> None:
    agreed(town, "reminders")
    agreed(town, "family_page")
    visited(town, case)
    IdentityDocument.objects.create(
        person=town.mother,
        kind=DocumentKind.IDENTITY_CARD,
        expires_on=timezone.localdate() + dt.timedelta(days=10),
    )
    link = give_family_code(by=town.worker, case=case, person=town.mother)
    assert page(link).status_code == 200
    put(town, case)
    case = Case.objects.select_related("household").get(pk=case.pk)
    assert is_kept_away(case.household, case)
    assert send_reminders(NOON).sent == 0
    assert page(link).status_code == 422
    with pytest.raises((DomainError, NotAllowed)):
        give_family_code(by=town.worker, case=case, person=town.mother)


def test_a_paper_that_expires_is_told_of_once(town: Town, case: Case, mailed: None) -> None:
    agreed(town, "reminders")
    expires = timezone.localdate() + dt.timedelta(days=10)
    IdentityDocument.objects.create(person=town.mother, kind=DocumentKind.IDENTITY_CARD, expires_on=expires)
    assert [send_reminders(NOON).sent for _time in range(2)] == [1, 0]
    assert f"{expires:%d.%m.%Y}" in mail.outbox[0].body


def test_what_the_gateway_did_not_take_is_sent_the_next_time(
    town: Town, case: Case, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SMS_URL = "https://sms.example/send"
    agreed(town, "reminders", person=None, household=town.household)
    town.household.phone = "0722 555 010"
    town.household.save()
    visited(town, case)
    taken: list[str] = []
    monkeypatch.setattr(reminders, "is_texted", lambda phone, _text: False)
    assert send_reminders(NOON).unsent == 1
    monkeypatch.setattr(reminders, "is_texted", lambda phone, _text: not taken.append(phone))
    assert [send_reminders(NOON).sent for _time in range(2)] == [1, 0]
    assert taken == ["0722 555 010"]


def test_messages_are_off_until_a_gateway_is_set_and_never_in_clear(settings: Any) -> None:
    assert not texting() and not is_texted("0722555010", "x")
    settings.SMS_URL = "http://sms.example/send"
    assert not texting()
    settings.SMS_URL = "https://sms.example/send"
    assert texting()
    settings.DEMONSTRATION = True
    assert not texting()


@pytest.mark.parametrize(
    ("phone", "whole"),
    [
        ("0722 555 010", "+40722555010"),
        ("0040722555010", "+40722555010"),
        ("+43 1 234567890", "+431234567890"),
    ]
    + [(phone, "") for phone in ("", "12", "sun la vecina", "07225550100000000")],
)
def test_a_phone_as_a_gateway_takes_it(phone: str, whole: str) -> None:
    assert number_of_phone(phone) == whole


def test_the_page_says_what_this_person_may_know(town: Town, case: Case) -> None:
    agreed(town, "family_page")
    father = PersonFactory(keeper=town.organization)
    Membership.objects.create(
        person=father, household=town.household, start=dt.date(2020, 1, 1), relation="partner"
    )
    plan = Plan.objects.create(case=case, version=1, status="adopted", by=town.worker)
    for text, whose, part in (
        ("Casa e caldă", None, Compartment.GENERAL),
        ("Copilul merge la grădiniță", town.child, Compartment.EDUCATION),
        ("Mama face analize", town.mother, Compartment.HEALTH),
        ("Copilul face tratament", town.child, Compartment.HEALTH),
        ("Tatăl își caută de lucru", father, Compartment.GENERAL),
    ):
        Objective.objects.create(plan=plan, text=text, person=whose, compartment=part)
    link = give_family_code(by=town.worker, case=case, person=town.mother)
    read = page(link)
    text = read.content.decode()
    for said in ("Casa e caldă", "merge la grădiniță", "face analize"):
        assert said in text
    for hidden in ("face tratament", "caută de lucru", town.mother.family_name):
        assert hidden not in text
    assert "no-store" in read["Cache-Control"]
    assert read.redirect_chain[-1][0] == reverse("family_page")
    assert FamilyCode.objects.get().opened_at is not None
    row = FamilyCode.objects.select_related("case__keeper", "case__responsible").get()
    paper = family_paper(row, link, address="https://punte.example/familia/")
    assert paper.startswith(b"%PDF")


def test_a_code_is_closed_by_its_worker_by_five_tries_and_by_the_consent(town: Town, case: Case) -> None:
    consent = agreed(town, "family_page")
    first = give_family_code(by=town.worker, case=case, person=town.mother)
    second = give_family_code(by=town.worker, case=case, person=town.mother)
    assert page(first).status_code == 422
    for _try in range(OnceLink.MOST_WRONG):
        assert page(second, "AAAA-AAAA").status_code == 422
    assert page(second).status_code == 422
    third = give_family_code(by=town.worker, case=case, person=town.mother)
    assert page(third).status_code == 200
    revoke_family_code(by=town.worker, code=FamilyCode.objects.get())
    assert page(third).status_code == 422
    fourth = give_family_code(by=town.worker, case=case, person=town.mother)
    withdraw_consent(by=town.worker, consent=consent, on=timezone.localdate(), who="mama")
    assert page(fourth).status_code == 422
    assert TrailEntry.objects.filter(verb="give_family_code").count() == 4


def test_who_is_given_no_code(town: Town, case: Case) -> None:
    with pytest.raises(DomainError):
        give_family_code(by=town.worker, case=case, person=town.mother)
    agreed(town, "family_page", person=None, household=town.household)
    assert may_have_page(case, town.mother)
    for person in (town.child, PersonFactory(keeper=town.organization)):
        with pytest.raises(DomainError):
            give_family_code(by=town.worker, case=case, person=person)
    with pytest.raises(NotAllowed):
        give_family_code(by=town.nurse, case=case, person=town.mother)
