"""Referrals of a case: those made, a new one, and their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.actions import forget_draft
from punte.accounts.enums import Capability
from punte.cases.actions import acknowledge_answer, refer, withdraw_referral
from punte.cases.models import PlannedService, Referral
from punte.directory.models import Service
from punte.directory.queries import nearest_first, services_for
from punte.kernel.errors import DomainError
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, attempt, fetch
from punte.www.office.cases.forms.choices import open_steps
from punte.www.office.cases.forms.course import ReasonForm
from punte.www.office.cases.forms.referral import FindServiceForm, ReferralForm
from punte.www.office.cases.views.desk import Desk, open_desk

_SHOWN = 12


@dataclass(frozen=True)
class Place:
    """A service or an institution that somebody may be sent to, as a choice."""

    value: str
    row: Service | Organization
    km: float | None = None

    @property
    def is_service(self) -> bool:
        """Whether it is a service of the directory, whose places are known or not."""
        return isinstance(self.row, Service)


@require_safe
def case_referrals(request: SignedIn, pk: UUID) -> HttpResponse:
    """Where members of the household were sent, and what was answered."""
    return _list(open_desk(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def case_refer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Look for help, nearest first, and send somebody there."""
    desk = open_desk(request, pk, to=Capability.REFER)
    steps = open_steps(desk)
    search = FindServiceForm(request.GET, steps=steps)
    asked = search.cleaned_data if search.is_valid() else {}
    step = next((step for step in steps if str(step.pk) == asked.get("step")), None)
    services = _services(desk, step, asked.get("text", ""))
    institutions = _institutions(asked.get("text", ""))
    places = [Place(f"service:{service.pk}", service, km) for service, km in services]
    places += [Place(f"institution:{found.pk}", found) for found in institutions]
    first = {"person": step.objective.person_id, "need": step.text} if step else {}
    choices = [(place.value, str(place.row)) for place in places]
    form = ReferralForm(request.POST or None, initial=first, members=desk.members, places=choices)
    if request.method == "POST" and form.is_valid():
        sent = attempt(form, lambda: _send(desk, form.cleaned_data, step, services, institutions))
        if sent:
            forget_draft(user=request.user, key=_draft_key(desk))
            messages.success(request, _("The referral was sent to %(place)s.") % {"place": sent.organization})
            return redirect("case_referrals", pk=pk)
    return desk.show(
        "refer",
        "case_referrals",
        status=422 if request.method == "POST" else 200,
        search=search,
        form=form,
        places=places,
        looked=bool(step or asked.get("text")),
        chosen=request.POST.get("place", ""),
        draft_key=_draft_key(desk),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_referral_withdraw(request: SignedIn, pk: UUID, referral: UUID) -> HttpResponse:
    """Call a referral back, with the reason."""
    desk = open_desk(request, pk, to=Capability.REFER)
    row = fetch(_rows(desk), pk=referral)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: withdraw_referral(by=request.user, referral=row, reason=reason) or True):
            messages.success(request, _("The referral was withdrawn; the partner sees it."))
            return redirect("case_referrals", pk=pk)
    status = 422 if request.method == "POST" else 200
    return desk.show("withdraw", "case_referrals", status=status, form=form, referral=row)


@require_POST
def case_referral_seen(request: SignedIn, pk: UUID, referral: UUID) -> HttpResponse:
    """The worker has read the answer."""
    desk = open_desk(request, pk, to=Capability.REFER)
    row = fetch(_rows(desk), pk=referral)
    try:
        acknowledge_answer(by=request.user, referral=row)
    except DomainError as refused:
        return _list(desk, refused=refused, status=422)
    return redirect("my_day") if request.POST.get("back") == "my_day" else redirect("case_referrals", pk=pk)


def _rows(desk: Desk) -> Any:
    return Referral.objects.visible_to(desk.user).filter(case=desk.case)


def _list(desk: Desk, *, refused: DomainError | None = None, status: int = 200) -> HttpResponse:
    rows = _rows(desk).select_related("person", "service", "organization", "by", "answered_by")
    return desk.show("referrals", "case_referrals", status=status, rows=list(rows[:100]), refused=refused)


def _services(desk: Desk, step: PlannedService | None, text: str) -> Sequence[tuple[Service, float | None]]:
    """Services that give what the step calls for, or that are named so; nearest first."""
    household = desk.case.household
    where = (
        household.latitude or household.uat.latitude,
        household.longitude or household.uat.longitude,
    )
    if text.strip():
        return nearest_first(Service.objects.active().named(text), *where)[:_SHOWN]
    if step and step.refer_to:
        return services_for(step.refer_to, *where)[:_SHOWN]
    return []


def _institutions(text: str) -> list[Organization]:
    words = fold(text).split()
    if not words:
        return []
    found = Organization.objects.all()
    for word in words:
        found = found.filter(folded_name__contains=word)
    return list(found[:_SHOWN])


def _send(
    desk: Desk,
    clean: dict[str, Any],
    step: PlannedService | None,
    services: Sequence[tuple[Service, float | None]],
    institutions: Sequence[Organization],
) -> Referral:
    kind, _colon, chosen = clean["place"].partition(":")
    service = next((service for service, _km in services if str(service.pk) == chosen), None)
    institution = next((found for found in institutions if str(found.pk) == chosen), None)
    person = desk.person(clean["person"])
    assert person is not None
    return refer(
        by=desk.user,
        case=desk.case,
        person=person,
        need=clean["need"],
        consent_on=clean["consent_on"],
        service=service if kind == "service" else None,
        organization=institution if kind == "institution" else None,
        step=step,
    )


def _draft_key(desk: Desk) -> str:
    return f"referral-{desk.case.pk}"
