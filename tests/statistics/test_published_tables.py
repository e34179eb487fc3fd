"""A table is published with its proof, and what is published later reckons with it."""

import datetime as dt
import io
import subprocess
import sys
import zipfile
from itertools import count

import pytest

from punte.accounts.enums import Role
from punte.assessments.models import AssessedMember
from punte.kernel.errors import DomainError
from punte.organizations.enums import OrganizationKind
from punte.statistics.actions import make_extract, publish_table, withdraw_table
from punte.statistics.actions.publish_table import newest_extract
from punte.statistics.models import PublishedTable
from punte.statistics.publishing.definition import table_definitions
from tests.factories import OrganizationFactory, PersonFactory, worker

pytestmark = pytest.mark.django_db
_minute = count()


@pytest.fixture
def county(assess, var):
    """A directorate, and two communes of its county with people assessed in two years."""
    house = OrganizationFactory(kind=OrganizationKind.COUNTY_DIRECTORATE)
    numbers = {0: {("f", 30): 20, ("m", 30): 12, ("f", 3): 2, ("m", 70): 9}, 1: {("f", 30): 8, ("m", 3): 7}}
    for place, people in numbers.items():
        keeper = house if place == 0 else OrganizationFactory(uat__county=house.uat.county)
        for (sex, age), many in people.items():
            for year in (2025, 2026):
                day = dt.date(year, 5, 4)
                home = assess(*(["POOR"] if sex == "f" else []), keeper=keeper, day=day)
                visit = home.assessments.get(visited_on=day)
                for _ in range(many):
                    born = dt.date(year - age, 1, 1)
                    person = PersonFactory(keeper=keeper, sex=sex, birth_date=born)
                    AssessedMember.objects.create(assessment=visit, person=person)
    return house


def _extract():
    return make_extract(moment=dt.datetime(2026, 6, 1, 9, next(_minute), tzinfo=dt.UTC))


def _publish(house, table="people_assessed", years=("2025", "2026")):
    by = worker(Role.PLANNER, organization=house)
    return publish_table(by=by, organization=house, table=table, years=years)


def _number(table, *codes):
    return next(row[-1] for row in table.numbers if tuple(row[:-1]) == codes)


def test_small_numbers_are_hidden_and_totals_are_true(county):
    _extract()
    made = _publish(county)
    own, all_of_it = str(county.uat_id), county.uat.county_id
    assert _number(made, all_of_it, "2026", "", "") == 58
    assert _number(made, own, "2026", "", "") == 43
    assert _number(made, own, "2026", "0-6", "female") is None
    assert not {row[-1] for row in made.numbers} & {1, 2, 3, 4}


def test_a_stranger_checks_two_linked_tables_by_their_files_alone(county, client, tmp_path):
    _extract()
    _publish(county)
    second = _publish(county, "people_by_severity")
    assert [one["name"] for one in second.certificate["files"]] == [
        "people_assessed-1.csv",
        "people_by_severity-1.csv",
    ]
    packed = client.get(f"/ajutor/cifre/people_by_severity/{second.number}/fisier/zip/").content
    zipfile.ZipFile(io.BytesIO(packed)).extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split(":")[0]) == (0, "SAFE"), done.stdout
    told = (tmp_path / "people_assessed-1.csv").read_text()
    (tmp_path / "people_assessed-1.csv").write_text(told.replace(",58\n", ",59\n"))
    done = subprocess.run(
        [sys.executable, "-I", "verify.py", "."], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1


def test_what_was_hidden_stays_hidden_when_more_is_known(county, assess):
    _extract()
    first = _publish(county)
    home = assess(keeper=county, day=dt.date(2026, 5, 9))
    for _ in range(9):
        person = PersonFactory(keeper=county, sex="f", birth_date=dt.date(2023, 1, 1))
        AssessedMember.objects.create(assessment=home.assessments.get(), person=person)
    _extract()
    again = _publish(county)
    hidden = [tuple(row[:-1]) for row in first.numbers if row[-1] is None]
    assert all(_number(again, *codes) is None for codes in hidden)
    assert _number(again, county.uat.county_id, "2026", "", "") == 67
    same = [tuple(row[:-1]) for row in first.numbers if row[-1] is not None and row[1] == "2025"]
    assert all(_number(again, *codes) == _number(first, *codes) for codes in same)


def test_who_publishes_and_of_what(county):
    _extract()
    commune = OrganizationFactory(kind=OrganizationKind.TOWN_HALL, uat=county.uat)
    assert {row[0] for row in _publish(commune).numbers} == {str(county.uat_id)}
    with pytest.raises(DomainError):
        _publish(county, years=["2019"])
    with pytest.raises(DomainError):
        _publish(county, "nothing")


@pytest.mark.both
def test_pages_and_files_of_a_table(county, client):
    _extract()
    made = _publish(county)
    listed = client.get("/ajutor/cifre/")
    assert "people_assessed/1/" in listed.content.decode()
    page = client.get("/ajutor/cifre/people_assessed/1/?an=2025&sex=female")
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    for name, begins in {"pdf": b"%PDF", "xlsx": b"PK", "csv": b"area,year", "svg": b"<svg"}.items():
        assert client.get(f"/ajutor/cifre/people_assessed/1/fisier/{name}/").content.startswith(begins)
    withdraw_table(by=made.by, table=made, reason="Greșit")
    assert client.get("/ajutor/cifre/people_assessed/1/").status_code == 404
    assert PublishedTable.objects.get().withdrawn_at


def test_every_table_of_the_content_can_be_counted(county):
    _extract()
    found = newest_extract()
    from punte.statistics.publishing.cube import counted

    for one in table_definitions().values():
        cube = counted(one, found[1], years={"2026"}, uats={str(county.uat_id): county.uat.county_id})
        assert cube.cells
