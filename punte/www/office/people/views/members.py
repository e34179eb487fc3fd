"""Members of a household: they come, after a look at who they may already be, and they leave."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.kernel.errors import DomainError
from punte.people.actions import create_person, join_household, leave_household
from punte.people.models import Household, Membership, Person
from punte.people.search import Likely, institutions_with, likely_same
from punte.people.search.likely import LikelyReason
from punte.www.frame.access import SignedIn, attempt
from punte.www.office.people.forms.people import LeaveForm, MemberForm, new_member
from punte.www.office.people.views.desk import FormPage, household_to_change

_SOMEBODY_ELSE = "different"
_PERSON = ("family_name", "given_name", "cnp", "birth_date", "sex", "phone")


@require_http_methods(["GET", "HEAD", "POST"])
def member_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """A new member: first who they may already be, then, on a conscious choice, that person or a new one."""
    household = household_to_change(request, pk)
    members = list(Membership.objects.current().filter(household=household).select_related("person"))
    page = FormPage(
        title=_("New member"),
        button=_("Add to the household"),
        draft=f"member-{pk}",
        back=reverse("household", args=[pk]),
        back_to=household.name,
        template="office_people/member_new.html",
    )
    form = MemberForm(request.POST or None, initial=new_member(household, first=not members))
    likely: list[Likely] = []
    if request.method == "POST" and form.is_valid():
        likely = _likely(request.user, form)
        if likely and not form.cleaned_data["decision"]:
            form.add_error(None, _("This person may already be in your records. Choose below."))
        elif (joined := attempt(form, lambda: _join(request.user, household, form, likely))) is not None:
            page.done(request)
            _tell(request, joined)
            return redirect("member_new" if "another" in request.POST else "household", pk=pk)
    record_read(by=request.user, what="household", keeper=household.keeper_id, household=household.pk)
    context = {
        "household": household,
        "members": members,
        "likely": likely,
        "somebody_else": _SOMEBODY_ELSE,
        "surely_known": any(one.reason is LikelyReason.SAME_CNP for one in likely),
        "decision": request.POST.get("decision", ""),
    }
    return page.show(request, form, **context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_leave(request: SignedIn, pk: UUID, membership: UUID) -> HttpResponse:
    """A member no longer lives in the household."""
    household = household_to_change(request, pk)
    lived = get_object_or_404(
        Membership.objects.select_related("person", "household"), household=household, pk=membership
    )
    page = FormPage(
        title=_("%(person)s left the household") % {"person": lived.person},
        button=_("Save"),
        draft=f"leave-{membership}",
        back=reverse("household", args=[pk]),
        back_to=household.name,
        intro=_("The time until then stays in the record."),
    )
    form = LeaveForm(request.POST or None, initial={"end": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        left = attempt(form, lambda: leave_household(by=request.user, membership=lived, **form.cleaned_data))
        if left is not None:
            page.done(request)
            messages.success(request, _("Saved."))
            return redirect("household", pk=pk)
    return page.show(request, form)


def _likely(user: User, form: MemberForm) -> list[Likely]:
    said = form.cleaned_data
    return likely_same(user, said["family_name"], said["given_name"], said["birth_date"], said["cnp"])


def _join(user: User, household: Household, form: MemberForm, likely: list[Likely]) -> Membership:
    """The person that was chosen, or a new one, becomes a member; both or neither."""
    said = form.cleaned_data
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
