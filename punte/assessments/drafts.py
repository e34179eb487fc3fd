"""A questionnaire while it is being filled."""

from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.assessments.models import AssessmentDraft
from punte.assessments.questionnaires import MAX_INSTANCE_BYTES
from punte.kernel.errors import DomainError, EditedMeanwhile, NotAllowed


def save_draft(
    *, by: User, draft: AssessmentDraft, instance: str, base: int, answered: int = 0, asked: int = 0
) -> AssessmentDraft:
    """Keep what was answered so far. A draft is not yet a record, so it leaves no line in the trail.

    Args:
        base: the revision that the answers were given on.
        answered, asked: how many questions have an answer, and how many are asked, for the progress shown.

    Raises:
        EditedMeanwhile: the draft was saved from elsewhere since `base`.
        DomainError: it is larger than 4 MB.
    """
    if draft.by_id != by.pk:
        raise NotAllowed(_("This draft belongs to somebody else."))
    if len(instance.encode()) > MAX_INSTANCE_BYTES:
        raise DomainError(_("The answers are larger than 4 MB. Shorten the longest texts."))
    now = {"revision": base + 1, "answered": answered, "asked": asked, "saved_at": timezone.now()}
    if not AssessmentDraft.objects.filter(pk=draft.pk, revision=base).update(instance=instance, **now):
        raise EditedMeanwhile(_("This questionnaire was changed in another window."))
    for name, value in {"instance": instance, **now}.items():
        setattr(draft, name, value)
    return draft
