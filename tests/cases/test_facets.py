"""Facets are content: a town adds one without code; a case has one for a while, and who may not know does not learn."""

import datetime as dt
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import TrailEntry
from punte.cases.actions import add_facet, end_facet
from punte.cases.case_facets import facets_of, has_facet
from punte.cases.facets import facets
from punte.cases.keeps import KEEPS
from punte.cases.models import Case, CaseFacet
from punte.kernel.errors import DomainError, NotAllowed
from punte.statistics.actions import make_extract_of_day
from tests import some_of
from tests.access.test_behind_a_seal import by
from tests.cases.conftest import Town, again
from tests.factories import worker

DAY = dt.timedelta(days=1)
REFUGEES = """\
key: refugees
title: {ro: Refugiați, en: Refugees}
roles: [social_worker]
questionnaires: [sci]
registers: [school_enrolment, life_event]
interventions: [STR_06]
source: propunere
evidence: memory
"""


@pytest.fixture
def own(tmp_path: Path, settings: Any) -> Path:
    (tmp_path / "facets").mkdir()
    settings.OWN_CONTENT = tmp_path
    return tmp_path / "facets"


def names(user: Any, case: Case) -> list[str]:
    case = Case.objects.select_related("household").get(pk=case.pk)
    return [one.facet.key for one in facets_of(again(user), case)]


def test_what_ships_is_read() -> None:
    shipped = {"housing", "education", "older_people", "disability", "violence", "protection", "homeless"}
    assert shipped | {"trafficking", "aggressor"} == set(facets())
    assert facets()["violence"].compartment == Compartment.VIOLENCE


