"""Programmes taken in, reported, measured; who takes part, and who learns of it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from punte.accounts.enums import Role
from punte.cases.actions import open_case, seal_person
from punte.kernel.errors import DomainError, NotAllowed
from punte.programmes.actions import (
    answer_recommendation,
    answer_report,
    begin_participation,
    count_indicators,
    end_participation,
    load_programme,
    open_round,
    recommend,
    report_action,
    state_need,
    write_figure,
)
from punte.programmes.counting import extracts
from punte.programmes.models import NodeReport, Participation
from punte.programmes.queries import achieved_in, by_uat, enrolled_households, standings
from punte.statistics.actions import make_extract
from punte.www.office.programmes.views.day_lines import reports
from tests.factories import worker
from tests.programmes.scene import Place, loaded

pytestmark = pytest.mark.django_db


def _client(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_files_taken_in_twice_change_nothing_and_changed_ones_are_a_version() -> None:
    place = Place()
    programme = loaded("passus", place.house)
    again, changed = load_programme(programme.tree, organization=place.house)
    assert (again.pk, changed, again.version) == (programme.pk, False, 1)
    figures = programme.figures.count()
    newer, changed = load_programme(replace(programme.tree, title="Alt titlu"), organization=place.house)
    assert (changed, newer.version, newer.versions.count(), newer.figures.count()) == (True, 2, 2, figures)
    begin_participation(
        by=place.worker, programme=newer, household=place.home, start=dt.date(2025, 3, 1), part="I.1"
    )
    fewer = tuple(node for node in newer.tree.nodes if node.code != "I.1")
    with pytest.raises(DomainError, match="I.1"):
        load_programme(
            replace(newer.tree, nodes=fewer, indicators=(), figures=(), claims=()), organization=place.house
        )


def test_the_final_report_of_passus_gives_its_22_indicators() -> None:
    place = Place()
    programme = loaded("passus", place.house)
    found = achieved_in(programme, user=place.planner)
    said = {code: (one.value, one.percent) for code, one in found.items()}
    assert len(said) == 22
    assert said["I.1.1"] == (113, 100) and said["I.2.2"] == (13, 130) and said["II.3.1"] == (40, 200)
    assert said["IV.1.1"] == (32, 133) and said["II.5.2"] == (None, None) and said["IV.2.1"] == (7, None)
    page = _client(place.planner).get(
        reverse("programme_indicators", args=[programme.pk]), {"format": "xlsx"}
    )
    rows = list(load_workbook(BytesIO(page.content)).active.values)  # type: ignore[union-attr]
    assert len(rows) == 23 and rows[1][6] == 113
    claims = _client(place.planner).get(reverse("programme_claims", args=[programme.pk])).content.decode()
    assert "13,64" in claims and "4 din cele 15" in claims


@pytest.mark.both
def test_a_commune_reports_and_the_county_sees_who_has_not_and_answers() -> None:
    place = Place()
    strategy = loaded("strategie_cluj", place.directorate)
    fall = [node for node in strategy.tree.work if node.of_uats]
    today = timezone.localdate()
    with pytest.raises(NotAllowed):
        other = next(node for node in strategy.tree.work if not node.of_uats)
        _report(place.planner, strategy, other.code, place.house)
    with pytest.raises(DomainError) as unproven:
        _report(place.planner, strategy, fall[0].code, place.house, state="done", percent=100, evidence=" ")
    assert unproven.value.field == "evidence"
    made = _report(place.planner, strategy, fall[0].code, place.house)
    line = next(one for one in by_uat(strategy, today) if one.uat == place.house.uat)
    assert ([node.code for node in line.reported], len(line.missing), line.unanswered) == (
        [fall[0].code],
        len(fall) - 1,
        1,
    )
    assert standings(strategy, today)[fall[0].code].reported == 1
    tree = reverse("programme", args=[strategy.pk])
    # The day's number leads to exactly those actions.
    [waits] = reports(place.planner, today).lines
    owing = _client(place.planner).get(tree).context["owed"]
    assert [one.node.code for one in owing] == [node.code for node in fall[1:]]
    assert waits.url == tree and waits.what.startswith(f"{len(owing)} ")
    with pytest.raises(NotAllowed):
        answer_report(by=place.planner, report=made, text="Da")
    answer_report(by=place.county, report=made, text="Mulțumim, trimiteți lista.")
    address = reverse("programme_node", args=[strategy.pk, fall[0].code])
    assert "Mulțumim, trimiteți lista." in _client(place.planner).get(address).content.decode()
    neighbour = worker(Role.PLANNER)
    # Of what others report one reads how far it is, not their words.
    assert "trimiteți lista" not in _client(neighbour).get(address).content.decode()
    with pytest.raises(DatabaseError), transaction.atomic():
        NodeReport.objects.filter(pk=made.pk).update(percent=3)


def _report(by: Any, programme: Any, node: str, organization: Any, **said: Any) -> NodeReport:
    told = {"state": "under_way", "percent": 40, "narrative": "O campanie", "evidence": "", **said}
    return report_action(by=by, programme=programme, node=node, organization=organization, **told)


def test_a_value_typed_in_counts_before_what_is_printed() -> None:
    place = Place()
    programme = loaded("passus", place.house)
    days = {"start": programme.start, "end": programme.end}
    with pytest.raises(DomainError):
        write_figure(
            by=place.planner, programme=programme, indicator="II.5.2", value=Decimal(19), said=" ", **days
        )
    write_figure(
        by=place.planner, programme=programme, indicator="II.5.2", value=Decimal(19), said="Liste", **days
    )
    assert achieved_in(programme, user=None)["II.5.2"].percent == 112
    with pytest.raises(NotAllowed):
        write_figure(
            by=place.worker, programme=programme, indicator="II.5.2", value=Decimal(1), said="x", **days
        )


@pytest.mark.both
def test_who_takes_part_is_seen_by_who_sees_the_household_and_the_field() -> None:
    place = Place()
    programme = loaded("passus", place.house)
    day = dt.date(2025, 3, 1)
    common = {"by": place.worker, "programme": programme, "household": place.home, "start": day}
    whole = begin_participation(part="I.1", **common)
    victim = begin_participation(part="III.1", person=place.mother, **common)
    assert victim.compartment == "violence"
    with pytest.raises(DomainError):
        begin_participation(part="I.1", **common)
    nurse = worker(Role.COMMUNITY_NURSE, organization=place.house)
    stranger = worker(Role.CASE_MANAGER)
    assert set(Participation.objects.visible_to(place.worker)) == {whole, victim}
    assert set(Participation.objects.visible_to(nurse)) == {whole}
    assert not Participation.objects.visible_to(stranger)
    assert list(enrolled_households(place.worker, programme.pk)) == [place.home]
    cases = _client(place.worker).get(reverse("households"), {"programme": str(programme.pk)})
    assert place.home.name in cases.content.decode()
    end_participation(by=place.worker, participation=whole, end=day)
    assert [row.pk for row in enrolled_households(nurse, programme.pk)] == []


def test_outside_the_circle_of_a_sealed_person_nothing_new_is_told() -> None:
    place = Place()
    programme = loaded("passus", place.house)
    open_case(by=place.worker, household=place.home, regime="intensive", reason="Semnal")
    colleague = worker(Role.CASE_MANAGER, organization=place.house)
    seal_person(by=place.worker, person=place.mother, reason="Este căutată")
    day = dt.date(2025, 3, 1)
    same = {
        "programme": programme,
        "household": place.home,
        "start": day,
        "part": "II.1",
        "person": place.mother,
    }
    made = begin_participation(by=place.worker, **same)
    assert made in Participation.objects.visible_to(place.worker)
    assert made not in Participation.objects.visible_to(colleague)
    # No refusal tells of it: what they write stands aside, and the circle sees both.
    aside = begin_participation(by=colleague, **same)
    assert set(Participation.objects.visible_to(colleague)) == {aside}
    assert set(Participation.objects.visible_to(place.worker)) == {made, aside}
    with pytest.raises(DomainError):
        begin_participation(by=colleague, **same)


def test_an_indicator_is_counted_on_an_extract_and_small_numbers_are_held_back(
    settings: Any, tmp_path: Any
) -> None:
    settings.VAR = tmp_path
    place = Place()
    programme = loaded("passus", place.house)
    day = dt.date(2025, 3, 1)
    begin_participation(by=place.worker, programme=programme, household=place.home, start=day, part="I.1")
    extract = make_extract()
    made = {
        one.indicator: one
        for one in count_indicators(programme, next(extracts()), today=timezone.localdate())
    }
    assert (made["I.1.1"].value, made["I.1.2"].value, made["I.1.1"].extract) == (1, 2, extract.name)
    assert "programme_participations" in made["I.1.1"].query
    hidden = achieved_in(programme, user=place.planner)["I.1.1"]
    assert (hidden.held_back, hidden.value, hidden.percent) == (True, None, None)
    leader = worker(Role.COORDINATOR, organization=place.house)
    assert achieved_in(programme, user=leader)["I.1.1"].value == 1
    page = (
        _client(place.planner)
        .get(reverse("programme_indicator", args=[programme.pk, "I.1.1"]))
        .content.decode()
    )
    assert extract.name in page and "prea puțini" in page


def test_the_yearly_round_of_needs() -> None:
    place = Place()
    today = timezone.localdate()
    assert place.house.uat is not None
    asked = open_round(
        by=place.county, organization=place.directorate, county=place.house.uat.county, year=2027, until=today
    )
    with pytest.raises(DomainError):
        open_round(
            by=place.county,
            organization=place.directorate,
            county=place.house.uat.county,
            year=2027,
            until=today,
        )
    need = state_need(
        by=place.planner, round=asked, organization=place.house, kind="home_care", why="Bătrâni singuri"
    )
    with pytest.raises(DomainError):
        answer_recommendation(by=place.planner, need=need, answer="Da")
    with pytest.raises(NotAllowed):
        recommend(by=place.planner, need=need, recommendation="Un serviciu")
    recommend(by=place.county, need=need, recommendation="Un serviciu comun")
    client = _client(place.planner)
    answered = client.post(reverse("need_answer", args=[need.pk]), {"answer": "De acord."})
    assert answered.status_code == 302
    shown = client.get(reverse("needs_round", args=[asked.pk])).content.decode()
    assert "Un serviciu comun" in shown and "De acord." in shown


def test_the_command_checks_and_takes_in(capsys: pytest.CaptureFixture[str]) -> None:
    place = Place()
    call_command("programme", "check")
    call_command("programme", "load", "bacau", "--organization", place.house.name)
    call_command("programme", "load", "bacau", "--organization", place.house.name)
    said = capsys.readouterr().out
    assert "passus: 18" in said and "nu s-a schimbat nimic" in said
