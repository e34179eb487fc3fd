"""What goes down to a tablet: the caseload, only what changed, and never more than its worker may read."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from punte.accounts.enums import Compartment, Role
from punte.accounts.models import TrailEntry, User
from punte.assessments.actions import submit_assessment
from punte.assessments.models import Assessment
from punte.cases.actions import (
    add_team_member,
    close_case,
    draft_plan,
    edit_plan,
    hold_visit,
    log_intervention,
    open_case,
    plan_visit,
    seal_case,
)
from punte.cases.enums import Regime
from punte.cases.models import Case
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.fieldwork.models import FieldPermit
from punte.people.actions import change_household, change_person
from punte.people.models import Household
from tests.factories import HouseholdFactory, family, worker
from tests.fieldwork.tablet import Said, Tablet, begun, entry, home, tablet_of
from tests.guards.queries import queries_of

pytestmark = pytest.mark.django_db


def caseload(by: User, *ages: int, **fields: Any) -> Case:
    """An open case of a family."""
    place = HouseholdFactory(keeper=by.appointments.get().organization, **fields)
    family(*(ages or (34, 9)), household=place)
    return open_case(by=by, household=place, regime=Regime.STANDARD, reason="o situație grea")


def assessed(by: User, case: Case, tablet: Tablet, **answers: str) -> Assessment:
    """The household of a case with an assessment."""
    [bundle] = [one for one in tablet.down()["households"] if one["id"] == str(case.household_id)]
    instance = begun(bundle["prefilled"]["sci"], **answers)
    return submit_assessment(by=by, household=case.household, instance=instance.encode())


def note(by: User, case: Case, text: str, compartment: str = Compartment.GENERAL, days: int = 1) -> None:
    """Something that was done."""
    at = timezone.now() - dt.timedelta(days=days)
    log_intervention(by=by, case=case, mode="home_visit", at=at, note=text, compartment=compartment)


def held(given: Said) -> Said:
    """What a tablet says that it holds, after an answer."""
    return {
        "have": {one["id"]: one["mark"] for one in given["households"]},
        "caseload": given["caseload"]["mark"],
        "reference": given["reference"]["mark"],
        "packs": {one["name"]: one["version"] for one in given["packs"]},
    }


def test_a_household_comes_down_with_everything_needed_at_its_door(by: User, tablet: Tablet) -> None:
    case = caseload(by, 34, 9, phone="0722 000 000", safe_contact="numai dimineața")
    assessment = assessed(by, case, tablet, enrolled="none", dwelling="house")
    plan = draft_plan(by=by, case=case)
    steps = [StepInput(text="Înscriere")]
    edit_plan(by=by, plan=plan, revision=1, objectives=[ObjectiveInput(text="La școală.", steps=steps)])
    note(by, case, "Am vorbit cu mama.")
    given = tablet.down()
    [bundle] = given["households"]
    assert bundle["home"]["safeContact"] == "numai dimineața"
    assert [one["relation"] for one in bundle["members"]] == ["reference", "child"]
    [file] = bundle["cases"]
    assert (file["number"], file["regime"]) == (str(case), "standard")
    assert file["deadlines"][0]["label"]
    assert file["draft"]["objectives"][0]["steps"][0]["text"] == "Înscriere"
    assert (file["draft"]["revision"], file["inForce"]) == (2, None)
    assert [one["note"] for one in file["interventions"]] == ["Am vorbit cu mama."]
    last = bundle["last"]
    assert last["id"] == str(assessment.pk)
    assert last["findings"][0]["name"]["ro"]
    assert last["findings"][0]["explanation"]["ro"]
    assert last["notAssessed"] > 0
    assert "<dwelling>house</dwelling>" in bundle["prefilled"]["sci"]
    [row] = given["caseload"]["rows"]
    assert row["people"] == [f"{one['familyName']} {one['givenName']}" for one in bundle["members"]]
    assert row["due"]


def test_the_visits_that_are_planned_come_down_within_what_the_worker_reads(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    nurse = worker(Role.COMMUNITY_NURSE, organization=case.keeper)
    add_team_member(by=by, case=case, user=nurse)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    plan_visit(by=by, case=case, day=tomorrow)
    plan_visit(by=by, case=case, day=tomorrow, hour=dt.time(9, 30), who=nurse, purpose="Tensiunea")
    plan_visit(by=by, case=case, day=tomorrow, hour=dt.time(8), compartment=Compartment.EDUCATION)
    held = plan_visit(by=by, case=case, day=timezone.localdate())
    hold_visit(by=by, visit=held)
    told = [[one[part] for part in ("day", "hour", "name", "purpose")] for one in visits_on(tablet)]
    day = tomorrow.isoformat()
    assert told == [
        [day, "08:00", by.name, ""],
        [day, "09:30", nurse.name, "Tensiunea"],
        [day, None, by.name, ""],
    ]
    assert [one["hour"] for one in visits_on(tablet_of(nurse))] == ["09:30", None]
    close_case(by=by, case=case, outcome="objectives_met", reason="Se descurcă")
    assert visits_on(tablet) == []


def visits_on(tablet: Tablet) -> list[Any]:
    """What the tablet is told of planned visits."""
    return [visit for bundle in tablet.down()["households"] for visit in bundle["visits"]]


def test_a_questionnaire_that_nobody_began_has_no_identifier_and_no_day(by: User, tablet: Tablet) -> None:
    caseload(by)
    [bundle] = tablet.down()["households"]
    assert "uuid:00000000-0000-0000-0000-000000000000" in bundle["prefilled"]["sci"]
    assert "<visit_date />" in bundle["prefilled"]["sci"]


def test_only_what_changed_comes_again(by: User, tablet: Tablet) -> None:
    case, _other = caseload(by), caseload(by)
    known = held(tablet.down())
    again = tablet.down(**known)
    assert (again["households"], again["gone"], again["caseload"], again["packs"]) == ([], [], None, [])
    assert again["reference"] is None
    change_household(by=by, household=case.household, phone="0733 111 111")
    assert [one["id"] for one in tablet.down(**known)["households"]] == [str(case.household_id)]


def _phone(by: User, case: Case, _tablet: Tablet) -> None:
    change_person(by=by, person=case.household.memberships.first().person, phone="0733 111 111")  # type: ignore[union-attr]


def _cnp(by: User, case: Case, _tablet: Tablet) -> None:
    from tests.factories import invented_cnp

    person = case.household.memberships.order_by("start", "id").first().person  # type: ignore[union-attr]
    assert person.birth_date
    change_person(by=by, person=person, cnp=invented_cnp(person.birth_date, sex=person.sex or "f"))


def _visit(by: User, case: Case, _tablet: Tablet) -> None:
    note(by, case, "x")


def _second_case(by: User, case: Case, _tablet: Tablet) -> None:
    child = case.household.memberships.get(relation="child").person
    open_case(by=by, household=case.household, person=child, regime=Regime.INTENSIVE, reason="absențe")


def _plan(by: User, case: Case, _tablet: Tablet) -> None:
    draft_plan(by=by, case=case)


def _assessment(by: User, case: Case, tablet: Tablet) -> None:
    assessed(by, case, tablet, dwelling="flat")


@pytest.mark.parametrize("change", [_phone, _cnp, _visit, _second_case, _plan, _assessment])
def test_whatever_changes_in_a_bundle_changes_its_mark(change: Any, by: User, tablet: Tablet) -> None:
    case = caseload(by)
    known = held(tablet.down())
    change(by, case, tablet)
    assert [one["id"] for one in tablet.down(**known)["households"]] == [str(case.household_id)]


def test_what_left_the_caseload_is_gone(by: User, tablet: Tablet) -> None:
    case, stays = caseload(by), caseload(by)
    known = held(tablet.down())
    close_case(by=by, case=case, outcome="moved", reason="s-au mutat")
    given = tablet.down(**known)
    assert given["gone"] == [str(case.household_id)]
    assert [row["id"] for row in given["caseload"]["rows"]] == [str(stays.household_id)]


def test_the_households_of_the_day_alone_come_down(by: User, tablet: Tablet) -> None:
    case, other = caseload(by), caseload(by)
    known = {"have": {str(other.household_id): "x"}}
    given = tablet.down(chosen=[str(case.household_id)], **known)
    assert [one["id"] for one in given["households"]] == [str(case.household_id)]
    assert given["gone"] == [str(other.household_id)]
    assert len(given["caseload"]["rows"]) == 2


def test_a_household_begun_on_the_tablet_stays_there_before_it_has_a_case(by: User, tablet: Tablet) -> None:
    key = uuid4()
    tablet.up(entry("household_new", key, home(by.appointments.get().organization.uat_id)))
    assert [one["id"] for one in tablet.down()["households"]] == [str(key)]
    assert tablet_of(by, "Telefon").down()["households"] == []


def test_who_is_in_the_team_of_a_case_takes_it_along(by: User) -> None:
    case = caseload(by)
    nurse = worker(Role.COMMUNITY_NURSE, organization=by.appointments.get().organization)
    tablet = tablet_of(nurse)
    assert tablet.down()["caseload"]["rows"] == []
    add_team_member(by=by, case=case, user=nurse)
    assert [one["id"] for one in tablet.down()["households"]] == [str(case.household_id)]


def permit(case: Case, by: User, *, days: int = 1) -> None:
    """The team lets a sealed case out for some days from yesterday on."""
    today = timezone.localdate()
    FieldPermit.objects.create(
        case=case, by=by, start=today - dt.timedelta(days=1), end=today + dt.timedelta(days=days)
    )


def test_a_sealed_case_stays_in_the_office_unless_its_team_lets_it_out(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    known = held(tablet.down())
    seal_case(by=by, case=case, reason="siguranță")
    given = tablet.down(**known)
    assert (given["households"], given["gone"]) == ([], [str(case.household_id)])
    assert given["caseload"]["rows"] == []
    permit(case, by)
    [bundle] = tablet.down()["households"]
    assert bundle["sealed"] is True
    assert TrailEntry.objects.filter(verb="taken_along", household=case.household_id).first().sealed  # type: ignore[union-attr]


def test_a_permit_that_ended_lets_nothing_out(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    seal_case(by=by, case=case, reason="siguranță")
    permit(case, by, days=0)
    assert tablet.down()["households"] == []


def test_a_permit_of_a_colleagues_case_lets_nothing_out(by: User, tablet: Tablet) -> None:
    colleague = worker(organization=by.appointments.get().organization)
    case = caseload(colleague)
    seal_case(by=colleague, case=case, reason="siguranță")
    permit(case, colleague)
    assert tablet.down()["households"] == []


def test_another_sealed_case_of_a_household_stays_in_the_office(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    child = case.household.memberships.get(relation="child").person
    other = open_case(by=by, household=case.household, person=child, regime=Regime.STANDARD, reason="x")
    for each in (case, other):
        seal_case(by=by, case=each, reason="siguranță")
    permit(case, by)
    [bundle] = tablet.down()["households"]
    assert [one["id"] for one in bundle["cases"]] == [str(case.pk)]


def test_only_the_parts_of_a_record_that_its_worker_reads_go_down(by: User) -> None:
    case = caseload(by)
    assessed(by, case, tablet_of(by), enrolled="none", family_doctor="no")
    note(by, case, "general")
    note(by, case, "școală", Compartment.EDUCATION)
    note(by, case, "violență", Compartment.VIOLENCE)
    plan = draft_plan(by=by, case=case)
    said = [ObjectiveInput(text=part, compartment=part) for part in ("general", "education", "health")]
    edit_plan(by=by, plan=plan, revision=1, objectives=said)
    nurse = worker(Role.COMMUNITY_NURSE, organization=by.appointments.get().organization)
    add_team_member(by=by, case=case, user=nurse)
    tablet = tablet_of(nurse)
    [bundle] = tablet.down()["households"]
    [file] = bundle["cases"]
    assert [one["note"] for one in file["interventions"]] == ["general"]
    assert [one["text"] for one in file["draft"]["objectives"]] == ["general", "health"]
    compartments = {one["compartment"] for one in bundle["last"]["findings"]}
    assert "health" in compartments
    assert compartments <= {"general", "health"}
    assert "<enrolled>" not in bundle["prefilled"]["sci"]
    [whole] = tablet_of(by, "a doua").down()["households"]
    assert len(whole["cases"][0]["interventions"]) == 3


def test_of_a_long_story_the_newest_twenty_go_down(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    for days in range(25):
        note(by, case, str(days), days=days + 1)
    [bundle] = tablet.down()["households"]
    assert [one["note"] for one in bundle["cases"][0]["interventions"]] == [str(day) for day in range(20)]


def test_every_household_that_goes_down_leaves_a_line(by: User, tablet: Tablet) -> None:
    case, other = caseload(by), caseload(by)
    known = held(tablet.down())
    change_household(by=by, household=case.household, phone="0733 111 111")
    tablet.down(**known)
    lines = TrailEntry.objects.filter(verb="taken_along", reading=True, actor=by)
    assert lines.filter(household=case.household_id).count() == 2
    assert lines.filter(household=other.household_id, subject=tablet.made.device.pk).count() == 1


def test_who_no_longer_works_here_takes_nothing_along(by: User, tablet: Tablet) -> None:
    caseload(by)
    known = held(tablet.down())
    by.appointments.update(end=timezone.localdate())
    answer = tablet.post("date", known)
    assert (answer.status_code, answer.json()["wipe"]) == (401, True)


def test_packs_come_by_their_addresses_until_they_are_held(by: User, tablet: Tablet) -> None:
    packs = tablet.down()["packs"]
    assert [pack["name"] for pack in packs] == ["older_person", "sci", "violence_risk"]
    for pack in packs:
        for part in ("form", "rules", "parts"):
            assert tablet.client.get(pack[part]).status_code == 200
        blank = tablet.client.get(pack["parts"]).json()["blank"]
        assert "<household_id />" in blank
    former = {pack["name"]: "2020.1" for pack in packs}
    assert tablet.down(packs=former)["packs"] == packs


def test_many_households_take_as_many_queries_as_few(by: User, tablet: Tablet, pinned: Any) -> None:
    for _household in range(2):
        case = caseload(by)
        draft_plan(by=by, case=case)
    assessed(by, case, tablet)
    few, _answer = queries_of(tablet.down)
    for _household in range(3):
        case = caseload(by)
        draft_plan(by=by, case=case)
        note(by, case, "x")
    for place in Household.objects.all():
        assessed(by, place.cases.get(), tablet)
    many, answer = queries_of(tablet.down)
    assert len(answer["households"]) == 5
    assert many == few
    pinned(tablet.down)


def test_more_than_two_hundred_come_in_parts(
    by: User, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("punte.fieldwork.pull.changes.AT_ONCE", 2)
    for _household in range(3):
        caseload(by)
    first = tablet.down()
    assert (len(first["households"]), first["more"]) == (2, True)
    rest = tablet.down(have=held(first)["have"])
    assert (len(rest["households"]), rest["more"]) == (1, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("application", 3),
        ("packs", []),
        ("packs", {"sci": 3}),
        ("unsent", -1),
        ("unsent", True),
        ("unsent", 2**40),
        ("unsentBytes", 2**70),
        ("chosen", "all"),
        ("chosen", ["x"]),
        ("have", {"x": "y"}),
        ("have", {"\u0000": "y"}),
        ("have", None),
        ("caseload", None),
        ("reference", "\ud800"),
    ],
)
def test_a_wrong_question_is_answered_by_its_name(name: str, value: Any, tablet: Tablet) -> None:
    asked = {"application": "", "packs": {}, "unsent": 0, "unsentBytes": 0, "chosen": None, "have": {}}
    answer = tablet.post("date", {**asked, "caseload": "", "reference": "", name: value})
    assert answer.status_code == 400
    assert answer.json()["message"]
