"""What is done with a petition, each step with its own form: answered, sent on, extended, filed, given, noted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability
from punte.petitions.actions import (
    answer_petition,
    assign_petition,
    close_petition,
    extend_petition,
    name_workers,
    note_petition,
    redirect_petition,
)
from punte.petitions.models import Petition
from punte.petitions.queries import answerers
from punte.petitions.terms import longest_extension
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage
from punte.www.office.petitions.forms.petitions import (
    AboutForm,
    AnswerForm,
    CloseForm,
    ExtendForm,
    NoteForm,
    RedirectForm,
    WorkerForm,
)
from punte.www.office.petitions.views.petition_page import PetitionPage
from punte.www.office.petitions.views.petitions import answers, free_to_answer, petition_page

Act = Callable[..., Petition]


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write the answer."""
    return _step(
        PetitionPage.open(request, pk), "answer", AnswerForm, answer_petition, _("The answer was sent.")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_redirect(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send it to the institution that it is for."""
    page = PetitionPage.open(request, pk)
    return _step(page, "redirect", RedirectForm, redirect_petition, _("It was noted as sent on."))


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_extend(request: SignedIn, pk: UUID) -> HttpResponse:
    """Extend the term, once."""
    page = PetitionPage.open(request, pk, to=Capability.ASSIGN)
    most = longest_extension(timezone.localdate(page.petition.received_at))
    return _step(page, "extend", ExtendForm, extend_petition, _("The term was extended."), most=most)


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_close(request: SignedIn, pk: UUID) -> HttpResponse:
    """File it."""
    return _step(PetitionPage.open(request, pk), "close", CloseForm, close_petition, _("It was filed."))


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_about(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say which colleagues it is about."""
    page = PetitionPage.open(request, pk, to=Capability.ASSIGN)
    workers = answerers(page.petition.organization)
    initial = {"workers": list(page.petition.about.all())}
    return _step(page, "about", AboutForm, name_workers, _("Saved."), workers=workers, initial=initial)


def _step(
    page: PetitionPage, name: str, form_class: type[forms.Form], act: Act, said: str, **options: Any
) -> HttpResponse:
    """Show the form of a step; once it is right, do it and go back to the petition."""
    form = FormPage(page.request, form_class, **options)
    if form.attempt(lambda given: act(by=page.user, petition=page.petition, **given)):
        return form.done(said, "petition", page.petition.pk)
    return page.show("petition_step", f"petition_{name}", form=form, step=name)


@require_POST
@answers
def petition_assign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take it, or give it to a colleague."""
    page = PetitionPage.open(request, pk)
    form = FormPage(request, WorkerForm, workers=free_to_answer(page.petition))
    if form.attempt(lambda given: assign_petition(by=request.user, petition=page.petition, **given)):
        said = _("It was given to %(worker)s.") % {"worker": form.form.cleaned_data["worker"]}
        return form.done(said, "petition", pk)
    return petition_page(page, worker=form)


@require_POST
@answers
def petition_note(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write a note for colleagues."""
    page = PetitionPage.open(request, pk)
    form = FormPage(request, NoteForm)
    if form.attempt(lambda given: note_petition(by=request.user, petition=page.petition, text=given["note"])):
        return form.done("", "petition", pk)
    return petition_page(page, note=form)
