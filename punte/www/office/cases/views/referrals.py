"""Referrals of a case: those made, a new one, and their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.cases.actions import acknowledge_answer, refer, withdraw_referral
from punte.cases.models import PlannedService, Referral
from punte.directory.models import Service
from punte.directory.queries import nearest_first, services_for
from punte.kernel.text import fold
from punte.organizations.models import Organization
from punte.waiting.queue import of_case
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.cases.forms.choices import open_steps
from punte.www.office.cases.forms.course import ReasonForm
from punte.www.office.cases.forms.referral import FindServiceForm, ReferralForm

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
    return _list(CasePage.open(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def case_refer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Look for help, nearest first, and send somebody there."""
    page = CasePage.open(request, pk, to=Capability.REFER)
    steps = open_steps(page)
    search = FindServiceForm(request.GET, steps=steps)
    asked = search.cleaned_data if search.is_valid() else {}
    step = next((step for step in steps if str(step.pk) == asked.get("step")), None)
    services = _services(page, step, asked.get("text", ""))
    institutions = _institutions(asked.get("text", ""))
    places = [Place(f"service:{service.pk}", service, km) for service, km in services]
    places += [Place(f"institution:{found.pk}", found) for found in institutions]
    first = {"person": _whose(step), "need": step.text} if step else {}
    choices = [(place.value, str(place.row)) for place in places]
    form = FormPage(
        request,
        ReferralForm,
        draft=f"referral-{pk}",
        initial=first,
        members=page.members,
        places=choices,
    )
    if form.attempt(lambda given: _send(page, given, step, services, institutions)):
        said = _("The referral was sent to %(place)s.") % {"place": form.made.organization}
        return form.done(said, "case_referrals", pk)
    return page.show(
        "refer",
        "case_referrals",
        search=search,
        form=form,
        places=places,
        looked=bool(step or asked.get("text")),
        chosen=request.POST.get("place", ""),
    )


def _whose(step: PlannedService) -> UUID | None:
    """The first of those whom a step is about who was not referred for it yet."""
    if step.objective.person_id:
        return step.objective.person_id
    referred = set(step.referrals.values_list("person", flat=True))
    return next((person for person in step.people if person not in referred), None)


@require_http_methods(["GET", "HEAD", "POST"])
def case_referral_withdraw(request: SignedIn, pk: UUID, referral: UUID) -> HttpResponse:
    """Call a referral back, with the reason."""
    page = CasePage.open(request, pk, to=Capability.REFER)
    row = fetch(_rows(page), pk=referral)
    form = FormPage(request, ReasonForm)
    if form.attempt(lambda given: withdraw_referral(by=request.user, referral=row, **given)):
        return form.done(_("The referral was withdrawn; the partner sees it."), "case_referrals", pk)
    return page.show("withdraw", "case_referrals", form=form, referral=row)


@require_POST
def case_referral_seen(request: SignedIn, pk: UUID, referral: UUID) -> HttpResponse:
    """The worker has read the answer."""
    page = CasePage.open(request, pk, to=Capability.REFER)
    row = fetch(_rows(page), pk=referral)
    press = Press(request)
    if press.attempt(lambda: acknowledge_answer(by=request.user, referral=row)):
        back = ["my_day"] if request.POST.get("back") == "my_day" else ["case_referrals", pk]
        return press.done("", *back)
    return _list(page, refused=press)


def _rows(page: CasePage) -> Any:
    return Referral.objects.visible_to(page.user).filter(case=page.case)


def _list(page: CasePage, *, refused: Press | None = None) -> HttpResponse:
    rows = _rows(page).select_related("person", "service", "organization", "by", "answered_by", "consent")
    waiting = of_case(page.user, page.case.pk)
    return page.show("referrals", "case_referrals", rows=list(rows[:100]), waiting=waiting, refused=refused)


def _services(
    page: CasePage, step: PlannedService | None, text: str
) -> Sequence[tuple[Service, float | None]]:
    """Services that give what the step calls for, or that are named so; nearest first."""
    household = page.case.household
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
    page: CasePage,
    given: dict[str, Any],
    step: PlannedService | None,
    services: Sequence[tuple[Service, float | None]],
    institutions: Sequence[Organization],
) -> Referral:
    kind, _colon, chosen = given["place"].partition(":")
    service = next((service for service, _km in services if str(service.pk) == chosen), None)
    institution = next((found for found in institutions if str(found.pk) == chosen), None)
    person = page.person(given["person"])
    assert person is not None
    return refer(
        by=page.user,
        case=page.case,
        person=person,
        need=given["need"],
        consent_on=given["consent_on"],
        service=service if kind == "service" else None,
        organization=institution if kind == "institution" else None,
        step=step,
    )
