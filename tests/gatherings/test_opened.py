"""What a supervisor opens to a student: that alone, for a while, seen in the trail, never behind a seal."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import seal_case, seal_person
from punte.gatherings.actions.opened import close_to_student, open_to_student
from punte.gatherings.actions.staff import begin_placement
from punte.gatherings.models import Opened
from punte.kernel.errors import DomainError, NotAllowed
from punte.people.models import Household, Person
from tests.factories import worker
from tests.gatherings.scene import Town, again, fresh

pytestmark = pytest.mark.django_db


class Practice(Town):
    """A student of the manager, to whom the case is opened for a week."""

    def __init__(self) -> None:
        super().__init__()
        self.student = worker(Role.STUDENT, organization=self.house)
        today = timezone.localdate()
        self.placement = begin_placement(
            by=self.manager,
            keeper=self.house,
            kind="student",
            supervisor=self.manager,
            start=today,
            user=self.student,
        )
        self.until = today + dt.timedelta(days=7)
        self.said = {"placement": self.placement, "parts": ["members"], "until": self.until, "why": "Vizită"}
        self.opened = open_to_student(by=self.manager, case=self.case, **self.said)

    def reads(self) -> list[Opened]:
        return Opened.objects.read_by(again(self.student))


def test_a_student_reads_what_was_opened_and_that_alone(client: Client) -> None:
    place = Practice()
    student = again(place.student)
    assert (
        not Household.objects.visible_to(student).exists() and not Person.objects.visible_to(student).exists()
    )
    client.force_login(student)
    page = client.get(reverse("opened_record", args=[place.opened.pk])).content.decode()
    assert "Exemplescu" in page and str(place.mother) in page and 'id="plan"' not in page
    assert TrailEntry.objects.filter(verb="opened_record", actor=student, case=place.case.pk).exists()
    assert client.get(reverse("case", args=[place.case.pk])).status_code in (403, 404)
    assert client.get(reverse("household", args=[place.home.pk])).status_code == 404
    assert "Exemplescu" in client.get(reverse("my_day")).content.decode()
    client.force_login(place.nurse)
    assert client.get(reverse("opened_record", args=[place.opened.pk])).status_code == 403
    close_to_student(by=place.manager, opened=place.opened)
    assert place.reads() == []
    client.force_login(student)
    assert client.get(reverse("opened_record", args=[place.opened.pk])).status_code == 404


def test_it_ends_with_its_day_the_placement_the_seal_and_the_sight_of_the_supervisor() -> None:
    place = Practice()
    assert place.reads() == [place.opened]
    for changed in ({"until": timezone.localdate() - dt.timedelta(days=1)}, {"ended_at": timezone.now()}):
        Opened.objects.update(**changed)
        assert place.reads() == []
        Opened.objects.update(until=place.until, ended_at=None)
    seal_person(by=again(place.manager), person=place.mother, reason="o caută")
    assert place.reads() == []
    place = Practice()
    place.manager.appointments.update(end=timezone.localdate())
    assert place.reads() == []
    place = Practice()
    sealed = seal_case(by=place.manager, case=fresh(place.case), reason="Violență")
    assert place.reads() == []
    close_to_student(by=place.manager, opened=place.opened)
    with pytest.raises(DomainError):
        open_to_student(by=place.manager, case=sealed, **place.said)


def test_only_the_supervisor_opens_and_not_for_longer_than_content_allows() -> None:
    place = Practice()
    with pytest.raises(NotAllowed):
        open_to_student(by=place.nurse, case=place.case, **place.said)
    for wrong in ({"until": timezone.localdate() + dt.timedelta(days=91)}, {"parts": []}, {"why": " "}, {}):
        with pytest.raises(DomainError):
            open_to_student(by=place.manager, case=place.case, **(place.said | wrong))
