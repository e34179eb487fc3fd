"""The record of a person."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.people.actions import change_person
from punte.people.models import Kinship, Membership, Person
from punte.www.frame.access import SignedIn, attempt, needs
from punte.www.office.people.forms.people import PersonChangeForm, of_person
from punte.www.office.people.views.desk import FormPage, home_of, person_to_change, person_to_see
from punte.www.office.people.views.record import may_see_trail

REVEALING = (Capability.EDIT_PEOPLE, Capability.INTERVENE)
"""Those who work with a person may read the CNP; a trainee may not."""


@require_safe
def person(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who a person is, their papers, relatives and households in time; the CNP covered."""
    return _record(request, person_to_see(request, pk), what="person")


@require_POST
@needs(*REVEALING)
def person_cnp(request: SignedIn, pk: UUID) -> HttpResponse:
    """The same with the CNP readable; the trail says who looked."""
    found = person_to_see(request, pk)
    if not _may_reveal(request, found):
        raise PermissionDenied
    return _record(request, found, what="reveal_cnp")


@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: SignedIn, pk: UUID) -> HttpResponse:
    """Everything that is kept of a person."""
    found = person_to_change(request, pk)
    page = FormPage(
        title=_("Change the person's details"),
        button=_("Save"),
        draft=f"person-{pk}",
        back=reverse("person", args=[pk]),
        back_to=str(found),
    )
    form = PersonChangeForm(request.POST or None, initial=of_person(found))
    if request.method == "POST" and form.is_valid():
        fresh = get_object_or_404(Person, pk=pk)
        saved = attempt(form, lambda: change_person(by=request.user, person=fresh, **form.cleaned_data))
        if saved is not None:
            page.done(request)
            messages.success(request, _("Saved."))
            return redirect("person", pk=pk)
    record_read(by=request.user, what="person_form", keeper=found.keeper_id, person=found.pk)
    return page.show(request, form)


def _may_reveal(request: SignedIn, found: Person) -> bool:
    """By the role with the keeper; who sees the person without a role there was given sight for their work."""
    standing = request.user.standing
    known = found.keeper_id if standing.may(Capability.SEE_PEOPLE, found.keeper_id) else None
    return any(standing.may(one, known) for one in REVEALING)


def _record(request: SignedIn, found: Person, *, what: str) -> HttpResponse:
    home = home_of(request, found)
    record_read(
        by=request.user,
        what=what,
        keeper=found.keeper_id,
        person=found.pk,
        household=home.pk if home else None,
    )
    lived = Membership.objects.visible_to(request.user).filter(person=found)
    kin = Kinship.objects.filter(Q(person=found) | Q(relative=found))
    visible = set(
        Person.objects.visible_to(request.user)
        .filter(Q(relatives__relative=found) | Q(relative_of__person=found))
        .values_list("pk", flat=True)
    )
    context = {
        "person": found,
        "home": home,
        "cnp": found.cnp if what == "reveal_cnp" else "",
        "documents": found.documents.all(),
        "kin": kin.select_related("person", "relative").defer(
            "person__cnp", "person__ethnicity", "relative__cnp", "relative__ethnicity"
        ),
        "visible": visible,
        "households": lived.select_related("household").defer("household__safe_contact").order_by("-start"),
        "may_change": request.user.standing.may(Capability.EDIT_PEOPLE, found.keeper_id),
        "may_reveal": _may_reveal(request, found),
        "may_see_trail": may_see_trail(request.user, found.keeper_id),
        "today": timezone.localdate(),
    }
    return render(request, "office_people/person.html", context)
