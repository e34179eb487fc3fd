"""The partner's side of a referral: what was asked, and the answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Case, IntegerField, Value, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.cases.actions import accept_referral, finish_referral, refuse_referral
from punte.cases.enums import ReferralStatus
from punte.cases.models import Referral
from punte.directory.actions import record_occupancy
from punte.directory.actions.occupancy import may_record_occupancy
from punte.people.models import PersonSeal
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import number_in
from punte.www.frame.form_page import FormPage, show
from punte.www.partner.forms.referrals import ANSWERS, OccupancyForm

PAGE = 25
_OPEN_FIRST = Case(
    When(status=ReferralStatus.SENT, then=Value(0)),
    When(status=ReferralStatus.ACCEPTED, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)

_PLACES = "places"
_STANDING = (ReferralStatus.SENT, ReferralStatus.ACCEPTED)


@require_safe
@needs(Capability.ANSWER_REFERRALS)
def referrals_received(request: SignedIn) -> HttpResponse:
    """Referrals to the account's organisations: those that wait first, then those under way."""
    number = max(number_in(request.GET.get("p")), 1)
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
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, referral)
    if act not in ANSWERS:
        raise Http404
    form = FormPage(request, ANSWERS[act])
    if form.attempt(lambda given: _ACTS[act](by=request.user, referral=referral, **given)):
        return form.done(_SAID[act](), "referral_received", pk)
    return _page(request, referral, act, form)


@require_POST
@needs(Capability.ANSWER_REFERRALS)
def referral_places(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say how many places of the service are taken now."""
    referral = _opened(request, pk)
    service = referral.service
    if service is None:
        raise Http404
    form = FormPage(request, OccupancyForm)
    if form.attempt(lambda given: record_occupancy(by=request.user, service=service, **given)):
        return form.done(_("The places were updated; those who refer see them."), "referral_received", pk)
    return _page(request, referral, _PLACES, form)


_ACTS: dict[str, Callable[..., Referral]] = {
    "accept": accept_referral,
    "refuse": refuse_referral,
    "finish": finish_referral,
}
_SAID: dict[str, Callable[[], str]] = {
    "accept": lambda: _("The sender sees that you accepted."),
    "refuse": lambda: _("The sender sees that you cannot, and why."),
    "finish": lambda: _("The referral is done; the place is free again."),
}


def _received(request: SignedIn) -> Any:
    return Referral.objects.received_by(request.user)


def _opened(request: SignedIn, pk: UUID) -> Referral:
    rows = _received(request).select_related(
        "person", "service", "organization", "by", "answered_by", "case__keeper", "case__household", "consent"
    )
    return fetch(rows, pk=pk)


def _page(
    request: SignedIn, referral: Referral, act: str = "", tried: FormPage | None = None
) -> HttpResponse:
    """One referral; `tried` is the form that was not accepted, sent to `act`."""
    record_read(
        by=request.user,
        what="referral_received",
        keeper=referral.case.keeper_id,
        household=referral.case.household_id,
        person=referral.person_id,
        subject=referral.pk,
        case=referral.case_id,
        sealed=referral.case.sealed,
    )
    service = referral.service
    if service is not None:
        service.refresh_from_db()
    answers = {name: form(auto_id=f"{name}_%s") for name, form in ANSWERS.items()}
    places = OccupancyForm(initial={"taken": service.taken if service else None})
    if tried is not None and act in answers:
        answers[act] = tried.form
    may_say = service is not None and may_record_occupancy(request.user, service)
    return show(
        request,
        "partner/referral.html",
        referral=referral,
        contact=_contact(referral),
        service=service,
        forms=answers,
        tried=tried,
        act=act,
        places=(tried if tried and act == _PLACES else places) if may_say else None,
    )


def _contact(referral: Referral) -> str:
    """How the person is reached, while the referral stands; empty where a safe way was agreed, through the sender."""
    household = referral.case.household
    if referral.status not in _STANDING or referral.case.sealed or household.safe_contact:
        return ""
    if not referral.consent.stands:
        return ""
    if PersonSeal.objects.filter(person=referral.person_id, end=None).exists():
        return ""
    return referral.person.phone or household.phone
