"""A family is looked for: the list without names, a wider search, the choice."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.cases.permission import may_with
from punte.deadlines.model import ADULT_AT
from punte.people.models import Person
from punte.protection.actions import begin_search, choose_family, give_up_search, widen_search
from punte.protection.criteria import criteria, in_words
from punte.protection.enums import SearchState
from punte.protection.matching import Fit
from punte.protection.models import FamilySearch
from punte.protection.roster import code_of, fits_of, needs_offered, wanted_of
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage
from punte.www.frame.record_page import RecordPage
from punte.www.office.protection.forms.searches import ChooseForm, SearchForm, WhyForm

_SHOWN = 20


class SearchPage(RecordPage):
    """One search, open before one account."""

    folder = "office_protection"

    def __init__(self, request: SignedIn, pk: UUID) -> None:
        rows = FamilySearch.objects.visible_to(request.user)
        found = fetch(
            rows.select_related("case__household__uat", "case__keeper", "chosen__person", "decided_by", "by"),
            pk=pk,
        )
        super().__init__(request)
        self.search: FamilySearch = found
        self.children = list(found.children.order_by("birth_date", "pk"))

    @property
    def about(self) -> dict[str, Any]:
        """The search as the trail names it."""
        case = self.search.case
        return {
            "keeper": case.keeper_id,
            "household": case.household_id,
            "subject": self.search.pk,
            "case": case.pk,
            "sealed": case.sealed,
        }

    @property
    def manages(self) -> bool:
        """Whether the account carries the search on."""
        case = self.search.case
        return case.open and may_with(self.user, case, Capability.MANAGE_CASE)

    def under_way(self) -> None:
        """Refuse who does not carry it on, and what is over.

        Raises:
            PermissionDenied: the account sees the search but does not manage its case.
            Http404: it is over.
        """
        if not self.manages:
            raise PermissionDenied
        if self.search.state != SearchState.OPEN:
            raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
def family_search_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """For which children of the household, and with which needs."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    young = [one for one in page.members if (one.age_on() or 0) < ADULT_AT]
    form = FormPage(request, SearchForm, children=young)
    if form.attempt(lambda given: _begin(page, young, given)):
        return form.done(_("This is the list, without names. You decide."), "family_search", form.made.pk)
    page.read("family_search_form")
    intro = _("The families stand in the list by code, without names. Siblings are looked one family for.")
    back = reverse("case", args=[pk])
    return form.ask(
        _("Look for a family"), back=back, back_to=page.case, button=_("Show the list"), intro=intro
    )


@require_safe
def family_search(request: SignedIn, pk: UUID) -> HttpResponse:
    """The families that fit, by code and with their reasons; once decided, the one that was chosen."""
    page = SearchPage(request, pk)
    search = page.search
    open_ = search.state == SearchState.OPEN
    fits = fits_of(request.user, search) if open_ and page.manages else []
    needs = needs_offered()
    return page.show(
        "search",
        "family_search",
        search=search,
        case=search.case,
        children=page.children,
        needs=[in_words(needs.label_of(key)) for key in search.needs],
        fits=[_told(search, one, at) for at, one in enumerate(fits[:_SHOWN], 1)],
        more=max(len(fits) - _SHOWN, 0),
        manages=page.manages,
        under_way=open_,
        by=criteria(),
        ages=wanted_of(search, page.children).ages,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def family_search_widen(request: SignedIn, pk: UUID) -> HttpResponse:
    """Pass over what may be passed over, and say why."""
    page = SearchPage(request, pk)
    page.under_way()
    form = FormPage(request, WhyForm)
    if form.attempt(lambda given: widen_search(by=request.user, search=page.search, **given)):
        return form.done(
            _("The list is wider now; what each family misses stands beside it."), "family_search", pk
        )
    asked = [in_words(one.label) for one in criteria().each.values() if one.strict and one.relaxes]
    intro = _("Passed over, and said of each family: %(what)s.") % {"what": ", ".join(asked)}
    return _ask(page, form, _("A wider search"), _("Make it wider"), intro)


@require_http_methods(["GET", "HEAD", "POST"])
def family_search_give_up(request: SignedIn, pk: UUID) -> HttpResponse:
    """Look no more, and say why."""
    page = SearchPage(request, pk)
    page.under_way()
    form = FormPage(request, WhyForm)
    if form.attempt(lambda given: give_up_search(by=request.user, search=page.search, **given)):
        return form.done(_("The search was given up."), "family_search", pk)
    return _ask(page, form, _("Give the search up"), _("Give the search up"), "")


@require_http_methods(["GET", "HEAD", "POST"])
def family_choose(request: SignedIn, pk: UUID, code: str) -> HttpResponse:
    """Choose a family by its code; its name is told afterwards."""
    page = SearchPage(request, pk)
    page.under_way()
    fits = fits_of(request.user, page.search)
    found = next(
        (pair for pair in enumerate(fits, 1) if code_of(page.search, pair[1].family.key) == code), None
    )
    if found is None and request.method != "POST":
        raise Http404
    needs_reason = found is None or found[0] > 1 or bool(found[1].widened)
    form = FormPage(request, ChooseForm, needs_reason=needs_reason)
    if form.attempt(lambda given: _choose(page, code, given)):
        said = _(
            "A placement is proposed for each child and the place is kept. The commission or the court decides."
        )
        return form.done(said, "family_search", pk)
    intro = _("Family %(code)s. After you choose, the page tells who they are.") % {"code": code}
    return _ask(page, form, _("Choose this family"), _("Choose this family"), intro)


def _ask(page: SearchPage, form: FormPage, title: str, button: str, intro: str) -> HttpResponse:
    page.read("family_search_form")
    back = reverse("family_search", args=[page.search.pk])
    return form.ask(title, back=back, back_to=_("Looking for a family"), button=button, intro=intro)


def _begin(page: CasePage, young: list[Person], given: dict[str, Any]) -> FamilySearch:
    chosen = [child for child in young if str(child.pk) in given["children"]]
    return begin_search(by=page.user, case=page.case, children=chosen, needs=given["needs"])


def _choose(page: SearchPage, code: str, given: dict[str, Any]) -> FamilySearch:
    start: dt.date = given["start"]
    return choose_family(
        by=page.user, search=page.search, code=code, start=start, reason=given.get("reason", "")
    )


def _told(search: FamilySearch, one: Fit, rank: int) -> dict[str, Any]:
    """One family in words: why it stands where it stands, and what is not known of it."""
    for_it = [reason for reason in one.reasons if reason.met]
    against = [reason for reason in one.reasons if reason.met is False]
    unknown = [reason for reason in one.reasons if reason.met is None]
    distance = next((each.detail for each in one.reasons if each.criterion.key == "distance"), None)
    return {
        "code": code_of(search, one.family.key),
        "rank": rank,
        "free": one.family.free,
        "points": one.points,
        "km": distance,
        "met": [in_words(each.criterion.met) for each in for_it],
        "not_met": [in_words(each.criterion.not_met) for each in against],
        "unknown": [in_words(each.criterion.label) for each in unknown],
        "widened": bool(one.widened),
    }
