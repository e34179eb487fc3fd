"""Somebody on the fast list: corrected, joined to another line, family looked for, given a file, gone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability as Can
from punte.emergencies import actions
from punte.emergencies.counts import rows_of
from punte.emergencies.matching import alike
from punte.emergencies.models import Listed, LookedFor, as_seen
from punte.people.models import Household, Person
from punte.people.places import looks_like_phone
from punte.people.search import FoundPerson, find_people, people_of_phone
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import identifier_in
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.emergencies.forms.fast import CorrectForm
from punte.www.office.emergencies.forms.listed import FileForm, LeaveForm, LookForm
from punte.www.office.emergencies.views.emergency_page import EmergencyPage

_MOST = 5


@dataclass
class ListedPage(EmergencyPage):
    """Somebody on the list, with who reads it."""

    row: Listed

    @classmethod
    def of(cls, request: SignedIn, pk: UUID) -> Self:
        """The one that the address names, of an emergency on which the account works."""
        related = (
            "emergency__keeper",
            "emergency__uat",
            "shelter",
            "person",
            "household",
            "case",
            "merged_into",
        )
        rows = Listed.objects.visible_to(request.user).select_related(*related)
        (shown,) = as_seen(request.user, [fetch(rows.prefetch_related("looks_for__found"), pk=pk)])
        return cls(request, shown.emergency, shown)

    @property
    def about(self) -> dict[str, Any]:
        """The row as the trail names it."""
        return {"keeper": self.emergency.keeper_id, "subject": self.row.pk}

    @property
    def here(self) -> str:
        """The page of this one."""
        return reverse("listed", args=[self.row.pk])

    @cached_property
    def rows(self) -> list[Listed]:
        """All others of the list."""
        return [one for one in rows_of(self.user, self.emergency) if one.pk != self.row.pk]

    @property
    def group(self) -> list[Listed]:
        """Who belongs to them."""
        return [one for one in self.rows if one.group == self.row.group]

    @cached_property
    def unfiled(self) -> list[Listed]:
        """Of them all those without a file, this one first."""
        return [one for one in (self.row, *self.group) if one.person_id is None]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_PEOPLE)
def listed(request: SignedIn, pk: UUID) -> HttpResponse:
    """One on the list, and what can be done."""
    page = ListedPage.of(request, pk)
    row = page.row
    names = ("name", "age", "needs", "phone", "language", "shelter", "note")
    form = FormPage(
        request,
        CorrectForm,
        shelters=page.emergency.shelters.order_by("name", "pk"),
        gone=tuple(row.needs),
        row=row,
        initial={
            **{name: getattr(row, name) for name in names},
            "with_number": row.group if row.group != row.number else None,
        },
    )
    if form.attempt(
        lambda _given: actions.correct_listed(by=request.user, listed=row, said=form.form.said())
    ):
        return form.done(_("Saved."), "listed", pk)
    return page.show(
        "listed",
        "listed",
        form=form,
        row=row,
        group=page.group,
        twice=alike(row.name, page.rows, age=row.age) if not row.merged_into_id else [],
        sought=[(one, [] if one.found else alike(one.name, page.rows)) for one in row.looks_for.all()],
        look_form=LookForm(),
        may_file=page.allows(Can.EDIT_PEOPLE) and bool(page.unfiled),
    )


@dataclass(frozen=True)
class Deed:
    """What may be done: its words, its form and the verb."""

    title: str | Promise
    done: str | Promise
    form: type[Any]
    act: Callable[[ListedPage, Any, dict[str, Any]], Any]
    options: Callable[[ListedPage], Mapping[str, Any]] = lambda _page: {}
    intro: str | Promise = ""
    needs: Can | None = None


def _file_options(page: ListedPage) -> Mapping[str, Any]:
    """For each of the group those on file whom the account sees and may be meant, and their households."""
    homes: dict[UUID, Household] = {}
    rows: list[tuple[Listed, list[Person]]] = []
    for one in page.unfiled:
        found = _known(page, one)
        rows.append((one, [each.person for each in found]))
        homes |= {each.household.pk: each.household for each in found if each.household}
    homes |= {one.household.pk: one.household for one in page.group if one.household}
    return {"rows": rows, "homes": list(homes.values()), "place": page.emergency.place}


def _known(page: ListedPage, row: Listed) -> list[FoundPerson]:
    found = {one.person.pk: one for one in find_people(page.user, row.name, limit=_MOST)}
    if looks_like_phone(row.phone):
        found |= {one.person.pk: one for one in people_of_phone(page.user, row.phone, _MOST)}
    return [one for one in found.values() if one.person.keeper_id == page.emergency.keeper_id]


DEEDS = {
    "plecare": Deed(
        gettext_lazy("They leave"),
        gettext_lazy("It is noted where they went; the place is free again."),
        LeaveForm,
        lambda page, _form, given: actions.leave_list(by=page.user, listed=page.row, **given),
        options=lambda page: {"alone": not any(one.is_here for one in page.group)},
    ),
    "dosar": Deed(
        gettext_lazy("Give them a file"),
        gettext_lazy("They have a file now; it goes on there."),
        FileForm,
        lambda page, form, _given: actions.make_file(by=page.user, listed=page.row, **form.deed()),
        options=_file_options,
        intro=gettext_lazy("Say of each whether we know them already. Nothing is joined by itself."),
        needs=Can.EDIT_PEOPLE,
    ),
    "cauta": Deed(
        gettext_lazy("Look for family"),
        gettext_lazy("Noted. As soon as a name like this comes on the list, it is shown."),
        LookForm,
        lambda page, _form, given: actions.look_for(by=page.user, listed=page.row, **given),
    ),
}


def _join(page: ListedPage) -> HttpResponse:
    into = _other(page, "into")
    act = lambda: actions.merge_listed(by=page.user, listed=page.row, into=into)  # noqa: E731
    said = _("Counted once from now on, as number %(number)d.") % {"number": into.number}
    return Press(page.request).tell(act, said, "listed", into.pk)


def _found(page: ListedPage) -> HttpResponse:
    looked = fetch(LookedFor.objects.filter(listed=page.row), pk=_key(page, "looked_for"))
    found, agreed = _other(page, "found"), "agreed" in page.request.POST
    act = lambda: actions.say_found(by=page.user, looked_for=looked, found=found, agreed=agreed)  # noqa: E731
    said = _("Found.") if agreed else _("Noted. They do not want to be told of: say nothing.")
    return Press(page.request).tell(act, said, "listed", page.row.pk)


def _back(page: ListedPage) -> HttpResponse:
    act = lambda: actions.come_back(by=page.user, listed=page.row)  # noqa: E731
    return Press(page.request).tell(act, _("They are on the list again."), "listed", page.row.pk)


PRESSES: dict[str, Callable[[ListedPage], HttpResponse]] = {
    "aceeasi": _join,
    "gasit": _found,
    "inapoi": _back,
}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.SEE_PEOPLE)
def listed_deed(request: SignedIn, pk: UUID, deed: str) -> HttpResponse:
    """Do something about one on the list."""
    page = ListedPage.of(request, pk)
    if deed in PRESSES and request.method == "POST":
        return PRESSES[deed](page)
    chosen = DEEDS.get(deed)
    if chosen is None:
        raise Http404
    page.only(to=chosen.needs)
    form = FormPage(request, chosen.form, **chosen.options(page))
    if form.attempt(lambda given: chosen.act(page, form.form, given)):
        return form.done(str(chosen.done), "listed", pk)
    page.read("listed_deed")
    back_to = f"{page.row.number} · {page.row.name}"
    return form.ask(chosen.title, button=chosen.title, intro=chosen.intro, back=page.here, back_to=back_to)


def _other(page: ListedPage, name: str) -> Listed:
    seen = Listed.objects.visible_to(page.user).filter(emergency=page.emergency)
    return fetch(seen, pk=_key(page, name))


def _key(page: ListedPage, name: str) -> UUID:
    key = identifier_in(page.request.POST.get(name, ""))
    if key is None:
        raise Http404
    return key
