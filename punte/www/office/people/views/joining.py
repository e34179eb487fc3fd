"""Files that may be of one person: the list, two of them side by side, and what a person says of them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.people.actions import join_people, say_different, take_apart
from punte.people.enums import SpeaksAgainst, SpeaksFor
from punte.people.joining.sight import open_to, pairs_to_look_at
from punte.people.matching.evidence import Evidence, OnFile, weigh
from punte.people.models import Household, Membership, Person, PersonJoin
from punte.people.search import find_people
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import number_in
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.people.forms.joining import JoinForm
from punte.www.office.people.views.people_pages import PersonPage

_PAGE, _MOST_FOUND = 50, 20
_SAID = ("family_name", "given_name", "birth_date", "sex", "cnp", "phone", "email", "died_on")


@dataclass(frozen=True)
class File:
    """One of two files, as a column shows it."""

    person: Person
    homes: list[Membership]

    @property
    def worth(self) -> tuple[bool, int, float]:
        """By which a file is the one to keep: it has a home, says more, and is the older."""
        said = sum(bool(getattr(self.person, name)) for name in _SAID)
        return any(home.end is None for home in self.homes), said, -self.person.created_at.timestamp()


@require_safe
@needs(Capability.EDIT_PEOPLE)
def likely_pairs(request: SignedIn) -> HttpResponse:
    """The pairs that wait for somebody to say what they are, the surest first."""
    start = number_in(request.GET.get("de_la"))
    pairs = pairs_to_look_at(request.user).select_related("first", "second")
    hidden = [f"{side}__{name}" for side in ("first", "second") for name in ("cnp", "ethnicity")]
    shown = list(pairs.defer(*hidden)[start : start + _PAGE + 1])
    context = {
        "pairs": [(pair, *_in_words(pair.speaks_for, pair.speaks_against)) for pair in shown[:_PAGE]],
        "earlier": max(start - _PAGE, 0) if start else None,
        "later": start + _PAGE if len(shown) > _PAGE else None,
    }
    return render(request, "office_people/likely_pairs.html", context)


@require_safe
def other_file(request: SignedIn, pk: UUID) -> HttpResponse:
    """Look for another file of a person, where nothing suggests one."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    text = request.GET.get("q", "").strip()
    found = find_people(request.user, text, limit=_MOST_FOUND) if text else []
    # Of a sealed person, who may not lay files beside each other is shown none, after the same questions.
    near = open_to(request.user).filter(keeper=page.person.keeper_id)
    keys = set(
        near.filter(pk__in=[page.person.pk, *(one.person.pk for one in found)]).values_list("pk", flat=True)
    )
    may_compare = page.person.pk in keys
    files = [one for one in found if may_compare and one.person.pk in keys - {page.person.pk}]
    return page.show("other_file", text=text, files=files)


@require_http_methods(["GET", "HEAD", "POST"])
def likely_pair(request: SignedIn, pk: UUID, other: UUID) -> HttpResponse:
    """Two files side by side, what speaks for one person and what against; joined by who knows."""
    page, second = _open_both(request, pk, other)
    if page.person.pk == second.pk:
        return redirect(page.url)
    files = _files(page.person, second)
    best = max(files, key=lambda one: one.worth)
    form = FormPage(
        request,
        JoinForm,
        draft=f"join-{page.person.pk}-{second.pk}",
        pair=[one.person for one in files],
        homes=_homes_today(files),
        initial={"keep": best.person.pk},
    )

    def join(given: dict[str, Any]) -> PersonJoin:
        gone = next(one.person for one in files if one.person.pk != given["keep"].pk)
        return join_people(
            by=request.user, keep=given["keep"], join=gone, why=given["why"], household=given.get("household")
        )

    if form.attempt(join):
        return form.done(_("The two files are one now."), "person", form.made.kept_id)
    page.read("likely_pair", subject=second.pk)
    found = weigh(OnFile.of(page.person), OnFile.of(second))
    speaks_for, speaks_against = _in_words(*_with_homes(found, files))
    return page.show(
        "likely_pair",
        form=form,
        files=files,
        speaks_for=speaks_for,
        speaks_against=speaks_against,
        cannot_be=found.cannot_be,
        other=second,
    )


@require_POST
def pair_different(request: SignedIn, pk: UUID, other: UUID) -> HttpResponse:
    """The two files are of two people."""
    page, second = _open_both(request, pk, other)
    said = _("They stay two files, and are not shown as a pair again.")
    return Press(request).tell(
        lambda: say_different(by=request.user, one=page.person, other=second), said, "likely_pairs"
    )


@require_POST
def join_undone(request: SignedIn, pk: UUID, join: UUID) -> HttpResponse:
    """A join was a mistake."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    made = get_object_or_404(PersonJoin.objects.select_related("kept", "joined"), kept=page.person, pk=join)
    said = _(
        "The files are two again. What was changed or written since they were joined stays here: check both."
    )
    return Press(request).tell(lambda: take_apart(by=request.user, join=made), said, "person", page.person.pk)


def _open_both(request: SignedIn, pk: UUID, other: UUID) -> tuple[PersonPage, Person]:
    """Two files that the account may lay beside each other; 404 for one that it does not see, or that is sealed."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    second = PersonPage.open(request, other, to=Capability.EDIT_PEOPLE).person
    for person in (page.person, second):
        fetch(open_to(request.user), pk=person.pk)
    return page, second


def _files(*people: Person) -> list[File]:
    lived = Membership.objects.filter(person__in=people).select_related("household").order_by("-start", "pk")
    rows = list(lived.defer("household__safe_contact"))
    return [File(one, [row for row in rows if row.person_id == one.pk]) for one in people]


def _homes_today(files: list[File]) -> list[Household]:
    homes = [home.household for one in files for home in one.homes if home.end is None]
    return list({home.pk: home for home in homes}.values())


def _with_homes(found: Evidence, files: list[File]) -> tuple[list[str], list[str]]:
    lived = [{home.household_id for home in one.homes} for one in files]
    shared = [SpeaksFor.SAME_HOUSEHOLD] if lived[0] & lived[1] else []
    return [*found.speaks_for, *shared], [*found.speaks_against]


def _in_words(speaks_for: list[str], speaks_against: list[str]) -> tuple[list[Any], list[Any]]:
    return [SpeaksFor(one).label for one in speaks_for], [SpeaksAgainst(one).label for one in speaks_against]
