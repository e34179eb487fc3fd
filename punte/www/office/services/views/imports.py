"""Tables brought into the directory: services, and the places they have taken."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.directory.actions import import_occupancy, import_services
from punte.directory.services.importing.columns import occupancy_columns, service_columns
from punte.directory.services.importing.occupancy import countable_by, judge_occupancy
from punte.directory.services.importing.services import judge_services
from punte.directory.services.keepers import territory_of
from punte.kernel.tables import write_model, write_xlsx
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.imports import Import, answer, model_file

COUNTERS = (Can.KEEP_SERVICES, Can.ANSWER_REFERRALS, Can.ASSIGN)


@require_safe
@needs(Can.KEEP_DIRECTORY, *COUNTERS)
def imports(request: SignedIn) -> HttpResponse:
    """Which tables may be sent."""
    return render(request, "office_services/imports.html", {"keeps": bool(territory_of(request.user))})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.KEEP_DIRECTORY)
def services_import(request: SignedIn) -> HttpResponse:
    """Bring in a list of services."""
    organization = _keeper(request.user)
    territory = territory_of(request.user, organization.pk)
    return answer(
        request,
        Import(
            key="services",
            title=_("Import services"),
            explained=_(
                "A list of services of the places whose directory you keep. New services are added; where one is there"
                " already, what the table says takes the place of what is published. Empty cells change nothing."
            ),
            columns=service_columns(timezone.localdate().year),
            judge=lambda rows: judge_services(rows, territory=territory),
            carry_out=lambda rows, seen: import_services(
                by=request.user, organization=organization, rows=rows, seen=seen
            ),
            model_url=reverse("services_import_model"),
            done_url=reverse("services"),
        ),
    )


@require_safe
@needs(Can.KEEP_DIRECTORY)
def services_import_model(request: SignedIn) -> HttpResponse:
    """The table of services to fill in."""
    columns = service_columns(timezone.localdate().year)
    return model_file(write_model(columns, title=_("Services")), "servicii")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*COUNTERS)
def occupancy_import(request: SignedIn) -> HttpResponse:
    """Count the places of many services at once."""
    organization = _counter(request.user)
    return answer(
        request,
        Import(
            key="occupancy",
            title=_("Update free places"),
            explained=_(
                "The places taken and the waiting lists of the services that you speak for. Earlier counts stay; the"
                " same number counted again says that it is still true."
            ),
            columns=occupancy_columns(),
            judge=lambda rows: judge_occupancy(rows, by=request.user),
            carry_out=lambda rows, seen: import_occupancy(
                by=request.user, organization=organization, rows=rows, seen=seen
            ),
            model_url=reverse("occupancy_import_model"),
            model_label=_("Download the table with your services"),
            done_url=reverse("services"),
        ),
    )


@require_safe
@needs(*COUNTERS)
def occupancy_import_model(request: SignedIn) -> HttpResponse:
    """The services that the account speaks for, with what was counted last, to fill in."""
    titles = [str(column.title) for column in occupancy_columns()]
    rows: list[Sequence[object]] = [titles]
    for service in countable_by(request.user):
        rows.append(
            [
                str(service.pk),
                service.name,
                service.provider.name,
                service.places,
                service.last_taken,
                service.waiting,
                None,
                None,
            ]
        )
    return model_file(write_xlsx({_("Places"): rows}), "locuri")


def _keeper(user: User) -> Organization:
    """The organisation in whose name the account keeps a directory; one that keeps a place before any other."""
    for pk in sorted(user.standing.organizations(Can.KEEP_DIRECTORY)):
        if territory_of(user, pk):
            return Organization.objects.get(pk=pk)
    raise PermissionDenied


def _counter(user: User) -> Organization:
    found: set[UUID] = set().union(*(user.standing.organizations(capability) for capability in COUNTERS))
    return Organization.objects.get(pk=min(found))
