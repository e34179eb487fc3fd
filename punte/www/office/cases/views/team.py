"""Who works on a case: the responsible worker, the team, the seal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import Team, User
from punte.cases.actions import (
    add_team_member,
    assign_case,
    remove_team_member,
    seal_case,
    unseal_case,
)
from punte.cases.models import Responsibility
from punte.fieldwork.models import FieldPermit
from punte.kernel.errors import DomainError
from punte.www.frame.access import SignedIn, attempt
from punte.www.office.cases.forms.choices import staff_of, team_choices
from punte.www.office.cases.forms.course import AssignForm, ReasonForm, TeamMemberForm, chosen
from punte.www.office.cases.forms.inputs import staff_choices
from punte.www.office.cases.views.desk import Desk, open_desk


@require_safe
def case_team(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who works on the case, and who did."""
    return _page(open_desk(request, pk))


@require_http_methods(["POST"])
def case_assign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give the case to a worker."""
    desk = open_desk(request, pk, to=Capability.ASSIGN)
    form = _assign_form(desk, request.POST)
    if form.is_valid() and attempt(form, lambda: _assign(desk, form.cleaned_data)) is not None:
        messages.success(request, _("The case has a new responsible worker."))
        onward = request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()}):
            return redirect(onward)
        return redirect("case_team", pk=pk)
    return _page(desk, assign=form, status=422)


@require_http_methods(["POST"])
def case_team_add(request: SignedIn, pk: UUID) -> HttpResponse:
    """Bring a colleague into the team of the case."""
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE)
    form = _member_form(desk, request.POST)
    if form.is_valid() and attempt(form, lambda: _add(desk, form.cleaned_data)):
        messages.success(request, _("The colleague now works on the case and sees it."))
        return redirect("case_team", pk=pk)
    return _page(desk, member=form, status=422)


@require_http_methods(["POST"])
def case_team_remove(request: SignedIn, pk: UUID, user: UUID) -> HttpResponse:
    """Take a colleague out of the team of the case."""
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE)
    row = desk.case.members.current().filter(user=user).select_related("user").first()
    if row is None:
        return redirect("case_team", pk=pk)
    try:
        remove_team_member(by=request.user, case=desk.case, user=row.user)
    except DomainError as refused:
        return _page(desk, refused=refused, status=422)
    messages.success(request, _("The colleague no longer works on the case."))
    # Who leaves a sealed case no longer sees it.
    return redirect("cases") if row.user == request.user else redirect("case_team", pk=pk)


@require_http_methods(["POST"])
def case_seal(request: SignedIn, pk: UUID) -> HttpResponse:
    """Seal the case: from now on only its team sees it."""
    return _with_reason(request, pk, seal_case, _("The case is sealed: only its team sees it."))


@require_http_methods(["POST"])
def case_unseal(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a sealed case to those who would see any other."""
    return _with_reason(request, pk, unseal_case, _("The case is no longer sealed."))


def _with_reason(request: SignedIn, pk: UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    desk = open_desk(request, pk, to=Capability.MANAGE_CASE)
    form = ReasonForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt(form, lambda: act(by=request.user, case=desk.case, reason=reason) or True):
            messages.success(request, said)
            return redirect("case_team", pk=pk)
    return _page(desk, seal=form, status=422)


def _assign(desk: Desk, clean: dict[str, Any]) -> Responsibility:
    team = chosen(clean, "team")
    return assign_case(
        by=desk.user,
        case=desk.case,
        responsible=User.objects.get(pk=chosen(clean, "responsible")),
        team=Team.objects.get(pk=team) if team else None,
    )


def _add(desk: Desk, clean: dict[str, Any]) -> bool:
    if clean["user"]:
        colleague = User.objects.filter(pk=chosen(clean, "user")).first()
    else:
        colleague = User.objects.filter(email__iexact=clean["email"], is_active=True).first()
    if colleague is None:
        raise DomainError(_("There is no account with this e-mail. Ask the administrator."), field="email")
    add_team_member(by=desk.user, case=desk.case, user=colleague, part=clean["part"])
    return True


def _assign_form(desk: Desk, data: Any = None) -> AssignForm:
    staff = staff_of(desk.case.keeper_id, Capability.MANAGE_CASE)
    teams = team_choices(desk.case.keeper_id, _("Unchanged"))
    return AssignForm(data, staff=staff_choices(staff, _("Choose")), teams=teams, prefix=None)


def _member_form(desk: Desk, data: Any = None) -> TeamMemberForm:
    staff = staff_of(desk.case.keeper_id, Capability.INTERVENE)
    return TeamMemberForm(data, staff=staff_choices(staff, _("Choose")))


def _page(
    desk: Desk,
    *,
    assign: forms.Form | None = None,
    member: forms.Form | None = None,
    seal: forms.Form | None = None,
    refused: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    working = desk.case.open
    return desk.show(
        "team",
        "case_team",
        status=status,
        assign=assign or (_assign_form(desk) if working and desk.may["assign"] else None),
        member=member or (_member_form(desk) if working and desk.may["manage_case"] else None),
        seal=seal or ReasonForm(auto_id="seal_%s"),
        failed=next((form for form in (assign, member, seal) if form is not None), None),
        refused=refused,
        permit=FieldPermit.objects.current().filter(case=desk.case).first() if desk.case.sealed else None,
        team=list(desk.case.members.current().select_related("user")),
        history=list(desk.case.responsibilities.select_related("user").order_by("-start", "-id")),
    )
