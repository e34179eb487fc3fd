"""Cases: mine, my team's, all that I may see."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Capability
from punte.cases.enums import Regime
from punte.cases.models import Case, CaseDeadline
from punte.people.search import find_people
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.asked import number_in

PAGE = 25
_NUMBER = re.compile(r"^(?:(\d{4})\s*/\s*)?0*(\d{1,9})$")
_MOST_PAGES = 400


class CaseFilter(forms.Form):
    """What to show; everything is optional."""

    text = forms.CharField(label=_("Number or name"), max_length=100, required=False)
    whose = forms.ChoiceField(
        label=_("Whose cases"),
        choices=[("mine", _("Mine")), ("team", _("My team's")), ("all", _("All I may see"))],
        required=False,
    )
    regime = forms.ChoiceField(label=_("Regime"), choices=[("", _("Any")), *Regime.choices], required=False)
    severity = forms.ChoiceField(
        label=_("Severity"),
        choices=[
            ("", _("Any")),
            ("3", _("Severe")),
            ("2", _("Moderate")),
            ("1", _("To watch")),
        ],
        required=False,
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("open", _("Open cases")),
            ("overdue", _("With overdue terms")),
            ("closed", _("Closed cases")),
        ],
        required=False,
    )


@needs(Capability.SEE_TEAM_CASES, Capability.SEE_ALL_CASES)
def cases(request: SignedIn) -> HttpResponse:
    """A page of cases, newest first."""
    usual = _usual(request)
    form = CaseFilter({**usual, **request.GET.dict()})
    asked = form.cleaned_data if form.is_valid() else usual
    number = _page(request.GET.get("p", ""))
    start = (number - 1) * PAGE
    rows = list(_asked_for(request, asked)[start : start + PAGE + 1])
    query = request.GET.copy()
    query.pop("p", None)
    return render(
        request,
        "office_cases/cases.html",
        {
            "form": form,
            "cases": _with_faces(rows[:PAGE]),
            "filtered": any(asked.get(name) for name in ("text", "regime", "severity")),
            "asked": asked,
            "query": query.urlencode(),
            "previous": number - 1 if number > 1 else None,
            "next": number + 1 if len(rows) > PAGE else None,
            "number": number,
            "today": timezone.localdate(),
        },
    )


def _usual(request: SignedIn) -> dict[str, str]:
    """One's own cases; those who lead see all; a search looks everywhere that one may see."""
    leads = request.user.standing.may(Capability.SEE_ALL_CASES)
    return {"whose": "all" if leads or request.GET.get("text") else "mine", "state": "open"}


def _asked_for(request: SignedIn, asked: Mapping[str, Any]) -> Any:
    user = request.user
    rows = Case.objects.visible_to(user)
    if asked.get("whose") == "mine":
        rows = rows.filter(responsible=user)
    elif asked.get("whose") == "team":
        rows = rows.filter(team__in=user.standing.teams(Capability.SEE_TEAM_CASES))
    if asked.get("regime"):
        rows = rows.filter(regime=asked["regime"])
    if asked.get("severity"):
        rows = rows.filter(severity=int(asked["severity"]))
    rows = rows.filter(open=asked.get("state") != "closed")
    if asked.get("state") == "overdue":
        rows = rows.filter(Exists(_overdue().filter(case=OuterRef("pk"))))
    if asked.get("text"):
        rows = rows.filter(_named(request, asked["text"].strip()))
    return rows.select_related("household__uat", "household__community", "person", "responsible")


def _overdue() -> Any:
    return CaseDeadline.objects.filter(met_on=None, due_on__lt=timezone.localdate())


def _named(request: SignedIn, text: str) -> Q:
    number = _NUMBER.match(text)
    if number:
        of_year = Q(year=int(number[1])) if number[1] else Q()
        return of_year & Q(number=int(number[2]))
    people = [found.person.pk for found in find_people(request.user, text, limit=50)]
    lived = hidden_from(request.user).living().filter(person__in=people).values("household")
    return Q(household__in=lived) | Q(household__name__istartswith=text)


def _with_faces(rows: list[Case]) -> list[Case]:
    """Bring the terms that stand in the cases on the page."""
    prefetch_related_objects(
        rows,
        Prefetch(
            "deadlines",
            queryset=CaseDeadline.objects.filter(met_on=None).order_by("due_on"),
            to_attr="standing_deadlines",
        ),
    )
    return rows


def _page(text: str) -> int:
    return min(max(number_in(text), 1), _MOST_PAGES)
