"""While a seal stands, the emergency door answers as where nobody is found, and the case team answers instead."""

import datetime as dt
import re
import threading
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import open_case, seal_case
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.actions import answer_emergency, open_by_cnp, open_in_emergency
from punte.people.models import EmergencyRequest, Household, HouseholdSight
from tests.factories import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    invented_cnp,
    worker,
)
from tests.guards.queries import queries_of

pytestmark = [pytest.mark.django_db, pytest.mark.both]
CNP = invented_cnp(dt.date(1990, 5, 7), sex="f")
OF_NOBODY = invented_cnp(dt.date(1991, 6, 8), sex="f")
REASON = "Spitalul a sunat, copilul e singur"
ADDRESS = "Str. Ascunsă nr. 7"


@pytest.fixture
def home() -> Household:
    household = HouseholdFactory(address=ADDRESS)
    bearer = PersonFactory(keeper=household.keeper, family_name="Ascunsă", cnp=CNP)
    MembershipFactory(person=bearer, household=household)
    return household


@pytest.fixture
def sealed(home: Household) -> Case:
    responsible = worker(Role.CASE_MANAGER, organization=home.keeper)
    case = open_case(by=responsible, household=home, regime=Regime.INTENSIVE, reason="Soțul lovește.")
    return seal_case(by=responsible, case=case, reason="Pericol")


@pytest.fixture
def stranger() -> User:
    return worker(Role.COMMUNITY_NURSE)


def by(user: User | None) -> Client:
    assert user is not None
    client = Client()
    client.force_login(user, backend="punte.accounts.backend.OpenAccounts")
    client.get("/")
    return client


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def shape(page: HttpResponse) -> str:
    """What a page says without what differs between any two requests: tokens, keys, the number that was typed."""
    said = page.content.decode()
    for number in (CNP, OF_NOBODY):
        said = said.replace(number, "0" * 13)
    said = re.sub(r'name="once"[^>]*', "", said)
    said = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "key", said)
    return re.sub(r'(csrfmiddlewaretoken" value="|nonce[^"]*")[^"]*', r"\1", said)


def mails() -> list[Any]:
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join()
    return mail.outbox


def request_of(home: Household) -> EmergencyRequest:
    return EmergencyRequest.objects.filter(household=home).latest("created_at")


def test_by_cnp_a_sealed_person_is_like_nobody(sealed: Case, stranger: User) -> None:
    door, client = reverse("emergency_by_cnp"), by(stranger)
    known, page = queries_of(client.post, door, {"cnp": CNP, "reason": REASON})
    unknown, nothing = queries_of(client.post, door, {"cnp": OF_NOBODY, "reason": REASON})
    assert page.status_code == nothing.status_code == 422
    assert shape(page) == shape(nothing)
    assert known == unknown
    assert ADDRESS not in page.content.decode()
    assert not HouseholdSight.objects.filter(user=stranger).exists()
    assert client.get(reverse("household", args=[sealed.household_id])).status_code == 404


def test_for_a_colleague_a_sealed_case_is_like_none(home: Household, sealed: Case) -> None:
    client = by(worker(organization=home.keeper))
    plain = HouseholdFactory(keeper=home.keeper, address=ADDRESS)
    doors = (reverse("emergency", args=[one.pk]) for one in (home, plain))
    (known, page), (unknown, nothing) = (queries_of(client.post, door, {"reason": REASON}) for door in doors)
    assert page.status_code == nothing.status_code == 422
    assert shape(page) == shape(nothing)
    assert known == unknown
    assert not HouseholdSight.objects.filter(user__appointments__role=Role.SOCIAL_WORKER).exists()


def test_the_verbs_refuse_in_the_same_words(home: Household, sealed: Case, stranger: User) -> None:
    with pytest.raises(DomainError) as known:
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    with pytest.raises(DomainError) as unknown:
        open_by_cnp(by=stranger, cnp=OF_NOBODY, reason=REASON)
    assert (str(known.value.message), known.value.field) == (str(unknown.value.message), unknown.value.field)
    with pytest.raises(DomainError) as colleagues:
        open_in_emergency(by=worker(organization=home.keeper), household=home, reason=REASON)
    assert str(colleagues.value.message) == str(known.value.message)
    words = set()
    for cnp in (CNP, OF_NOBODY):
        with pytest.raises(NotAllowed) as refused:
            open_in_emergency(by=stranger, household=home, reason=REASON, cnp=cnp)
        words.add(str(refused.value.message))
    assert len(words) == 1


def test_a_seal_of_one_institution_holds_for_the_records_of_another(sealed: Case, stranger: User) -> None:
    elsewhere = HouseholdFactory(address="Str. Veche nr. 1")
    MembershipFactory(person=PersonFactory(keeper=elsewhere.keeper, cnp=CNP), household=elsewhere)
    with pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    assert not HouseholdSight.objects.filter(user=stranger).exists()


def test_the_search_names_no_institution_of_a_sealed_person(sealed: Case) -> None:
    client = by(worker())
    search = reverse("search")
    known, page = queries_of(client.get, search, {"q": CNP})
    unknown, nothing = queries_of(client.get, search, {"q": OF_NOBODY})
    assert (page.status_code, shape(page), known) == (nothing.status_code, shape(nothing), unknown)


