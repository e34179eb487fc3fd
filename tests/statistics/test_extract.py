"""The extract: frozen, without names, and every figure follows from its files."""

import datetime as dt
import json

import duckdb
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from punte.kernel.errors import DomainError
from punte.statistics.actions import make_extract
from punte.statistics.models import Extract, PublishedCount
from punte.statistics.tables import tables
from tests.factories import CapacityFactory, OrganizationFactory, PersonFactory, ServiceFactory, UatFactory

pytestmark = pytest.mark.django_db
MOMENT = dt.datetime(2026, 6, 1, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def town(assess):
    """Two communes: 20 households of which 8 poor, and 9 of which 2 poor."""
    keeper = OrganizationFactory(name="Primăria Comunei Valea Mare")
    for number in range(20):
        assess(*(["POOR"] if number < 8 else []), keeper=keeper, name="Zăvoianu", address="Str. Tainică 7")
    other = OrganizationFactory()
    for number in range(9):
        assess(*(["POOR"] if number < 2 else []), keeper=other)
    return keeper, other


def _shown(extract, uat, code=""):
    return extract.counts.get(uat=uat, code=code).households


@pytest.mark.both
def test_figures_are_those_above_the_threshold(town, var):
    keeper, other = town
    made = make_extract(moment=MOMENT)
    assert made.name == "2026-06-01T09-30-00Z"
    assert (_shown(made, keeper.uat), _shown(made, other.uat), _shown(made, None)) == (20, 9, 29)
    # Two of nine are few. Beside the sum, the first town hall would know them from its own eight: the sum is not told.
    assert (_shown(made, keeper.uat, "POOR"), _shown(made, other.uat, "POOR")) == (8, None)
    assert _shown(made, None, "POOR") is None


def test_with_a_third_commune_the_sum_is_told(town, assess, var):
    keeper, other = town
    third = OrganizationFactory()
    for number in range(30):
        assess(*(["POOR"] if number < 12 else []), keeper=third)
    made = make_extract(moment=MOMENT)
    assert _shown(made, None, "POOR") == 22
    assert [_shown(made, one.uat, "POOR") for one in (keeper, other, third)] == [None, None, None]


def test_the_newest_assessment_counts_and_a_household_once(town, assess, var):
    keeper, _other = town
    home = keeper.households.first()
    for day in (dt.date(2026, 5, 5), dt.date(2024, 1, 1)):
        assess("OLD" if day.year == 2024 else "NEW", household=home, day=day)
    made = make_extract(moment=MOMENT)
    assert _shown(made, None) == 29
    assert not made.counts.filter(code="OLD").exists()
    assert made.counts.filter(code="NEW").exists()


@pytest.mark.both
def test_nobody_is_named_in_the_files(town, var):
    keeper, _other = town
    person = PersonFactory(keeper=keeper, family_name="Zăvoianu", given_name="Serafim", phone="0264000111")
    make_extract(moment=MOMENT)
    folder = var / "extracts" / "2026-06-01T09-30-00Z"
    told = ""
    for table in tables():
        rows = duckdb.connect().execute(f"SELECT * FROM '{folder / table.name}.parquet'").fetchall()
        told += repr(rows)
    home = keeper.households.first()
    for secret in ("Zăvoianu", "Serafim", "Tainică", "0264000111", str(home.pk), home.pk.hex, str(person.pk)):
        assert secret not in told
    assert not list(folder.glob("*.csv"))


def test_two_extracts_cannot_be_linked(town, var):
    names = []
    for minute in (0, 1):
        made = make_extract(moment=MOMENT + dt.timedelta(minutes=minute))
        path = var / "extracts" / made.name / "households.parquet"
        names.append(
            {row[0] for row in duckdb.connect().execute(f"SELECT household FROM '{path}'").fetchall()}
        )
    assert len(names[0]) == 29
    assert not names[0] & names[1]


def test_a_figure_follows_from_the_files_and_the_query(town, var):
    made = make_extract(moment=MOMENT)
    folder = var / "extracts" / made.name
    asked = duckdb.connect()
    for table in tables():
        asked.execute(f"CREATE VIEW {table.name} AS SELECT * FROM '{folder / table.name}.parquet'")
    rows = asked.execute((folder / "households_with_finding.sql").read_text(encoding="utf-8")).fetchall()
    assert sorted(row[-1] for row in rows if row[0] == "POOR") == [2, 8]
    assert _shown(made, town[0].uat, "POOR") == 8
    assert (folder / "households_with_finding.sql").read_text(encoding="utf-8") == made.queries[
        "households_with_finding"
    ]
    told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert told["files"]["households"]["rows"] == 29
    assert told["files"] == made.files


@pytest.mark.both
def test_services_and_their_places_are_in_it(var):
    service = ServiceFactory(at=UatFactory())
    CapacityFactory(service=service, value=12)
    service.occupancy.create(at=MOMENT - dt.timedelta(days=9), taken=3, source="said")
    service.occupancy.create(at=MOMENT + dt.timedelta(days=9), taken=11, source="said")
    make_extract(moment=MOMENT)
    path = var / "extracts" / "2026-06-01T09-30-00Z" / "capacities.parquet"
    assert duckdb.connect().execute(f"SELECT value, taken FROM '{path}'").fetchall() == [(12, 3)]


def test_the_same_moment_twice_is_refused(town, var):
    make_extract(moment=MOMENT)
    with pytest.raises(DomainError):
        make_extract(moment=MOMENT)
    assert Extract.objects.count() == 1


@pytest.mark.both
def test_what_fails_half_way_leaves_nothing(town, var, monkeypatch):
    def fail(*_rows, **_named):
        raise RuntimeError

    monkeypatch.setattr(PublishedCount.objects, "bulk_create", fail)
    with pytest.raises(RuntimeError):
        make_extract(moment=MOMENT)
    assert not Extract.objects.exists()
    assert not list((var / "extracts").iterdir())


def test_the_command_says_what_it_did(town, var, capsys):
    call_command("extract")
    told = capsys.readouterr().out
    assert "29" in told
    assert Extract.objects.get().name in told


def test_the_command_refuses_in_words(var, monkeypatch):
    def refuse():
        raise DomainError("deja")

    monkeypatch.setattr("punte.statistics.management.commands.extract.make_extract", refuse)
    with pytest.raises(CommandError, match="deja"):
        call_command("extract")


def test_without_households_there_is_an_extract_without_figures(db, var):
    assert not make_extract(moment=MOMENT).counts.exists()
