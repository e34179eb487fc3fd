"""What the lists of the not assessed and of scores say of people whose files were joined."""

from punte.assessments.models import AssessedMember, FindingSet
from punte.people.models import Person


def rename_gaps(*, was: Person, now: Person) -> None:
    """Let the gaps and scores of one file be the other's, in assessments that name the other alone."""
    of_both = AssessedMember.objects.filter(person=was).values("assessment")
    alone = AssessedMember.objects.filter(person=now).exclude(assessment__in=of_both).values("assessment")
    for found in FindingSet.objects.filter(assessment__in=alone).only("pk", "not_assessed", "scores"):
        named = [one for one in (*found.not_assessed, *found.scores) if one["person"] == str(was.pk)]
        for one in named:
            one["person"] = str(now.pk)
        if named:
            found.save(update_fields=["not_assessed", "scores"])
