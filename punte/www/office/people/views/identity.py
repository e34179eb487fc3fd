"""A person's papers, other names and relatives."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability
from punte.people.actions import (
    add_document,
    add_other_name,
    remove_document,
    remove_kinship,
    remove_other_name,
    set_kinship,
)
from punte.people.models import IdentityDocument, Kinship, OtherName, Person
from punte.people.search import find_people
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.people.forms.people import DocumentForm, KinshipForm, OtherNameForm
from punte.www.office.people.views.people_pages import PersonPage


@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Record a paper."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    form = FormPage(request, DocumentForm, draft=f"document-{pk}")
    if form.attempt(lambda given: add_document(by=request.user, person=page.person, **given)):
        return form.done(_("Saved."), "person", pk)
    return page.ask(form, _("New paper"))


@require_POST
def document_remove(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """Take away a paper."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    paper = get_object_or_404(IdentityDocument, person=page.person, pk=document)
    said = _("The paper was taken out of the record.")
    return Press(request).tell(lambda: remove_document(by=request.user, document=paper), said, "person", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def other_name_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Record a name by which the person is known besides today's."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    form = FormPage(request, OtherNameForm, draft=f"other-name-{pk}")
    if form.attempt(lambda given: add_other_name(by=request.user, person=page.person, **given)):
        return form.done(_("Saved."), "person", pk)
    return page.ask(form, _("Another name"), intro=_("The person is found by it too."))


@require_POST
def other_name_remove(request: SignedIn, pk: UUID, name: UUID) -> HttpResponse:
    """Take away a name that was kept by mistake."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    other = get_object_or_404(OtherName, person=page.person, pk=name)
    said = _("The name was taken out of the record.")
    return Press(request).tell(lambda: remove_other_name(by=request.user, name=other), said, "person", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def kinship_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Record a relative: somebody of the household, or somebody found by name."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    text = request.GET.get("q", "").strip()
    form = FormPage(request, KinshipForm, draft=f"kinship-{pk}", candidates=_candidates(page, text))
    if form.attempt(lambda given: set_kinship(by=request.user, person=page.person, **given)):
        return form.done(_("Saved."), "person", pk)
    return page.ask(
        form, _("New relative"), template="office_people/kinship_new.html", person=page.person, text=text
    )


@require_POST
def kinship_remove(request: SignedIn, pk: UUID, kinship: UUID) -> HttpResponse:
    """Take away a relative that was recorded by mistake."""
    page = PersonPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    kin = get_object_or_404(Kinship, person=page.person, pk=kinship)
    said = _("The relative was taken out of the record.")
    return Press(request).tell(lambda: remove_kinship(by=request.user, kinship=kin), said, "person", pk)


def _candidates(page: PersonPage, text: str) -> list[Person]:
    if text:
        found = find_people(page.user, text, limit=10)
        return [one.person for one in found if one.person.pk != page.person.pk]
    home = page.home
    if home is None:
        return []
    together = hidden_from(page.user).living().filter(household=home).exclude(person=page.person)
    return list(Person.objects.filter(memberships__in=together))
