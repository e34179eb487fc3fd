"""What waiting lists keep of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.enums import Compartment
from punte.accounts.guests import Told
from punte.accounts.models import User
from punte.directory.help.need import is_about_violence
from punte.people.keeps import REPEATS, day, kept_with_file
from punte.people.models import Person
from punte.people.sight import hidden_from
from punte.waiting.models import WaitingEntry, as_seen
from punte.waiting.reasons import said


def _waited(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    """Behind a seal what others knew; of services about violence nothing: whoever asks may be the aggressor."""
    if Compartment.GENERAL not in compartments:
        return []
    shown = hidden_from(user).people.get(person.pk)
    kept = (
        WaitingEntry.objects.filter(person=person).select_related("service", "person").order_by("since", "pk")
    )
    rows = as_seen(user, kept)
    return [
        {
            pgettext("own file", "Service"): str(one.service),
            pgettext("own file", "Waits since"): day(one.since),
            pgettext("own file", "Reasons"): ", ".join(said(one.reasons)),
            pgettext("own file", "State"): str(one.get_state_display()),
        }
        for one in rows
        if not is_about_violence(one.service.code_id or "")
        and (shown is None or one.created_at < shown.sealed_at)
    ]


KEEPS = (
    kept_with_file(
        pgettext_lazy("own file", "Waiting lists"),
        "waiting.WaitingEntry",
        "waiting.WaitingOffer",
        told_to=_waited,
        tells_where=True,
    ),
    kept_with_file(
        pgettext_lazy("own file", "Places that are held in services"), "directory.TakenPlace", why_not=REPEATS
    ),
)
