"""What of people's data is drawn on first pages: requests, by their term."""

import datetime as dt

from django.utils.translation import gettext_lazy

from punte.accounts.enums import Capability as Can
from punte.accounts.guests import who_may
from punte.accounts.models import User
from punte.accounts.pictures import Drawn, Picture
from punte.people.enums import RequestState
from punte.people.models import SubjectRequest
from punte.www.frame.addresses import reverse
from punte.www.frame.pictures import by_term


def requests(user: User, today: dt.date) -> Drawn:
    """Requests about data that wait, by how soon they are due."""
    waiting = SubjectRequest.objects.kept_by(user).filter(state=RequestState.OPEN).order_by()
    here = reverse("subject_requests")
    return by_term(today, waiting.values_list("due_on", flat=True), late=here, others=here)


PICTURES = (
    Picture(
        "subject_requests",
        gettext_lazy("Requests about data, by their term"),
        who_may(Can.KEEP_PRIVACY),
        requests,
    ),
)
