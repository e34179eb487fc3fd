"""The duties of an institution in the mail of whoever is to meet them."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.organizations.models import Organization
from punte.publication.actions import give_duty
from punte.publication.duties import duties
from punte.publication.models import DutyMet
from punte.publication.reminders import owed
from tests.factories import worker

MONTHLY = next(duty for duty in duties().duties if duty.key == "1.c")


@pytest.fixture
def planner(db: None) -> User:
    return worker(Role.PLANNER, name="Ștefan Pop")


@pytest.fixture
def hall(planner: User) -> Organization:
    return planner.appointments.get().organization


def met(hall: Organization, planner: User, on: dt.date, *but: str) -> None:
    """Every duty was met today, but for the monthly one, met on a day, and those named, never met."""
    for duty in duties().duties:
        if duty.key not in but:
            day = on if duty.key == MONTHLY.key else timezone.localdate()
            DutyMet.objects.create(organization=hall, duty=duty.key, on=day, by=planner)


def test_a_late_duty_is_named_with_its_day_and_those_never_met_are_counted(
    hall: Organization, planner: User
) -> None:
    met(hall, planner, timezone.localdate() - dt.timedelta(days=62), "1.a", "1.b")
    call_command("reminders")
    body = mail.outbox[0].body
    assert [one.to for one in mail.outbox] == [[planner.email]]
    assert mail.outbox[0].subject == "Punte: ce este de actualizat și de publicat"
    assert f"Ce trebuie să facă public {hall} (HG 797/2017):" in body
    assert f"{MONTHLY.title} (trebuia până la " in body
    assert "2 obligații nu au fost îndeplinite încă." in body


def test_nobody_is_mailed_when_all_is_up_to_date(hall: Organization, planner: User) -> None:
    met(hall, planner, timezone.localdate())
    call_command("reminders")
    assert mail.outbox == []


def test_a_duty_given_to_somebody_is_theirs_until_they_leave(hall: Organization, planner: User) -> None:
    other = worker(Role.PLANNER, organization=hall)
    met(hall, planner, timezone.localdate() - dt.timedelta(days=62))
    today = timezone.localdate()
    assert set(owed(today)) == {planner, other}
    give_duty(by=planner, organization=hall, duty=MONTHLY.key, owner=other)
    assert set(owed(today)) == {other}
    other.appointments.update(end=today)
    assert set(owed(today)) == {planner}


def test_who_publishes_nothing_is_not_asked(hall: Organization, planner: User) -> None:
    worker(Role.SOCIAL_WORKER, organization=hall)
    worker(Role.PARTNER)
    assert set(owed(timezone.localdate())) == {planner}
