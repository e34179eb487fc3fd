"""Requests of people about their own data: put off, answered, refused."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.people.actions import answer_request, put_off_request
from punte.people.models import SubjectRequest
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage
from punte.www.office.privacy.forms.requests import AnswerForm, PutOffForm
from punte.www.office.privacy.views.requests import may_settle, seen


@require_http_methods(["GET", "HEAD", "POST"])
def subject_request_put_off(request: SignedIn, pk: UUID) -> HttpResponse:
    """A hard request takes longer; the person is told why."""
    found = _settled_by(request, pk)
    form = FormPage(request, PutOffForm)
    if form.attempt(lambda given: put_off_request(by=request.user, request=found, **given)):
        return form.done(
            _("Put off. Tell the person why, before the first term is over."), "subject_request", pk
        )
    return form.ask(_("It takes longer"), button=_("Put off"), **_back(found))


@require_http_methods(["GET", "HEAD", "POST"])
def subject_request_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """A request has its answer."""
    found = _settled_by(request, pk)
    form = FormPage(request, AnswerForm, draft=f"subject-answer-{pk}")
    if form.attempt(lambda given: answer_request(by=request.user, request=found, **given)):
        return form.done(_("The answer is written down."), "subject_request", pk)
    return form.ask(_("Answer to the request"), button=_("Write down the answer"), **_back(found))


def _settled_by(request: SignedIn, pk: UUID) -> SubjectRequest:
    found = seen(request, pk)
    if not may_settle(request, found):
        raise PermissionDenied
    return found


def _back(found: SubjectRequest) -> dict[str, Any]:
    return {"back": reverse("subject_request", args=[found.pk]), "back_to": _("The request")}
