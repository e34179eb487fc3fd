"""What others assessed while a device did not know of it."""

from uuid import UUID

from django.utils.translation import gettext as _

from punte.assessments.models import Assessment
from punte.fieldwork.conflicts import AssessmentConflict, lay_beside
from punte.fieldwork.enums import EntryStatus
from punte.fieldwork.models import FieldEntry, FieldFile, ReceivedForm


def unknown_to(form: ReceivedForm) -> Assessment | None:
    """The newest assessment of others that the device of a form did not know, if it says anything else."""
    mine = form.assessment
    if mine is None:
        return None
    there = Assessment.objects.filter(household=form.household)
    others = there.exclude(pk=mine.pk).exclude(received__device=form.device)
    known = there.filter(pk=form.base).values_list("created_at", flat=True).first() if form.base else None
    if known is not None:
        others = others.filter(created_at__gt=known)
    newest = others.defer("instance").order_by("-visited_on", "-submitted_at").first()
    return newest if newest is not None and _answers(newest) != _answers(mine) else None


def said_of_both() -> str:
    """What is said where two assessments were made without knowing of each other."""
    return _("Somebody else assessed this household meanwhile. Both stand; compare them in the office.")


def entry_of_settled(form: ReceivedForm) -> None:
    """What came from Teren and waited is now what its entry became, and stands beside what others found meanwhile."""
    entry = FieldEntry.objects.filter(record=form.pk).first()
    if entry is None or form.assessment is None:
        return
    entry.record = form.assessment.pk
    against = unknown_to(form)
    if against is not None:
        entry.status, entry.message = EntryStatus.CONFLICT, said_of_both()[:300]
        both = AssessmentConflict(theirs=against.pk, mine=form.assessment.pk)
        lay_beside(entry, both, record=against.pk)
    entry.save(update_fields=["record", "status", "message"])
    FieldFile.objects.filter(about=form.pk).update(about=form.assessment.pk)


def _answers(assessment: Assessment) -> dict[UUID | None, object]:
    answers: dict[UUID | None, object] = {one.person_id: one.facts for one in assessment.members.all()}
    return {None: assessment.facts, **answers}
