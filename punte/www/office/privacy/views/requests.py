"""Requests of people about their own data: taken in, listed, read."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.people.actions import take_in_request
from punte.people.enums import RequestState
from punte.people.models import Person, SubjectRequest
from punte.people.search import people_kept_and_called
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage
from punte.www.office.privacy.forms.requests import RequestForm, WhoseForm

_SHOWN = 200
_FOUND = 20
keeps_privacy = needs(Capability.KEEP_PRIVACY)


@require_safe
@keeps_privacy
def subject_requests(request: SignedIn) -> HttpResponse:
    """The requests of the officer's institutions: those that wait, the soonest first, then the settled ones."""
    rows = SubjectRequest.objects.kept_by(request.user).select_related("person")
    waiting = rows.filter(state=RequestState.OPEN).order_by("due_on", "pk")
    settled = rows.exclude(state=RequestState.OPEN).order_by("-answered_on", "-pk")
    context = {
        "waiting": waiting[:_SHOWN],
        "settled": settled[:_SHOWN],
        "today": timezone.localdate(),
    }
    return render(request, "office_privacy/subject_requests.html", context)


@require_safe
@keeps_privacy
def subject_request_whose(request: SignedIn) -> HttpResponse:
    """Whose data a request is about: found by name among the people of the officer's institutions."""
    form = WhoseForm(request.GET or None)
    keepers = request.user.standing.organizations(Capability.KEEP_PRIVACY)
    sought = form.cleaned_data["about"] if form.is_bound and form.is_valid() else ""
    found = people_kept_and_called(list(keepers), sought, limit=_FOUND) if sought else []
    people = Person.objects.filter(pk__in=found).defer("cnp", "ethnicity").order_by("family_name", "pk")
    context = {"form": form, "people": people, "sought": sought}
    return render(request, "office_privacy/subject_request_whose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.KEEP_PRIVACY, Capability.EDIT_PEOPLE)
def subject_request_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """A request is taken in: by the officer, or by whoever writes the records where the person came to."""
    keepers = request.user.standing.organizations(Capability.KEEP_PRIVACY)
    people = Person.objects.filter(keeper__in=keepers) | Person.objects.visible_to(request.user)
    person = fetch(people, pk=pk)
    if not any(
        request.user.standing.may(one, person.keeper_id)
        for one in (Capability.KEEP_PRIVACY, Capability.EDIT_PEOPLE)
    ):
        raise PermissionDenied
    form = FormPage(request, RequestForm, draft=f"subject-request-{pk}")
    if form.attempt(lambda given: take_in_request(by=request.user, person=person, **given)):
        return form.done(_("The request is taken in."), "subject_request", form.made.pk)
    record_read(by=request.user, what="subject_request_new", keeper=person.keeper_id, person=person.pk)
    looks_after = request.user.standing.may(Capability.KEEP_PRIVACY)
    return form.ask(
        _("A request about one's own data"),
        intro=_(
            "Answered within a month. Who asks for somebody else, a parent too, is not told where the person lives,"
            " goes to school or is reached."
        ),
        button=_("Take in the request"),
        back=reverse("subject_requests") if looks_after else reverse("person", args=[pk]),
        back_to=_("Requests about data") if looks_after else person,
    )


@require_safe
def subject_request(request: SignedIn, pk: UUID) -> HttpResponse:
    """One request, with what may be done about it."""
    found = seen(request, pk)
    record_read(
        by=request.user, what="subject_request", keeper=found.keeper_id, person=found.person_id, subject=pk
    )
    settles = may_settle(request, found)
    context: dict[str, Any] = {
        "asked": found,
        "settles": settles,
        "gives_file": settles and found.is_open and found.kind == "access",
        "corrects": found.is_rectification
        and request.user.standing.may(Capability.EDIT_PEOPLE, found.keeper_id),
        "late": found.is_open and found.due_on < timezone.localdate(),
    }
    return render(request, "office_privacy/subject_request.html", context)


def seen(request: SignedIn, pk: UUID) -> SubjectRequest:
    """A request that the account reads, or 404."""
    rows = SubjectRequest.objects.visible_to(request.user)
    return fetch(rows.select_related("person__keeper", "keeper", "received_by", "answered_by"), pk=pk)


def may_settle(request: SignedIn, found: SubjectRequest) -> bool:
    """Whether the account answers it."""
    return request.user.standing.may(Capability.KEEP_PRIVACY, found.keeper_id)
