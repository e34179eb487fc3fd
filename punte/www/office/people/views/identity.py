"""A person's papers and relatives."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from punte.people.actions import add_document, remove_document, remove_kinship, set_kinship
from punte.people.models import IdentityDocument, Kinship, Membership, Person
from punte.people.search import find_people
from punte.www.frame.access import SignedIn, attempt
from punte.www.office.people.forms.people import DocumentForm, KinshipForm
from punte.www.office.people.views.desk import FormPage, home_of, person_to_change


@require_http_methods(["GET", "HEAD", "POST"])
def document_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Record a paper."""
    person = person_to_change(request, pk)
    page = FormPage(
        title=_("New paper"),
        button=_("Save"),
        draft=f"document-{pk}",
        back=reverse("person", args=[pk]),
        back_to=str(person),
    )
    form = DocumentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: add_document(by=request.user, person=person, **form.cleaned_data))
        if made is not None:
            page.done(request)
            messages.success(request, _("Saved."))
            return redirect("person", pk=pk)
    return page.show(request, form)


@require_POST
def document_remove(request: SignedIn, pk: UUID, document: UUID) -> HttpResponse:
    """Take away a paper."""
    person = person_to_change(request, pk)
    remove_document(by=request.user, document=get_object_or_404(IdentityDocument, person=person, pk=document))
    messages.success(request, _("The paper was taken out of the record."))
    return redirect("person", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def kinship_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Record a relative: somebody of the household, or somebody found by name."""
    person = person_to_change(request, pk)
    text = request.GET.get("q", "").strip("\0 ")
    page = FormPage(
        title=_("New relative"),
        button=_("Save"),
        draft=f"kinship-{pk}",
        back=reverse("person", args=[pk]),
        back_to=str(person),
        template="office_people/kinship_new.html",
    )
    form = KinshipForm(request.POST or None, candidates=_candidates(request, person, text))
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: set_kinship(by=request.user, person=person, **form.cleaned_data))
        if made is not None:
            page.done(request)
            messages.success(request, _("Saved."))
            return redirect("person", pk=pk)
    return page.show(request, form, person=person, text=text)


@require_POST
def kinship_remove(request: SignedIn, pk: UUID, kinship: UUID) -> HttpResponse:
    """Take away a relative that was recorded by mistake."""
    person = person_to_change(request, pk)
    remove_kinship(by=request.user, kinship=get_object_or_404(Kinship, person=person, pk=kinship))
    messages.success(request, _("The relative was taken out of the record."))
    return redirect("person", pk=pk)


def _candidates(request: SignedIn, person: Person, text: str) -> list[Person]:
    if text:
        return [one.person for one in find_people(request.user, text, limit=10) if one.person.pk != person.pk]
    home = home_of(request, person)
    if home is None:
        return []
    together = Membership.objects.current().filter(household=home).exclude(person=person)
    return list(Person.objects.filter(memberships__in=together))
