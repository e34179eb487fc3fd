"""What ODK Collect sends is the same assessment as one filled in the office."""

from typing import Any
from uuid import UUID

import pytest

from punte.accounts.models import User
from punte.assessments.models import Assessment
from punte.cases.actions.open_case import open_case
from punte.cases.enums import Regime
from punte.devices.actions import revoke_device
from punte.fieldwork.actions import set_aside, settle_form
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedForm
from punte.people.models import Household, Membership
from tests.factories import HouseholdFactory, family
from tests.fieldwork.collect import Phone, elements
from tests.fieldwork.scene import known_person

pytestmark = pytest.mark.django_db

MOTHER = {
    "member/person/family_name": "Câmpeanu",
    "member/person/given_name": "Ștefania",
    "member/person/birth_date": "1991-04-02",
    "member/person/sex": "f",
    "member/person/kinship": "reference",
    "member/health/family_doctor": "no",
}
CHILD = {
    "member[2]/person/family_name": "Câmpeanu",
    "member[2]/person/given_name": "Ionuț",
    "member[2]/person/birth_date": "2017-09-12",
    "member[2]/person/sex": "m",
    "member[2]/person/kinship": "child",
    "member[2]/education/enrolled": "none",
}


def caseload(by: User) -> Household:
    home = HouseholdFactory(keeper=by.appointments.get().organization)
    open_case(by=by, household=home, regime=Regime.STANDARD, reason="o situație grea")
    return home


def new_household(by: User) -> dict[str, Any]:
    return {
        "visited/household_name": "Câmpeanu",
        "visited/household_uat": by.appointments.get().organization.uat_id,
        "visited/household_address": "Str. Morii nr. 3",
        "visit/visit_date": "2026-11-20",
        "home/dwelling": "house",
        "home/rooms": 1,
        **MOTHER,
        **CHILD,
    }


def codes(assessment: Assessment) -> set[tuple[str, str]]:
    found = assessment.finding_sets.get().findings.all()
    return {(one.person.given_name if one.person else "", one.code) for one in found}


def test_a_new_household_filled_by_the_engine_of_collect_is_assessed(by: User, phone: Phone) -> None:
    phone.download()
    sent = phone.fill(new_household(by))
    answer = phone.send(sent)
    assert answer.status_code == 201, answer.content
    assessment = Assessment.objects.get()
    assert assessment.by == by
    assert assessment.household.address == "Str. Morii nr. 3"
    assert {("Ionuț", "VEC_03"), ("Ștefania", "VSA_02")} <= codes(assessment)
    assert Membership.objects.filter(household=assessment.household).count() == 2


def test_a_household_of_the_caseload_and_its_people_are_chosen_from_the_lists(by: User, phone: Phone) -> None:
    home = caseload(by)
    mother, _child = family(34, 9, household=home)
    phone.download()
    sent = phone.fill(
        {
            "visited/known_household": home.pk,
            "visit/visit_date": "2026-11-20",
            "member/person/known_member": mother.pk,
            "member/health/family_doctor": "no",
        }
    )
    assert phone.send(sent).status_code == 201
    assessment = Assessment.objects.get(household=home)
    assert [member.person for member in assessment.members.all()] == [mother]
    assert ReceivedForm.objects.get().base_version == home.revision


def test_parts_of_one_form_are_merged_and_the_same_form_again_is_taken_once(by: User, phone: Phone) -> None:
    phone.download()
    sent = phone.fill(new_household(by))
    assert phone.send(sent, incomplete=True, **{"usa.jpg": b"one"}).status_code == 201
    assert not Assessment.objects.exists()
    assert phone.send(sent, **{"casa.jpg": b"two"}).status_code == 201
    assert phone.send(sent, **{"casa.jpg": b"two"}).status_code == 201
    form = ReceivedForm.objects.get()
    assert form.state == FormState.TAKEN
    assert list(form.files.values_list("name", flat=True)) == ["casa.jpg", "usa.jpg"]
    assert Assessment.objects.count() == 1
    changed = sent.replace("Câmpeanu".encode(), "Cămpeanu".encode())
    refused = phone.send(changed)
    assert refused.status_code == 400
    assert "alte răspunsuri" in refused.content.decode()


def test_who_may_already_be_on_record_is_decided_in_the_office(by: User, phone: Phone) -> None:
    known = known_person(by)
    phone.download()
    answer = phone.send(phone.fill(new_household(by)))
    assert answer.status_code == 201
    assert "birou" in answer.content.decode()
    form = ReceivedForm.objects.get()
    assert form.state == FormState.WAITING
    assert not Household.objects.filter(pk=form.household).exists()
    settle_form(by=by, form=form, decisions={0: known.pk})
    form.refresh_from_db()
    assert form.state == FormState.TAKEN
    assert known in [member.person for member in Assessment.objects.get().members.all()]


