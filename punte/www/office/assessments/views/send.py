"""From a filled questionnaire to an assessment that the household's cases follow."""

from django.db import transaction

from punte.accounts.models import User
from punte.assessments.actions import Decisions, submit_assessment
from punte.assessments.models import Assessment, AssessmentDraft
from punte.cases.actions.follow_assessment import follow_assessment


def send(by: User, draft: AssessmentDraft, instance: bytes, decisions: Decisions | None = None) -> Assessment:
    """Submit the questionnaire and let the open cases of the household take note, or neither."""
    with transaction.atomic():
        made = submit_assessment(
            by=by, household=draft.household, instance=instance, draft=draft, decisions=decisions
        )
        follow_assessment(by=by, assessment=made)
    return made
