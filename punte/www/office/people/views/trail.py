"""Who saw and changed a record, shown to those who may know."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import TrailEntry, User
from punte.accounts.verbs import record_read
from punte.people.enums import SightReason
from punte.people.models import Household, Person, PersonSeal
from punte.people.sight import hidden_from
from punte.www.frame.access import KnownButClosed, SignedIn, fetch
from punte.www.frame.asked import number_in
from punte.www.frame.trail_lines import before_the_seal, in_words
from punte.www.office.people.views.record import may_see_trail

_PAGE = 100


@require_safe
def household_trail(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who saw and changed the record of a household."""
    household = _fetch(request, Household.objects.all(), Household.objects.visible_to(request.user), pk)
    record_read(by=request.user, what="household_trail", keeper=household.keeper_id, household=pk)
    lines = TrailEntry.objects.filter(household=pk)
    if hidden := hidden_from(request.user).people_in(pk):
        files = Person.everyone.filter(Q(pk__in=hidden) | Q(joined_into__in=hidden))
        lines = lines.exclude(person__in=files.values("pk"))
    return _show(request, household, reverse("household", args=[pk]), lines)


@require_safe
def person_trail(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who saw and changed the record of a person, and the files that were joined into it."""
    key = Person.everyone.kept_key(pk)
    person = _fetch(request, Person.objects.all(), Person.objects.visible_to(request.user), key)
    record_read(by=request.user, what="person_trail", keeper=person.keeper_id, person=key)
    files = [key, *person.joined_files(manager="everyone").values_list("pk", flat=True)]
    return _show(request, person, reverse("person", args=[key]), TrailEntry.objects.filter(person__in=files))


def _fetch(request: SignedIn, rows: Any, visible: Any, pk: UUID) -> Any:
    """A record whose trail the account may read; 404 for a stranger, 403 for a colleague without that right."""
    audited = rows.filter(keeper__in=request.user.standing.organizations(Capability.SEE_AUDIT))
    found = fetch(audited | visible, pk=pk)
    if not may_see_trail(request.user, found.keeper_id):
        raise KnownButClosed(None)
    return found


def _show(request: SignedIn, about: Any, back: str, whose: QuerySet[TrailEntry]) -> HttpResponse:
    lines = whose.filter(_readable(request.user)).select_related("actor")
    start = number_in(request.GET.get("de_la"))
    page = list(lines.prefetch_related("actor__appointments__organization")[start : start + _PAGE + 1])
    names = _names([entry.person for entry in page if entry.person and entry.person != about.pk])
    context = {
        "about": about,
        "back": back,
        "may_go_back": request.user.standing.may(Capability.SEE_PEOPLE, about.keeper_id),
        "request_new": _may_give(request.user, about),
        "own_file": reverse("own_file", args=[about.pk]) if _may_give(request.user, about) else "",
        "lines": [_line(entry, names) for entry in page[:_PAGE]],
        "later": max(start - _PAGE, 0) if start else None,
        "earlier": start + _PAGE if len(page) > _PAGE else None,
    }
    return render(request, "office_people/trail.html", context)


def _may_give(user: User, about: Any) -> bool:
    """Whether the account makes the file that a person asks for about themselves."""
    return isinstance(about, Person) and user.standing.may(Capability.KEEP_PRIVACY, about.keeper_id)


def _readable(user: User) -> Q:
    """What tells of a sealed case, also what was written before it was sealed, only for its case team."""
    own = user.household_sights.current().filter(why=SightReason.CASE_TEAM).values("household")
    hidden = Q(person__in=list(hidden_from(user).people))
    mine = Q(household__in=own) | Q(
        person__in=PersonSeal.objects.filter(stood__household__in=own).values("person")
    )
    return (Q(sealed=False) & ~before_the_seal()) | (mine & ~hidden)


def _names(people: list[UUID]) -> dict[UUID, str]:
    found = Person.everyone.filter(pk__in=people).only("family_name", "given_name", "birth_date")
    return {person.pk: str(person) for person in found}


def _line(entry: TrailEntry, names: dict[UUID, str]) -> dict[str, Any]:
    day = timezone.localdate(entry.at)
    institutions = {str(post.organization) for post in entry.actor.appointments.all() if post.holds_on(day)}
    return {
        "entry": entry,
        "words": in_words(entry.verb),
        "whose": names.get(entry.person, "") if entry.person else "",
        "institutions": ", ".join(sorted(institutions)),
    }
