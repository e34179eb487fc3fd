"""A person is sealed, and the seal lifted, from their record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.cases.actions import seal_person, unseal_person
from punte.cases.actions.sealing_person import may_seal_person
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage
from punte.www.office.people.forms.people import SealForm
from punte.www.office.people.views.people_pages import PersonPage


@require_http_methods(["GET", "HEAD", "POST"])
def person_seal(request: SignedIn, pk: UUID) -> HttpResponse:
    """From now on only who works with the person sees where they live."""
    return _asked(
        request,
        pk,
        seal_person,
        _("The person is sealed."),
        title=_("Seal where the person lives"),
        intro=_(
            "What is recorded from today on of households, phone and e-mail is seen only by the team of the case."
            " Others see what stood today. Whoever moves along must be sealed too."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_unseal(request: SignedIn, pk: UUID) -> HttpResponse:
    """Everybody who sees the person knows again where they live."""
    return _asked(
        request,
        pk,
        unseal_person,
        _("The seal is lifted."),
        title=_("Lift the seal"),
        intro=_(
            "Every colleague who sees the person will see where they live today and how they are reached."
        ),
    )


def _asked(
    request: SignedIn, pk: UUID, act: Callable[..., Any], said: str, *, title: str, intro: str
) -> HttpResponse:
    page = PersonPage.open(request, pk)
    if not may_seal_person(request.user, page.person):
        raise PermissionDenied
    form = FormPage(request, SealForm)
    if form.attempt(lambda given: act(by=request.user, person=page.person, **given)):
        return form.done(said, "person", pk)
    return page.ask(form, title, button=title, intro=intro)
