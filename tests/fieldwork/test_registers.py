"""Entries of registers on a tablet: what goes down, what comes up, and what stands against it."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from punte.accounts.enums import Role
from punte.accounts.models import User
from punte.cases.actions import add_team_member, seal_case, seal_person
from punte.cases.models import Case
from punte.fieldwork.actions.conflicts import keep_record, take_from_device
from punte.fieldwork.conflicts import GuestConflict, conflict_of
from punte.fieldwork.models import FieldConflict
from punte.kernel.errors import EditedMeanwhile, NotAllowed
from punte.people.models import Membership, Person
from punte.registers.actions import add_entry, correct_entry, move_entry, withdraw_entry
from punte.registers.catalogue import definitions
from punte.registers.field import down, wire
from punte.registers.models import Entry
from punte.registers.showing import shown
from punte.registers.sight import Sight
from punte.registers.totals.showing import totals_about
from tests.factories import HouseholdFactory, family, worker
from tests.fieldwork.tablet import Said, Tablet, entry, tablet_of
from tests.fieldwork.test_pull import caseload, permit
from tests.fieldwork.test_state import state_now, told
from tests.guards.queries import queries_of
from tests.registers.test_definitions import SOUND

pytestmark = pytest.mark.django_db

MARCH = dt.date(2026, 3, 1)
BED = {"kind": "bed", "number": "Inv. 7"}
SCHOOL = {"unit": "Școala nr. 1", "stage": "primary"}


@pytest.fixture(autouse=True)
def own(tmp_path: Any, settings: Any) -> Any:
    """A town with a register of its own."""
    (tmp_path / "registers").mkdir()
    file = tmp_path / "registers" / "loaned_equipment.yaml"
    file.write_text(SOUND, encoding="utf-8")
    settings.OWN_CONTENT = tmp_path
    return file


@pytest.fixture
def by() -> User:
    """Somebody who reads school and law too."""
    return worker(Role.CASE_MANAGER)


@pytest.fixture
def case(by: User) -> Case:
    return caseload(by, 34, 8)


def child_of(case: Case) -> Person:
    person: Person = case.household.memberships.get(relation="child").person
    return person


def lend(by: User, case: Case, **said: Any) -> Entry:
    return add_entry(
        by=by, register="loaned_equipment", subject=case.household, **{"start": MARCH, "given": BED, **said}
    )


def enrol(by: User, case: Case, **said: Any) -> Entry:
    return add_entry(
        by=by,
        register="school_enrolment",
        subject=child_of(case),
        **{"start": MARCH, "given": SCHOOL, **said},
    )


def deed(do: str = "add", register: str = "loaned_equipment", **said: Any) -> Said:
    """What a tablet writes."""
    plain = {
        "do": do,
        "register": register,
        "digest": "",
        "entry": None,
        "person": None,
        "case": None,
        "revision": 0,
        "move": "",
        "state": "lent" if register == "loaned_equipment" else "attending",
        "start": MARCH.isoformat(),
        "last": None,
        "values": BED if do == "add" else {},
        "why": "",
        "confirmed": False,
    }
    return {**plain, **said}


def bundle_of(tablet: Tablet, case: Case) -> Said:
    [found] = [one for one in tablet.down()["households"] if one["id"] == str(case.household_id)]
    return dict(found)


def sent(tablet: Tablet, case: Case, *deeds: Said) -> list[Said]:
    return tablet.up(*(entry("register", case.household_id, one) for one in deeds))


# ---- down -------------------------------------------------------------------------------------------------------


def test_registers_and_entries_go_down_within_what_the_worker_reads(
    by: User, case: Case, tablet: Tablet
) -> None:
    bed, school = lend(by, case, given={**BED, "value": "1500.50"}), enrol(by, case)
    given = tablet.down()
    forms = {one["key"]: one for one in given["reference"]["registers"]}
    assert {"loaned_equipment", "school_enrolment", "household_event"} <= set(forms)
    assert "agreement" not in forms
    lent = forms["loaned_equipment"]
    assert [one["name"] for one in lent["fields"]] == ["kind", "number", "value", "cared_for"]
    assert lent["checks"][0]["when"] == ["gt", ["name", "value"], ["value", 10000]]
    [bundle] = given["households"]
    assert [one["id"] for one in bundle["registers"]["entries"]] == [str(bed.pk), str(school.pk)]
    assert bundle["registers"]["entries"][0] == {
        "id": str(bed.pk),
        "register": "loaned_equipment",
        "about": str(case.household_id),
        "state": "lent",
        "start": "2026-03-01",
        "end": None,
        "revision": 1,
        "values": {"kind": "bed", "number": "Inv. 7", "value": "1500.5"},
    }
    about = {one["id"]: one for one in bundle["registers"]["about"]}
    assert {"household_event", "loaned_equipment"} <= set(about[str(case.household_id)]["writes"])
    assert "school_enrolment" in about[str(child_of(case).pk)]["writes"]


def test_the_office_and_the_tablet_show_the_same_entries(
    by: User, case: Case, client: Any, tablet: Tablet
) -> None:
    lend(by, case), enrol(by, case)
    withdraw_entry(by=by, entry=lend(by, case, given={"kind": "chair"}), why="Alt dosar", revision=1)
    client.force_login(by, backend="punte.accounts.backend.OpenAccounts")
    page = client.get(f"/registre/gospodarii/{case.household_id}/")
    in_office = {
        str(one.entry.pk) for part in page.context["parts"] for one in part.entries if not one.withdrawn
    }
    assert {one["id"] for one in bundle_of(tablet, case)["registers"]["entries"]} == in_office != set()
    # A place in a service is taken in the office, where its free places are known.
    there = {
        one.key
        for one in definitions().values()
        if {"place", "service"} & {field.type for field in one.fields.values()}
    }
    of_case = client.get(f"/registre/cazuri/{case.pk}/").context["parts"]
    parts = [*page.context["parts"], *of_case]
    writes = {str(part.key): sorted(set(part.written) - there) for part in parts}
    about = bundle_of(tablet, case)["registers"]["about"]
    assert {one["id"]: sorted(one["writes"]) for one in about if one["writes"]} == writes


def test_of_a_compartment_that_is_not_read_neither_field_nor_register_goes_down(by: User, case: Case) -> None:
    lend(by, case, given={**BED, "cared_for": "Bunica"})
    mediator = worker(Role.SCHOOL_MEDIATOR, organization=case.keeper)
    add_team_member(by=by, case=case, user=mediator)
    given = tablet_of(mediator).down()
    forms = {one["key"]: one for one in given["reference"]["registers"]}
    assert "disability_certificate" not in forms
    assert "cared_for" not in [one["name"] for one in forms["loaned_equipment"]["fields"]]
    assert "Bunica" not in str(given)


def test_what_the_circle_writes_of_a_sealed_person_does_not_go_down(by: User, case: Case) -> None:
    outside = worker(Role.CASE_MANAGER, organization=case.keeper)
    mine = caseload(outside, 40)
    child = child_of(case)
    seal_person(by=by, person=child, reason="Este căutat")
    enrol(by, case)
    # The child moves where the colleague works, who may not know of it.
    Membership.objects.filter(person=child, end=None).update(end=dt.date(2026, 5, 1))
    Membership.objects.create(
        person=child, household=mine.household, relation="child", start=dt.date(2026, 5, 1)
    )
    said = str(tablet_of(outside).down())
    assert "Școala nr. 1" not in said and str(child.pk) not in said


def move_in(person: Person, case: Case) -> None:
    today = timezone.localdate()
    Membership.objects.create(person=person, household=case.household, relation="child", start=today)


def budget(by: User, case: Case, whom: Person) -> Entry:
    given = {"worked_with": whom, "food": Decimal(900)}
    return add_entry(by=by, register="household_budget", subject=case.household, start=MARCH, given=given)


def test_whom_an_entry_names_is_told_to_who_may_know_and_stays_named(
    by: User, case: Case, client: Any
) -> None:
    """The child left the one household for the other: no colleague outside the circle may know that."""
    outside = worker(Role.CASE_MANAGER, organization=case.keeper)
    left, child = caseload(outside, 40), child_of(case)
    budget(by, case, child)
    Membership.objects.filter(person=child).update(end=timezone.localdate())
    part = bundle_of(tablet_of(by), case)["registers"]
    assert part["entries"][0]["values"] == {"worked_with": str(child.pk), "food": "900"}
    assert part["named"] == {str(child.pk): f"{child.given_name} {child.family_name}"}
    Membership.objects.filter(person=child).update(end=None)
    seal_person(by=by, person=child, reason="Este căutat")
    Membership.objects.filter(person=child).update(end=timezone.localdate())
    move_in(child, left)
    kept = budget(by, left, child)
    assert tablet_of(outside).down()["households"] == []
    client.force_login(outside, backend="punte.accounts.backend.OpenAccounts")
    address = f"/registre/inscriere/{kept.pk}/"
    for page in (f"/registre/gospodarii/{left.household_id}/", address, f"{address}corectare/"):
        shown_there = client.get(page).content.decode()
        assert "900" in shown_there and str(child) not in shown_there
    correct_entry(by=outside, entry=kept, start=MARCH, given={"food": Decimal(950)}, why="Greșit", revision=1)
    kept.refresh_from_db()
    assert kept.values == {"worked_with": str(child.pk), "food": 95000}


def test_an_entry_written_without_a_signal_names_another_and_somebody_who_lives_there(
    by: User, case: Case, tablet: Tablet
) -> None:
    bill = entry(
        "register",
        case.household_id,
        deed(register="obligation", state="due", values={"kind": "gas", "amount": "300"}),
    )
    aid = deed(
        register="direct_aid", state="asked", values={"kind": "utilities", "asked": "300", "bill": bill["id"]}
    )
    worked = deed(
        register="household_budget", state="recorded", values={"worked_with": str(child_of(case).pk)}
    )
    there = [entry("register", case.household_id, one, after=(bill["id"],)) for one in (aid, worked)]
    assert [one["status"] for one in tablet.up(bill, *there)] == ["applied"] * 3
    part = bundle_of(tablet, case)["registers"]
    values = {one["register"]: one["values"] for one in part["entries"]}
    assert values["direct_aid"]["bill"] == bill["id"]
    assert values["household_budget"] == {"worked_with": str(child_of(case).pk)}
    in_office = totals_about(by, [Sight(by, case.household)])[case.household_id]
    told = {(one["label"], one["value"]) for one in part["totals"]}
    assert told == {
        (one.label, one.value) for one in in_office if one.value.endswith("lei") and not one.is_nothing
    }
    assert "300,00 lei" in {value for _label, value in told}
    elsewhere = child_of(caseload(by, 30, 5))
    wrong = deed(register="household_budget", state="recorded", values={"worked_with": str(elsewhere.pk)})
    foreign = deed(register="direct_aid", state="asked", values={**aid["values"], "bill": str(uuid4())})
    answers = sent(tablet, case, wrong, foreign)
    assert [(one["status"], one["field"]) for one in answers] == [
        ("refused", "worked_with"),
        ("refused", "bill"),
    ]


def test_entries_of_a_sealed_case_stay_in_the_office_unless_its_team_lets_them(
    by: User, tablet: Tablet
) -> None:
    case = caseload(by)
    lend(by, case)
    seal_case(by=by, case=case, reason="siguranță")
    assert tablet.down()["households"] == []
    permit(case, by)
    assert len(bundle_of(tablet, case)["registers"]["entries"]) == 1


def test_whatever_changes_of_an_entry_changes_the_mark(by: User, case: Case, tablet: Tablet) -> None:
    known, marks = told(tablet), [state_now(tablet)]
    made = lend(by, case)
    marks.append(state_now(tablet))
    move_entry(by=by, entry=made, move="lose", on=MARCH, given={}, revision=1)
    marks.append(state_now(tablet))
    correct_entry(
        by=by, entry=made, start=MARCH, given={**BED, "number": "8"}, state="lost", why="Greșit", revision=2
    )
    marks.append(state_now(tablet))
    withdraw_entry(by=by, entry=made, why="Greșit", revision=3)
    marks.append(state_now(tablet))
    assert len(set(marks)) == 5
    assert tablet.down(**known)["whole"] != known["whole"]


def test_a_changed_register_changes_the_mark_and_a_broken_one_stops_no_tablet(
    by: User, case: Case, tablet: Tablet, own: Any
) -> None:
    lend(by, case)
    before = state_now(tablet)
    own.write_text(
        SOUND.replace("E scump", "E prea scump").replace('version: "1"', 'version: "2"'), encoding="utf-8"
    )
    assert state_now(tablet) != before
    own.write_text("key: [", encoding="utf-8")
    assert tablet.down()["reference"]["registers"] == []


def test_what_no_device_draws_is_only_read_there(
    by: User, case: Case, tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    lend(by, case, given={**BED, "value": "99"})
    monkeypatch.setattr(wire, "_TYPES_THERE", frozenset({"choice", "text"}))
    down._forms.cache_clear()
    given = tablet.down()
    down._forms.cache_clear()
    [lent] = [one for one in given["reference"]["registers"] if one["key"] == "loaned_equipment"]
    assert [one["name"] for one in lent["fields"]] == ["kind", "number", "cared_for"]
    [bundle] = given["households"]
    assert bundle["registers"]["entries"][0]["values"] == BED
    assert bundle["registers"]["about"][0]["writes"] == ["household_event"]


def test_two_queries_more_for_the_mark_however_many_entries(by: User, case: Case, tablet: Tablet) -> None:
    few, _known = queries_of(told, tablet)
    for number in range(2):
        lend(by, case, start=MARCH + dt.timedelta(days=number), last=MARCH + dt.timedelta(days=number))
        caseload(by, 20 + number)
    many, _known = queries_of(told, tablet)
    assert len(many) == len(few)


# ---- up ---------------------------------------------------------------------------------------------------------


def test_an_entry_is_added_moved_and_corrected_without_a_signal(by: User, case: Case, tablet: Tablet) -> None:
    added = entry("register", case.household_id, deed(values={**BED, "value": "99.50"}))
    moved = deed("move", entry=added["id"], move="lose", start="2026-04-02")
    right = deed(
        "correct", entry=added["id"], values={**BED, "number": "Inv. 8"}, state="lost", why="Alt număr"
    )
    then = [entry("register", case.household_id, one, after=(added["id"],)) for one in (moved, right)]
    assert [one["status"] for one in tablet.up(added, *then)] == ["applied"] * 3
    made = Entry.objects.get()
    assert (str(made.pk), made.state, made.revision) == (added["id"], "lost", 3)
    assert [one.move for one in made.revisions.order_by("number")] == ["add", "lose", "correct"]
    [told] = bundle_of(tablet, case)["registers"]["entries"]
    assert told["values"] == {"kind": "bed", "number": "Inv. 8"}


def test_what_is_sent_twice_is_there_once(by: User, case: Case, tablet: Tablet) -> None:
    one = entry("register", case.household_id, deed())
    assert tablet.up(one) == tablet.up(one)
    assert Entry.objects.count() == 1


def test_what_somebody_changed_meanwhile_waits_with_both_sides(by: User, case: Case, tablet: Tablet) -> None:
    made = lend(by, case)
    lead = worker(Role.COORDINATOR, organization=case.keeper)
    move_entry(by=by, entry=made, move="lose", on=dt.date(2026, 4, 1), given={}, revision=1)
    [answer] = sent(
        tablet, case, deed("move", entry=str(made.pk), revision=1, move="return", start="2026-05-01")
    )
    assert answer["status"] == "conflict"
    made.refresh_from_db()
    assert (made.state, made.revision) == ("lost", 2)
    conflict = FieldConflict.objects.get()
    said = conflict_of(conflict)
    assert isinstance(said, GuestConflict)
    sides = said.told_to(lead)
    assert sides is not None
    assert [(one.record, one.device) for one in sides.facts][0] == ("pierdut", "întors")
    with pytest.raises(EditedMeanwhile):
        take_from_device(by=lead, conflict=conflict, revision=1)
    settled = take_from_device(by=by, conflict=conflict, revision=sides.revision)
    made.refresh_from_db()
    assert (made.state, made.end, settled.chosen) == ("returned", dt.date(2026, 5, 2), "mine")


def test_a_second_deed_after_one_that_waits_waits_too(by: User, case: Case, tablet: Tablet) -> None:
    """What follows on it was written on what the record does not say."""
    made = lend(by, case)
    move_entry(by=by, entry=made, move="lose", on=dt.date(2026, 4, 1), given={}, revision=1)
    first = deed("correct", entry=str(made.pk), revision=1, values={**BED, "number": "9"}, why="Alt număr")
    second = deed("move", entry=str(made.pk), revision=1, move="return", start="2026-05-01")
    assert [one["status"] for one in sent(tablet, case, first, second)] == ["conflict", "conflict"]


def test_what_both_say_alike_is_no_conflict(by: User, case: Case, tablet: Tablet) -> None:
    made = lend(by, case)
    correct_entry(by=by, entry=made, start=MARCH, given={**BED, "number": "9"}, why="Alt număr", revision=1)
    said = deed("correct", entry=str(made.pk), revision=1, values={**BED, "number": "9"}, why="Alt număr")
    assert sent(tablet, case, said)[0]["status"] == "applied"
    assert not FieldConflict.objects.exists()


def test_who_does_not_read_the_register_neither_sees_nor_settles(
    by: User, case: Case, tablet: Tablet
) -> None:
    made = enrol(by, case)
    correct_entry(by=by, entry=made, start=MARCH, given={**SCHOOL, "grade": "2"}, why="Clasa", revision=1)
    moved = deed("move", "school_enrolment", entry=str(made.pk), revision=1, move="absent")
    assert sent(tablet, case, moved)[0]["status"] == "conflict"
    conflict = FieldConflict.objects.get()
    said = conflict_of(conflict)
    assert isinstance(said, GuestConflict)
    nurse = worker(Role.COMMUNITY_NURSE, organization=case.keeper)
    assert said.told_to(nurse) is None
    with pytest.raises(NotAllowed):
        keep_record(by=nurse, conflict=conflict)


def test_the_office_settles_it_on_a_page(by: User, case: Case, tablet: Tablet, client: Any) -> None:
    made = lend(by, case)
    correct_entry(by=by, entry=made, start=MARCH, given={**BED, "number": "9"}, why="Alt număr", revision=1)
    said = deed("correct", entry=str(made.pk), revision=1, values={**BED, "number": "10"}, why="Eticheta")
    assert sent(tablet, case, said)[0]["status"] == "conflict"
    client.force_login(by, backend="punte.accounts.backend.OpenAccounts")
    address = f"/dispozitive/de-lamurit/{FieldConflict.objects.get().pk}/"
    page = client.get(address)
    assert page.status_code == 200
    assert page.context["sides"].deed == "Echipament împrumutat: Corectează înscrierea"
    done = client.post(address, {"plan": "device", "revision": "2"})
    assert done.status_code == 302
    assert bundle_of(tablet, case)["registers"]["entries"][0]["values"]["number"] == "10"
    assert client.get(address).status_code == 200


WRONG = [
    ({"register": "unknown"}, "nu există"),
    ({"start": ""}, ""),
    ({"values": {"kind": "boat"}}, "listă"),
    ({"values": {"kind": "bed", "value": 3}}, ""),
    ({"values": {"kind": "bed", "value": "-3"}}, "sub zero"),
    ({"values": {"kind": "bed", "value": "20000"}}, "scump"),
    ({"values": {"kind": "bed", "boat": "x"}}, "schimbat"),
    ({"state": "returned"}, "listă"),
    ({"do": "burn"}, "do"),
    ({"values": []}, "values"),
    ({"person": "x"}, "person"),
    ({"person": str(uuid4())}, ""),
    ({"do": "move", "entry": str(uuid4())}, ""),
]


@pytest.mark.parametrize(("said", "words"), WRONG)
def test_what_cannot_be_is_refused_with_its_reason(
    said: Said, words: str, by: User, case: Case, tablet: Tablet
) -> None:
    [answer] = sent(tablet, case, {**deed(), **said})
    assert answer["status"] == "refused"
    assert answer["message"] and words in answer["message"]
    assert not Entry.objects.exists()


def test_what_overlaps_stays_on_the_tablet(by: User, case: Case, tablet: Tablet) -> None:
    lend(by, case)
    [answer] = sent(tablet, case, deed())
    assert (answer["status"], answer["field"]) == ("refused", "start")


def test_nothing_begins_after_a_death_and_nothing_is_written_of_a_stranger(
    by: User, case: Case, tablet: Tablet
) -> None:
    child = child_of(case)
    stranger = HouseholdFactory(keeper=case.keeper)
    (other,) = family(40, household=stranger)
    of_child = {"values": SCHOOL, "start": "2026-06-01"}
    [answer] = sent(tablet, case, deed("add", "school_enrolment", person=str(other.pk), **of_child))
    assert answer["status"] == "refused"
    Person.objects.filter(pk=child.pk).update(died_on=dt.date(2026, 5, 1))
    [answer] = sent(tablet, case, deed("add", "school_enrolment", person=str(child.pk), **of_child))
    assert (answer["status"], answer["field"]) == ("refused", "start")


def test_of_who_moved_away_within_sight_it_is_taken_in(by: User, case: Case, tablet: Tablet) -> None:
    child, today = child_of(case), timezone.localdate()
    Membership.objects.filter(person=child, end=None).update(end=today)
    said = deed("add", "school_enrolment", person=str(child.pk), values=SCHOOL)
    assert sent(tablet, case, said)[0]["status"] == "applied"


def test_of_somebody_sealed_since_the_same_door_opens_as_in_the_office(by: User, case: Case) -> None:
    """Who is outside the circle by now writes aside, and learns nothing of what the circle wrote."""
    outside = worker(Role.CASE_MANAGER, organization=case.keeper)
    tablet, child = tablet_of(outside), child_of(case)
    made = enrol(by, case)
    seal_person(by=by, person=child, reason="Este căutat")
    move_entry(by=by, entry=made, move="transfer", on=dt.date(2026, 4, 1), given={}, revision=1)
    said = deed("move", "school_enrolment", entry=str(made.pk), revision=1, move="absent", start="2026-04-02")
    [answer] = sent(tablet, case, said)
    assert (answer["status"], answer["message"]) == ("applied", "")
    made.refresh_from_db()
    assert made.state == "transferred"
    [seen] = shown(outside, [made], {"school_enrolment": []})
    assert seen.state


def test_an_entry_of_a_register_that_changed_since_says_so(
    by: User, case: Case, tablet: Tablet, own: Any
) -> None:
    own.write_text(
        SOUND.replace('version: "1"', 'version: "2"').replace(
            "number: {type: text", "number: {required: yes, type: text"
        ),
        encoding="utf-8",
    )
    [answer] = sent(tablet, case, deed(values={"kind": "bed"}))
    assert (answer["status"], answer["field"]) == ("refused", "number")
    assert "Registrul s-a schimbat" in answer["message"]
