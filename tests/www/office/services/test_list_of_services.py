"""The list of services: in which order, narrowed by what, and a file that asks for nothing."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.models import KeptView, TrailEntry
from punte.directory.models import NomenclatureCode, Service
from tests.factories import ServiceFactory, UatFactory, worker
from tests.www.frame.test_veiled import signed_in

pytestmark = pytest.mark.django_db
URL = reverse("services")


@pytest.fixture
def reader() -> Client:
    return signed_in(worker())


def names(page: Any) -> list[str]:
    return [service.name for service in page.context["rows"]]


def test_they_stand_by_name_those_with_free_places_can_come_first(reader: Client) -> None:
    for name, free in (("Șezătoarea", 0), ("Albina", None), ("Țestoasa", 4)):
        Service.objects.filter(pk=ServiceFactory(name=name).pk).update(
            free=free, places=9, places_unit="places"
        )
    assert names(reader.get(URL)) == ["Albina", "Șezătoarea", "Țestoasa"]
    assert names(reader.get(URL, {"sort": "-service"})) == ["Țestoasa", "Șezătoarea", "Albina"]
    assert names(reader.get(URL, {"sort": "free"})) == ["Țestoasa", "Șezătoarea", "Albina"]
    page = reader.get(URL, {"free": "on"})
    assert names(page) == ["Țestoasa"]
    assert [(tab.count, tab.current) for tab in page.context["tabs"]] == [("", False), ("1", True)]


def test_pages_follow_each_other_and_keep_what_was_asked(reader: Client) -> None:
    for number in range(60):
        ServiceFactory(name=f"Cantina {number:02}")
    first = reader.get(URL, {"q": "cantina", "sort": "-service"})
    address = first.context["next"]
    assert "cantina" not in address and "sort=-service" in address and "p=2" in address
    listed = names(first) + names(reader.get(address))
    assert listed == [f"Cantina {number:02}" for number in reversed(range(60))]


def test_the_words_are_veiled_and_the_filters_are_not(reader: Client) -> None:
    page = reader.get(URL, {"q": "mă bate soțul", "mode": "day"})
    address = page.context["listing"].address()
    assert "mode=day" in address and "bate" not in address


def test_a_file_of_services_names_nobody_and_asks_for_no_reason(reader: Client) -> None:
    ServiceFactory(name="Albina")
    assert 'name="file-names"' not in reader.get(URL).content.decode()
    answer = reader.post(URL, {"do": "file", "file-names": "on"})
    [titles, line] = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True)
    assert titles[0] == "Serviciu" and line[0] == "Albina"
    assert TrailEntry.objects.get(verb="list_file").changes == {"list": "services", "rows": 1, "names": False}


def test_some_are_put_on_a_list_of_ones_own(reader: Client) -> None:
    mine, _other = ServiceFactory(name="Albina"), ServiceFactory(name="Bondarul")
    sent = {"do": "keep_rows", "keep_rows-name": "Aproape", "chosen": str(mine.pk)}
    reader.post(URL, {**sent, "keep_rows-remark": "sun întâi"})
    page = reader.get(URL, {"kept": str(KeptView.objects.get().pk)})
    assert names(page) == ["Albina"]
    assert "sun întâi" in page.content.decode()


def test_the_map_has_the_numbers_of_its_list_and_of_no_shelter(reader: Client) -> None:
    for number, (name, code) in enumerate(
        (("Albina", None), ("Adăpost", "8790 CR-VD-I"), ("Țestoasa", None))
    ):
        if code:
            NomenclatureCode.objects.create(code=code, name=name, beneficiaries="oameni", mode="residential")
        service = ServiceFactory(name=name, code_id=code)
        service.locations.create(
            uat=UatFactory(), latitude=46.5 + number / 5, longitude=23.5, exact=True, address=f"str. {name}"
        )
    page = reader.get(reverse("services_map"))
    assert [row.name for _number, row in page.context["numbered"]] == ["Adăpost", "Albina", "Țestoasa"]
    assert [sign.caption for sign in page.context["map"].wide.signs] == ["2. Albina", "3. Țestoasa"]
    told = page.content.decode()
    assert 'id="s2"' in told and 'href="#s2"' in told and "str. Adăpost" not in told
    assert reader.get(URL).content.decode().count(reverse("services_map")) == 1
    narrowed = reader.get(reverse("services_map"), {"q": "testoasa"})
    assert [row.name for _number, row in narrowed.context["numbered"]] == ["Țestoasa"]


def test_the_map_asks_as_much_whatever_is_on_it(reader: Client, pinned: Any) -> None:
    for number in range(30):
        service = ServiceFactory(name=f"s{number}")
        service.locations.create(uat=UatFactory(), latitude=46.5, longitude=23.5, exact=True)
    pinned(reader.get, reverse("services_map"))
