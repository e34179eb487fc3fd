"""What the views of this area share: reaching a record with the right to it, and a page with one form."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from punte.accounts.actions import forget_draft
from punte.accounts.enums import Capability
from punte.people.models import Household, Membership, Person
from punte.www.frame.access import SignedIn, fetch


def household_to_see(request: SignedIn, pk: UUID) -> Household:
    """A household in sight of the account, or 404."""
    visible = Household.objects.visible_to(request.user)
    return fetch(visible.select_related("uat__county", "community", "keeper__uat"), pk=pk)


def household_to_change(request: SignedIn, pk: UUID) -> Household:
    """The same, for an account that records people in the organisation that keeps it, or 403."""
    household = household_to_see(request, pk)
    _must_record(request, household.keeper_id)
    return household


def person_to_see(request: SignedIn, pk: UUID) -> Person:
    """A person in sight of the account, or 404."""
    return fetch(Person.objects.visible_to(request.user).select_related("keeper"), pk=pk)


def person_to_change(request: SignedIn, pk: UUID) -> Person:
    """The same, for an account that records people in the organisation that keeps the record, or 403."""
    person = person_to_see(request, pk)
    _must_record(request, person.keeper_id)
    return person


def home_of(request: SignedIn, person: Person) -> Household | None:
    """The household where a person lives today, if it is in sight."""
    now = Membership.objects.current().filter(person=person)
    return Household.objects.visible_to(request.user).filter(pk__in=now.values("household")).first()


@dataclass(frozen=True)
class FormPage:
    """A page with one form: its words, where its draft is kept, and where it leads back to."""

    title: Any
    button: Any
    draft: str
    back: str
    back_to: Any
    intro: Any = ""
    template: str = "office_people/form.html"

    def show(self, request: SignedIn, form: forms.BaseForm, **context: Any) -> HttpResponse:
        """The page: 200 for a first look, 422 for a form that came back."""
        status = 422 if form.is_bound and form.errors else 200
        return render(request, self.template, {"page": self, "form": form, **context}, status=status)

    def done(self, request: SignedIn) -> None:
        """What was typed is now in the record: the draft goes."""
        forget_draft(request.user, self.draft)


def _must_record(request: SignedIn, keeper: UUID) -> None:
    if not request.user.standing.may(Capability.EDIT_PEOPLE, keeper):
        raise PermissionDenied
