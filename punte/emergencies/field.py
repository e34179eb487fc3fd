"""What a device takes along to be read there: that an emergency is open, where, and where people are taken in."""

from typing import Any

from django.db.models import QuerySet

from punte.accounts.guests import Field
from punte.accounts.models import User
from punte.emergencies.content import content
from punte.emergencies.models import Emergency
from punte.people.asked import Asked


def reference(user: User) -> dict[str, Any]:
    """The open emergencies of which the account may know, by their place; nobody who is on a list."""
    return {"emergencies": [_told(one) for one in _open(user)]}


def _told(one: Emergency) -> dict[str, Any]:
    kind = content()["kinds"].get(one.kind)
    words = kind.words if kind else {"ro": one.kind, "en": one.kind}
    return {
        "siruta": one.uat_id,
        "kind": {language: words[language] for language in ("ro", "en")},
        "name": one.name,
        "place": one.place,
        "since": one.started_on.isoformat(),
        "shelters": sorted(service.name for service in one.shelters.all()),
    }


def _known(user: User) -> QuerySet[Emergency]:
    return Emergency.objects.known_to(user).filter(ended_on=None).order_by("-started_on", "pk")


_open = Asked(_known)

FIELD = Field(reference=reference)
