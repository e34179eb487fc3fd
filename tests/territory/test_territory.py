"""The territory follows its files."""

import pytest

from punte.territory.actions import load_territory
from punte.territory.models import Community, County, Uat

pytestmark = pytest.mark.both

COUNTY = {
    "code": "CJ",
    "siruta": "127",
    "name": "Cluj",
    "region": "Nord-Vest",
    "latitude": "46.8",
    "longitude": "23.6",
    "population": "736945",
}
UAT = {
    "siruta": "57546",
    "county": "CJ",
    "name": "Dăbâca",
    "kind": "comună",
    "urban": "no",
    "latitude": "46.97",
    "longitude": "23.67",
    "population": "1358",
}
COMMUNITY = {"uat": "57546", "name": "Pe Deal", "source": "Plan local"}


@pytest.mark.django_db
def test_a_newer_file_brings_the_rows_up_to_date_and_doubles_none():
    load_territory(counties=[COUNTY], uats=[UAT], communities=[COMMUNITY])
    load_territory(
        counties=[COUNTY], uats=[{**UAT, "population": "1400", "urban": "yes"}], communities=[COMMUNITY]
    )
    assert County.objects.get().name == "Cluj"
    assert (Uat.objects.get().population, Uat.objects.get().urban) == (1400, True)
    assert Community.objects.get().uat_id == 57546
