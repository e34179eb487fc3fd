"""A phone of a worker and a questionnaire that it sent, for the walks over all pages."""

from typing import Any
from uuid import uuid4

from punte.accounts.models import User
from punte.assessments.models import AssessedMember, Assessment, FindingSet
from punte.cases.models import Case
from punte.cases.plan_input import ObjectiveInput, StepInput
from punte.devices.actions import register_device
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.actions import Sent, receive_form
from punte.fieldwork.actions.conflicts import keep_record
from punte.fieldwork.conflicts import AssessmentConflict, HouseholdConflict, PlanConflict
from punte.fieldwork.enums import EntryKind
from punte.fieldwork.models import ReceivedForm
from punte.fieldwork.wire.plans import objectives_of
from punte.methodology.forms import instance_for
from punte.methodology.packs import load_pack
from tests.fieldwork.scene import conflict_on, days_ago, entry_of, photo_of, tablet

MOTHER = {"member_id": str(uuid4()), "family_name": "Câmpeanu", "given_name": "Ștefania"}


def questionnaire_of_nobody(device: Device) -> ReceivedForm:
    """A questionnaire that waits because nobody knows its household."""
    instance = instance_for(load_pack("sci"), {"household_id": str(uuid4())}, [MOTHER], f"uuid:{uuid4()}")
    return receive_form(device=device, sent=Sent(instance.encode()))


def sent_from_the_field(*, by: User) -> dict[str, Any]:
    """The phone, and a questionnaire that waits."""
    organization = by.appointments.get().organization
    made = register_device(by=by, organization=organization, kind=DeviceKind.COLLECT, name="Telefon vechi")
    return {"device": made.device, "received": questionnaire_of_nobody(made.device)}


def a_day_with_a_tablet(*, by: User, case: Case, assessment: Assessment) -> dict[str, Any]:
    """A tablet, what its days sent about a household at work, and what is to be settled of it."""
    home = case.household
    device = tablet(by, name="Tableta albastră")
    device.note_contact(application="Teren 0.0.9", packs={"sci": "2025.1"}, unsent=3, unsent_bytes=48_200)
    for days, kind in enumerate((EntryKind.INTERVENTION, EntryKind.ASSESSMENT, EntryKind.HOUSEHOLD_CHANGE)):
        entry_of(device, home.pk, kind, made_at=days_ago(days))
    moved = HouseholdConflict(
        {
            "address": ("Str. Morii nr. 1", home.address, "Str. Gării nr. 9, la etaj"),
            "safeContact": ("", home.safe_contact, "Sunați numai dimineața, când este singură."),
        }
    )
    shown = {"conflict": conflict_on(device, home, EntryKind.HOUSEHOLD_CHANGE, moved)}
    draft = case.plans.get(status="draft")
    said = objectives_of(draft)
    other = ObjectiveInput(text="Copiii merg la grădiniță", steps=[StepInput(text="Înscriere la grădiniță")])
    plan = PlanConflict(case=case.pk, theirs=said, mine=[*said[1:], other], reason="Mama a găsit de lucru")
    shown["conflict_of_plans"] = conflict_on(device, home, EntryKind.PLAN, plan, record=draft.pk)
    later = Assessment.objects.create(
        household=home,
        pack=assessment.pack,
        by=by,
        instance_id=f"uuid:{uuid4()}",
        instance="<data/>",
        digest="1" * 64,
        visited_on=assessment.visited_on,
        facts={**assessment.facts, "rooms": 3, "damp": False},
    )
    FindingSet.objects.create(assessment=later, pack=assessment.pack)
    *seen, _away = assessment.members.order_by("id")
    for one in seen:
        facts = {**one.facts, "family_doctor": not one.facts["family_doctor"]}
        AssessedMember.objects.create(assessment=later, person=one.person, facts=facts)
    both = AssessmentConflict(theirs=assessment.pk, mine=later.pk)
    shown["conflict_of_visits"] = conflict_on(device, home, EntryKind.ASSESSMENT, both, record=assessment.pk)
    visit = case.interventions.order_by("-at").first()
    shown["settled_conflict"] = keep_record(
        by=by,
        conflict=conflict_on(
            device, home, EntryKind.HOUSEHOLD_CHANGE, HouseholdConflict({"name": ("Din", home.name, "Dinu")})
        ),
    )
    return {
        **shown,
        "tablet": device,
        "picture": photo_of(device, home),
        "picture_of_visit": photo_of(device, home, about=visit.pk if visit else None, caption="La școală"),
    }
