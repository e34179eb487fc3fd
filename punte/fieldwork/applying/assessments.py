"""A questionnaire that was filled on a device."""

from django.utils.translation import gettext as _

from punte.assessments.actions.drafts import require_role_to_assess
from punte.assessments.actions.submit import read_submission, require_possible
from punte.fieldwork.actions.receive import Sent, receive_form
from punte.fieldwork.applying.entry import Applied, Deed, Entry
from punte.fieldwork.applying.finding import household_named
from punte.fieldwork.conflicts import AssessmentConflict
from punte.fieldwork.enums import EntryKind, FormState
from punte.fieldwork.meanwhile import said_of_both, unknown_to
from punte.fieldwork.said import Said
from punte.kernel.errors import DomainError

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
    instance = _instance(body)
    submission = read_submission(instance)
    if (submission.form_id, submission.version) != (body.text("pack"), body.text("version")):
        raise DomainError(_("The questionnaire is of another version than its entry says."), field="version")
    require_possible(submission, home)
    form = receive_form(
        device=deed.device, sent=Sent(instance, household=home, base=body.key_or_none("base"))
    )
    if form.household != home.pk:
        raise DomainError(_("This questionnaire was already sent for another household."))
    if form.assessment is None:
        return Applied(message=_SAID[FormState(form.state)](), record=form.pk)
    against = unknown_to(form)
    if against is None:
        return Applied(record=form.assessment.pk)
    return Applied(
        message=said_of_both(),
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
