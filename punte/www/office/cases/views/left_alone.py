"""Sealed cases whose whole team has gone: their number, and who takes them over."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.cases.actions import name_successor
from punte.cases.caseload import Loads
from punte.cases.models import Case
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.cases.forms.choices import staff_of
from punte.www.office.cases.forms.course import SuccessorForm


@require_safe
@needs(Capability.ASSIGN)
def cases_left_alone(request: SignedIn) -> HttpResponse:
    """The numbers of the cases, each with a form."""
    return _page(request)


@require_POST
@needs(Capability.ASSIGN)
def case_successor(request: SignedIn, pk: UUID) -> HttpResponse:
    """Name who takes one over."""
    case = fetch(Case.objects.without_team(request.user), pk=pk)
    form = _form(request, case)
    if form.attempt(lambda given: _name(request.user, case, given)):
        said = _("The case has a responsible worker again, who sees it from now on.")
        return form.done(said, "cases_left_alone")
    return _page(request, case, form)


def _name(by: User, case: Case, given: dict[str, Any]) -> Case:
    chosen = User.objects.get(pk=given["responsible"])
    return name_successor(by=by, case=case, responsible=chosen, reason=given["reason"])


def _form(request: SignedIn, case: Case, *, sent: bool = True) -> FormPage:
    staff = [one for one in staff_of(case.keeper_id, Capability.MANAGE_CASE) if one != request.user]
    loads = Loads.read([case.keeper_id])
    choices = [("", _("Choose")), *(loads.choice(one) for one in staff)]
    return FormPage(request, SuccessorForm, sent=sent, staff=choices, auto_id=f"{case.pk}_%s")


def _page(request: SignedIn, tried: Case | None = None, form: FormPage | None = None) -> HttpResponse:
    alone = Case.objects.without_team(request.user).order_by("year", "number")[:50]
    forms = [form if form and case == tried else _form(request, case, sent=False) for case in alone]
    rows = [(case, one.form) for case, one in zip(alone, forms, strict=True)]
    return show(request, "office_cases/left_alone.html", rows=rows, form=form)
