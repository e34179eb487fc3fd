"""How each kind of entry becomes part of the record: one function a kind, through the verbs of the office."""

from collections.abc import Callable, Mapping

from punte.fieldwork.applying.assessments import apply_assessment
from punte.fieldwork.applying.cases import apply_case_open, apply_intervention
from punte.fieldwork.applying.entry import Answer, Applied, Deed, Entry, Status
from punte.fieldwork.applying.files import apply_file
from punte.fieldwork.applying.households import apply_household_change, apply_household_new
from punte.fieldwork.applying.plans import apply_plan
from punte.fieldwork.enums import EntryKind

BY_KIND: Mapping[EntryKind, Callable[[Deed], Applied]] = {
    EntryKind.HOUSEHOLD_NEW: apply_household_new,
    EntryKind.HOUSEHOLD_CHANGE: apply_household_change,
    EntryKind.CASE_OPEN: apply_case_open,
    EntryKind.ASSESSMENT: apply_assessment,
    EntryKind.PLAN: apply_plan,
    EntryKind.INTERVENTION: apply_intervention,
    EntryKind.FILE: apply_file,
}

__all__ = ["BY_KIND", "Answer", "Applied", "Deed", "Entry", "Status"]
