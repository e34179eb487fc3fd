"""Two cases are tied to each other, and untied."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.cases.actions import tie_cases, untie_cases
from punte.cases.models import Case, CaseTie
from punte.kernel.errors import DomainError
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage
from punte.www.office.keeping.forms.sharings import WhyForm
from punte.www.office.keeping.forms.transfers import TieForm


@require_http_methods(["GET", "HEAD", "POST"])
def tie_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Tie the case to another that the account sees."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    form = FormPage(request, TieForm)

    def tie(given: dict[str, Any]) -> CaseTie:
        other = _numbered(page, given.pop("number"))
        return tie_cases(by=request.user, case=page.case, other=other, **given)

    if form.attempt(tie):
        return form.done(_("The cases are tied; each stands on the page of the other."), "case", pk)
    return form.ask(
        _("Tie to another case"),
        intro=_(
            "For brothers and sisters placed apart, or two households of one child. Never tie the case of a victim to"
            " that of the person who harmed them."
        ),
        button=_("Tie the cases"),
        back=reverse("case", args=[pk]),
        back_to=page.case,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def tie_end(request: SignedIn, pk: UUID, tie: UUID) -> HttpResponse:
    """Untie the case from another."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    mine = CaseTie.objects.filter(first=page.case) | CaseTie.objects.filter(second=page.case)
    found = fetch(mine.filter(untied_at=None), pk=tie)
    form = FormPage(request, WhyForm)
    if form.attempt(lambda given: untie_cases(by=request.user, case=page.case, tie=found, **given)):
        return form.done(_("The cases are not tied any more."), "case", pk)
    return form.ask(
        _("Untie the cases"),
        button=_("Untie the cases"),
        back=reverse("case", args=[pk]),
        back_to=page.case,
    )


def _numbered(page: CasePage, text: str) -> Case:
    """The case of a number that the account sees, of the same keeper.

    Raises:
        DomainError: there is none, or it may not be known.
    """
    year, _slash, number = text.strip().partition("/")
    if year.isdecimal() and number.isdecimal() and len(year) == 4 and len(number) < 9:
        found = Case.objects.numbered(page.user, int(number), [int(year)]).filter(keeper=page.case.keeper)
        if case := found.first():
            return case
    raise DomainError(_("You see no case of this number."), field="number")
