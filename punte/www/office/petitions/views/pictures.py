"""What of petitions is drawn on first pages: how soon they are due, and what came each week."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture
from punte.petitions.enums import OPEN, PetitionStatus
from punte.petitions.models import Petition
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import by_term, by_week, since


def due(user: User, today: dt.date) -> Drawn:
    """Those that wait for an answer, by how soon."""
    waiting = Petition.objects.visible_to(user).waiting().order_by()
    here = reverse("petitions")
    return by_term(today, waiting.values_list("due_on", flat=True), late=f"{here}?state=late", others=here)


def came(user: User, today: dt.date) -> Drawn:
    """What came in each week, and what became of it by now."""
    rows = Petition.objects.visible_to(user).filter(received_at__gte=since(today)).order_by()
    return by_week(
        today,
        [(at, _became(status)) for at, status in rows.values_list("received_at", "status")],
        [
            ("answered", pgettext("picture", "answered"), "done"),
            ("elsewhere", pgettext("picture", "sent on or filed"), "third"),
            ("waiting", pgettext("picture", "waiting for an answer"), "open"),
        ],
        url=f"{reverse('petitions')}?state=all",
        leads=_("All petitions"),
    )


def _became(status: str) -> str:
    if status in OPEN:
        return "waiting"
    return "answered" if status == PetitionStatus.ANSWERED else "elsewhere"


PICTURES = (
    Picture("petitions_due", gettext_lazy("Petitions, by their term"), who_may(Can.ANSWER_PETITIONS), due),
    Picture(
        "petitions", gettext_lazy("Petitions received, by week"), who_may(Can.ANSWER_PETITIONS), came, "weeks"
    ),
)
