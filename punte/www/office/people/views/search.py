"""The search box at the top of every page."""

import re

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.people.identity import looks_like_cnp
from punte.people.models import Household
from punte.people.search import find_people, institutions_with
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.context import address

_CASE_NUMBER = re.compile(r"\s*\d{4}\s*/\s*\d{1,6}\s*")
_MOST = 20
_MOST_HOUSEHOLDS = 8


@require_safe
@needs(Capability.SEE_PEOPLE)
def search(request: SignedIn) -> HttpResponse:
    """People and households by name, a person by CNP; a case number leads to the cases."""
    text = request.GET.get("q", "").strip("\0")
    if _CASE_NUMBER.fullmatch(text) and (cases := address("cases")):
        return redirect(f"{cases}?{urlencode({'text': text.strip()})}")
    people = find_people(request.user, text, limit=_MOST)
    by_cnp = looks_like_cnp(text)
    context = {
        "text": text,
        "people": people,
        "full": len(people) == _MOST,
        "households": []
        if by_cnp
        else list(Household.objects.kept_and_named(request.user, text)[:_MOST_HOUSEHOLDS]),
        "by_cnp": by_cnp,
        "institutions": institutions_with(request.user, text) if by_cnp else [],
        "may_open": request.user.standing.may(Capability.EMERGENCY),
        "may_record": request.user.standing.may(Capability.EDIT_PEOPLE),
    }
    return render(request, "office_people/search.html", context)
