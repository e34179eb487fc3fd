"""How a received form becomes an assessment, or comes to wait for a person."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.assessments.actions import submit_assessment
from punte.assessments.actions.submit import Decisions
from punte.cases.actions.follow_assessment import follow_assessment
from punte.fieldwork.enums import FormState
from punte.fieldwork.meanwhile import entry_of_settled
from punte.fieldwork.models import ReceivedForm
from punte.kernel.errors import DomainError
from punte.methodology.entities import household_entity
from punte.people.actions import create_household
from punte.people.models import Household
from punte.territory.models import Uat


def take(form: ReceivedForm, *, decisions: Decisions | None = None, known: Household | None = None) -> None:
    """Make the assessment of a form; what stands against it becomes the reason for which it waits.

    Args:
        known: its household, where it was found already among those that the device's worker sees.
    """
    waited = form.state == FormState.WAITING
    try:
        with transaction.atomic():
            form.assessment = submit_assessment(
                by=form.device.owner,
                household=known if known is not None and known.pk == form.household else _household(form),
                instance=form.instance.encode(),
                decisions=decisions,
            )
            follow_assessment(by=form.device.owner, assessment=form.assessment)
        form.state, form.reason, form.settled_at = FormState.TAKEN, "", timezone.now()
    except DomainError as against:
        form.state, form.reason = FormState.WAITING, str(against.message)
    form.save(update_fields=["state", "reason", "settled_at", "assessment"])
    if waited:
        entry_of_settled(form)


def _household(form: ReceivedForm) -> Household:
    if form.household is None:
        raise DomainError(_("The questionnaire does not say which household it is about."))
    known = Household.objects.visible_to(form.device.owner).filter(pk=form.household).first()
    if known is not None:
        return known
    if not form.creates:
        raise DomainError(_("The household is not on record, or is not yours to assess."))
    return _new_household(form, form.household)


def _new_household(form: ReceivedForm, key: UUID) -> Household:
    entity = household_entity(form.instance.encode())
    place = Uat.objects.filter(siruta=entity.siruta).first() if entity and entity.siruta else None
    if entity is None or place is None:
        raise DomainError(_("The questionnaire does not say where the new household lives."))
    if Household.objects.filter(pk=key).exists():
        raise DomainError(_("The household is not on record, or is not yours to assess."))
    return create_household(
        by=form.device.owner,
        keeper=form.device.organization,
        key=key,
        name=entity.name,
        uat=place,
        address=entity.address,
    )
