"""The partner's side of a referral: what was asked, and the answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.cases.actions import accept_referral, finish_referral, refuse_referral
from punte.cases.enums import ReferralStatus
from punte.cases.models import Referral
from punte.directory.actions import record_occupancy
from punte.directory.actions.occupancy import may_record_occupancy
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.partner.forms.referrals import ANSWERS, OccupancyForm

PAGE = 25
_OPEN_FIRST = Case(
    When(status=ReferralStatus.SENT, then=Value(0)),
    When(status=ReferralStatus.ACCEPTED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)

_STANDING = (ReferralStatus.SENT, ReferralStatus.ACCEPTED)


@require_safe
@needs(Capability.ANSWER_REFERRALS)
def referrals_received(request: SignedIn) -> HttpResponse:
    """Referrals to the account's organisations: those that wait first, then those under way."""
    text = request.GET.get("p", "")
    number = max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 6 else 1  # noqa: PLR2004
    start = (number - 1) * PAGE
    rows = _received(request).select_related("person", "service", "case__keeper")
    found = list(rows.alias(turn=_OPEN_FIRST).order_by("turn", "-sent_at", "-id")[start : start + PAGE + 1])
    return render(
        request,
        "partner/referrals.html",
        {
            "rows": found[:PAGE],
            "number": number,
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if len(found) > PAGE else None,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.ANSWER_REFERRALS)
def referral_received(request: SignedIn, pk: UUID) -> HttpResponse:
    """One referral; a POST answers it."""
    referral = _opened(request, pk)
    if request.method != "POST":
        return _page(request, referral)
    act = request.POST.get("act", "")
    if act not in ANSWERS:
        raise Http404
    form = ANSWERS[act](request.POST)
    if form.is_valid() and attempt(form, lambda: _answers(request, referral)[act](form.cleaned_data)):
        messages.success(request, _SAID[act]())
        return redirect("referral_received", pk=pk)
    return _page(request, referral, failed=form, act=act, status=422)


@require_POST
@needs(Capability.ANSWER_REFERRALS)
def referral_places(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how many places of the service are taken now."""
    referral = _opened(request, pk)
    if referral.service is None:
        raise Http404
    form = OccupancyForm(request.POST)
    if form.is_valid():
        taken = form.cleaned_data["taken"]
        service = referral.service
        if attempt(form, lambda: record_occupancy(by=request.user, service=service, taken=taken)):
            messages.success(request, _("The places were updated; those who refer see them."))
            return redirect("referral_received", pk=pk)
    return _page(request, referral, failed=form, act="places", status=422)


_SAID: dict[str, Callable[[], str]] = {
    "accept": lambda: _("The sender sees that you accepted."),
    "refuse": lambda: _("The sender sees that you cannot, and why."),
    "finish": lambda: _("The referral is done; the place is free again."),
}


def _answers(request: SignedIn, referral: Referral) -> dict[str, Callable[[dict[str, Any]], Referral]]:
    return {
        "accept": lambda said: accept_referral(by=request.user, referral=referral, **said),
        "refuse": lambda said: refuse_referral(by=request.user, referral=referral, **said),
        "finish": lambda said: finish_referral(by=request.user, referral=referral, **said),
    }


def _received(request: SignedIn) -> Any:
    return Referral.objects.received_by(request.user)


def _opened(request: SignedIn, pk: UUID) -> Referral:
    rows = _received(request).select_related(
        "person", "service", "organization", "by", "answered_by", "case__keeper", "case__household"
    )
    return fetch(rows, pk=pk)


def _page(
    request: SignedIn,
    referral: Referral,
    *,
    failed: forms.Form | None = None,
    act: str = "",
    status: int = 200,
) -> HttpResponse:
    record_read(
        by=request.user,
        what="referral_received",
        keeper=referral.case.keeper_id,
        household=referral.case.household_id,
        person=referral.person_id,
        subject=referral.pk,
        sealed=referral.case.sealed,
    )
    service = referral.service
    if service is not None:
        service.refresh_from_db()
    answers = {name: failed if act == name else form(auto_id=f"{name}_%s") for name, form in ANSWERS.items()}
    places = (
        failed if act == "places" else OccupancyForm(initial={"taken": service.taken if service else None})
    )
    may_say = service is not None and may_record_occupancy(request.user, service)
    context = {
        "referral": referral,
        "contact": _contact(referral),
        "service": service,
        "forms": answers,
        "failed": failed,
        "act": act,
        "places": places if may_say else None,
    }
    return render(request, "partner/referral.html", context, status=status)


def _contact(referral: Referral) -> str:
    """How the person is reached, while the referral stands; empty where a safe way was agreed, through the sender."""
    household = referral.case.household
    if referral.status not in _STANDING or referral.case.sealed or household.safe_contact:
        return ""
    return referral.person.phone or household.phone
