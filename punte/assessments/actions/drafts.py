"""A questionnaire is begun, or given up."""

from uuid import uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.actions.submit import require_subject, require_to_assess
from punte.assessments.models import AssessmentDraft
from punte.assessments.packs import current_version, pack_of
from punte.assessments.prefill import known_facts
from punte.kernel.errors import NotAllowed
from punte.methodology.forms import instance_for
from punte.people.models import Household, Person


@verb
def start_assessment(
    *, by: User, household: Household, pack_name: str = "sci", person: Person | None = None
) -> AssessmentDraft:
    """Begin a questionnaire on what is known of the household; one already begun by the same worker is continued.

    Args:
        person: whom it is about, for a questionnaire about a person.

    Raises:
        NotAllowed: the account does not see the household, does not assess, or does not read what the questionnaire is
            about.
        DomainError: the questionnaire is about a person who does not live there, as far as the account may know, or
            about the household.
    """
    version = current_version(pack_name)
    require_to_assess(by, household, version)
    require_subject(by, household, version, person)
    begun = AssessmentDraft.objects.filter(
        by=by, household=household, person=person, pack__name=pack_name
    ).first()
    if begun is None:
        pack = pack_of(version)
        instance_id = f"uuid:{uuid4()}"
        facts, members = known_facts(household, pack=pack, by=by, person=person)
        begun = AssessmentDraft.objects.create(
            household=household,
            person=person,
            by=by,
            pack=version,
            instance_id=instance_id,
            instance=instance_for(pack, facts, members, instance_id, visit_date=timezone.localdate()),
        )
    record(
        by=by, verb="start_assessment", keeper=household.keeper_id, household=household.pk, subject=begun.pk
    )
    return begun


@verb
def discard_draft(*, by: User, draft: AssessmentDraft) -> None:
    """Give up a questionnaire that was begun; what was answered is gone."""
    if draft.by_id != by.pk:
        raise NotAllowed(_("This draft belongs to somebody else."))
    record(
        by=by,
        verb="discard_draft",
        keeper=draft.household.keeper_id,
        household=draft.household_id,
        subject=draft.pk,
    )
    draft.delete()
