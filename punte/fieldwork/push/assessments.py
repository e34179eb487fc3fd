"""A questionnaire that was filled on a device."""

from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from django.utils.translation import gettext as _

from punte.assessments.actions.submit import require_role_to_assess
from punte.assessments.models import Assessment
from punte.assessments.precomputed import read_many
from punte.assessments.questionnaires import Questionnaire
from punte.cases.approvals import asks_for_approval
from punte.cases.models import Approval
from punte.fieldwork.actions.forms import Sent, receive_form
from punte.fieldwork.conflicts import both_assessments_stand, newer_assessment
from punte.fieldwork.enums import FormState
from punte.fieldwork.push.entry import Applied, Entry
from punte.kernel.errors import DomainError

LONGEST_INSTANCE = 4_000_000


def read_ahead(entries: Iterable[Entry]) -> dict[UUID, Questionnaire]:
    """The questionnaires of entries that came together, by entry, but for those that cannot be read."""
    instances: dict[UUID, bytes] = {}
    for entry in entries:
        with suppress(DomainError):
            instances[entry.id] = _instance(entry)
    read = read_many(instances.values())
    return {key: read[instance] for key, instance in instances.items() if instance in read}


def apply_assessment(entry: Entry) -> Applied:
    """Take in a questionnaire as one from Collect is taken in.

    What only the device can mend is refused; what only the record can settle (somebody may be on record already)
    waits in the office, and is the device's no more.

    Raises:
        DomainError: the questionnaire is damaged, is of another household or version, or has an answer that cannot be.
    """
    home = entry.visible_household(lock=True)
    questionnaire = entry.questionnaire or Questionnaire.read(_instance(entry))
    require_role_to_assess(entry.by, home, questionnaire.version)
    submission = questionnaire.submission
    if (submission.form_id, submission.version) != (entry.body.text("pack"), entry.body.text("version")):
        raise DomainError(_("The questionnaire is of another version than its entry says."), field="version")
    questionnaire.require_of(home)
    sent = Sent(questionnaire.instance, household=home, base=entry.body.key_or_none("base"))
    form = receive_form(device=entry.device, sent=sent, questionnaire=questionnaire)
    if form.household != home.pk:
        raise DomainError(_("This questionnaire was already sent for another household."))
    if form.assessment is None:
        return Applied(message=_MESSAGES[FormState(form.state)](), record=form.pk)
    conflict = newer_assessment(form)
    if conflict is None:
        return Applied(message=_waiting_severity(entry, form.assessment), record=form.assessment.pk)
    return Applied(
        message=both_assessments_stand(),
        record=form.assessment.pk,
        conflict=conflict,
        beside=conflict.theirs,
    )


def _waiting_severity(entry: Entry, assessment: Assessment) -> str:
    """That a case is found less severe and stays as it was until a second person agrees; empty where it is not so."""
    asks = asks_for_approval(entry.by.standing)
    if asks and Approval.objects.asked().filter(assessment=assessment).exists():
        return _("The lower severity waits for a second person in the office.")
    return ""


def _instance(entry: Entry) -> bytes:
    return entry.body.text("instance", longest=LONGEST_INSTANCE).encode()


_MESSAGES = {
    FormState.ARRIVING: lambda: _("Received."),
    FormState.TAKEN: lambda: "",
    FormState.WAITING: lambda: _("Received. Somebody must look at it in the office before it is taken in."),
    FormState.SET_ASIDE: lambda: _("Received before; it was set aside in the office."),
}
