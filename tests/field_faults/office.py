"""What a colleague does at a desk meanwhile, by the same verbs that the screens call."""

import time
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from punte.accounts.models import TrailEntry, User
from punte.assessments.actions import submit_assessment
from punte.cases.actions.adopt_plan import adopt_plan
from punte.cases.actions.discard_plan import discard_plan
from punte.cases.actions.draft_plan import draft_plan
from punte.cases.actions.edit_plan import edit_plan
from punte.cases.actions.follow_assessment import follow_assessment
from punte.cases.actions.log_intervention import log_intervention
from punte.cases.actions.open_case import open_case
from punte.cases.enums import PlanStatus
from punte.cases.models import Case, Plan
from punte.cases.plan_input import ObjectiveInput
from punte.fieldwork.wire.plans import objectives_of
from punte.kernel.errors import DomainError, EditedMeanwhile
from punte.methodology.forms import instance_for
from punte.methodology.packs import load_pack
from punte.people.actions import change_household
from punte.people.models import Household
from punte.registers.actions import correct_entry
from punte.registers.models import Entry
from punte.territory.models import Uat

OF_WIRE = {"safeContact": "safe_contact"}
OF_TRAIL = OF_WIRE | {"siruta": "uat"}


def act(asked: dict[str, Any]) -> dict[str, Any]:
    """Do one thing; what stands against it (somebody was quicker) is told, as a screen would."""
    by = User.objects.get(pk=asked["user"])
    home = Household.objects.visible_to(by).get(pk=asked["household"])
    try:
        told = _DEEDS[asked["what"]](by, home, asked)
    except (DomainError, EditedMeanwhile) as against:
        return {"done": False, "told": {"message": str(against)}}
    return {"done": True, "told": told | {"trail": _line_of(by, told)}}


def _line_of(by: User, told: dict[str, Any]) -> int:
    """The newest of the account's lines; of a change not that of a device of theirs, which changed something else."""
    lines = TrailEntry.objects.filter(actor=by).order_by("-pk").values_list("pk", "changes")
    names = {OF_TRAIL.get(name, name) for name in told.get("fields", ())}
    return next(pk for pk, said in lines.iterator() if not names or _names_of(said) <= names)


def _names_of(changes: dict[str, Any]) -> set[str]:
    return set(changes.get("fields", ["none were changed"]))


def _change(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    fields = {OF_WIRE.get(name, name): value for name, value in asked["fields"].items()}
    if "siruta" in fields:
        fields["uat"] = Uat.objects.get(pk=fields.pop("siruta"))
    # A screen is opened a while before it is saved.
    time.sleep(asked.get("delay", 0) / 1000)
    change_household(by=by, household=home, **fields)
    return {"fields": asked["fields"]}


def _assess(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    members = [
        {
            "member_id": str(lived.person_id),
            "family_name": lived.person.family_name,
            "given_name": lived.person.given_name,
            "birth_date": lived.person.birth_date,
        }
        for lived in home.memberships.current().select_related("person")  # type: ignore[attr-defined]
    ]
    facts = {"household_id": str(home.pk), "rooms": asked["rooms"]}
    instance = instance_for(
        load_pack("sci"), facts, members, f"uuid:{uuid4()}", visit_date=timezone.localdate()
    )
    made = submit_assessment(by=by, household=home, instance=instance.encode())
    follow_assessment(by=by, assessment=made)
    return {"assessment": str(made.pk)}


def _intervene(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    done = log_intervention(by=by, case=_case(asked), mode="phone", at=timezone.now(), note=asked["mark"])
    return {"intervention": str(done.pk)}


def _draft(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    plan = draft_plan(by=by, case=_case(asked), reason="De la birou")
    return _edited(by, plan, asked)


def _edit(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    return _edited(by, _the_draft(asked), asked)


def _edited(by: User, plan: Plan, asked: dict[str, Any]) -> dict[str, Any]:
    objectives = [*objectives_of(plan), ObjectiveInput(text=f"Obiectiv {asked['mark']}")]
    saved = edit_plan(by=by, plan=plan, revision=plan.revision, objectives=objectives)
    says = [one.text for one in objectives]
    return {"plan": str(saved.pk), "case": asked["case"], "revision": saved.revision, "says": says}


def _adopt(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    plan = _the_draft(asked)
    adult = home.memberships.order_by("person__birth_date").first().person  # type: ignore[attr-defined]
    adopt_plan(by=by, plan=plan, agreed_with=adult, agreed_on=timezone.localdate(), agreed_how="signed")
    return {"plan": str(plan.pk), "case": asked["case"]}


def _discard(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    plan = _the_draft(asked)
    discard_plan(by=by, plan=plan)
    return {"plan": str(plan.pk), "case": asked["case"]}


def _correct(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    entry = Entry.objects.filter(household=home).order_by("-created_at").first()
    if entry is None:
        raise DomainError("Nu există o înscriere.")
    note = f"Pagubă {asked['mark']}"
    saved = correct_entry(
        by=by,
        entry=entry,
        start=entry.start,
        given={"kind": "damage", "note": note},
        why="De la birou",
        revision=entry.revision,
    )
    return {"entry": str(saved.pk), "note": note}


def _open(by: User, home: Household, asked: dict[str, Any]) -> dict[str, Any]:
    case = open_case(by=by, household=home, regime="standard", reason="De la birou")
    return {"case": str(case.pk)}


def _case(asked: dict[str, Any]) -> Case:
    return Case.objects.get(pk=UUID(asked["case"]))


def _the_draft(asked: dict[str, Any]) -> Plan:
    draft = Plan.objects.filter(case=asked["case"], status=PlanStatus.DRAFT).first()
    if draft is None:
        raise DomainError("Nu există o ciornă.")
    return draft


_DEEDS = {
    "change": _change,
    "assess": _assess,
    "intervene": _intervene,
    "draft": _draft,
    "edit": _edit,
    "adopt": _adopt,
    "discard": _discard,
    "correct": _correct,
    "open": _open,
}
