"""What the list of the not assessed says of people whose files were joined."""

from punte.assessments.models import AssessedMember, FindingSet
from punte.people.models import Person


def rename_gaps(*, was: Person, now: Person) -> None:
    """Let the gaps of one file be the other's, in assessments that name the other alone."""
    of_both = AssessedMember.objects.filter(person=was).values("assessment")
    alone = AssessedMember.objects.filter(person=now).exclude(assessment__in=of_both).values("assessment")
    for found in FindingSet.objects.filter(assessment__in=alone).only("pk", "not_assessed"):
        if any(gap["person"] == str(was.pk) for gap in found.not_assessed):
            for gap in found.not_assessed:
                gap["person"] = str(now.pk) if gap["person"] == str(was.pk) else gap["person"]
            found.save(update_fields=["not_assessed"])
