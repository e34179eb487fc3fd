"""A good table: what it would do is shown first, then all of it is done, or nothing."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.annual_plans.enums import PlanStatus, Section
from punte.annual_plans.models import AnnualPlan, ExistingService
from punte.directory.models import Capacity, OccupancySnapshot, Service
from punte.organizations.models import Organization
from punte.territory.models import Uat
from tests.directory.services.counting import assert_borne
from tests.factories import CapacityFactory, OrganizationFactory, ServiceFactory, worker

SERVICES, OCCUPANCY = "/servicii/import/servicii/", "/servicii/import/locuri/"
HEADER = "Denumirea serviciului;Furnizor;Furnizor nou;Serviciu nou;Localitate;Telefon;Capacitate;Unitatea capacității"


@pytest.fixture
def house(db: None) -> Organization:
    return OrganizationFactory(uat__name="Valea Lungă")


@pytest.fixture
def coordinator(house: Organization) -> User:
    return worker(Role.COORDINATOR, organization=house)


@pytest.fixture
def client(coordinator: User) -> Client:
    browser = Client(headers={"accept-language": "ro"})
    browser.force_login(coordinator)
    browser.get("/cont/")
    return browser


def send(client: Client, url: str, *lines: str) -> Any:
    return client.post(url, {"table": SimpleUploadedFile("tabel.csv", "\n".join(lines).encode())})


def confirm(client: Client, url: str, shown: Any) -> Any:
    found = re.search(r'name="lines" value="([^"]+)"', shown.content.decode())
    assert found
    return client.post(url, {"lines": found[1]})


def words(answer: Any) -> str:
    return answer.content.decode()


def test_services_are_shown_and_then_taken_over(client: Client, house: Organization) -> None:
    provider = OrganizationFactory(name="Asociația Exemplu", uat=None)
    there = ServiceFactory(provider=provider, name="Căminul „Ghiocel”", at=house.uat)
    place = house.uat and house.uat.name
    shown = send(
        client,
        SERVICES,
        HEADER,
        f"Centrul de zi „Soarele”;Asociația Exemplu;;;{place};0264 000 001;24;locuri de zi",
        f"Adăpostul „Rândunica”;Fundația Nouă;da;;{place};;;",
        f"Căminul „Ghiocel”;Asociația Exemplu;;;{place};0264 000 002;;",
    )
    assert shown.status_code == 200 and "Noi: 2. Schimbate: 1. La fel: 0." in words(shown)
    assert Service.objects.count() == 1 and not Organization.objects.filter(name="Fundația Nouă").exists()
    assert confirm(client, SERVICES, shown).status_code == 302
    made = Service.objects.get(name="Centrul de zi „Soarele”")
    assert made.phone == "0264 000 001" and made.locations.get().uat == house.uat and made.claimed_on is None
    assert Capacity.objects.get(service=made).value == 24
    assert (made.places, made.places_unit) == (24, "day_places") and assert_borne() == 3
    there.refresh_from_db()
    assert there.phone == "0264 000 002"
    again = confirm(client, SERVICES, shown)
    assert again.status_code == 422 and Service.objects.count() == 3


def test_a_service_under_another_name_is_asked_about(client: Client, house: Organization) -> None:
    provider = OrganizationFactory(name="Asociația Exemplu", uat=None)
    ServiceFactory(provider=provider, name="Centrul de zi pentru copii „Soarele”", at=house.uat)
    place = house.uat and house.uat.name
    line = "Centru de zi „Soarele” pentru copii cu dizabilități;Asociația Exemplu;;{new};{place};;;"
    asked = send(client, SERVICES, HEADER, line.format(new="", place=place))
    assert asked.status_code == 422 and "Centrul de zi pentru copii „Soarele”" in words(asked)
    assert send(client, SERVICES, HEADER, line.format(new="da", place=place)).status_code == 200


def test_a_misspelt_provider_and_another_place_are_named(client: Client) -> None:
    OrganizationFactory(name="Asociația Exemplu", uat=None)
    elsewhere = OrganizationFactory().uat
    place = elsewhere and elsewhere.name
    answer = words(send(client, SERVICES, HEADER, f"Cantina „Licurici”;Asociatia Exmplu;;;{place};;;"))
    assert "Ați vrut să scrieți „Asociația Exemplu”?" in answer and "Nu țineți registrul" in answer


def test_what_a_provider_keeps_itself_is_not_overwritten(client: Client, house: Organization) -> None:
    provider = OrganizationFactory(name="Asociația Exemplu", uat=None)
    ServiceFactory(
        provider=provider, name="Căminul „Ghiocel”", at=house.uat, claimed_on="2026-01-01", phone="112"
    )
    place = house.uat and house.uat.name
    line = f"Căminul „Ghiocel”;Asociația Exemplu;;;{place};0264 000 002;;"
    answer = send(client, SERVICES, HEADER, line)
    assert answer.status_code == 422 and "Furnizorul ține singur acest serviciu" in words(answer)


def test_what_changed_meanwhile_is_shown_again(client: Client, house: Organization) -> None:
    provider = OrganizationFactory(name="Asociația Exemplu", uat=None)
    service = ServiceFactory(provider=provider, name="Căminul „Ghiocel”", at=house.uat)
    place = house.uat and house.uat.name
    shown = send(client, SERVICES, HEADER, f"Căminul „Ghiocel”;Asociația Exemplu;;;{place};0264 000 002;;")
    Service.objects.filter(pk=service.pk).update(phone="0264 000 009")
    answer = confirm(client, SERVICES, shown)
    assert answer.status_code == 409 and "0264 000 009" in words(answer)
    assert Service.objects.get(pk=service.pk).phone == "0264 000 009"
    assert confirm(client, SERVICES, answer).status_code == 302
    assert Service.objects.get(pk=service.pk).phone == "0264 000 002"


def test_lines_of_another_account_are_not_taken_back(client: Client, house: Organization) -> None:
    place = house.uat and house.uat.name
    shown = send(client, SERVICES, HEADER, f"Adăpostul „Rândunica”;Fundația Nouă;da;;{place};;;")
    other = Client()
    other.force_login(worker(Role.COORDINATOR, organization=house))
    other.get("/cont/")
    assert confirm(other, SERVICES, shown).status_code == 422
    assert not Service.objects.exists()


def test_places_are_counted_from_the_downloaded_table(client: Client, house: Organization) -> None:
    services = [ServiceFactory(provider=house, name=f"Căminul nr. {at}", at=house.uat) for at in range(3)]
    assert client.get("/servicii/import/locuri/model.xlsx").content.startswith(b"PK")
    header = "Identificator;Denumirea serviciului;Furnizor;Locuri ocupate;Persoane în așteptare"
    lines = [f"{one.pk};{one.name};{house.name};{at};2" for at, one in enumerate(services)]
    shown = send(client, OCCUPANCY, header, *lines)
    assert shown.status_code == 200 and not OccupancySnapshot.objects.exists()
    assert confirm(client, OCCUPANCY, shown).status_code == 302
    assert sorted(OccupancySnapshot.objects.values_list("taken", "waiting")) == [(0, 2), (1, 2), (2, 2)]
    assert assert_borne() == 3


def test_a_table_that_counts_more_than_the_capacity_says_why_and_nothing_absurd(
    client: Client, house: Organization
) -> None:
    service = ServiceFactory(provider=house, name="Căminul „Ghiocel”", at=house.uat)
    CapacityFactory(service=service, value=60)
    header = "Identificator;Denumirea serviciului;Furnizor;Locuri ocupate;De ce peste capacitate"
    for taken, reason, problem in (
        ("65", "", "De ce peste capacitate"),
        ("9999", "așa este", "16665%"),
    ):
        answer = send(client, OCCUPANCY, header, f"{service.pk};{service.name};{house.name};{taken};{reason}")
        assert answer.status_code == 422 and problem in words(answer)
    shown = send(client, OCCUPANCY, header, f"{service.pk};{service.name};{house.name};65;iarnă grea")
    assert confirm(client, OCCUPANCY, shown).status_code == 302
    assert OccupancySnapshot.objects.get().taken == 65


def test_the_places_of_another_town_are_not_counted(client: Client) -> None:
    other = OrganizationFactory()
    service = ServiceFactory(provider=other, name="Căminul „Străin”", at=other.uat)
    header = "Identificator;Denumirea serviciului;Furnizor;Locuri ocupate"
    for line in (f"{service.pk};{service.name};{other.name};3", f";{service.name};{other.name};3"):
        assert send(client, OCCUPANCY, header, line).status_code == 422
    assert not OccupancySnapshot.objects.exists()


def test_budgets_go_into_a_draft_and_into_nothing_else(client: Client, house: Organization) -> None:
    plan = AnnualPlan.objects.create(organization=house, year=2026, title="Plan anual")
    row = ExistingService.objects.create(
        plan=plan,
        section=Section.EXISTING,
        position=1,
        number=4,
        provider="Asociația Exemplu",
        name="Cămin",
        local=5,
    )
    url = f"/planuri/{plan.pk}/import/"
    header = "Furnizor;Serviciu;Rând nou;Buget local (lei);Capacitate;Unitatea capacității"
    lines = ("Asociația Exemplu;Cămin;;374.400,50;25;persoane pe lună", "Asociația Exemplu;Cantina;;1000;;")
    shown = send(client, url, header, *lines)
    assert shown.status_code == 200 and "Noi: 1. Schimbate: 1." in words(shown)
    AnnualPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    assert confirm(client, url, shown).status_code == 422
    AnnualPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.DRAFT)
    assert confirm(client, url, shown).status_code == 302
    row.refresh_from_db()
    assert (str(row.local), row.capacity_printed) == ("374400.50", "25/lună")
    new = ExistingService.objects.get(name="Cantina")
    assert (new.number, new.local, new.position) == (4, 1000, 2)
    near = send(client, url, header, "Asociația Exemplu;Camine;;1;;")
    assert near.status_code == 422 and "„Cămin”" in words(near)
    assert client.get(f"{url}model.xlsx").content.startswith(b"PK")


def messy(house: Organization) -> bytes:
    """The usual table of a town hall: a merged title, „Nr. crt.”, cedillas, dashes, a phone that is a number."""
    book = Workbook()
    sheet = book.active
    sheet.append(["SITUAŢIA SERVICIILOR SOCIALE"])
    sheet.merge_cells("A1:H1")
    sheet.append([])
    sheet.append(["Nr. crt.", *HEADER.replace("ț", "ţ").split(";")])
    place = f"Com. {house.uat and house.uat.name}, jud. Cluj"
    sheet.append([1, "Centrul „Şcoala”", "Asociaţia Nouă", "da", "-", place, 264000001, "–", "n/a"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_what_was_guessed_is_shown_and_taken_over_with_the_table(client: Client, house: Organization) -> None:
    shown = client.post(SERVICES, {"table": SimpleUploadedFile("tabel.xlsx", messy(house))})
    page = words(shown)
    assert shown.status_code == 200 and "Cum a fost citit tabelul" in page
    for told in (
        "SITUAŢIA SERVICIILOR SOCIALE",
        "Nr. crt.",
        "Literele cu sedilă",
        "Citit ca o celulă goală",
        "s-a pus la loc zeroul",
        "0264000001",
        f"{house.uat and house.uat.name}, CJ",
    ):
        assert told in page, told
    assert confirm(client, SERVICES, shown).status_code == 302
    made = Service.objects.get()
    assert (made.name, made.phone, made.provider.name) == ("Centrul „Școala”", "0264000001", "Asociația Nouă")
    assert made.locations.get().uat == house.uat and made.places is None


def test_a_clean_table_shows_no_guesses(client: Client, house: Organization) -> None:
    line = f"Centrul „Soarele”;Asociația Nouă;da;;{house.uat and house.uat.name};0264 000 001;;"
    shown = send(client, SERVICES, HEADER, line)
    assert shown.status_code == 200 and "Cum a fost citit" not in words(shown)


@pytest.mark.parametrize(
    "place", ["55696", "Dezmir, comuna Apahida", "Apahida (Cluj)", "Com. Apahida, județul Cluj"]
)
def test_a_village_and_a_commune_with_its_county_are_the_commune(client: Client, place: str) -> None:
    apahida = Uat.objects.create(
        siruta=55687, county=Uat.objects.first().county, name="Apahida", kind="comună", urban=False
    )
    keeper = worker(Role.COORDINATOR, organization=OrganizationFactory(uat=apahida))
    client.force_login(keeper)
    client.get("/cont/")
    shown = send(client, SERVICES, HEADER, f"Centrul „Soarele”;Asociația Nouă;da;;{place};;;")
    assert shown.status_code == 200, words(shown)
    assert confirm(client, SERVICES, shown).status_code == 302
    assert Service.objects.get().locations.get().uat == apahida


def test_opening_hours_over_midnight_are_taken_over(client: Client, house: Organization) -> None:
    there = ServiceFactory(
        provider=OrganizationFactory(name="Asociația Exemplu", uat=None),
        name="Adăpost",
        at=house.uat,
        always_open=True,
    )
    header = "Denumirea serviciului;Furnizor;Localitate;Program"
    line = f"Adăpost;Asociația Exemplu;{house.uat and house.uat.name};luni-marți 20:00-08:00"
    shown = send(client, SERVICES, header, line)
    assert "deschis zi și noapte" in words(shown) and "Luni 20:00–08:00; Marți 20:00–08:00" in words(shown)
    assert confirm(client, SERVICES, shown).status_code == 302
    there.refresh_from_db()
    assert not there.always_open
    assert [(f"{one.opens:%H:%M}", f"{one.closes:%H:%M}") for one in there.hours.all()] == [
        ("20:00", "08:00")
    ] * 2
    assert "La fel: 1." in words(send(client, SERVICES, header, line))
