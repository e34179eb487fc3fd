"""A service as residents see it in a list: what it is, where, and why it is there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext

from punte.deadlines.calendar import is_public_holiday
from punte.directory.enums import ServiceStatus
from punte.directory.help.benefits import Benefit
from punte.directory.help.need import Reading, title_in
from punte.directory.help.search import Match, Search, is_open
from punte.directory.models import Service
from punte.directory.services import places_in_words as wording
from punte.directory.services.published import address_is_public

# Nearer than this the middle of a locality says nothing.
_SAME_PLACE_KM = 15.0


@dataclass(frozen=True)
class RightCard:
    """One right in a list, beside the services."""

    name: str
    what: str
    link: str
    why: str


@dataclass(frozen=True)
class Card:
    """One service in a list."""

    service: Service
    where: str
    distance: str
    free: str
    tone: str
    open: str
    why: Sequence[str] = field(default_factory=tuple)


def card_of(service: Service, at: Match, search: Search, now: dt.datetime) -> Card:
    """A service found, with the reasons; `service` comes from `search.page_of`."""
    free = getattr(service, "free", None)
    return Card(
        service=service,
        where=where_in_words(service),
        distance=distance_in_words(service, at.kilometres, search),
        free=wording.free_in_words(service) if free is not None else "",
        tone="calm" if free else "moderate",
        open=open_in_words(service, now),
        why=_why(service, search.reading),
    )


def rights_of(reading: Reading) -> list[RightCard]:
    """The rights that answer, the best first."""
    language = get_language() or "ro"
    said = ", ".join(f"„{word}”" for word in reading.words)
    why = gettext("because you wrote %(words)s") % {"words": said} if said else ""
    return [
        RightCard(title_in(one.name, language), title_in(one.what.text, language), address_of_right(one), why)
        for one in reading.benefits
    ]


def address_of_right(benefit: Benefit) -> str:
    """The page of a right."""
    return reverse("public_benefit", args=[benefit.number])


def where_in_words(service: Service) -> str:
    """The addresses of a service, or only its localities where the address is not public."""
    public = address_is_public(service.code_id)
    told = [str(location) if public else location.uat.name for location in service.locations.all()]
    return "; ".join(dict.fromkeys(told))


def distance_in_words(service: Service, kilometres: float | None, search: Search) -> str:
    """How far a service is from the place asked for; only the locality where its exact place is not known."""
    if search.near is None or kilometres is None:
        return ""
    exact = any(location.exact for location in service.locations.all()) and address_is_public(service.code_id)
    if not exact and any(location.uat_id == search.near.siruta for location in service.locations.all()):
        return gettext("in the same locality, exact place not known")
    number = number_format(round(kilometres, 1) if kilometres < 10 else round(kilometres), use_l10n=True)
    words = gettext("about %(km)s km from %(place)s")
    if exact and not search.near.approximate:
        words = gettext("%(km)s km from %(place)s")
    return words % {"km": number, "place": search.near.name}


def open_in_words(service: Service, now: dt.datetime) -> str:
    """Whether a service receives people at a local moment and until when; empty where its hours are not known."""
    if service.status != ServiceStatus.ACTIVE:
        return ""
    if service.always_open:
        return gettext("open day and night")
    hours = list(service.hours.all())
    if not hours:
        return ""
    for one in hours:
        if is_open(one, now):
            return gettext("open now, until %(time)s") % {"time": one.closes_in_words}
    if is_public_holiday(now.date()):
        return gettext("closed today, legal holiday")
    return gettext("closed now")


def needs_in_words(reading: Reading) -> list[str]:
    """The needs and rights that were understood, in the language of the page."""
    language = get_language() or "ro"
    return [title_in(one.name, language) for one in reading.answers]


def people_in_words(reading: Reading) -> list[str]:
    """The people that were understood, in the language of the page."""
    language = get_language() or "ro"
    return [title_in(person.name, language) for person in reading.people]


def _why(service: Service, reading: Reading) -> list[str]:
    language = get_language() or "ro"
    said = ", ".join(f"„{word}”" for word in reading.words)
    for need in reading.served:
        if service.code_id in need.codes:
            words = gettext("because you wrote %(words)s: %(need)s")
            return [words % {"words": said, "need": title_in(need.name, language).lower()}]
    if reading.people and not reading.understood and said:
        return [gettext("because you wrote %(words)s") % {"words": said}]
    if reading.rest and not reading.understood:
        return [gettext("its name fits what you wrote")]
    return []


def confirmed_in_words(service: Service) -> str:
    """When the service last said that this is still true."""
    if service.confirmed_at is None:
        return gettext("not yet confirmed by those who give the service")
    day = date_format(timezone.localtime(service.confirmed_at), "j F Y").lower()
    return gettext("last confirmed on %(day)s") % {"day": day}
