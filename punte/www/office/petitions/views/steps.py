"""What is done with a petition, each step with its own form: answered, sent on, extended, filed, given, noted."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

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
from punte.www.frame.access import SignedIn, attempt
from punte.www.office.petitions.forms.petitions import (
    AboutForm,
    AnswerForm,
    CloseForm,
    ExtendForm,
    NoteForm,
    RedirectForm,
    WorkerForm,
)
from punte.www.office.petitions.views.desk import Desk, open_desk
from punte.www.office.petitions.views.petitions import answers, free_to_answer, show

Act = Callable[..., Petition]


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write the answer."""
    return _step(open_desk(request, pk), "answer", AnswerForm, answer_petition, _("The answer was sent."))


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_redirect(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send it to the institution that it is for."""
    desk = open_desk(request, pk)
    return _step(desk, "redirect", RedirectForm, redirect_petition, _("It was noted as sent on."))


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_extend(request: SignedIn, pk: UUID) -> HttpResponse:
    """Extend the term, once."""
    desk = _led(open_desk(request, pk))
    most = longest_extension(timezone.localdate(desk.petition.received_at))
    return _step(desk, "extend", ExtendForm, extend_petition, _("The term was extended."), most=most)


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_close(request: SignedIn, pk: UUID) -> HttpResponse:
    """File it."""
    return _step(open_desk(request, pk), "close", CloseForm, close_petition, _("It was filed."))


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_about(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say which colleagues it is about."""
    desk = _led(open_desk(request, pk))
    workers = answerers(desk.petition.organization)
    initial = {"workers": list(desk.petition.about.all())}
    return _step(desk, "about", AboutForm, name_workers, _("Saved."), workers=workers, initial=initial)


def _led(desk: Desk) -> Desk:
    """Only who leads there goes on."""
    if not desk.leads:
        raise PermissionDenied
    return desk


def _step(
    desk: Desk, name: str, form_class: type[forms.Form], act: Act, done: str, **options: Any
) -> HttpResponse:
    """Show the form of a step; once it is right, do it and go back to the petition."""
    request = desk.request
    form = form_class(request.POST if request.method == "POST" else None, **options)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: act(by=request.user, petition=desk.petition, **given)):
            messages.success(request, done)
            return redirect("petition", pk=desk.petition.pk)
    status = 422 if request.method == "POST" else 200
    return desk.show("petition_step", f"petition_{name}", status=status, form=form, step=name)


@require_POST
@answers
def petition_assign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take it, or give it to a colleague."""
    desk = open_desk(request, pk)
    form = WorkerForm(request.POST, workers=free_to_answer(desk.petition))
    if form.is_valid():
        worker = form.cleaned_data["worker"]
        if attempt(form, lambda: assign_petition(by=request.user, petition=desk.petition, worker=worker)):
            messages.success(request, _("It was given to %(worker)s.") % {"worker": worker})
            return redirect("petition", pk=pk)
    return show(desk, worker=form, status=422)


@require_POST
@answers
def petition_note(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write a note for colleagues."""
    desk = open_desk(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["note"]
        if attempt(form, lambda: note_petition(by=request.user, petition=desk.petition, text=text)):
            return redirect("petition", pk=pk)
    return show(desk, note=form, status=422)
