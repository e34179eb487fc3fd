"""What reports keep of somebody: the photographs that they agreed to."""

from collections.abc import Collection, Sequence

from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.people.keeps import day, kept_with_file, lives_behind_a_seal
from punte.people.models import Person
from punte.reports.models import Photograph, Report


def _photographs(user: User, person: Person, _compartments: Collection[str]) -> Sequence[Told]:
    """In which report of the account's institutions, and since when; behind a seal nothing."""
    if lives_behind_a_seal(person) or person.seals.filter(end=None).exists():
        return []
    rows = Photograph.objects.filter(
        report__in=Report.objects.visible_to(user), consents__person=person, removed_at=None
    ).select_related("report__programme", "report__service", "report__organization")
    return [
        {
            pgettext("own file", "Report"): str(one.report),
            pgettext("own file", "Put in on"): day(one.created_at.date()),
        }
        for one in rows
    ]


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Photographs in reports"),
        "reports.Photograph",
        told_to=_photographs,
        plain=True,
    ),
)
