"""Whose findings steps of plans name, and whose places referrals hold, once two files were joined or taken apart again.

A step keeps its findings as text, so they do not move by themselves with what hangs on a file.
"""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from punte.accounts.models import User
from punte.assessments.models import Finding
from punte.cases.models import PlannedService, Referral
from punte.directory.actions import hold_for
from punte.people.models import Person

_Findings = list[list[str | None]]


def name_the_kept(*, kept: Person, joined: Person) -> None:
    """Let steps that name the joined file name the kept one."""
    for step in _steps_about([kept]):
        named = [
            [str(kept.pk) if person == str(joined.pk) else person, code] for person, code in step.findings
        ]
        _write(step, named)


def name_each_again(*, kept: Person, joined: Person) -> None:
    """Let steps name whichever of the two files their finding is of; what was found hangs on its own file again."""
    both = [kept, joined]
    steps = list(_steps_about(both).select_related("objective__plan"))
    whose: dict[tuple[UUID | None, str], list[str]] = defaultdict(list)
    sets = {step.objective.plan.finding_set_id for step in steps}
    found = Finding.objects.filter(person__in=both).order_by("person", "code")
    for finding_set, code, person in found.filter(finding_set__in=sets).values_list(
        "finding_set", "code", "person"
    ):
        whose[finding_set, code].append(str(person))
    # A plan answers questionnaires about its people too.
    about_them = found.filter(finding_set__assessment__person__in=both).values_list("code", "person")
    for code, person in about_them.distinct():
        for answered in sets:
            whose[answered, code].append(str(person))
    for step in steps:
        objective = step.objective
        named: _Findings = []
        for person, code in step.findings:
            holders = whose[objective.plan.finding_set_id, code]
            if objective.person_id in (kept.pk, joined.pk):
                holders = [str(objective.person_id)]
            is_theirs = person in (str(kept.pk), str(joined.pk))
            named += [[holder, code] for holder in holders] if is_theirs and holders else [[person, code]]
        _write(step, named)


def hold_places_again(*people: Person, by: User) -> None:
    """Let the places that referrals hold be those of whom the referrals are about now."""
    for person in people:
        held = Referral.objects.filter(person=person).values_list("pk", flat=True)
        hold_for(holders=held, person=person.pk, by=by)


def _steps_about(people: Collection[Person]) -> QuerySet[PlannedService]:
    homes = Finding.objects.filter(person__in=people).values("finding_set__assessment__household")
    return PlannedService.objects.filter(objective__plan__case__household__in=homes).order_by("pk")


def _write(step: PlannedService, findings: _Findings) -> None:
    once = list({tuple(each): each for each in findings}.values())
    if once != step.findings:
        step.findings = once
        step.save(update_fields=["findings"])
