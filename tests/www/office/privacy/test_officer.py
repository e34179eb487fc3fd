"""The page of who looks after people's data: breaches by the hour, reads without a tie, the promise."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.actions import accept_promise, follow_breach, log_breach
from punte.accounts.enums import BreachRisk, Role
from punte.accounts.models import ConfidentialityPromise, DataBreach, TrailEntry
from punte.cases.actions import add_team_member, open_case, seal_case
from punte.cases.enums import Regime
from punte.cases.untied_reads import untied_reads
from punte.kernel.errors import DomainError, NotAllowed
from tests.factories import HouseholdFactory, OrganizationFactory, family, worker
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return OrganizationFactory()


@pytest.fixture
def officer(house):
    return worker(Role.DATA_PROTECTION_OFFICER, organization=house)


def logged(by, house, **said: Any) -> DataBreach:
    given = {"happened": "O tabletă pierdută în autobuz", "risk": BreachRisk.RISK, "known_at": timezone.now()}
    return log_breach(by=by, organization=house, **{**given, **said})


def test_the_authority_is_told_within_72_hours(officer, house) -> None:
    known = timezone.now() - dt.timedelta(hours=80)
    breach = logged(officer, house, known_at=known)
    assert breach.due_at - breach.known_at == dt.timedelta(hours=72)
    assert breach.is_running and breach.hours_left < 0
    told = {"by": officer, "breach": breach, "risk": BreachRisk.RISK, "told_authority_at": timezone.now()}
    with pytest.raises(DomainError) as late:
        follow_breach(**told)
    assert late.value.field == "late_why"
    assert not follow_breach(**told, late_why="Aflat târziu de la firmă").is_running


def test_it_is_closed_only_once_those_were_told_who_must_be(officer, house) -> None:
    breach = logged(officer, house, risk=BreachRisk.HIGH)
    said = {"by": officer, "breach": breach, "risk": BreachRisk.HIGH, "close": True}
    with pytest.raises(DomainError):
        follow_breach(**said)
    with pytest.raises(DomainError) as people:
        follow_breach(**said, told_authority_at=timezone.now())
    assert people.value.field == "told_people_at"
    with pytest.raises(DomainError):
        follow_breach(**said, no_need="Nimeni nu a citit")
    now = timezone.now()
    assert follow_breach(**said, told_authority_at=now, told_people_at=now).closed_on
    with pytest.raises(DomainError):
        follow_breach(**said)


def test_a_breach_is_of_who_looks_after_the_data(house) -> None:
    for other in (worker(Role.DATA_PROTECTION_OFFICER), worker(Role.COORDINATOR, organization=house)):
        with pytest.raises(NotAllowed):
            logged(other, house)
    with pytest.raises(DomainError):
        officer = worker(Role.DATA_PROTECTION_OFFICER, organization=house)
        logged(officer, house, known_at=timezone.now() + dt.timedelta(hours=1))


def test_the_officer_logs_and_follows_one_on_the_screen(officer, house) -> None:
    browser = signed_in(officer)
    known = timezone.localtime() - dt.timedelta(hours=2)
    said = {
        "organization": str(house.pk),
        "happened": "Un e-mail trimis la altcineva",
        "known_at": known.strftime("%Y-%m-%dT%H:%M"),
        "risk": "risk",
    }
    page = browser.post(reverse("breach_new"), said, follow=True)
    assert "Un e-mail trimis la altcineva" in page.content.decode()
    overview = browser.get(reverse("privacy")).content.decode()
    assert reverse("breach", args=[DataBreach.objects.get().pk]) in overview
    assert "Un e-mail" not in overview


def test_who_reads_without_a_tie_is_counted_without_the_name_of_a_family(officer, house) -> None:
    manager, stranger, colleague = (worker(Role.CASE_MANAGER, organization=house) for _ in range(3))
    home = HouseholdFactory(keeper=house, name="Vasilache")
    family(34, household=home)
    case = open_case(by=manager, household=home, regime=Regime.STANDARD, reason="Vizită")
    add_team_member(by=manager, case=case, user=colleague)
    for one in (manager, stranger, stranger, colleague):
        signed_in(one).get(reverse("household", args=[home.pk]))
    [untied] = untied_reads(officer)
    assert (untied.actor, untied.records, untied.openings) == (stranger, 1, 2)
    page = signed_in(officer).get(reverse("privacy")).content.decode()
    assert stranger.name in page and "Vasilache" not in page
    seal_case(by=manager, case=case, reason="Semnal")
    assert untied_reads(officer) == []


def test_everybody_promises_before_anything_else(settings: Any, officer) -> None:
    settings.PROMISE_REQUIRED = True
    for user in (officer, worker(Role.PARTNER)):
        browser = signed_in(user)
        sent = browser.get(reverse("my_day"))
        assert sent.status_code == 302 and sent.headers["Location"].startswith(reverse("promise"))
        page = browser.get(sent.headers["Location"]).content.decode()
        assert "Păstrez secretul" in page
        assert browser.post(reverse("promise"), {}).status_code == 422
        done = browser.post(reverse("promise"), {"accepted": "on", "next": reverse("my_day")})
        assert done.headers["Location"] == reverse("my_day")
        assert browser.get(reverse("my_day")).status_code == 200
        kept = ConfidentialityPromise.objects.get(user=user)
        assert "Păstrez secretul" in kept.text
        assert TrailEntry.objects.filter(verb="accept_promise", actor=user).count() == 1


def test_a_new_version_is_asked_of_everybody_again(settings: Any, officer, tmp_path) -> None:
    settings.PROMISE_REQUIRED = True
    accept_promise(by=officer)
    browser = signed_in(officer)
    assert browser.get(reverse("my_day")).status_code == 200
    said = "promise: {version: '2', ro: Promit, en: I promise, source: decizia 1, evidence: secondary}\n"
    (tmp_path / "privacy.yaml").write_text(said, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    assert browser.get(reverse("my_day")).status_code == 302
    assert "Promit" in browser.get(reverse("promise")).content.decode()


def test_a_way_on_leads_nowhere_else(settings: Any, officer) -> None:
    settings.PROMISE_REQUIRED = True
    done = signed_in(officer).post(
        reverse("promise"), {"accepted": "on", "next": "https://altundeva.example/"}
    )
    assert done.headers["Location"] == "/"
