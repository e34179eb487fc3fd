"""The search box at the top of every page."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.people.identity import looks_like_cnp
from punte.people.search import institutions_with
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.context import SEARCHERS
from punte.www.office.people.views.found import MOST_PEOPLE, look_for


@require_safe
@needs(*SEARCHERS)
def search(request: SignedIn) -> HttpResponse:
    """What a name, an address, a phone or a number means; one thing of a number is led to at once."""
    user = request.user
    text = request.GET.get("q", "")
    sees_people = user.standing.may(Capability.SEE_PEOPLE)
    found = look_for(user, text)
    by_cnp = looks_like_cnp(text)
    elsewhere = institutions_with(user, text) if by_cnp and sees_people else []
    if found.only and not elsewhere:
        return redirect(found.only)
    context = {
        "text": text,
        "found": found,
        "people": found.people,
        "full": len(found.people) == MOST_PEOPLE,
        "households": found.households,
        "organizations": found.organizations,
        "by_cnp": by_cnp,
        "institutions": elsewhere,
        "sees_people": sees_people,
        "may_open": user.standing.may(Capability.EMERGENCY),
        "may_record": user.standing.may(Capability.EDIT_PEOPLE),
    }
    return render(request, "office_people/search.html", context)