def test_what_comes_before_its_household_waits_for_it(by: User, phone: Phone) -> None:
    phone.download()
    first = phone.fill(new_household(by))
    key = elements(first, "data")[0]["household_id"]
    later = first.replace(b'create="1"', b'create=""').replace(b'create="true"', b'create=""')
    later = later.replace(_instance_id(first), b"uuid:00000000-0000-4000-8000-000000000001")
    assert phone.send(later).status_code == 201
    assert ReceivedForm.objects.get().state == FormState.WAITING
    assert phone.send(first).status_code == 201
    assert set(ReceivedForm.objects.values_list("state", flat=True)) == {FormState.TAKEN}
    assert Assessment.objects.filter(household=UUID(key)).count() == 2


def test_a_form_may_be_set_aside_with_a_reason(by: User, phone: Phone) -> None:
    known_person(by)
    phone.download()
    phone.send(phone.fill(new_household(by)))
    form = set_aside(by=by, form=ReceivedForm.objects.get(), reason="Exercițiu la instruire")
    assert form.state == FormState.SET_ASIDE
    assert not Assessment.objects.exists()


def test_a_sealed_household_never_leaves_the_office(by: User, phone: Phone) -> None:
    open_home, sealed = caseload(by), caseload(by)
    Household.objects.filter(pk=sealed.pk).update(sealed=True)
    listed = phone.get("/openrosa/lists/households.csv").content.decode()
    assert str(open_home.pk) in listed
    assert str(sealed.pk) not in listed


def test_what_left_the_caseload_is_said_to_be_gone(by: User, phone: Phone) -> None:
    home = caseload(by)
    answer = phone.get(f"/openrosa/integrity/households?id={home.pk},{by.pk}")
    assert [one["deleted"] for one in elements(answer.content, "entity")] == ["false", "true"]


@pytest.mark.parametrize(
    "url", ["/openrosa/formList", "/openrosa/manifest/sci", "/openrosa/lists/households.csv"]
)
def test_a_stranger_is_challenged_and_a_revoked_device_is_one(by: User, phone: Phone, url: str) -> None:
    refused = phone.client.get(url)
    assert refused.status_code == 401
    assert refused["WWW-Authenticate"].startswith("Basic")
    assert refused["X-OpenRosa-Version"] == "1.0"
    assert phone.get(url).status_code == 200
    revoke_device(by=by, device=phone.registered.device)
    assert phone.get(url).status_code == 401


def test_the_door_answers_as_collect_expects(phone: Phone) -> None:
    asked = phone.client.head("/openrosa/submission", headers={"Authorization": phone.authorization})
    assert asked.status_code == 204
    assert int(asked["X-OpenRosa-Accept-Content-Length"]) > 1_000_000
    listed = phone.get("/openrosa/formList?deviceID=x")
    assert listed["Content-Type"].startswith("text/xml")
    forms = elements(listed.content, "xform")
    assert {form["formID"] for form in forms} == {"older_person", "sci", "violence_risk"}
    for form in forms:
        assert form["hash"].startswith("md5:")
        assert form["downloadUrl"].startswith("http")
    assert phone.client.put("/openrosa/submission").status_code == 405


@pytest.mark.parametrize("instance", [b"", b"<data", b"<data/>", b"\xff\xfe", b"<!DOCTYPE x><data/>"])
def test_what_is_damaged_is_refused_with_the_reason(phone: Phone, instance: bytes) -> None:
    answer = phone.send(instance)
    assert answer.status_code == 400
    assert elements(answer.content, "OpenRosaResponse")[0]["message"]
    assert not ReceivedForm.objects.exists()


def _instance_id(instance: bytes) -> bytes:
    start = (
        instance.index(b"<orx:instanceID>")
        if b"<orx:instanceID>" in instance
        else instance.index(b"<instanceID>")
    )
    begin = instance.index(b">", start) + 1
    return instance[begin : instance.index(b"<", begin)]


def test_who_has_one_name_or_none_yet_comes_in(by: User, phone: Phone) -> None:
    phone.download()
    said = new_household(by)
    for path in ("member/person/given_name", "member[2]/person/family_name", "member[2]/person/given_name"):
        del said[path]
    assert phone.send(phone.fill(said)).status_code == 201
    assert ReceivedForm.objects.get().state == FormState.TAKEN
    assert [str(one.person) for one in Membership.objects.order_by("person__birth_date")] == [
        "Câmpeanu",
        "Nume necunoscut încă",
    ]
