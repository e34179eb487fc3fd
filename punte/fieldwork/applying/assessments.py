"""A questionnaire that was filled on a device."""

from uuid import UUID

from django.utils.translation import gettext as _

from punte.assessments.actions.drafts import require_role_to_assess
from punte.assessments.actions.submit import read_submission, require_possible
from punte.assessments.models import Assessment
from punte.devices.models import Device
from punte.fieldwork.actions.receive import Sent, receive_form
from punte.fieldwork.applying.entry import Applied, Deed, Entry
from punte.fieldwork.applying.finding import household_named
from punte.fieldwork.conflicts import AssessmentConflict
from punte.fieldwork.enums import EntryKind, FormState
from punte.fieldwork.said import Said
from punte.kernel.errors import DomainError
from punte.people.models import Household

LONGEST_INSTANCE = 4_000_000


def apply_assessment(deed: Deed) -> Applied:
    """Take in a questionnaire as one from Collect is taken in.

    What only the device can mend is refused; what only the record can settle (somebody may be on record already)
    waits in the office, and is the device's no more.

    Raises:
        DomainError: the questionnaire is damaged, is of another household or version, or has an answer that cannot be.
    """
    body = deed.entry.body
    home = household_named(deed.entry.household, by=deed.by, lock=True)
    require_role_to_assess(deed.by, home)
    base = body.key_or_none("base")
    instance = _instance(body)
    submission = read_submission(instance)
    if (submission.form_id, submission.version) != (body.text("pack"), body.text("version")):
        raise DomainError(_("The questionnaire is of another version than its entry says."), field="version")
    require_possible(submission, home)
    form = receive_form(device=deed.device, sent=Sent(instance, household=home))
    if form.household != home.pk:
        raise DomainError(_("This questionnaire was already sent for another household."))
    if form.assessment is None:
        return Applied(message=_SAID[FormState(form.state)]())
    against = _unknown_to(deed.device, home, base=base, mine=form.assessment)
    if against is None:
        return Applied(record=form.assessment.pk)
    return Applied(
        message=_("Somebody else assessed this household meanwhile. Both stand; compare them in the office."),
        record=form.assessment.pk,
        conflict=AssessmentConflict(theirs=against.pk, mine=form.assessment.pk),
        beside=against.pk,
    )


def instance_of(entry: Entry) -> bytes:
    """The questionnaire of an entry; empty where it has none that could be read."""
    if entry.kind != EntryKind.ASSESSMENT:
        return b""
    try:
        return _instance(entry.body)
    except DomainError:
        return b""


def _instance(body: Said) -> bytes:
    return body.text("instance", longest=LONGEST_INSTANCE).encode()


_SAID = {
    FormState.ARRIVING: lambda: _("Received."),
    FormState.TAKEN: lambda: "",
    FormState.WAITING: lambda: _("Received. Somebody must look at it in the office before it is taken in."),
    FormState.SET_ASIDE: lambda: _("Received before; it was set aside in the office."),
}


def _unknown_to(device: Device, home: Household, *, base: UUID | None, mine: Assessment) -> Assessment | None:
    """The newest assessment of others that the device did not know, if it says anything else than the one it sent."""
    there = Assessment.objects.filter(household=home)
    others = there.exclude(pk=mine.pk).exclude(received__device=device)
    known = there.filter(pk=base).values_list("created_at", flat=True).first() if base else None
    if known is not None:
        others = others.filter(created_at__gt=known)
    newest = others.defer("instance").order_by("-visited_on", "-submitted_at").first()
    return newest if newest is not None and _answers(newest) != _answers(mine) else None


def _answers(assessment: Assessment) -> dict[UUID | None, object]:
    answers: dict[UUID | None, object] = {one.person_id: one.facts for one in assessment.members.all()}
    return {None: assessment.facts, **answers}
