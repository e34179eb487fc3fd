"""The facets of a case: given, and ended."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.cases.actions import add_facet, end_facet
from punte.cases.case_facets import may_set
from punte.cases.facets import facets
from punte.cases.models import CaseFacet
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage
from punte.www.office.cases.forms.facets import FacetEndForm, FacetForm


@require_http_methods(["GET", "HEAD", "POST"])
def case_facet_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say that the case is worked on in a field."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    held = {one.facet.key for one in page.facets}
    offered = [
        (one.key, str(one))
        for one in facets().values()
        if one.key not in held and may_set(request.user, page.case, one)
    ]
    form = FormPage(request, FacetForm, offered=offered)
    if form.attempt(lambda given: add_facet(by=request.user, case=page.case, **given)):
        return form.done(_("The field of work is on the page of the case."), "case", pk)
    intro = _("Its registers, questionnaires and interventions then stand first in the case.")
    return _ask(page, form, _("Add a field of work"), intro=intro)


@require_http_methods(["GET", "HEAD", "POST"])
def case_facet_end(request: SignedIn, pk: UUID, facet: UUID) -> HttpResponse:
    """Say that the case is worked on in a field no more."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    ended = [one.row.pk for one in page.facets if one.may_set]
    found = fetch(CaseFacet.objects.filter(pk__in=ended), pk=facet)
    form = FormPage(request, FacetEndForm)
    if form.attempt(lambda given: end_facet(by=request.user, case=page.case, row=found, **given)):
        return form.done(_("The field of work has ended."), "case", pk)
    return _ask(page, form, _("End a field of work"), intro=str(facets()[found.facet]))


def _ask(page: CasePage, form: FormPage, title: str, **words: Any) -> HttpResponse:
    back = reverse("case", args=[page.case.pk])
    return form.ask(title, button=title, back=back, back_to=page.case, **words)
