"""Photographs and signatures from the field, beside the record that they belong to."""

import pytest
from django.urls import reverse
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.cases.actions import log_intervention, seal_case
from punte.fieldwork.models import FieldFile
from tests.documents.households import Setting, setting
from tests.factories import worker
from tests.fieldwork.scene import PICTURE, photo_of, tablet
from tests.www.office.devices.test_screens import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Setting:
    return setting()


def visit(place: Setting, compartment: str) -> FieldFile:
    done = log_intervention(
        by=place.worker, case=place.case, mode="home_visit", at=timezone.now(), compartment=compartment
    )
    return photo_of(tablet(place.worker), place.household, about=done.pk, caption="Ușa spartă")


def opened(user: User, file: FieldFile) -> int:
    return signed_in(user).get(reverse("field_file", args=[file.pk])).status_code


def test_a_photograph_is_opened_from_the_household_and_the_trail_says_so(place: Setting) -> None:
    file = photo_of(tablet(place.worker), place.household)
    client, url = signed_in(place.worker), reverse("field_file", args=[file.pk])
    record = client.get(reverse("household", args=[place.household.pk])).content.decode()
    assert url in record
    assert "Acoperișul după furtună" in record
    answer = client.get(url)
    assert answer.content == PICTURE
    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith('inline; filename="fotografie-')
    assert TrailEntry.objects.filter(verb="field_file", reading=True, subject=file.pk).exists()


def test_strangers_do_not_meet_it_nor_what_has_not_all_come(place: Setting) -> None:
    file = photo_of(tablet(place.worker), place.household)
    assert opened(worker(), file) == 404
    half = photo_of(tablet(place.worker), place.household, whole_at=None, content=None, caption="Jumătate")
    assert opened(place.worker, half) == 404
    record = signed_in(place.worker).get(reverse("household", args=[place.household.pk]))
    assert "Jumătate" not in record.content.decode()


def test_a_photograph_of_a_visit_about_violence_is_for_who_reads_it(place: Setting) -> None:
    file = visit(place, "violence")
    nurse = place.colleague(Role.COMMUNITY_NURSE)
    assert opened(place.worker, file) == 200
    assert opened(nurse, file) == 404
    record = signed_in(nurse).get(reverse("household", args=[place.household.pk]))
    assert "Ușa spartă" not in record.content.decode()


def test_a_photograph_of_a_visit_stands_beside_it_on_the_case(place: Setting) -> None:
    file = visit(place, "general")
    shown = signed_in(place.worker).get(reverse("case_interventions", args=[place.case.pk]))
    assert reverse("field_file", args=[file.pk]) in shown.content.decode()
    outsider = worker(organization=place.team.organization)
    assert opened(outsider, file) == 404


def test_of_a_sealed_household_the_team_alone_sees_pictures(place: Setting) -> None:
    file = photo_of(tablet(place.worker), place.household)
    colleague = place.colleague()
    assert opened(colleague, file) == 200
    seal_case(by=place.worker, case=place.case, reason="Siguranța mamei")
    assert opened(colleague, file) == 404
    assert opened(place.worker, file) == 200


def test_what_belongs_to_nothing_any_more_is_for_who_reads_the_whole_record(place: Setting) -> None:
    file = photo_of(tablet(place.worker), place.household, about=place.team.pk)
    assert opened(place.worker, file) == 200
    assert opened(place.colleague(Role.COMMUNITY_NURSE), file) == 404
