"""New rules over old answers."""

from itertools import islice
from uuid import UUID

from django.utils.translation import gettext as _

from punte.accounts.models import User
from punte.accounts.verbs import record, verb
from punte.assessments.findings import find
from punte.assessments.models import Assessment, FindingSet, PackVersion
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


_AT_ONCE = 500


def reassess_all(*, by: User, pack_name: str) -> int:
    """Reassess every assessment that has no findings of the version in use now, some hundred at a time.

    Returns:
        How many were reassessed. Interrupted, it goes on where it was.
    """
    version = current_version(pack_name)
    waiting = (
        Assessment.objects.filter(pack__name=pack_name)
        .exclude(finding_sets__pack=version)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    keys = iter(list(waiting))
    made = 0
    while portion := list(islice(keys, _AT_ONCE)):
        made += _reassess_portion(by=by, keys=portion, version=version)
    return made


@verb
def _reassess_portion(*, by: User, keys: list[UUID], version: PackVersion) -> int:
    assessments = list(
        Assessment.objects.filter(pk__in=keys)
        .select_related("household")
        .prefetch_related("members")
        .order_by("pk")
    )
    find(assessments, version=version)
    for assessment in assessments:
        household = assessment.household
        record(
            by=by,
            verb="reassess",
            keeper=household.keeper_id,
            household=household.pk,
            subject=assessment.pk,
            changes={"version": version.version},
        )
    return len(assessments)
