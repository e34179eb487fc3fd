"""A person looks at a form that waits, and decides."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.actions.submit import Decisions
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedForm
from punte.fieldwork.taking import take
from punte.kernel.errors import DomainError, NotAllowed


@verb
def settle_form(*, by: User, form: ReceivedForm, decisions: Decisions | None = None) -> ReceivedForm:
    """Try again to make the assessment, now that what stood against it is settled.

    The assessment stays that of the worker who filled it; the trail says who settled it.

    Args:
        decisions: who the new members are, by their position in the questionnaire.

    Raises:
        NotAllowed: the form is of another worker, and the account does not lead there.
        DomainError: it does not wait any more, or still cannot be taken, with the reason.
    """
    form = _waiting(by, form)
    take(form, decisions=decisions)
    if form.state == FormState.WAITING:
        raise DomainError(form.reason)
    _trace(by, form, "settle_form")
    return form


@verb
def set_aside(*, by: User, form: ReceivedForm, reason: str) -> ReceivedForm:
    """Leave a form out of the record; it is kept as it came, with the reason.

    Raises:
        NotAllowed, DomainError: as for `settle_form`; no reason.
    """
    form = _waiting(by, form)
    if not reason.strip():
        raise DomainError(_("Write the reason."), field="reason")
    form.state, form.reason, form.settled_at = FormState.SET_ASIDE, reason.strip(), timezone.now()
    form.save(update_fields=["state", "reason", "settled_at"])
    _trace(by, form, "set_form_aside", reason=form.reason)
    return form


def _waiting(by: User, form: ReceivedForm) -> ReceivedForm:
    form = ReceivedForm.objects.select_for_update().select_related("device__owner").get(pk=form.pk)
    leads = by.standing.may(Capability.ASSIGN, form.device.organization_id)
    if form.device.owner_id != by.pk and not leads:
        raise NotAllowed(_("This questionnaire was filled by a colleague."))
    if form.state != FormState.WAITING:
        raise DomainError(_("This questionnaire does not wait any more."))
    return form


def _trace(by: User, form: ReceivedForm, verb_name: str, reason: str = "") -> None:
    keeper = form.device.organization_id
    record(by=by, verb=verb_name, keeper=keeper, household=form.household, subject=form.pk, reason=reason)
