"""New rules over old answers."""

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.findings import find
from punte.assessments.models import Assessment, FindingSet
from punte.assessments.packs import current_version
from punte.kernel.errors import DomainError


@verb
def reassess(*, by: User, assessment: Assessment) -> FindingSet:
    """Compute findings with the pack version in use now, beside those of the version it was made with.

    Raises:
        DomainError: the assessment already has findings of that version.
    """
    version = current_version(assessment.pack.name)
    if FindingSet.objects.filter(assessment=assessment, pack=version).exists():
        raise DomainError(_("This assessment already has the findings of the current methodology."))
    made = find([assessment], version=version)[0]
    household = assessment.household
    record(
        by=by,
        verb="reassess",
        keeper=household.keeper_id,
        household=household.pk,
        subject=assessment.pk,
        changes={"version": [assessment.pack.version, version.version]},
    )
    return made
