"""A demonstration says on every page what of it is invented; an installation at work says nothing of the kind."""

import io
import re
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from punte.accounts.enums import Role
from tests.directory.help.conftest import City
from tests.factories import worker

PAGES = (
    "find_help",
    "help_map",
    "embedded_finder",
    "town_hall",
    "petition_send",
    "public_information",
    "campaigns",
)
TOLD = {"ro": "sunt inventate", "en": "are invented", "hu": "kitaláltak"}


@pytest.mark.parametrize("language", TOLD)
@pytest.mark.parametrize("page", PAGES)
def test_every_public_page_says_it_in_its_language(db: None, settings: Any, page: str, language: str) -> None:
    client = Client()
    client.cookies["punte_language"] = language
    assert TOLD[language] not in client.get(reverse(page)).content.decode()
    settings.DEMONSTRATION = True
    assert TOLD[language] in client.get(reverse(page)).content.decode()


def test_a_service_s_page_its_leaflet_and_the_office_say_it(city: City, settings: Any) -> None:
    settings.DEMONSTRATION = True
    service = city.service("Licurici")
    assert TOLD["ro"] in Client().get(reverse("public_service", args=[service.pk])).content.decode()
    leaflet = Client().get(reverse("service_leaflet", args=[service.pk]))
    with pikepdf.open(io.BytesIO(leaflet.content)) as pdf:
        assert len(pdf.pages) == 1
    client = Client()
    client.force_login(worker(Role.COORDINATOR))
    office = client.get(reverse("services")).content.decode()
    assert len(re.findall(TOLD["ro"], office)) == 1


def test_what_programs_read_says_it_of_each_service(city: City, settings: Any) -> None:
    service = city.service("Licurici")
    city.service("Închis demult", status="closed")
    url = "/api/hsds/services"
    told = {one["name"]: one.get("alert", "") for one in Client().get(url).json()["contents"]}
    assert told == {"Licurici": "", "Închis demult": "Închis."}
    settings.DEMONSTRATION = True
    told = {one["name"]: one["alert"] for one in Client().get(url).json()["contents"]}
    assert TOLD["ro"] in told["Licurici"]
    assert told["Închis demult"].startswith("Închis. Demonstrație")
    assert TOLD["ro"] in Client().get(f"{url}/{service.pk}").json()["alert"]
