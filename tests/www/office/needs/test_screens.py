"""Needs and services on screen: for those who see totals, without a name, and as files."""

import csv
import io
import json
import re
from itertools import combinations

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse

from punte.accounts.enums import Role
from punte.organizations.models import Organization
from punte.statistics.actions import make_extract
from punte.statistics.models import Extract, PublishedCount, StatedNeed
from punte.territory.models import Outline, Uat
from punte.www.frame.maps.boxes import Box
from tests.database import lasting
from tests.factories import CommunityFactory, HouseholdFactory, family, worker

pytestmark = pytest.mark.django_db
SEE_TOTALS = {Role.SUPERVISOR, Role.COORDINATOR, Role.PLANNER, Role.COUNTY_METHODOLOGIST}
BACKEND = "punte.accounts.backend.OpenAccounts"


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory, django_db_setup, django_db_blocker):
    report = tmp_path_factory.mktemp("reference") / "report.csv"
    yield from lasting(
        django_db_blocker, lambda: call_command("reference", "load", "--quiet", "--report", str(report))
    )


@pytest.fixture
def planner(client, loaded):
    office = Organization.objects.filter(uat__county="CJ").first()
    client.force_login(worker(Role.PLANNER, organization=office), backend=BACKEND)
    return client


@pytest.fixture
def gherla(loaded):
    return Uat.objects.get(name="Gherla", county="CJ")


@pytest.mark.parametrize("role", Role)
def test_only_those_who_see_totals(client, role):
    client.force_login(worker(role), backend=BACKEND)
    for page in (reverse("needs"), reverse("needs_where"), reverse("needs_lines")):
        assert client.get(page).status_code == (200 if role in SEE_TOTALS else 403)


def test_the_county_opens_at_ones_own(planner):
    page = planner.get(reverse("needs"))
    assert page.context["picture"].county.pk == "CJ"
    told = page.content.decode()
    for words in ("Nevoi și servicii, județul Cluj", "187", "55 de UAT-uri fără niciun serviciu", "Ploscoș"):
        assert words in told
    assert told.count("<tr>") == 82
    assert len(re.findall(r'<path class="area (?:step\d|unknown)"', told)) == 81
    assert "Contururi schematice" in told


@pytest.mark.parametrize(
    "asked",
    [
        {"judet": "XX"},
        {"judet": "\0"},
        {"fel": "\0"},
        {"km": "x"},
        {"km": "-3"},
        {"fel": "?"},
        {"ordine": "z" * 5000},
    ],
)
def test_what_is_not_known_asks_for_nothing(planner, asked):
    page = planner.get(reverse("needs"), asked)
    assert page.status_code == 200
    assert page.context["picture"].near_km == 20


def test_one_kind_shows_how_far(planner):
    told = planner.get(reverse("needs"), {"fel": "home_care", "ordine": "far"}).content.decode()
    assert "8810 ID-I" in told
    assert "Yad Be Yad" in told


@pytest.mark.parametrize("order", ["name", "people", "needs", "missing", "far"])
def test_orders(planner, order):
    rows = [row for row, _ in planner.get(reverse("needs"), {"ordine": order}).context["rows"]]
    if order == "people":
        assert rows[0].uat.name == "Cluj-Napoca"
    if order == "needs":
        assert len(rows[0].needs) == max(len(row.needs) for row in rows)
    assert len(rows) == 81


def test_a_county_without_anything_is_an_empty_map(planner):
    page = planner.get(reverse("needs"), {"judet": "AB"})
    assert page.status_code == 200
    assert page.context["picture"].needs == 0


def test_a_county_that_stated_nothing_is_hatched_and_not_zero(planner):
    page = planner.get(reverse("needs"), {"judet": "AB"})
    assert [one.step for one in page.context["shading"].legend] == ["unknown"]
    assert page.context["shading"].worst == []
    told = page.content.decode()
    assert told.count('class="area unknown" fill="url(#unknown)"') == 78
    assert "nu a declarat nevoi" in told and "Nu se știe de niciun UAT" in told