@pytest.mark.django_db
def test_a_town_adds_one_without_code(own: Path) -> None:
    (own / "refugees.yaml").write_text(REFUGEES, encoding="utf-8")
    assert str(facets()["refugees"]) == "Refugiați"
    said = StringIO()
    call_command("register", "check", stdout=said)
    assert "refugees" in said.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("evidence: memory", "evidence: memory\ncolour: red", "refugees.yaml:9: "),
        ("life_event]", "loans]", "refugees.yaml:5: "),
        ("[sci]", "[scii]", "refugees.yaml:4: "),
        ("[social_worker]", "[wizard]", "refugees.yaml:3: "),
        ("[STR_06]", "[STR_99]", "refugees.yaml:6: "),
        ("key: refugees", "key: refugee", "refugees.yaml:1: "),
    ],
)
def test_what_is_wrong_is_said_with_its_line(own: Path, was: str, now: str, said: str) -> None:
    (own / "refugees.yaml").write_text(REFUGEES.replace(was, now), encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        call_command("register", "check", stdout=StringIO())


@pytest.mark.django_db
def test_a_key_of_the_product_is_refused_and_no_work_stops(own: Path) -> None:
    (own / "housing.yaml").write_text(REFUGEES.replace("refugees", "housing"), encoding="utf-8")
    with pytest.raises(CommandError, match="housing.yaml:1: "):
        call_command("register", "check", stdout=StringIO())
    assert facets() == {}


@pytest.mark.django_db
def test_on_the_pages_it_is_given_comes_first_and_is_ended(town: Town) -> None:
    case, client = town.case(), by(town.worker)
    new = reverse("case_facet_new", args=[case.pk])
    assert client.get(new).status_code == 200
    assert client.post(new, {"facet": "magic", "start": "2026-01-01"}).status_code == 422
    assert client.post(new, {"facet": "education", "start": timezone.localdate()}).status_code == 302
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    assert "Educație" in page
    registers = client.get(reverse("registers_of", args=["cazuri", case.pk])).content.decode()
    assert (
        registers.index("school_enrolment")
        < registers.index("Alte registre")
        < registers.rindex("life_event")
    )
    assert str(case) in client.get(reverse("cases"), {"facet": "education"}).content.decode()
    assert str(case) not in client.get(reverse("cases"), {"facet": "housing"}).content.decode()
    end = reverse("case_facet_end", args=[case.pk, CaseFacet.objects.get().pk])
    assert client.post(end, {"end": timezone.localdate()}).status_code == 302
    assert client.get(end).status_code == 404
    assert names(town.worker, case) == []


@pytest.mark.django_db
def test_it_is_given_by_who_manages_the_case_and_once_at_a_time(town: Town) -> None:
    case, today = town.case(), timezone.localdate()
    with pytest.raises(NotAllowed):
        add_facet(by=again(town.nurse), case=case, facet="housing")
    row = add_facet(by=town.worker, case=case, facet="housing", start=today - 9 * DAY)
    for wrong in ({"facet": "housing"}, {"facet": "magic"}, {"facet": "protection", "start": today + DAY}):
        with pytest.raises(DomainError):
            add_facet(by=town.worker, case=case, **wrong)
    with pytest.raises(DomainError):
        end_facet(by=town.worker, case=case, row=row, end=today - 10 * DAY)
    end_facet(by=town.worker, case=case, row=row, end=today - 3 * DAY)
    with pytest.raises(DomainError):
        end_facet(by=town.worker, case=case, row=row)
    add_facet(by=town.worker, case=case, facet="housing", start=today - 3 * DAY)


@pytest.mark.django_db
def test_who_does_not_read_its_compartment_does_not_learn_of_it(town: Town) -> None:
    case = town.case(team=town.team)
    for facet in ("housing", "disability", "violence"):
        add_facet(by=town.worker, case=case, facet=facet)
    assert names(town.worker, case) == ["housing", "disability", "violence"]
    assert names(town.nurse, case) == ["housing", "disability"]
    mediator = worker(Role.SCHOOL_MEDIATOR, team=town.team)
    assert names(mediator, case) == ["housing"]
    found = by(mediator).get(reverse("cases"), {"facet": "disability", "whose": "all"}).content.decode()
    assert "Dizabilitate" not in found
    assert not Case.objects.filter(has_facet(again(mediator), facets()["disability"])).exists()


@pytest.mark.django_db
def test_violence_is_set_by_the_team_alone_and_told_in_no_list(town: Town) -> None:
    case = town.case(team=town.team)
    with pytest.raises(NotAllowed):
        add_facet(by=again(town.coordinator), case=case, facet="violence")
    add_facet(by=town.worker, case=case, facet="violence")
    page = by(town.coordinator).get(reverse("case_facet_new", args=[case.pk])).content.decode()
    assert "Violență" not in page
    mine = by(town.worker)
    assert 'value="violence"' not in mine.get(reverse("cases")).content.decode()
    unasked = mine.get(reverse("cases"), {"facet": "violence"}).content.decode()
    assert str(case) in unasked
    assert not Case.objects.filter(has_facet(again(town.worker), facets()["violence"])).exists()
    told = TrailEntry.objects.get(verb="add_facet")
    assert "violence" not in f"{told.changes} {told.reason}"


@pytest.mark.django_db
def test_a_persons_own_file_tells_of_their_own_case_but_never_of_violence(town: Town) -> None:
    case = town.case(person=town.mother)
    add_facet(by=town.worker, case=case, facet="housing")
    # One that was given before the field sealed: of a sealed case nothing is told at all.
    CaseFacet.objects.create(case=case, facet="violence", start=timezone.localdate(), by=town.worker)
    kept = next(one for one in KEEPS if one.models == ("cases.CaseFacet",))
    assert kept.told_to is not None
    told = [set(row.values()) for row in kept.told_to(town.worker, town.mother, Compartment.values)]
    assert len(told) == 1 and "Locuire" in told[0]
    assert kept.told_to(town.worker, town.child, Compartment.values) == []


@pytest.mark.django_db
def test_the_extract_says_when_and_nothing_of_violence(town: Town, tmp_path: Path, settings: Any) -> None:
    settings.VAR = tmp_path
    case, today = town.case(), timezone.localdate()
    row = add_facet(by=town.worker, case=case, facet="housing", start=today - 9 * DAY)
    end_facet(by=town.worker, case=case, row=row, end=today - 3 * DAY)
    add_facet(by=town.worker, case=case, facet="violence", start=today - 9 * DAY)

    def on(day: dt.date) -> list[Any]:
        name, _files = make_extract_of_day(day)
        path = tmp_path / "extracts" / name / "case_facets.parquet"
        return duckdb.connect().execute(f"SELECT facet FROM '{path}'").fetchall()

    assert on(today - 5 * DAY) == [("housing",)]
    assert on(today - 3 * DAY) == []


@pytest.mark.both
@pytest.mark.django_db
@settings(
    max_examples=some_of(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["housing", "education"]),
            st.integers(0, 12),
            st.none() | st.integers(0, 6),
        ),
        max_size=8,
    )
)
def test_no_two_periods_of_one_facet_ever_overlap(town: Town, wanted: Any) -> None:
    begun, stood = dt.date(2026, 3, 1), list[tuple[str, int, float]]()
    with transaction.atomic():
        case = Case.objects.filter(open=True).first() or town.case()
        CaseFacet.objects.all().delete()
        for facet, start, length in wanted:
            end = float("inf") if length is None else start + length
            clear = length == 0 or all(
                other != facet or other_end <= start or end <= other_start
                for other, other_start, other_end in stood
                if other_end > other_start
            )
            row = CaseFacet(case=case, facet=facet, start=begun + start * DAY, by=town.worker)
            row.end = None if length is None else row.start + length * DAY
            try:
                with transaction.atomic():
                    row.save()
            except IntegrityError:
                assert not clear, (facet, start, length, stood)
            else:
                assert clear, (facet, start, length, stood)
                stood.append((facet, start, end))
