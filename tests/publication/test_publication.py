"""Duties, published items and their files, the public pages and the tables that the directory fills in."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from punte.accounts.enums import Role
from punte.accounts.models import TrailEntry, User
from punte.directory.models import NomenclatureCode, OccupancySnapshot
from punte.kernel.errors import DomainError, NotAllowed
from punte.organizations.models import Organization
from punte.publication.actions import Upload, give_duty, meet_duty, publish_item, renew_item, withdraw_item
from punte.publication.duties import duties
from punte.publication.models import DutyMet, PublishedItem
from punte.publication.queries import duty_states
from punte.publication.tables import services_table, statistics_table
from tests.factories import (
    CapacityFactory,
    LocationFactory,
    OrganizationFactory,
    ServiceFactory,
    UatFactory,
    worker,
)
from tests.samples import PDF, docx_file

FORM = [Upload("Cerere.docx", docx_file())]


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }


@pytest.fixture
def planner(db: None) -> User:
    return worker(Role.PLANNER, name="Ștefan Pop")


@pytest.fixture
def hall(planner: User) -> Organization:
    return planner.appointments.get().organization


def _state(hall: Organization, key: str, today: dt.date | None = None) -> Any:
    states = duty_states([hall], today or timezone.localdate())
    return next(one for one in states if one.duty.key == key)


def test_the_duties_are_those_of_the_plan_with_their_source() -> None:
    found = duties()
    assert len(found.duties) == 23
    assert found.evidence == "secondary"
    monthly = {duty.key for duty in found.duties if duty.every and duty.every.amount == 1}
    assert monthly == {"1.c", "1.d.i", "5.1", "5.2"}
    assert all(duty.source_line and "797/2017" in duty.legal_basis for duty in found.duties)
    assert {duty.key for duty in found.duties if not duty.applies} == {"1.d", "1.d.iii", "1.e", "3"}


def test_publishing_meets_the_duty_until_its_next_term(planner: User, hall: Organization) -> None:
    assert _state(hall, "1.c").status == "never"
    publish_item(by=planner, organization=hall, kind="form", title="Cerere", duty="1.c", uploads=FORM)
    today = timezone.localdate()
    state = _state(hall, "1.c")
    assert (state.status, state.met.on) == ("met", today)
    assert _state(hall, "1.c", state.due_on).status == "soon"
    assert _state(hall, "1.c", state.due_on + dt.timedelta(days=1)).status == "late"


def test_what_is_confirmed_meets_its_duty_again(planner: User, hall: Organization) -> None:
    item = publish_item(by=planner, organization=hall, kind="form", title="Cerere", duty="1.c", uploads=FORM)
    DutyMet.objects.update(on=timezone.localdate() - dt.timedelta(days=60))
    assert _state(hall, "1.c").status == "late"
    renew_item(by=planner, item=item)
    assert _state(hall, "1.c").status == "met"
    assert DutyMet.objects.count() == 2


def test_a_duty_met_outside_is_noted_with_how(planner: User, hall: Organization) -> None:
    meet_duty(by=planner, organization=hall, duty="5.1", words="Trimis prin e-mail la 40 de parteneri")
    assert _state(hall, "5.1").status == "met"
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    for words, on, duty in (("", None, "5.1"), ("Da", tomorrow, "5.1"), ("Da", None, "99")):
        with pytest.raises(DomainError):
            meet_duty(by=planner, organization=hall, duty=duty, words=words, on=on)


def test_a_duty_is_given_to_somebody_who_works_there(planner: User, hall: Organization) -> None:
    give_duty(by=planner, organization=hall, duty="1.c", owner=planner)
    assert _state(hall, "1.c").owner == planner
    with pytest.raises(DomainError):
        give_duty(by=planner, organization=hall, duty="1.c", owner=worker(Role.PLANNER))


def test_only_who_publishes_there_publishes(planner: User, hall: Organization) -> None:
    item = publish_item(by=planner, organization=hall, kind="form", title="Cerere", uploads=FORM)
    for other in (worker(Role.PLANNER), worker(Role.SOCIAL_WORKER, organization=hall)):
        with pytest.raises(NotAllowed):
            publish_item(by=other, organization=hall, kind="form", title="Cerere", uploads=FORM)
        with pytest.raises(NotAllowed):
            withdraw_item(by=other, item=item, reason="Nu")
        with pytest.raises(NotAllowed):
            renew_item(by=other, item=item)
    assert TrailEntry.objects.filter(verb="publish_item").count() == 1


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("form", "Cerere.pdf", PDF),
        ("report", "Raport.pdf", b"<html>"),
        ("report", "Raport.docx", PDF),
        ("report", "Raport.exe", b"MZ"),
        ("report", "Raport.docx", docx_file(**{"word/vbaProject.bin": "x"})),
        ("report", "Raport.pdf", PDF + b"0" * (10 * 1024 * 1024)),
    ],
)
def test_a_form_can_be_edited_and_a_file_is_what_it_says(
    planner: User, hall: Organization, kind: str, name: str, content: bytes
) -> None:
    with pytest.raises(DomainError) as refused:
        publish_item(by=planner, organization=hall, kind=kind, title="T", uploads=[Upload(name, content)])
    assert refused.value.field == "attached"
    assert not PublishedItem.objects.exists()


def test_everybody_downloads_what_is_published_until_it_is_replaced_or_withdrawn(
    client: Client, planner: User, hall: Organization
) -> None:
    item = publish_item(by=planner, organization=hall, kind="form", title="Cerere", uploads=FORM)
    first = item.files.get()
    answer = client.get(reverse("public_file", args=[first.pk]))
    assert b"".join(answer.streaming_content) == FORM[0].content  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "Cerere" in client.get(reverse("public_information")).content.decode()
    renew_item(by=planner, item=item, uploads=[Upload("Cerere nouă.docx", docx_file())])
    second = item.files.get(replaced_at=None)
    assert client.get(reverse("public_file", args=[first.pk])).status_code == 404
    withdraw_item(by=planner, item=item, reason="S-a schimbat legea")
    assert client.get(reverse("public_file", args=[second.pk])).status_code == 404
    assert "Cerere nouă" not in client.get(reverse("public_information")).content.decode()
    with pytest.raises(DomainError):
        renew_item(by=planner, item=item)


def test_the_office_publishes_by_its_form(client: Client, planner: User, hall: Organization) -> None:
    client.force_login(planner)
    typed = {
        "organization": hall.pk,
        "kind": "form",
        "title": "Cerere de ajutor",
        "duty": "1.c",
        "year": "2026",
    }
    refused = client.post(reverse("publish"), {**typed, "attached": SimpleUploadedFile("a.pdf", PDF)})
    assert refused.status_code == 422
    assert "Cerere de ajutor" in refused.content.decode()
    made = client.post(reverse("publish"), {**typed, "attached": SimpleUploadedFile("a.docx", docx_file())})
    assert made.status_code == 302
    page = client.get(made["Location"])
    assert "Cerere de ajutor" in page.content.decode()
    assert "Cerere de ajutor" in client.get(reverse("publication")).content.decode()


def test_the_page_of_duties_asks_the_same_however_many_there_are(
    client: Client, planner: User, hall: Organization, pinned: Any
) -> None:
    for number in range(8):
        publish_item(
            by=planner, organization=hall, kind="form", title=f"C {number}", duty="1.c", uploads=FORM
        )
    client.force_login(planner)
    pinned(client.get, reverse("publication"))


def _services() -> None:
    day = NomenclatureCode.objects.create(
        code="8891 CZ-C-II", name="Centre de zi", beneficiaries="Copii", mode="day"
    )
    shelter = NomenclatureCode.objects.create(
        code="8790 CR-VD-I", name="Adăpost", beneficiaries="Victime", mode="residential"
    )
    known, unknown = ServiceFactory(code=day, name="A", at=UatFactory()), ServiceFactory(code=day, name="=B")
    CapacityFactory(service=known, value=10)
    CapacityFactory(service=unknown, value=20)
    OccupancySnapshot.objects.create(service=known, at=timezone.now(), taken=8, source="said")
    hidden = ServiceFactory(code=shelter, name="Adăpostul")
    hidden.locations.add(LocationFactory(uat=UatFactory(name="Apahida"), address="Str. Ascunsă nr. 1"))
    ServiceFactory(code=day, status="closed")


def test_statistics_count_what_is_known_and_say_of_how_many(db: None) -> None:
    _services()
    rows = {row[0]: row[2:] for row in statistics_table().rows}
    assert rows["8891 CZ-C-II"] == [2, 30, 1, 10, 8, 80, 0]
    # Nobody said how many the shelter has: it is in no sum, and counted among those of unknown capacity.
    assert rows["8790 CR-VD-I"] == [1, None, 0, None, None, None, 1]
    assert list(rows.values())[-1] == [3, 30, 1, 10, 8, 80, 1]


def test_a_capacity_that_is_not_known_is_said_so_and_hatched(client: Client, db: None) -> None:
    _services()
    page = client.get(reverse("public_statistics")).content.decode()
    assert 'tag unknown">necunoscut' in page and "Servicii cu capacitate necunoscută" in page


def test_the_address_of_a_shelter_is_nowhere(client: Client, db: None) -> None:
    _services()
    assert "Ascunsă" not in str(services_table().rows)
    assert "Apahida" in str(services_table().rows)
    page = client.get(reverse("public_services")).content.decode()
    assert "Ascunsă" not in page
    assert "Adăpostul" in page


def test_tables_are_downloaded_and_run_nothing(client: Client, db: None) -> None:
    _services()
    csv = client.get(reverse("public_table", args=["servicii", "csv"]))
    assert csv.content.startswith(b"\xef\xbb\xbf")
    assert "'=B" in csv.content.decode()
    book = load_workbook(io.BytesIO(client.get(reverse("public_table", args=["servicii", "xlsx"])).content))
    assert book.active is not None
    assert book.active.max_row == 4
    assert client.get(reverse("public_table", args=["servicii", "exe"])).status_code == 404
    assert client.get(reverse("public_table", args=["altceva", "csv"])).status_code == 404


def test_the_public_pages_ask_the_same_however_much_there_is(
    client: Client, planner: User, hall: Organization, pinned: Any
) -> None:
    _services()
    for number in range(8):
        publish_item(by=planner, organization=hall, kind="form", title=f"C {number}", uploads=FORM)
    for name in ("public_information", "public_services", "public_statistics", "campaigns"):
        assert pinned(client.get, reverse(name)).status_code == 200


def test_items_of_one_institution_are_shown_alone(client: Client, planner: User, hall: Organization) -> None:
    other = worker(Role.PLANNER, organization=OrganizationFactory())
    publish_item(by=planner, organization=hall, kind="form", title="Cerere a noastră", uploads=FORM)
    publish_item(
        by=other,
        organization=other.appointments.get().organization,
        kind="announcement",
        title="Anunț al altora",
        summary="Luni închis",
    )
    page = client.get(reverse("public_information") + f"?institutie={hall.pk}").content.decode()
    assert "Cerere a noastră" in page
    assert "Anunț al altora" not in page
    assert client.get(reverse("public_information") + "?institutie=nimic").status_code == 200
