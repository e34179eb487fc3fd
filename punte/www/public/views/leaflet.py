"""The words of a service's leaflet, in the language of the page."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from punte.directory.enums import ServiceStatus
from punte.directory.models import Service
from punte.directory.services import places_in_words as wording
from punte.documents.leaflet import Leaflet, Part
from punte.documents.paper import Line


def leaflet_of(
    service: Service,
    *,
    where: str,
    hours: Sequence[tuple[str, str]],
    languages: Sequence[str],
    confirmed: str,
    link: str,
) -> Leaflet:
    """What somebody who takes the page home should find on it."""
    first = [Line(_("Phone"), service.phone), Line(_("Where"), where), Line(_("Free places"), _free(service))]
    times = [f"{day}: {time}" for day, time in hours] or (
        [_("Open day and night")] if service.always_open else []
    )
    parts = [
        Part(_("Opening hours"), [*times, *([service.hours_note] if service.hours_note else [])]),
        Part(_("Who may come"), [service.eligibility] if service.eligibility else []),
        Part(_("What it costs"), _cost(service)),
        Part(
            _("Papers to bring"),
            [line.strip() for line in service.required_papers.splitlines() if line.strip()],
        ),
        Part(_("Accessibility"), access_in_words(service)),
        Part(_("Languages spoken"), [", ".join(languages)] if languages else []),
    ]
    return Leaflet(
        title=service.name,
        provider=str(service.provider),
        status="" if service.status == ServiceStatus.ACTIVE else str(service.get_status_display()),
        language=get_language() or "ro",
        first=[line for line in first if line.value],
        description=service.description,
        parts=parts,
        confirmed=_invented() + confirmed[:1].upper() + confirmed[1:] + ".",
        link=link,
        code_alt=_("Code that opens the page of the service: %(link)s") % {"link": link},
        emergency=_(
            "In danger now: call 112. A child who is hurt or neglected: call 119, free, day and night."
        ),
    )


def _invented() -> str:
    """Of a demonstration, that the paper must not be trusted."""
    if not settings.DEMONSTRATION:
        return ""
    return _("Demonstration: hours, prices and free places are invented.") + " "


def _free(service: Service) -> str:
    counted = getattr(service, "counted_at", None)
    if getattr(service, "free", None) is None or counted is None:
        return ""
    return f"{wording.free_in_words(service)} ({date_format(counted, 'j F Y').lower()})"


def _cost(service: Service) -> list[str]:
    if service.price:
        return [service.price]
    return [_("Free of charge")] if service.free_of_charge else []


def access_in_words(service: Service) -> list[str]:
    """Whether there are steps, and what else was said."""
    steps = {True: _("No steps at the entrance"), False: _("There are steps at the entrance"), None: ""}
    return [text for text in (steps[service.step_free], service.accessibility) if text]
