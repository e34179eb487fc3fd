"""The desk: applications that residents began on the site, found by their code, tied to a household, finished."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.benefits import actions
from punte.benefits.actions.applying import asked_at_town_halls, found_by_code
from punte.benefits.enums import OPEN
from punte.benefits.models import Application
from punte.cases.models import Case
from punte.kernel.errors import DomainError
from punte.people.models import Household, Person
from punte.people.search import find_people
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.fields import writing
from punte.www.frame.form_page import FormPage, show
from punte.www.frame.record_page import RecordPage
from punte.www.office.benefits.forms.listing import CodeForm, FinishForm, HouseholdForm, NameForm, PapersForm
from punte.www.office.benefits.views.words import in_words

_MOST, _MOST_FOUND, _LONGEST = 100, 20, 2_000


class CloseForm(forms.Form):
    """Why it is closed without an application."""

    reason = forms.CharField(label=_("Why"), widget=writing(3), max_length=_LONGEST)


@dataclass
class ApplicationPage(RecordPage):
    """One application, open at the desk."""

    folder = "office_benefits"

    application: Application

    @classmethod
    def open(cls, request: SignedIn, pk: UUID) -> Self:
        """The application that the address names, or 404."""
        seen = Application.objects.visible_to(request.user).select_related(
            "organization", "household", "entry"
        )
        return cls(request, fetch(seen, pk=pk))

    @property
    def about(self) -> dict[str, Any]:
        """The application as the trail names it; of one tied to a household, the household too."""
        found = self.application
        known = {"keeper": found.organization_id, "subject": found.pk}
        home = self.household
        return {**known, "household": home.pk, "sealed": home.sealed} if home else known

    @cached_property
    def household(self) -> Household | None:
        """The household that it is tied to, as far as the account sees it."""
        seen = Household.objects.visible_to(self.user)
        return seen.filter(pk__in=[self.application.household_id or self.application.pk]).first()

    @cached_property
    def papers(self) -> list[str]:
        """What is to be brought."""
        return [in_words(text) for text in self._benefit.papers.names] if self._benefit else []

    @property
    def called(self) -> str:
        """What is asked for."""
        return in_words(self._benefit.name) if self._benefit else self.application.benefit

    @cached_property
    def _benefit(self) -> Any:
        return asked_at_town_halls().get(self.application.benefit)

    @property
    def case(self) -> Case | None:
        """The open case of the household that the account sees."""
        if self.household is None:
            return None
        return (
            Case.objects.visible_to(self.user)
            .filter(household=self.household, open=True)
            .order_by("pk")
            .first()
        )

    def shared(self, what: str) -> dict[str, Any]:
        return {"application": self.application, "household": self.household, "called": self.called}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def applications(request: SignedIn) -> HttpResponse:
    """Those that wait, the oldest first; a code opens one."""
    form = FormPage(request, CodeForm)
    if form.attempt(lambda given: _by_code(request, given["code"])):
        return form.done("", "application", form.made.pk)
    seen = Application.objects.visible_to(request.user).select_related("organization")
    known = asked_at_town_halls()
    waiting: list[Any] = list(seen.filter(state__in=OPEN).order_by("created_at", "pk")[:_MOST])
    ended: list[Any] = list(seen.exclude(state__in=OPEN).order_by("-ended_at", "pk")[:_MOST_FOUND])
    for one in (*waiting, *ended):
        one.called = in_words(known[one.benefit].name) if one.benefit in known else one.benefit
    return show(request, "office_benefits/applications.html", form=form, waiting=waiting, ended=ended)


def _by_code(request: SignedIn, code: str) -> Application:
    found = found_by_code(request.user, code)
    if found is None:
        raise DomainError(_("No application has this code. Check it and try again."), field="code")
    return found


@require_safe
@needs(Capability.EDIT_PEOPLE)
def application(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the resident wrote, the papers, and what follows."""
    page = ApplicationPage.open(request, pk)
    return _page(page)


def _page(page: ApplicationPage, papers: FormPage | None = None) -> HttpResponse:
    found = page.application
    form = papers or FormPage(
        page.request, PapersForm, sent=False, papers=page.papers, initial={"brought": found.brought}
    )
    missing = [paper for place, paper in enumerate(page.papers) if str(place) not in found.brought]
    return page.show("application", "application", papers=form, missing=missing, case=page.case)


@require_POST
@needs(Capability.EDIT_PEOPLE)
def application_papers(request: SignedIn, pk: UUID) -> HttpResponse:
    """Note which papers were brought."""
    page = ApplicationPage.open(request, pk)
    form = FormPage(request, PapersForm, papers=page.papers)
    if form.attempt(
        lambda given: actions.tick_papers(
            by=request.user, application=page.application, brought=given["brought"]
        )
    ):
        return form.done(_("Saved."), "application", pk)
    return _page(page, form)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def application_household(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say which household it is: those with a member of that name."""
    page = ApplicationPage.open(request, pk)
    text = request.POST.get("q") or page.application.name
    homes = _homes(page, text)
    form = FormPage(request, HouseholdForm, sent="household" in request.POST, households=homes)
    if form.attempt(
        lambda given: actions.tie_application(
            by=request.user, application=page.application, household=given["household"]
        )
    ):
        return form.done(_("The household is found."), "application", pk)
    search = NameForm(initial={"q": text})
    return page.show(
        "tie", "application_household", form=form, search=search, found=homes.exists(), sought=text
    )


def _homes(page: ApplicationPage, text: str) -> QuerySet[Household]:
    found = find_people(page.user, text, limit=_MOST_FOUND)
    keys = {one.household.pk for one in found if one.household is not None}
    seen = Household.objects.visible_to(page.user).filter(
        pk__in=keys, keeper=page.application.organization_id
    )
    return seen.select_related("uat").order_by("folded_name", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def application_finish(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write it down in the register of benefits."""
    page = ApplicationPage.open(request, pk)
    home = page.household
    living = hidden_from(request.user).living().filter(household=home.pk if home else None)
    people = Person.objects.filter(pk__in=living.order_by().values("person")).order_by("birth_date", "pk")
    form = FormPage(request, FinishForm, people=people)
    if form.attempt(
        lambda given: actions.finish_application(by=request.user, application=page.application, **given)
    ):
        return form.done(_("It is in the register of benefits."), "application", pk)
    return _ask(page, form, "application_finish", _("Write it down in the register"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.EDIT_PEOPLE)
def application_close(request: SignedIn, pk: UUID) -> HttpResponse:
    """Close it without an application."""
    page = ApplicationPage.open(request, pk)
    form = FormPage(request, CloseForm)
    if form.attempt(
        lambda given: actions.close_application(by=request.user, application=page.application, **given)
    ):
        return form.done(_("It is closed."), "application", pk)
    return _ask(page, form, "application_close", _("Close it without an application"))


def _ask(page: ApplicationPage, form: FormPage, what: str, title: str) -> HttpResponse:
    page.read(what)
    return form.ask(
        title,
        back=reverse("application", args=[page.application.pk]),
        back_to=_("Application begun on the site"),
        button=title,
        intro=page.called,
    )
