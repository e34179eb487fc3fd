"""Members of a household: they come, after a look at who they may already be, and they leave."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.accounts.models import User
from punte.kernel.errors import DomainError
from punte.people.actions import create_person, join_household, leave_household
from punte.people.models import Household, Membership, Person
from punte.people.search import Likely, institutions_with, likely_same
from punte.people.search.likely import LikelyReason
from punte.people.sight import hidden_from
from punte.www.frame.access import SignedIn
from punte.www.frame.form_page import FormPage
from punte.www.office.people.forms.people import LeaveForm, MemberForm, new_member
from punte.www.office.people.views.people_pages import HouseholdPage

_SOMEBODY_ELSE = "different"
_PERSON = ("family_name", "given_name", "cnp", "birth_date", "sex", "phone")


@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """A new member: first who they may already be, then, on a conscious choice, that person or a new one."""
    page = HouseholdPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    household = page.household
    living = hidden_from(request.user).living()
    members = list(living.filter(household=household).select_related("person").order_by("start", "pk"))
    begin = new_member(household, first=not members)
    form = FormPage(request, MemberForm, draft=f"member-{pk}", initial=begin)
    likely: list[Likely] = []

    def join(given: dict[str, Any]) -> Membership:
        likely.extend(_likely(request.user, given))
        if likely and not given["decision"]:
            raise DomainError(_("This person may already be in your records. Choose below."))
        return _join(request.user, household, given, likely)

    if form.attempt(join):
        _tell(request, form.made)
        return form.done("", "member_new" if "another" in request.POST else "household", pk)
    return page.ask(
        form,
        _("New member"),
        "household",
        template="office_people/member_new.html",
        button=_("Add to the household"),
        household=household,
        members=members,
        likely=likely,
        somebody_else=_SOMEBODY_ELSE,
        surely_known=any(one.reason is LikelyReason.SAME_CNP for one in likely),
        decision=request.POST.get("decision", ""),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def member_leave(request: SignedIn, pk: UUID, membership: UUID) -> HttpResponse:
    """A member no longer lives in the household."""
    page = HouseholdPage.open(request, pk, to=Capability.EDIT_PEOPLE)
    memberships = hidden_from(request.user).beyond(Membership.objects.select_related("person", "household"))
    lived = get_object_or_404(memberships, household=page.household, pk=membership)
    begin = {"end": timezone.localdate()}
    form = FormPage(request, LeaveForm, draft=f"leave-{membership}", initial=begin)
    if form.attempt(lambda given: leave_household(by=request.user, membership=lived, **given)):
        return form.done(_("Saved."), "household", pk)
    intro = _("%(person)s: the time until then stays in the record.") % {"person": lived.person}
    return page.ask(form, _("A member left the household"), intro=intro)


def _likely(user: User, said: dict[str, Any]) -> list[Likely]:
    return likely_same(user, said["family_name"], said["given_name"], said["birth_date"], said["cnp"])


def _join(user: User, household: Household, said: dict[str, Any], likely: list[Likely]) -> Membership:
    """The person that was chosen, or a new one, becomes a member; both or neither."""
    with transaction.atomic():
        if said["decision"] in ("", _SOMEBODY_ELSE):
            details = {name: said[name] for name in _PERSON}
            person = create_person(by=user, keeper=household.keeper, **details)
        else:
            person = _chosen(likely, said["decision"])
        return join_household(
            by=user, person=person, household=household, start=said["start"], relation=said["relation"]
        )


def _chosen(likely: list[Likely], decision: str) -> Person:
    chosen = next((one.person for one in likely if str(one.person.pk) == decision), None)
    if chosen is None:
        raise DomainError(_("Choose one of the people shown, or that it is somebody else."))
    return chosen


def _tell(request: SignedIn, joined: Membership) -> None:
    messages.success(request, _("%(person)s is a member of the household.") % {"person": joined.person})
    for institution in institutions_with(request.user, joined.person.cnp):
        messages.warning(
            request,
            _("A person with this CNP is in the records of another institution: %(institution)s. Ask them.")
            % {"institution": institution.name},
        )
