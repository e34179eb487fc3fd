"""The record of a person."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.cases.actions.sealing_person import may_seal_person
from punte.kernel.prepared import Prepared
from punte.people.actions import change_person
from punte.people.asked import Asked
from punte.people.enums import RequestKind
from punte.people.identity import COVERED, without_numbers
from punte.people.models import (
    IdentityDocument,
    Kinship,
    Membership,
    OtherName,
    Person,
    PersonJoin,
    PersonSeal,
    SubjectRequest,
    TakenRow,
)
from punte.people.search import likely_files
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.consents import consents_of_person
from punte.www.frame.form_page import FormPage
from punte.www.frame.other_questionnaires import other_questionnaires
from punte.www.office.people.forms.people import PersonChangeForm, of_person
from punte.www.office.people.views.people_pages import PersonPage
from punte.www.office.people.views.record import may_see_trail

REVEALING = (Capability.EDIT_PEOPLE, Capability.INTERVENE)
"""Those who work with a person may read the CNP; a trainee may not."""


@dataclass(frozen=True)
class Remark:
    """What a register said of a person, when it was taken in."""

    at: dt.datetime
    text: str

    @property
    def covers(self) -> bool:
        """Whether a number in it is covered."""
        return COVERED in self.text


@require_safe
def person(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who a person is, their papers, relatives and households in time; the CNP covered."""
    page = PersonPage.open(request, pk)
    if page.person.pk != pk:
        return redirect(page.url)
    return _record(page, "person")


@require_POST
@needs(*REVEALING)
def person_cnp(request: SignedIn, pk: UUID) -> HttpResponse:
    """The same with the CNP readable; the trail says who looked."""
    page = PersonPage.open(request, pk)
    if not _may_reveal(page):
        raise PermissionDenied
    return _record(page, "reveal_cnp")


@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Everything that is kept of a person."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    form = FormPage(request, PersonChangeForm, draft=f"person-{pk}", initial=of_person(page.person))

    def change(given: dict[str, Any]) -> Person:
        correcting = given.pop("name_change", "") == "correction"
        person = get_object_or_404(Person, pk=page.person.pk)
        return change_person(by=request.user, person=person, correcting_name=correcting, **given)

    if form.attempt(change):
        return form.done(_("Saved."), "person", pk)
    return page.ask(form, _("Change the person's details"), "person_form")


def _may_reveal(page: PersonPage) -> bool:
    """By the role with the keeper; who sees the person without a role there was given sight for their work."""
    known = page.person.keeper_id if page.allows(Capability.SEE_PEOPLE) else None
    return any(page.user.standing.may(one, known) for one in REVEALING)


def _known_seal(page: PersonPage) -> PersonSeal | None:
    """The seal that stands on the person, as far as the account may know of it."""
    standing = next(iter(_standing_seals(person=page.person.pk)), None)
    return None if page.person.pk in hidden_from(page.user).people else standing


def _remarks(page: PersonPage, *, revealed: bool) -> list[Remark]:
    """What registers say besides; of who is sealed from the account, what they said before the seal."""
    shown = hidden_from(page.user).people.get(page.person.pk)
    return [
        Remark(row.created_at, row.remarks if revealed else without_numbers(row.remarks))
        for row in _rows_with_remarks(person=page.person.pk)
        if shown is None or row.created_at < shown.sealed_at
    ]


def _kin(found: Person) -> list[Kinship]:
    return _ties(person=found.pk)


_HEAVY = ("cnp", "ethnicity")
_standing_seals = Prepared(
    lambda person: PersonSeal.objects.filter(person=person, end=None).select_related("by")[:1]
)
_rows_with_remarks = Prepared(lambda person: TakenRow.objects.filter(person=person).exclude(remarks=""))
_ties = Prepared(
    lambda person: (
        Kinship.objects.filter(Q(person=person) | Q(relative=person))
        .select_related("person", "relative")
        .defer(*(f"{one}__{name}" for one in ("person", "relative") for name in _HEAVY))
    )
)
_joins = Prepared(
    lambda person: (
        PersonJoin.objects.filter(kept=person, undone_at=None)
        .select_related("by", "joined")
        .defer("what", *(f"joined__{name}" for name in _HEAVY))
    )
)
_documents = Prepared(lambda person: IdentityDocument.objects.filter(person=person))
_other_names = Prepared(lambda person: OtherName.objects.filter(person=person))
_lived = Asked(
    lambda user, person: (
        Membership.objects.visible_to(user)
        .filter(person=person)
        .select_related("household")
        .defer("household__safe_contact")
        .order_by("-start")
    )
)
_seen = Asked(lambda user, keys: Person.objects.visible_to(user).filter(pk__in=keys).values_list("pk"))
_corrections = Asked(
    lambda user, person: SubjectRequest.objects.visible_to(user).filter(
        person=person, kind=RequestKind.RECTIFICATION
    )
)


def _record(page: PersonPage, what: str) -> HttpResponse:
    found, home = page.person, page.home
    may_change = page.allows(Capability.EDIT_PEOPLE)
    page.read(what, household=home.pk if home else None)
    kin = _kin(found)
    # By their identifiers: joined to kinship, the database would read the whole register.
    relatives = {key for tie in kin for key in (tie.person_id, tie.relative_id)}
    visible = {key for (key,) in _seen(page.user, keys=relatives)}
    return page.show(
        "person",
        person=found,
        home=home,
        other_questionnaires=other_questionnaires(page.user, home, [found]) if home else [],
        consents=consents_of_person(page.user, found),
        cnp=found.cnp if what == "reveal_cnp" else "",
        documents=_documents(person=found.pk),
        other_names=_other_names(person=found.pk),
        remarks=_remarks(page, revealed=what == "reveal_cnp"),
        kin=kin,
        visible=visible,
        households=hidden_from(page.user).as_seen(_lived(page.user, person=found.pk)),
        may_change=may_change,
        corrections=_corrections(page.user, person=found.pk),
        likely=likely_files(page.user, found) if may_change else [],
        joins=_joins(person=found.pk),
        may_reveal=_may_reveal(page),
        may_see_trail=may_see_trail(page.user, found.keeper_id),
        may_seal=may_seal_person(page.user, found),
        seal=_known_seal(page),
        today=timezone.localdate(),
    )