def test_the_worst_stand_first_in_the_table_with_the_numbers_of_the_map(planner):
    page = planner.get(reverse("needs"))
    shading = page.context["shading"]
    missing = [len(one.told.row.missing) for one in shading.worst]
    assert len(missing) == 10 and missing == sorted(missing, reverse=True)
    assert missing[0] == max(len(row.missing) for row in page.context["picture"].rows)
    told = page.content.decode()
    numbers = re.findall(r'<text class="nth"[^>]*>\s*(\d+)', told)
    assert numbers == [str(number) for number in range(1, 11)]
    for one in shading.worst:
        assert re.search(rf'<td class="number">{one.number}</td>.*?{one.told.row.uat.name}', told, re.DOTALL)


def test_numbers_and_names_on_the_map_cover_each_other_nowhere(planner):
    labels = planner.get(reverse("needs")).context["shading"].labels
    sizes = {"nth": (36, 28), "name": (0, 16)}
    boxes = [
        Box(one.x, one.y, sizes[one.style][0] or len(one.text) * 7.4, sizes[one.style][1]) for one in labels
    ]
    assert not any(one.meets(other) for one, other in combinations(boxes, 2) if one.height == other.height)


def test_marginalised_communities_stand_on_the_map_where_their_place_is_known(planner, gherla):
    CommunityFactory(uat=gherla, name="Dealul Mic", latitude=46.9, longitude=23.8)
    CommunityFactory(uat=gherla, name="Fără loc")
    page = planner.get(reverse("needs"))
    [one] = page.context["shading"].communities
    assert one.caption == f"Dealul Mic, comunitate marginalizată din {gherla.name}"
    assert one.corners in page.content.decode()


def test_of_one_kind_the_colour_is_how_far_it_is(planner):
    shading = planner.get(reverse("needs"), {"fel": "home_care"}).context["shading"]
    distances = [one.told.value for one in shading.worst]
    assert distances == sorted(distances, reverse=True) and distances[-1] > 20
    assert ("step1", "este unul în UAT") in [(one.step, one.words) for one in shading.legend]


def test_a_share_is_of_those_assessed_and_what_is_held_back_is_not_zero(planner, gherla):
    """Of four UATs one has a figure, one nobody with the finding, one a figure held back, one too few assessed."""
    dej, turda, huedin = (Uat.objects.get(name=name, county="CJ") for name in ("Dej", "Turda", "Huedin"))
    extract = Extract.objects.create(name="proba", threshold=5)
    figures = (
        (gherla, "", 40),
        (gherla, "VGS_02", 12),
        (dej, "", 30),
        (turda, "", 30),
        (turda, "VGS_02", None),
        (huedin, "", None),
    )
    for uat, code, households in figures:
        PublishedCount.objects.create(
            extract=extract, county=uat.county, uat=uat, code=code, households=households
        )
    page = planner.get(reverse("needs"), {"culoare": "VGS_02"})
    shading = page.context["shading"]
    assert [(one.number, one.told.row.uat, one.told.words) for one in shading.worst] == [(1, gherla, "30")]
    assert {one.step: one.uats for one in shading.legend} == {"step2": 1, "step1": 1, "unknown": 79}
    told = re.sub(r"\s+", " ", page.content.decode())
    assert "Sărăcie extremă, la 100 de gospodării evaluate" in told and "12 din 40" in told
    assert "Gherla: 30 (la 100)" in told and "Dej: 0 (la 100)" in told
    assert "Turda: nepublicat" in told
    assert "Turda: 0" not in told and "Huedin: 0" not in told
    assert re.search(r'<option value="VGS_02" selected>', told) and 'class="error"' not in told


@pytest.mark.parametrize("code", ["VGS_02", "x", "\0", "z" * 5000])
def test_a_finding_without_a_figure_colours_nothing(planner, code):
    page = planner.get(reverse("needs"), {"culoare": code})
    assert page.status_code == 200
    assert "Feluri de servicii cerute" in page.content.decode()


def test_an_operators_outline_stands_in_the_place_of_the_cell(planner, gherla):
    square = {"type": "Polygon", "coordinates": [[[23.8, 47.0], [23.9, 47.0], [23.9, 47.1], [23.8, 47.0]]]}
    before = planner.get(reverse("needs")).context["shading"].ground
    Outline.objects.create(uat=gherla, geometry=json.dumps(square), source="proba")
    after = planner.get(reverse("needs")).context["shading"].ground
    assert len(after.areas) == len(before.areas) == 81
    assert len(set(after.areas) - set(before.areas)) == 1 and after.areas[-1].path.count("L") == 3


