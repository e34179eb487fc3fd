"""A case is offered to another institution, answered there, taken back; the letter that goes with it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.cases.actions import accept_transfer, decline_transfer, offer_transfer, withdraw_transfer
from punte.cases.models import Case, Transfer
from punte.cases.permission import may_with
from punte.cases.transfers import summary_of
from punte.documents.transfer_letter import letter_of
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, show
from punte.www.office.keeping.forms.sharings import WhyForm
from punte.www.office.keeping.forms.transfers import TAKE, AnswerOfferForm, OfferForm
from punte.www.office.keeping.views.subjects import institutions_near


@require_http_methods(["GET", "HEAD", "POST"])
def transfer_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Offer a case to another institution, with a summary made of it."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    near = institutions_near(request.user, page.case.keeper_id)
    first = {} if request.method == "POST" else {"summary": summary_of(page.case, request.user)}
    form = FormPage(request, OfferForm, draft=f"transfer-{pk}", initial=first, institutions=near)
    if form.attempt(lambda given: offer_transfer(by=request.user, case=page.case, **given)):
        return form.done(
            _("The case is offered. Until they answer it stays yours."), "transfer", form.made.pk
        )
    page.read("case")
    return form.ask(
        _("Hand the case over"),
        intro=_(
            "Taken over, the case closes here. The other institution gets the people, this summary and the open"
            " objectives; you keep what you did and do not read what follows."
        ),
        button=_("Offer the case"),
        back=reverse("case", args=[pk]),
        back_to=page.case,
    )


@require_safe
def transfer(request: SignedIn, pk: UUID) -> HttpResponse:
    """An offer: to whom, what goes over, what became of it."""
    found = _opened(request, pk, "transfer")
    may = found.is_offered and may_with(request.user, found.case, Capability.MANAGE_CASE)
    return show(
        request,
        "office_keeping/transfer.html",
        transfer=found,
        case=_seen(request, found.case_id),
        new_case=_seen(request, found.new_case_id),
        may_answer=Transfer.objects.received_by(request.user).filter(pk=pk).exists(),
        may_withdraw=may and _seen(request, found.case_id) is not None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def transfer_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take the case over, or not."""
    rows = Transfer.objects.received_by(request.user).select_related(
        "case__household", "case__keeper", "by", "consent"
    )
    found = fetch(rows, pk=pk)
    form = FormPage(request, AnswerOfferForm)

    def answer(given: dict[str, Any]) -> Transfer:
        if given["decision"] == TAKE:
            return accept_transfer(by=request.user, transfer=found, answer=given["answer"])
        return decline_transfer(by=request.user, transfer=found, reason=given["answer"])

    if form.attempt(answer):
        if form.made.new_case_id:
            return form.done(
                _("The case is yours. Go through the plan with the family."), "case", form.made.new_case_id
            )
        return form.done(_("The answer is sent."), "my_day")
    _note(request, found, "transfer")
    return form.ask(
        _("Do you take the case over?"),
        template="office_keeping/transfer_answer.html",
        button=_("Send the answer"),
        back=reverse("my_day"),
        back_to=_("My day"),
        transfer=found,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def transfer_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take an offer back."""
    seen = Case.objects.visible_to(request.user)
    found = fetch(Transfer.objects.filter(case__in=seen).select_related("case", "organization"), pk=pk)
    if not may_with(request.user, found.case, Capability.MANAGE_CASE):
        raise PermissionDenied
    form = FormPage(request, WhyForm)
    if form.attempt(lambda given: withdraw_transfer(by=request.user, transfer=found, **given)):
        return form.done(_("The offer is withdrawn."), "case", found.case_id)
    return form.ask(
        _("Withdraw the offer"),
        intro=str(found.organization),
        button=_("Withdraw the offer"),
        back=reverse("case", args=[found.case_id]),
        back_to=found.case,
    )


@require_safe
def transfer_letter(request: SignedIn, pk: UUID) -> HttpResponse:
    """The letter that goes with the case, as PDF."""
    found = _opened(request, pk, "transfer_letter")
    return file_response(letter_of(found), "application/pdf", "adresa-predare.pdf")


def _opened(request: SignedIn, pk: UUID, what: str) -> Transfer:
    rows = Transfer.objects.visible_to(request.user).select_related(
        "case__household", "case__keeper", "organization", "by", "answered_by", "consent", "new_case"
    )
    found = fetch(rows, pk=pk)
    _note(request, found, what)
    return found


def _note(request: SignedIn, found: Transfer, what: str) -> None:
    record_read(
        by=request.user,
        what=what,
        keeper=found.case.keeper_id,
        household=found.case.household_id,
        subject=found.pk,
        sealed=found.case.sealed,
    )


def _seen(request: SignedIn, pk: UUID | None) -> Case | None:
    return Case.objects.visible_to(request.user).filter(pk=pk).first() if pk else None
