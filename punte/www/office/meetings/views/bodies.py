"""Bodies: those that the account knows, one with its members and sessions, and which towns have none."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.directory.models import Service
from punte.gatherings.actions import end_body, leave_seat, make_body, take_seat
from punte.gatherings.content import BodyKind, bodies, kind_in_words, role_in_words
from punte.gatherings.models import Body
from punte.gatherings.queries import known_at, partners_near, uats_and_bodies
from punte.kernel.office_rules import looking
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.territory.models import Uat
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.meetings.forms.bodies import BodyForm, EndForm, SeatForm
from punte.www.office.meetings.views.meeting_page import colleagues_at, who

_MOST = 300


@require_safe
@needs(Capability.MEET)
def bodies_list(request: SignedIn) -> HttpResponse:
    """All bodies that the account knows, those whose mandate has ended last."""
    rows: list[Any] = list(
        Body.objects.visible_to(request.user).select_related("keeper", "uat", "service")[:_MOST]
    )
    today = timezone.localdate()
    for row in rows:
        _said(row, today)
    rows.sort(key=lambda row: row.ended)
    return render(request, "office_meetings/bodies.html", {"rows": rows})


@require_safe
@needs(Capability.MEET)
def bodies_missing(request: SignedIn) -> HttpResponse:
    """Which towns of the county have no body of a kind, and whose mandate ends."""
    kinds = [one for one in bodies().kinds.values() if one.of_uat]
    asked = request.GET.get("fel", "")
    kind = next((one for one in kinds if one.key == asked), kinds[0])
    total, missing = uats_and_bodies(request.user, kind.key, within=looking("mandates"))
    without = [one for one in missing if one.body is None]
    without.sort(key=lambda one: fold(one.uat.name))
    return render(
        request,
        "office_meetings/bodies_missing.html",
        {
            "kinds": kinds,
            "kind": kind,
            "total": total,
            "having": total - len(without),
            "without": [
                (title, [one.uat for one in without if one.uat.urban is urban])
                for urban, title in ((True, _("Cities and towns")), (False, _("Communes")))
                if any(one.uat.urban is urban for one in without)
            ],
            "ending": [one for one in missing if one.body is not None],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.MEET)
def body_new(request: SignedIn) -> HttpResponse:
    """Record a body."""
    keepers = request.user.standing.organizations(Capability.MEET)
    counties = Uat.objects.filter(organizations__in=keepers).values("county")
    form = FormPage(
        request,
        BodyForm,
        draft="body",
        organizations=Organization.objects.filter(pk__in=keepers).order_by("name", "pk"),
        uats=Uat.objects.filter(county__in=counties).order_by("name", "siruta"),
        services=Service.objects.filter(provider__in=keepers).order_by("name", "pk"),
    )

    def act(given: dict[str, Any]) -> Body:
        return make_body(
            by=request.user,
            keeper=given["organization"],
            **{name: value for name, value in given.items() if name != "organization"},
        )

    if form.attempt(act):
        return form.done(_("The body is recorded. Add its members."), "body", form.made.pk)
    return form.ask(_("A body"), back=reverse("bodies"), back_to=_("Bodies"))


@require_safe
def body(request: SignedIn, pk: UUID) -> HttpResponse:
    """A body: its mandate, its members today and before, its sessions."""
    found: Any = _opened(request, pk)
    today = timezone.localdate()
    _said(found, today)
    seats: list[Any] = list(found.seats.select_related("user", "person", "contact", "organization"))
    for seat in seats:
        seat.called, seat.role_called = who(seat), role_in_words(seat.role)
    kind = _kind(found)
    named = [one.key for one in kind.roles] if kind else []
    order = {key: number for number, key in enumerate(named)}
    now = sorted((one for one in seats if one.holds_on(today)), key=lambda one: order.get(one.role, 99))
    held = {one.role for one in now}
    return render(
        request,
        "office_meetings/body.html",
        {
            "body": found,
            "kind": kind,
            "members": now,
            "former": [one for one in seats if one.end and one.end <= today],
            "empty_roles": [role_in_words(key) for key in named if key not in held],
            "sessions": found.meetings.order_by("-day", "-pk").defer("minutes")[:50],
            "leads": request.user.standing.may(Capability.MEET, found.keeper_id),
            "today": today,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def body_end(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say on which day the mandate ends."""
    found = _opened(request, pk, to_lead=True)
    form = FormPage(request, EndForm)
    if form.attempt(lambda given: end_body(by=request.user, body=found, **given)):
        return form.done(_("The mandate ends on that day."), "body", pk)
    return form.ask(
        _("End of the mandate"),
        back=reverse("body", args=[pk]),
        back_to=str(found),
        button=_("End the mandate"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Add a member."""
    found = _opened(request, pk, to_lead=True)
    form = FormPage(
        request,
        SeatForm,
        draft=f"seat-{pk}",
        kind=_kind(found),
        colleagues=colleagues_at(found.keeper_id),
        partners=partners_near(found.keeper),
        known=known_at(found.keeper),
    )
    if form.attempt(lambda _given: take_seat(by=request.user, body=found, **form.form.said())):
        return form.done(_("The member is recorded."), "body", pk)
    return form.ask(_("A member"), back=reverse("body", args=[pk]), back_to=str(found))


@require_POST
def seat_end(request: SignedIn, pk: UUID, seat: UUID) -> HttpResponse:
    """A member sits there no more from today on."""
    found = _opened(request, pk, to_lead=True)
    row = get_object_or_404(found.seats.select_related("body"), pk=seat)
    return Press(request).tell(
        lambda: leave_seat(by=request.user, seat=row), _("The seat is ended."), "body", pk
    )


def _opened(request: SignedIn, pk: UUID, *, to_lead: bool = False) -> Body:
    rows = Body.objects.visible_to(request.user).select_related("keeper", "uat", "service")
    found = fetch(rows, pk=pk)
    if to_lead and not request.user.standing.may(Capability.MEET, found.keeper_id):
        raise PermissionDenied
    return found


def _kind(found: Body) -> BodyKind | None:
    return bodies().kinds.get(found.kind)


def _said(row: Any, today: dt.date) -> None:
    row.called = kind_in_words(row.kind)
    row.last = row.end - dt.timedelta(days=1) if row.end else None
    row.ended = bool(row.end and row.end <= today)
    row.ends_soon = bool(row.last and not row.ended and row.last <= today + looking("mandates"))


def opened_body(request: SignedIn, pk: UUID) -> Body:
    """A body that the account knows, or 404."""
    return _opened(request, pk)
