"""A notification comes in, half known; its clock runs from its registration, to the hour."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from punte.accounts.enums import Role
from punte.kernel.errors import DomainError, NotAllowed
from punte.notifications.actions import (
    About,
    Notifier,
    Said,
    add_words,
    notify_as_partner,
    opened_by,
    record_from_petition,
    record_notification,
    send_notification,
)
from punte.notifications.enums import EventKind, Level
from punte.notifications.models import Notification, NotificationEvent
from punte.people.models import Person
from punte.petitions.actions import Letter, Sender, send_petition
from tests.factories import OrganizationFactory, worker
from tests.notifications.town import NEIGHBOUR, WORDS, Town
from tests.notifications.town import town as make_town


def test_half_known_is_enough_and_the_clock_runs_to_the_hour(town: Town) -> None:
    before = Person.objects.count()
    made = town.told("Zambilă", where="Valea Mică, lângă moară", danger="yes")
    assert str(made) == f"1/{timezone.localdate().year}"
    assert made.due_at == made.received_at + dt.timedelta(hours=72)
    assert made.urgency == Level.NOW
    assert made.notifier_name == "Ion Vecin"
    assert made.uat == town.hall.uat
    assert [one.name for one in made.people.all()] == ["Zambilă"]
    assert Person.objects.count() == before, "people are made by a deed of their own"


def test_who_calls_may_stay_unknown(town: Town) -> None:
    made = town.told("Zambilă", notifier=Notifier("Ion Vecin", "0744 123 456", "vecin", anonymous=True))
    assert (made.anonymous, made.notifier_name, made.notifier_phone) == (True, "", "")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": " "}, "what"),
        ({"kind": "nimic"}, "kind"),
        ({"channel": "site"}, "channel"),
        ({"danger": "poate"}, "danger"),
        ({"reasons": ["nimic"]}, "reasons"),
        ({"what": "x" * 6000}, "what"),
        ({"people": [About("Ana", 300)]}, "name_1"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(town: Town, wrong: dict[str, Any], field: str) -> None:
    given = {"what": WORDS, "channel": "desk", "kind": "child_risk", **wrong}
    with pytest.raises(DomainError) as refused:
        record_notification(by=town.nurse, keeper=town.hall, said=Said(**given), notifier=NEIGHBOUR)
    assert refused.value.field == field
    assert not Notification.objects.exists()


def test_who_records_nothing_there_is_refused(town: Town) -> None:
    for stranger in (worker(), worker(Role.PLANNER, organization=town.hall)):
        with pytest.raises(NotAllowed):
            town.told("Ana", by=stranger)


def test_the_same_form_sent_twice_is_one_notification(town: Town) -> None:
    assert town.told("Ana", token="t") == town.told("Ana", token="t")
    assert town.told("Ana", token="t", what="Altceva s-a întâmplat") != town.told("Ana", token="t")


def test_a_resident_tells_without_a_name_and_adds_by_the_code(town: Town) -> None:
    sent = send_notification(keeper=town.hall, said=Said(what=WORDS), notifier=Notifier(anonymous=True))
    made = sent.notification
    assert made.channel == "site" and made.recorded_by is None
    assert opened_by(str(made), "ABCD-EFGH-JKLM") is None
    assert opened_by("999/2026", sent.code) is None
    opened = opened_by(str(made), sent.code.lower().replace("-", " "))
    assert opened == made
    add_words(notification=made, text="Erau și pisici.")
    assert made.events.get(kind=EventKind.ADDED).text == "Erau și pisici."
    with pytest.raises(DomainError):
        add_words(notification=made, text=" ")


def test_a_partner_tells_in_the_name_of_its_own_institution(town: Town) -> None:
    school = OrganizationFactory(kind="school")
    teacher = worker(Role.PARTNER, organization=school)
    said = Said(what=WORDS, channel="professional", kind="school_absence", people=[About("Ana", 9)])
    sent = notify_as_partner(by=teacher, organization=school, keeper=town.hall, said=said, notifier=NEIGHBOUR)
    assert sent.notification.from_organization == school
    assert list(Notification.objects.sent_by(teacher)) == [sent.notification]
    assert not Notification.objects.visible_to(teacher).exists()
    assert not Notification.objects.sent_by(worker(Role.PARTNER)).exists()
    with pytest.raises(NotAllowed):
        notify_as_partner(by=teacher, organization=town.hall, keeper=town.hall, said=said, notifier=NEIGHBOUR)
    with pytest.raises(DomainError):
        notify_as_partner(by=teacher, organization=school, keeper=school, said=said, notifier=NEIGHBOUR)


def test_a_petition_that_turns_out_to_be_one_is_registered_once(town: Town) -> None:
    petition = send_petition(
        organization=town.hall, letter=Letter("complaint", "Copilul vecinei plânge noaptea."), sender=Sender()
    ).petition
    said = Said(what=petition.text, kind="child_risk")
    sent = record_from_petition(by=town.worker, petition=petition, said=said, notifier=NEIGHBOUR)
    again = record_from_petition(
        by=town.worker, petition=petition, said=Said(what="Alt text"), notifier=NEIGHBOUR
    )
    assert sent.notification == again.notification
    assert sent.notification.petition == petition
    assert str(sent.notification) in petition.events.last().text


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_three_callers_at_one_minute_have_three_numbers() -> None:
    town = make_town()

    def call(name: str) -> int:
        try:
            return town.told(name).number
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as callers:
        assert sorted(callers.map(call, ["Ana", "Ana", "Ana"])) == [1, 2, 3]


@pytest.mark.both
def test_what_happened_stays_as_it_was_written(town: Town) -> None:
    made = town.told("Ana")
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationEvent.objects.filter(notification=made).update(text="altceva")
    with pytest.raises(IntegrityError), transaction.atomic():
        NotificationEvent.objects.filter(notification=made).delete()
