"""What waits for a second person: asked for on the page of an account, answered here."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from punte.accounts.actions import ask_second_person, grant_request, refuse_request
from punte.accounts.enums import Capability, Deed
from punte.accounts.models import User
from punte.accounts.second_person import to_be_answered_by
from punte.kernel.mail import mailing
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage
from punte.www.manage.forms.accounts import AnswerForm, ReasonForm

_FORM = "manage/form.html"
answers = needs(Capability.MANAGE_ACCOUNTS, Capability.SEE_AUDIT)


@require_GET
@answers
def to_approve(request: SignedIn) -> HttpResponse:
    """What waits for an answer of this account, the oldest first."""
    waiting = to_be_answered_by(request.user).select_related("subject", "asked_by", "organization")
    return render(request, "manage/to_approve.html", {"waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def answer_request(request: SignedIn, pk: UUID) -> HttpResponse:
    """One of them: what is asked, by whom and why; agree or refuse."""
    waiting = to_be_answered_by(request.user).select_related("subject", "asked_by", "organization")
    asked = fetch(waiting, pk=pk)
    form = FormPage(request, AnswerForm)

    def answer(given: dict[str, Any]) -> None:
        verb = grant_request if given["answer"] == AnswerForm.GRANT else refuse_request
        verb(by=request.user, asked=asked, reason=given["reason"])

    if form.attempt(answer):
        granted = form.form.cleaned_data["answer"] == AnswerForm.GRANT
        return form.done(_("You agreed.") if granted else _("You refused."), "to_approve")
    return form.ask(
        asked.get_verb_display(),
        template="manage/answer.html",
        button=_("Answer"),
        back=reverse("to_approve"),
        back_to=_("To approve"),
        asked=asked,
    )


def ask_page(
    request: SignedIn,
    person: User,
    organization: Organization,
    deed: Deed,
    form_class: type[ReasonForm],
    *,
    intro: str = "",
) -> HttpResponse:
    """The form that asks for a deed on an account; it is done once a second person agrees."""
    form = FormPage(request, form_class)
    if form.attempt(
        lambda given: ask_second_person(
            by=request.user,
            user=person,
            organization=organization,
            deed=deed,
            reason=given["reason"],
            detail=given.get("email", ""),
        )
    ):
        return form.done(_told(), "user", person.pk)
    second = _(
        "The role of this account reads about violence, or answers as second person. So a second person has to agree:"
        " the data protection officer, another administrator or, where there is none, the holder with a recovery code."
    )
    return form.ask(
        str(deed.label),
        template=_FORM,
        intro=" ".join(filter(None, (f"{person.name}.", intro, second))),
        button=_("Ask"),
        back=reverse("user", kwargs={"pk": person.pk}),
    )


def _told() -> str:
    if mailing():
        return _("Asked for. It waits for a second person, at most 72 hours; all were told.")
    return _(
        "Asked for. It waits for a second person, at most 72 hours. No e-mail is sent from here: tell them."
    )
