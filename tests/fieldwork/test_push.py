"""What a tablet sends becomes part of the record once, whole or not at all."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from punte.accounts.models import User
from punte.assessments.actions import submit_assessment
from punte.assessments.findings import find
from punte.assessments.models import Assessment
from punte.cases.actions import draft_plan, edit_plan, open_case
from punte.cases.enums import Regime
from punte.cases.models import Case, Intervention, Plan
from punte.cases.plan_input import ObjectiveInput
from punte.devices.actions import report_lost
from punte.fieldwork.actions import settle_form
from punte.fieldwork.conflicts import (
    AssessmentConflict,
    HouseholdConflict,
    PlanConflict,
    conflict_of,
)
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import FieldConflict, FieldEntry, FieldFile, ReceivedForm
from punte.fieldwork.pull.packs import pack_parts
from punte.fieldwork.wire.plans import objectives_of
from punte.methodology.packs import load_pack
from punte.people.actions import change_household, join_people
from punte.people.models import Household, Membership, Person
from tests.api.teren.test_files import words
from tests.factories import HouseholdFactory, PersonFactory, family, worker
from tests.fieldwork.tablet import Said, Tablet, begun, entry, filled, home, tablet_of

pytestmark = pytest.mark.django_db


def caseload(by: User, *ages: int) -> Case:
    """An open case of a family."""
    place = HouseholdFactory(keeper=by.appointments.get().organization)
    family(*(ages or (34, 9)), household=place)
    return open_case(by=by, household=place, regime=Regime.STANDARD, reason="o situație grea")


def visit(case: Case, **changed: object) -> Said:
    """The body of a visit."""
    plain = {
        "case": str(case.pk),
        "mode": "home_visit",
        "code": "",
        "at": "2026-11-20T10:00:00+02:00",
        "minutes": 40,
        "person": None,
        "step": None,
        "metFamily": True,
        "compartment": "general",
        "note": "Am vorbit cu mama.",
    }
    return {**plain, **changed}


def test_a_family_met_on_the_way_is_recorded_with_all_that_was_done(by: User, tablet: Tablet) -> None:
    siruta = by.appointments.get().organization.uat_id
    key, case = uuid4(), uuid4()
    blank = pack_parts(load_pack("sci"))["blank"]
    answers = {"member_id": str(uuid4()), "family_name": "Câmpeanu", "given_name": "Ștefania"}
    met = entry("household_new", key, home(siruta))
    assessed = entry("assessment", key, filled(blank, **answers), after=(met["id"],))
    opened = entry(
        "case_open",
        key,
        {"case": str(case), "person": None, "regime": "standard", "reason": "de urmărit"},
        after=(assessed["id"],),
    )
    done = visit(Case(pk=case), person=answers["member_id"])
    visited = entry("intervention", key, done, after=(opened["id"],))
    answered = tablet.up(met, assessed, opened, visited)
    assert [one["status"] for one in answered] == ["applied"] * 4, answered
    assert Household.objects.get(pk=key).address == "Str. Morii 3"
    assert Membership.objects.get(household=key).person.given_name == "Ștefania"
    assert Assessment.objects.get(household=key).by == by
    assert Case.objects.get(pk=case).responsible == by
    assert Intervention.objects.get(pk=visited["id"]).note == "Am vorbit cu mama."


def test_the_same_sent_again_is_answered_as_the_first_time(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    visited = entry("intervention", case.household_id, visit(case))
    assert tablet.up(visited) == tablet.up(visited, visited)[:1]
    assert Intervention.objects.count() == 1


def test_what_was_taken_in_is_not_written_over_under_its_name(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    visited = entry("intervention", case.household_id, visit(case))
    tablet.up(visited)
    [again] = tablet.up({**visited, "body": visit(case, note="Altceva.")})
    assert again["status"] == "refused"
    assert again["message"]
    assert Intervention.objects.get().note == "Am vorbit cu mama."


def test_what_was_refused_leaves_nothing_and_is_mended_under_its_name(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    wrong = entry("intervention", case.household_id, visit(case, at="2031-01-01T10:00:00+02:00"))
    [refused] = tablet.up(wrong)
    assert (refused["status"], refused["field"]) == ("refused", "at")
    assert not FieldEntry.objects.exists()
    [mended] = tablet.up({**wrong, "body": visit(case)})
    assert mended["status"] == "applied"


def test_a_clock_a_little_ahead_is_no_obstacle(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    at = (timezone.now() + dt.timedelta(minutes=5)).isoformat()
    [answer] = tablet.up(entry("intervention", case.household_id, visit(case, at=at)))
    assert answer["status"] == "applied"
    assert Intervention.objects.get().at <= timezone.now()


def test_what_needs_another_waits_for_it(by: User, tablet: Tablet) -> None:
    key, siruta = uuid4(), by.appointments.get().organization.uat_id
    met = entry("household_new", key, home(siruta, name=""))
    opening = {"case": str(uuid4()), "person": None, "regime": "standard", "reason": "de urmărit"}
    opened = entry("case_open", key, opening, after=(met["id"],))
    refused, waits = tablet.up(met, opened)
    assert (refused["status"], refused["field"]) == ("refused", "name")
    assert waits["status"] == "waits"
    answers = tablet.up({**met, "body": home(siruta)}, opened)
    assert [one["status"] for one in answers] == ["applied", "applied"]


def test_an_entry_of_another_device_is_not_answered_for(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    visited = entry("intervention", case.household_id, visit(case))
    tablet_of(by, "Telefon").up(visited)
    assert tablet.up(visited)[0]["status"] == "refused"
    later = entry("intervention", case.household_id, visit(case), after=(visited["id"],))
    assert tablet.up(later)[0]["status"] == "waits"


def test_a_field_changed_only_here_is_changed(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    place = case.household
    change_household(by=by, household=place, phone="0722 000 000")
    fields = {"address": [place.address, "Str. Lungă 9"], "safeContact": ["", "numai dimineața"]}
    [answer] = tablet.up(entry("household_change", place.pk, {"revision": 1, "fields": fields}))
    assert answer["status"] == "applied"
    place.refresh_from_db()
    assert (place.address, place.safe_contact) == ("Str. Lungă 9", "numai dimineața")
    assert (place.phone, place.revision) == ("0722 000 000", 3)


def test_a_field_changed_on_both_sides_is_laid_beside_the_record(by: User, tablet: Tablet) -> None:
    place = caseload(by).household
    before = place.address
    change_household(by=by, household=place, address="Str. Nouă 1")
    fields = {"address": [before, "Str. Lungă 9"], "phone": [place.phone, "0733 111 111"]}
    [answer] = tablet.up(entry("household_change", place.pk, {"revision": 1, "fields": fields}))
    assert answer["status"] == "conflict"
    place.refresh_from_db()
    assert (place.address, place.phone) == ("Str. Nouă 1", "0733 111 111")
    against = conflict_of(FieldConflict.objects.get())
    assert against == HouseholdConflict({"address": (before, "Str. Nouă 1", "Str. Lungă 9")})


def test_the_same_change_on_both_sides_is_no_conflict(by: User, tablet: Tablet) -> None:
    place = caseload(by).household
    before = place.address
    change_household(by=by, household=place, address="Str. Lungă 9")
    fields = {"address": [before, "  Str. Lungă  9 "]}
    [answer] = tablet.up(entry("household_change", place.pk, {"revision": 1, "fields": fields}))
    assert answer["status"] == "applied"
    assert not FieldConflict.objects.exists()


def test_a_case_opened_on_both_sides_is_one_case(by: User, tablet: Tablet) -> None:
    case, given = caseload(by), uuid4()
    opening = {"case": str(given), "person": None, "regime": "intensive", "reason": "de urmărit"}
    opened = entry("case_open", case.household_id, opening)
    visited = entry("intervention", case.household_id, visit(Case(pk=given)), after=(opened["id"],))
    answers = tablet.up(opened, visited)
    assert [one["status"] for one in answers] == ["applied", "applied"], answers
    assert str(case) in answers[0]["message"]
    assert Case.objects.get() == case
    assert Intervention.objects.get().case == case


def test_a_step_that_the_plan_lost_does_not_hold_up_the_visit(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    [answer] = tablet.up(entry("intervention", case.household_id, visit(case, step=str(uuid4()))))
    assert answer["status"] == "applied"
    assert answer["message"]
    assert Intervention.objects.get().step is None


def objective(text: str, **changed: Any) -> Said:
    """An objective as a device writes it."""
    plain = {"id": None, "person": None, "text": text, "codes": [], "compartment": "general"}
    return {**plain, "due": "2027-01-15", "progress": "not_started", "steps": [], **changed}


def step(text: str) -> Said:
    """A step as a device writes it."""
    nothing = {"id": None, "service": "", "interventions": [], "referTo": []}
    return {**nothing, "text": text, "worker": None, "due": None, "done": None}


def planned(case: Case, *objectives: Said, base: Plan | None = None) -> Said:
    """A draft of a plan, written on a base or anew."""
    known = {"plan": str(base.pk), "revision": base.revision} if base else None
    body = {
        "case": str(case.pk),
        "base": known,
        "inForce": None,
        "reason": "",
        "objectives": list(objectives),
    }
    return entry("plan", case.household_id, body)


def texts(plan: Plan) -> list[str]:
    """What the objectives of a plan say."""
    return [one.text for one in objectives_of(plan)]


def test_a_plan_drafted_at_the_door_is_the_draft_of_the_case(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    [answer] = tablet.up(planned(case, objective("Copilul merge la școală.", steps=[step("Înscriere")])))
    assert answer["status"] == "applied", answer
    plan = case.plans.get()
    assert texts(plan) == ["Copilul merge la școală."]
    assert [one.text for one in objectives_of(plan)[0].steps] == ["Înscriere"]


def test_a_draft_is_edited_on_its_base_and_keeps_its_rows(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    tablet.up(planned(case, objective("Copilul merge la școală.")))
    plan = case.plans.get()
    [kept] = objectives_of(plan)
    [answer] = tablet.up(planned(case, objective("Copilul merge zilnic.", id=str(kept.id)), base=plan))
    assert answer["status"] == "applied"
    assert [(one.id, one.text) for one in objectives_of(plan)] == [(kept.id, "Copilul merge zilnic.")]


def test_a_device_that_did_not_hear_of_its_own_draft_goes_on_with_it(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    tablet.up(planned(case, objective("Întâi.")))
    assert tablet.up(planned(case, objective("Apoi.")))[0]["status"] == "applied"
    assert texts(case.plans.get()) == ["Apoi."]


@pytest.mark.parametrize("known", [True, False])
def test_a_draft_that_another_hand_wrote_stays_beside_that_of_the_device(
    known: bool, by: User, tablet: Tablet
) -> None:
    case = caseload(by)
    base = draft_plan(by=by, case=case)
    edit_plan(by=by, plan=base, revision=1, objectives=objectives_of_office())
    [answer] = tablet.up(planned(case, objective("Ce am scris pe teren."), base=base if known else None))
    assert answer["status"] == "conflict"
    assert texts(case.plans.get()) == ["Ce s-a scris la birou."]
    against = conflict_of(FieldConflict.objects.get())
    assert isinstance(against, PlanConflict)
    assert [one.text for one in against.mine] == ["Ce am scris pe teren."]
    assert [one.text for one in against.theirs] == ["Ce s-a scris la birou."]


def objectives_of_office() -> list[Any]:
    return [ObjectiveInput(text="Ce s-a scris la birou.")]


def prefilled(tablet: Tablet) -> tuple[Said, str]:
    """The only household that comes down, and its questionnaire."""
    [bundle] = tablet.down()["households"]
    return bundle, bundle["prefilled"]["sci"]


def test_an_assessment_on_the_last_one_is_simply_the_next(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    bundle, instance = prefilled(tablet)
    first = entry("assessment", bundle["id"], filled(instance, dwelling="house"))
    second = entry("assessment", bundle["id"], filled(instance, dwelling="improvised"))
    assert [one["status"] for one in tablet.up(first, second)] == ["applied", "applied"]
    assert Assessment.objects.filter(household=case.household).count() == 2
    assert Person.objects.count() == 2
    assert not FieldConflict.objects.exists()


def test_what_the_device_knew_of_is_no_conflict(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    bundle, instance = prefilled(tablet)
    submit_assessment(by=by, household=case.household, instance=begun(instance, dwelling="flat").encode())
    bundle, instance = prefilled(tablet)
    first = entry("assessment", bundle["id"], filled(instance, base=bundle["last"]["id"], dwelling="house"))
    assert tablet.up(first)[0]["status"] == "applied"
    bundle, instance = prefilled(tablet)
    second = entry("assessment", bundle["id"], filled(instance, base=bundle["last"]["id"], dwelling="room"))
    assert tablet.up(second)[0]["status"] == "applied"


@pytest.mark.parametrize(("office", "status"), [("flat", "conflict"), ("house", "applied")])
def test_two_who_assessed_at_once_both_stand(office: str, status: str, by: User, tablet: Tablet) -> None:
    case = caseload(by)
    bundle, instance = prefilled(tablet)
    theirs = submit_assessment(
        by=by, household=case.household, instance=begun(instance, dwelling=office).encode()
    )
    [answer] = tablet.up(entry("assessment", bundle["id"], filled(instance, dwelling="house")))
    assert answer["status"] == status
    assert Assessment.objects.count() == 2
    if status == "conflict":
        mine = Assessment.objects.exclude(pk=theirs.pk).get()
        kept = FieldConflict.objects.get()
        assert conflict_of(kept) == AssessmentConflict(theirs=theirs.pk, mine=mine.pk)
        assert kept.record == theirs.pk


def test_who_may_be_on_record_is_decided_in_the_office_and_the_device_is_done(
    by: User, tablet: Tablet
) -> None:
    organization = by.appointments.get().organization
    PersonFactory(keeper=organization, family_name="Câmpeanu", given_name="Ștefania", birth_date=None)
    place = HouseholdFactory(keeper=organization)
    blank = pack_parts(load_pack("sci"))["blank"]
    answers = {"member_id": str(uuid4()), "family_name": "Câmpeanu", "given_name": "Ștefania"}
    [answer] = tablet.up(entry("assessment", place.pk, filled(blank, **answers)))
    assert answer["status"] == "applied"
    assert answer["message"]
    assert ReceivedForm.objects.get().state == FormState.WAITING
    assert not Assessment.objects.exists()


def test_what_waited_stands_beside_what_was_found_meanwhile_once_it_is_settled(
    by: User, tablet: Tablet
) -> None:
    """A questionnaire that waits for a person is compared as if it had been taken at once (issue C)."""
    case = caseload(by)
    PersonFactory(keeper=case.keeper, family_name="Câmpeanu", given_name="Ștefania", birth_date=None)
    bundle, instance = prefilled(tablet)
    blank = pack_parts(load_pack("sci"))["blank"]
    who = {"member_id": str(uuid4()), "family_name": "Câmpeanu", "given_name": "Ștefania"}
    sent = entry("assessment", bundle["id"], filled(blank, dwelling="house", **who))
    photo = entry("file", bundle["id"], words(about=sent["id"]))
    assert [one["status"] for one in tablet.up(sent, photo)] == ["applied", "applied"]
    theirs = submit_assessment(
        by=by, household=case.household, instance=begun(instance, dwelling="flat").encode()
    )
    form = settle_form(by=by, form=ReceivedForm.objects.get(), decisions={0: None})
    kept = FieldConflict.objects.get()
    assert conflict_of(kept) == AssessmentConflict(theirs=theirs.pk, mine=form.assessment.pk)
    assert (str(kept.entry_id), kept.entry.record) == (sent["id"], form.assessment.pk)
    assert FieldFile.objects.get().about == form.assessment.pk
    assert tablet.up(sent)[0]["status"] == "conflict"


def test_an_answer_that_cannot_be_stays_on_the_device_to_be_mended(by: User, tablet: Tablet) -> None:
    caseload(by)
    bundle, instance = prefilled(tablet)
    [answer] = tablet.up(entry("assessment", bundle["id"], filled(instance, rooms="multe")))
    assert (answer["status"], answer["field"]) == ("refused", "rooms")
    assert not ReceivedForm.objects.exists()


def test_what_was_foreseen_of_many_is_what_is_found_of_each(by: User, tablet: Tablet) -> None:
    for _household in range(3):
        caseload(by, 40, 12)
    bundles = tablet.down()["households"]
    sent = [
        entry("assessment", one["id"], filled(one["prefilled"]["sci"], enrolled=enrolled, rooms="1"))
        for one, enrolled in zip(bundles, ("none", "school", "none"), strict=True)
    ]
    together = {one["id"]: one["status"] for one in tablet.up(*sent)}
    assert set(together.values()) == {"applied"}
    for assessment in Assessment.objects.all():
        kept = {(one.person_id, one.code) for one in assessment.finding_sets.get().findings.all()}
        assessment.finding_sets.all().delete()
        [again] = find([assessment], version=assessment.pack)
        assert {(one.person_id, one.code) for one in again.findings.all()} == kept
        assert kept


WRONG: list[tuple[str, Any, str]] = [
    ("kind", "nonsense", "kind"),
    ("kind", 3, "kind"),
    ("household", "12", "household"),
    ("at", "yesterday", "at"),
    ("at", "0001-01-01T00:00:00+14:00", "at"),
    ("after", "x", "after"),
    ("after", [1], "after"),
    ("body", [], "body"),
    ("body", {"note": "\x00"}, "body"),
    ("body", {"note": "\ud800"}, "body"),
    ("body", {}, "case"),
    ("body", {"case": None}, "case"),
]


@pytest.mark.parametrize(("name", "value", "field"), WRONG)
def test_a_wrong_shape_is_refused_with_its_name(
    name: str, value: Any, field: str, by: User, tablet: Tablet
) -> None:
    case = caseload(by)
    good = entry("intervention", case.household_id, visit(case))
    wrong = {**entry("intervention", case.household_id, visit(case)), name: value}
    refused, applied = tablet.up(wrong, good)
    assert (refused["status"], refused["field"]) == ("refused", field)
    assert refused["message"]
    assert applied["status"] == "applied"


@pytest.mark.parametrize(
    "at", ["2026-03-29T03:30:00", "2026-10-25T03:30:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59"]
)
def test_an_hour_that_the_clocks_leave_out_or_a_slip_of_the_year_is_answered(
    at: str, by: User, tablet: Tablet
) -> None:
    case = caseload(by)
    said = entry("intervention", case.household_id, {**visit(case), "at": at})
    on_paper = planned(
        case, objective("x", due=at[:10], steps=[{**step("y"), "due": at[:10], "done": at[:10]}])
    )
    for answer in tablet.up(said, on_paper):
        assert answer["status"] == ("applied" if at.startswith("2026") else "refused")


@pytest.mark.sampled(one_in=3)
@pytest.mark.parametrize(
    "kind", ["household_change", "case_open", "assessment", "plan", "file", "household_new"]
)
@pytest.mark.parametrize("value", [None, 7, "x", [], {}, "\u0000", 10**30, True])
def test_no_value_within_a_body_is_ever_an_error_of_the_server(
    kind: str, value: Any, by: User, tablet: Tablet
) -> None:
    case = caseload(by)
    bodies: dict[str, Said] = {
        "household_new": home(1),
        "household_change": {"revision": 1, "fields": {"address": ["a", "b"]}},
        "case_open": {"case": str(uuid4()), "person": None, "regime": "standard", "reason": "x"},
        "assessment": {"pack": "sci", "version": "2026.6", "instance": "<data/>", "base": None},
        "plan": planned(case, objective("x", steps=[step("y")]))["body"],
        "file": {
            "about": None,
            "what": "photo",
            "type": "image/jpeg",
            "size": 3,
            "digest": "0" * 64,
            "caption": "",
        },
    }
    body = bodies[kind]
    sent = [entry(kind, case.household_id, {**body, name: value}) for name in body]
    if kind == "plan":
        for name in objective("x"):
            sent.append(planned(case, {**objective("x"), name: value}))
        sent.append(planned(case, objective("x", steps=[{**step("y"), "service": value}])))
    if kind == "household_change":
        fields = {"address": ["a", value], "siruta": [1, value]}
        sent += [
            entry(kind, case.household_id, {"revision": 1, "fields": {name: pair}})
            for name, pair in fields.items()
        ]
    for answer in tablet.up(*sent):
        assert answer["status"] in ("refused", "applied", "conflict")


def test_a_stranger_to_the_household_writes_nothing(by: User, tablet: Tablet) -> None:
    case = caseload(worker())
    place = case.household_id
    fields = {"address": ["", "x"]}
    answers = tablet.up(
        entry("intervention", place, visit(case)),
        entry("household_change", place, {"revision": 1, "fields": fields}),
        planned(case, objective("x")),
        entry("household_new", place, home(by.appointments.get().organization.uat_id)),
    )
    assert {one["status"] for one in answers} == {"refused"}
    assert case.household.name not in str(answers)


def test_a_device_reported_lost_while_it_sends_is_heard_no_more(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    report_lost(by=by, device=tablet.made.device)
    visited = entry("intervention", case.household_id, visit(case))
    answer = tablet.post("trimite", {"application": "", "unsent": 0, "unsentBytes": 0, "entries": [visited]})
    assert answer.status_code == 401
    assert not Intervention.objects.exists()


def test_a_tablet_that_still_knows_a_joined_file_writes_to_the_kept_one(by: User, tablet: Tablet) -> None:
    case = caseload(by)
    joined = Membership.objects.filter(household=case.household).latest("pk").person
    kept = PersonFactory(keeper=joined.keeper, birth_date=joined.birth_date)
    join_people(by=by, keep=kept, join=joined, why="aceeași persoană")
    visited = entry("intervention", case.household_id, visit(case, person=str(joined.pk)))
    first, second = tablet.up(visited), tablet.up(visited)
    assert [one["status"] for one in first + second] == ["applied", "applied"]
    assert Intervention.objects.get(pk=visited["id"]).person_id == kept.pk