def test_a_uat_tells_what_it_lacks_and_where_the_rest_is(planner, gherla):
    told = planner.get(reverse("needs_uat", args=[gherla.pk])).content.decode()
    for words in ("Cantină socială", "Modernizare cantină de ajutor social", "lipsește", "km", "Locuire"):
        assert words in told
    line = StatedNeed.objects.get(need="Modernizare cantină de ajutor social")
    assert f"#l{line.order}" in told
    source = planner.get(reverse("needs_lines"), {"uat": gherla.pk}).content.decode()
    assert f'id="l{line.order}"' in source
    assert "3330" in source


def test_a_uat_that_is_not_there(planner):
    assert planner.get(reverse("needs_uat", args=[1])).status_code == 404


def test_where_next_answers_and_explains(planner):
    asked = {"judet": "CJ", "fel": "home_care", "locuri": 3, "km": 20, "conteaza": "population"}
    page = planner.get(reverse("needs_where"), asked)
    assert [site.uat.name for site in page.context["plan"].sites] == ["Ploscoș", "Aluniș", "Râșca"]
    told = page.content.decode()
    for words in ("121.642", "linie dreaptă", "433.302", "8810 ID-I", "HiGHS"):
        assert words in told


@pytest.mark.parametrize(
    "asked",
    [
        {"fel": "nothing"},
        {"fel": "elderly_centre"},
        {"locuri": 0},
        {"locuri": 11},
        {"km": 0},
        {"km": "lungă"},
        {"judet": "ZZ"},
        {"judet": "\0"},
        {"conteaza": "x"},
    ],
)
def test_a_question_that_makes_no_sense_is_given_back(planner, asked):
    page = planner.get(reverse("needs_where"), asked)
    assert page.status_code == 422
    assert page.context["plan"] is None


@pytest.mark.parametrize(
    ("page", "rows"), [("needs", 82), ("needs_lines", 200), ("needs_where", 15), ("needs_uat", None)]
)
def test_every_table_can_be_taken_away(planner, gherla, page, rows):
    address = reverse(page, args=[gherla.pk] if page == "needs_uat" else [])
    sheet = planner.get(address, {"format": "csv"})
    assert sheet.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in sheet.headers["Content-Disposition"]
    lines = list(csv.reader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert len({len(line) for line in lines}) == 1
    assert rows is None or len(lines) == rows
    book = openpyxl.load_workbook(io.BytesIO(planner.get(address, {"format": "xlsx"}).content))
    first = book.worksheets[0]
    assert first.max_row == len(lines)


def test_published_findings_lead_to_their_extract_and_no_name_is_shown(
    planner, gherla, settings, tmp_path, assess
):
    settings.VAR = tmp_path
    office = Organization.objects.filter(uat__county="CJ").first()
    for number in range(30):
        home = HouseholdFactory(keeper=office, uat=gherla, name="Zăvoianu")
        family(34, household=home)
        assess(*(["VGS_02"] if number < 12 else []), household=home)
    made = make_extract()
    told = planner.get(reverse("needs_uat", args=[gherla.pk])).content.decode()
    assert "30 de gospodării evaluate" in told
    assert "Sărăcie extremă" in told
    assert reverse("needs_extract", args=[made.pk]) in told
    source = planner.get(reverse("needs_extract", args=[made.pk])).content.decode()
    for words in ("households_with_finding.sql", "count(DISTINCT f.household)", made.name, "12"):
        assert words in source
    assert "Zăvoianu" not in told + source
    assert planner.get(reverse("needs_extract", args=[made.pk]), {"format": "csv"}).status_code == 200


@pytest.mark.parametrize(("page", "query"), [("needs", ""), ("needs", "?fel=home_care"), ("needs_where", "")])
def test_queries_do_not_grow(planner, pinned, page, query):
    pinned(planner.get, reverse(page) + query)


def test_queries_of_a_uat(planner, pinned, gherla):
    pinned(planner.get, reverse("needs_uat", args=[gherla.pk]))
    pinned(planner.get, reverse("needs_lines"))
