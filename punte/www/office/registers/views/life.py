"""What happened in the life of a household: an entry of a register, or the verb of a birth, a death or a move."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.cases.models import Case
from punte.people.actions import change_person
from punte.people.models import Household, Membership, Person
from punte.people.sight import hidden_from
from punte.registers.actions import add_entry
from punte.registers.catalogue import definitions
from punte.registers.definition import Definition
from punte.registers.models import Entry
from punte.registers.sight import Sight
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage
from punte.www.office.registers.forms.life import DeathForm, LifeEventForm
from punte.www.office.registers.views.subjects import SubjectPage


@dataclass
class LifePage(SubjectPage):
    """A household, or a case of one, in whose life something happened."""

    @property
    def household(self) -> Household:
        """Whose life it is."""
        home: Household = self.subject.household if isinstance(self.subject, Case) else self.subject
        return home

    @cached_property
    def written(self) -> list[Sight]:
        """The household and those of its members about whom the account writes."""
        return [one for one in self.sights if not isinstance(one.subject, Case) and one.may_write]

    @property
    def people(self) -> list[Person]:
        """Those members."""
        return [one.subject for one in self.written if isinstance(one.subject, Person)]

    @property
    def registers(self) -> list[Definition]:
        """The registers of life events that the account reads of any of them."""
        about = {
            sight: "person" if isinstance(sight.subject, Person) else "household" for sight in self.written
        }
        return [
            one
            for one in definitions().values()
            if one.life_event and any(kind == one.about and sight.reads(one) for sight, kind in about.items())
        ]

    @property
    def records_people(self) -> bool:
        """Whether the account says who lives here."""
        return self.user.standing.may(Capability.EDIT_PEOPLE, self.household.keeper_id)

    @cached_property
    def lived(self) -> list[Membership]:
        """Who lives here today."""
        rows = hidden_from(self.user).living().filter(household=self.household, person__died_on=None)
        return list(rows.select_related("person").order_by("person__birth_date", "pk"))


@require_http_methods(["GET", "HEAD", "POST"])
def life_event_new(request: SignedIn, kind: str, pk: UUID) -> HttpResponse:
    """Write down what happened: an event of a day, a death; a birth and a move lead on to their own pages."""
    if kind not in ("cazuri", "gospodarii"):
        raise Http404
    page = LifePage.open(request, kind, pk)
    if not page.written:
        raise PermissionDenied
    died = "death" in request.POST
    form = FormPage(
        request,
        LifeEventForm,
        draft=f"life-{pk}",
        sent=not died,
        people=page.people,
        definitions=page.registers,
    )
    death = FormPage(request, DeathForm, sent=died, people=[one.person for one in page.lived], prefix="death")
    if form.attempt(lambda given: _add(page, given)):
        return form.done(_("The event was written down."), page.url)
    if page.records_people and death.attempt(lambda given: _record_death(page, given)):
        return death.done(
            _("The death was written down; the person lives nowhere from that day on."), page.url
        )
    return page.show("life_event", "register_form", form=form, death=death)


def _add(page: LifePage, given: dict[str, Any]) -> Entry:
    definition: Definition = given["register"]
    return add_entry(
        by=page.user,
        register=definition.key,
        subject=given["person"] if definition.about == "person" else page.household,
        start=given["start"],
        given={"kind": given["kind"], "note": given["note"]},
    )


def _record_death(page: LifePage, given: dict[str, Any]) -> Person:
    person = get_object_or_404(Person, pk=given["who"].pk)
    return change_person(by=page.user, person=person, died_on=given["died_on"])