def test_a_miss_is_in_the_trail_without_the_number(stranger: User) -> None:
    with pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=OF_NOBODY, reason=REASON)
    line = TrailEntry.objects.get(verb="emergency_missed")
    organization = stranger.appointments.get().organization_id
    assert (line.actor, line.keeper, line.household, line.person) == (stranger, organization, None, None)
    assert OF_NOBODY not in f"{line.changes}{line.reason}"
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=stranger.appointments.get().organization)
    assert "nu s-a găsit nimeni" in by(officer).get(reverse("trail")).content.decode()


def test_who_answers_is_told_at_once_and_without_detail(
    home: Household, sealed: Case, stranger: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    (told,) = mails()
    assert told.to == [sealed.responsible.email]
    for secret in (CNP, "Ascunsă", home.name, str(sealed), stranger.name, REASON):
        assert secret not in told.subject + told.body
    day = by(again(sealed.responsible)).get(reverse("my_day")).content.decode()
    assert stranger.name in day and REASON in day
    line = TrailEntry.objects.get(verb="ask_in_emergency")
    assert (line.household, line.sealed) == (home.pk, True)


def test_of_an_open_record_the_worker_is_told_too(
    home: Household, stranger: User, django_capture_on_commit_callbacks: Any
) -> None:
    responsible = worker(organization=home.keeper)
    open_case(by=responsible, household=home, regime=Regime.STANDARD, reason="Vizită")
    with django_capture_on_commit_callbacks(execute=True):
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    assert [one.to for one in mails()] == [[responsible.email]]
    day = by(again(responsible)).get(reverse("my_day")).content.decode()
    assert stranger.name in day and REASON in day


def test_nobody_is_written_to_about_nobody(stranger: User, django_capture_on_commit_callbacks: Any) -> None:
    worker(Role.CASE_MANAGER)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=OF_NOBODY, reason=REASON)
    assert mails() == []


def test_the_team_opens_it_for_a_day(
    home: Household, sealed: Case, stranger: User, django_capture_on_commit_callbacks: Any
) -> None:
    with pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    door = reverse("emergency_answer", args=[request_of(home).pk])
    with django_capture_on_commit_callbacks(execute=True):
        assert by(again(sealed.responsible)).post(door, {"answer": "open"}).status_code == 302
    sight = HouseholdSight.objects.get(user=stranger)
    assert (sight.why, sight.household) == ("emergency", home)
    assert sight.expires_at <= timezone.now() + dt.timedelta(hours=24)
    told = mails()[-1]
    assert told.to == [stranger.email] and "Ascunsă" not in told.subject + told.body
    page = by(again(stranger)).get(reverse("household", args=[home.pk]))
    assert ADDRESS in page.content.decode()
    assert str(sealed) not in page.content.decode()
    assert TrailEntry.objects.get(verb="open_for_emergency").sealed


def test_of_a_refusal_nobody_is_told(home: Household, sealed: Case, stranger: User) -> None:
    with pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    answer_emergency(by=again(sealed.responsible), request=request_of(home), granted=False)
    assert request_of(home).answered_by == sealed.responsible
    assert not HouseholdSight.objects.filter(user=stranger).exists()
    with pytest.raises(NotAllowed):
        answer_emergency(by=again(sealed.responsible), request=request_of(home), granted=True)


def test_the_coordinator_may_after_a_quarter_of_an_hour_and_sees_it_only_then(
    home: Household, sealed: Case, stranger: User
) -> None:
    with pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    coordinator = worker(Role.COORDINATOR, organization=home.keeper)
    door = reverse("emergency_answer", args=[request_of(home).pk])
    client = by(coordinator)
    assert client.post(door, {"answer": "open"}).status_code == 404
    assert stranger.name not in client.get(reverse("team_day")).content.decode()
    EmergencyRequest.objects.update(created_at=timezone.now() - dt.timedelta(minutes=15))
    page = client.get(reverse("team_day")).content.decode()
    assert stranger.name in page and home.name not in page.split("<main")[1]
    assert client.post(door, {"answer": "open", "back": "team_day"}).url == reverse("team_day")
    assert HouseholdSight.objects.filter(user=stranger).exists()
    assert by(worker(Role.COORDINATOR)).post(door, {"answer": "open"}).status_code == 404


def test_nobody_answers_what_they_asked_for(home: Household, sealed: Case) -> None:
    coordinator = worker(Role.COORDINATOR, organization=home.keeper)
    with pytest.raises(DomainError):
        open_in_emergency(by=coordinator, household=home, reason=REASON)
    EmergencyRequest.objects.update(created_at=timezone.now() - dt.timedelta(hours=1))
    with pytest.raises(NotAllowed):
        answer_emergency(by=again(coordinator), request=request_of(home), granted=True)


def test_the_officer_sees_what_was_asked_for(home: Household, sealed: Case, stranger: User) -> None:
    with pytest.raises(DomainError):
        open_by_cnp(by=stranger, cnp=CNP, reason=REASON)
    officer = worker(Role.DATA_PROTECTION_OFFICER, organization=home.keeper)
    page = by(officer).get(reverse("emergencies")).content.decode()
    assert stranger.name in page and home.name not in page.split("<main")[1]
