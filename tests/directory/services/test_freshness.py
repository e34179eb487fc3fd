"""What must be said anew of a service, by whom and by when."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from punte.directory.services.freshness import FreshnessError, Known, duties, near, owed, read_duties

LONG_AGO = dt.date(2024, 1, 1)


def keys(known: Known) -> dict[str, dt.date]:
    return {one.duty.key: one.due_on for one in owed(known, duties())}


def test_each_duty_has_its_day():
    known = Known(
        provider_kind="ngo",
        status="active",
        since=LONG_AGO,
        counts=True,
        counted=dt.date(2026, 1, 31),
        confirmed=dt.date(2025, 6, 10),
        capacity_year=2025,
        licence_ends=dt.date(2026, 9, 30),
        proposed=dt.date(2026, 3, 2),
    )
    assert keys(known) == {
        "places": dt.date(2026, 2, 28),
        "proposal": dt.date(2026, 3, 9),
        "details": dt.date(2026, 6, 10),
        "licence": dt.date(2026, 9, 30),
        "capacity": dt.date(2026, 12, 31),
    }


def test_a_public_provider_confirms_every_month_and_another_every_year():
    assert keys(Known("town_hall", "active", LONG_AGO))["details"] == dt.date(2024, 2, 1)
    assert keys(Known("ngo", "active", LONG_AGO))["details"] == dt.date(2025, 1, 1)


def test_nothing_is_owed_of_a_closed_service_and_of_a_suspended_one_that_it_opens():
    assert keys(Known("ngo", "closed", LONG_AGO, counts=True)) == {}
    assert keys(Known("ngo", "suspended", LONG_AGO, counts=True, reopens=dt.date(2026, 5, 1))) == {
        "reopening": dt.date(2026, 5, 1)
    }


def test_what_comes_near_is_shown_before_its_day():
    known = Known("ngo", "active", LONG_AGO, confirmed=dt.date(2026, 1, 1), capacity_year=2030)
    assert near(known, duties(), dt.date(2026, 12, 1)) == []
    found = near(known, duties(), dt.date(2026, 12, 2))
    assert [one.duty.key for one in found] == ["details"] and not found[0].is_late(dt.date(2027, 1, 1))
    assert found[0].is_late(dt.date(2027, 1, 2))


def test_a_duty_speaks_of_the_year_of_its_own_day():
    late = Known("ngo", "active", LONG_AGO, confirmed=LONG_AGO, capacity_year=2023)
    [capacity] = [one for one in owed(late, duties()) if one.duty.key == "capacity"]
    with translation.override("ro"):
        assert (str(capacity.due_on), capacity.sentence()) == ("2024-12-31", "Capacitatea pentru anul 2024")
    with translation.override("en"):
        assert capacity.sentence() == "The capacity for 2024"


@pytest.mark.parametrize("text", ["pentru {anul}", "pentru {}", "pentru {year", "pentru year}", "{year.day}"])
def test_no_other_place_stands_in_the_text_of_a_duty(tmp_path: Path, text: str):
    file = tmp_path / "freshness.yaml"
    written = (settings.CONTENT / "freshness.yaml").read_text()
    file.write_text(written.replace("Capacitatea pentru anul {year}", text))
    with pytest.raises(FreshnessError, match="between braces"):
        read_duties(file)


def test_each_duty_names_its_source():
    assert all(duty.source and duty.text["ro"] and duty.text["en"] for duty in duties())


GOOD = """
duties:
  - key: places
    text: {ro: "Locuri", en: "Places"}
    within: {months: 1}
    remind: 5
    who: provider
    source: "HG 797/2017"
    evidence: secondary
"""


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("places", "sleep"),
        ("months: 1", "years: 1"),
        ("months: 1", "months: 0"),
        ("provider", "somebody"),
        ("secondary", "perhaps"),
        ("remind: 5", "remind: soon"),
        ('en: "Places"', 'de: "Plätze"'),
        ("    within: {months: 1}\n", ""),
        ("duties", "rules"),
        ("    who: provider\n", "    who: provider\n    providers: [club]\n"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, was: str, becomes: str):
    path = tmp_path / "freshness.yaml"
    path.write_text(GOOD)
    assert len(read_duties(path)) == 1
    path.write_text(GOOD.replace(was, becomes))
    with pytest.raises(FreshnessError):
        read_duties(path)


def test_two_duties_of_one_key_for_the_same_provider_are_refused(tmp_path: Path):
    path = tmp_path / "freshness.yaml"
    path.write_text(GOOD + GOOD.split("duties:\n")[1])
    with pytest.raises(FreshnessError):
        read_duties(path)
