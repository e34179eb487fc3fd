"""What programmes keep of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.people.keeps import day, kept_with_file
from punte.people.models import Person
from punte.programmes.models import Participation


def _enrolled(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """What the account itself sees; of violence nothing: whoever asks may be the aggressor."""
    rows = Participation.objects.visible_to(user).filter(person=person, compartment__in=compartments)
    return [
        {
            pgettext("own file", "Programme"): one.programme.short,
            pgettext("own file", "From"): day(one.start),
            pgettext("own file", "Up to"): day(one.end),
        }
        for one in rows.select_related("programme").exclude(compartment__in=("violence", "abuse"))
    ]


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Programmes taken part in"),
        "programmes.Participation",
        told_to=_enrolled,
        plain=True,
    ),
)
