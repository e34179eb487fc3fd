"""Who works on a case: the responsible worker, the team, the seal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

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
from punte.cases.caseload import Loads, warning_of_load
from punte.cases.models import CaseSeal, Responsibility
from punte.fieldwork.models import FieldPermit
from punte.kernel.errors import DomainError
from punte.www.frame.access import SignedIn
from punte.www.frame.case_page import CasePage
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.cases.forms.choices import staff_of, team_choices
from punte.www.office.cases.forms.course import AssignForm, ReasonForm, TeamMemberForm, chosen
from punte.www.office.cases.forms.inputs import staff_choices


@require_safe
def case_team(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who works on the case, and who did."""
    return _page(CasePage.open(request, pk))


@require_http_methods(["POST"])
def case_assign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give the case to a worker."""
    page = CasePage.open(request, pk, to=Capability.ASSIGN)
    form = _assign_form(page)
    if form.attempt(lambda given: _assign(page, given)):
        onward = request.POST.get("next", "")
        known = url_has_allowed_host_and_scheme(onward, allowed_hosts={request.get_host()})
        warning = warning_of_load(form.made.user, [page.case])
        return form.done(
            f"{_('The case has a new responsible worker.')} {warning}".strip(),
            *([onward] if known else ["case_team", pk]),
            level=messages.WARNING if warning else messages.SUCCESS,
        )
    return _page(page, assign=form)


@require_http_methods(["POST"])
def case_team_add(request: SignedIn, pk: UUID) -> HttpResponse:
    """Bring a colleague into the team of the case."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    form = _member_form(page)
    if form.attempt(lambda given: _add(page, given)):
        return form.done(_("The colleague now works on the case and sees it."), "case_team", pk)
    return _page(page, member=form)


@require_http_methods(["POST"])
def case_team_remove(request: SignedIn, pk: UUID, user: UUID) -> HttpResponse:
    """Take a colleague out of the team of the case."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    row = page.case.members.current().filter(user=user).select_related("user").first()
    if row is None:
        return redirect("case_team", pk=pk)
    press = Press(request)
    if press.attempt(lambda: remove_team_member(by=request.user, case=page.case, user=row.user)):
        # Who leaves a sealed case no longer sees it.
        onward = ["cases"] if row.user == request.user else ["case_team", pk]
        return press.done(_("The colleague no longer works on the case."), *onward)
    return _page(page, refused=press)


@require_http_methods(["POST"])
def case_seal(request: SignedIn, pk: UUID) -> HttpResponse:
    """Seal the case: from now on only its team sees it."""
    return _with_reason(request, pk, seal_case, _("The case is sealed: only its team sees it."))


@require_http_methods(["POST"])
def case_unseal(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a sealed case to those who would see any other."""
    return _with_reason(request, pk, unseal_case, _("The case is no longer sealed."))


def _with_reason(request: SignedIn, pk: UUID, act: Callable[..., Any], said: str) -> HttpResponse:
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    form = FormPage(request, ReasonForm)
    if form.attempt(lambda given: act(by=request.user, case=page.case, **given)):
        return form.done(said, "case_team", pk)
    return _page(page, seal=form)


def _standing_seal(page: CasePage) -> CaseSeal | None:
    if not page.case.sealed:
        return None
    return page.case.seals.filter(end=None).select_related("by").first()


def _assign(page: CasePage, given: dict[str, Any]) -> Responsibility:
    team = chosen(given, "team")
    return assign_case(
        by=page.user,
        case=page.case,
        responsible=User.objects.get(pk=chosen(given, "responsible")),
        team=Team.objects.get(pk=team) if team else None,
    )


def _add(page: CasePage, given: dict[str, Any]) -> None:
    if given["user"]:
        colleague = User.objects.filter(pk=chosen(given, "user")).first()
    else:
        colleague = User.objects.filter(email__iexact=given["email"], is_active=True).first()
    if colleague is None:
        raise DomainError(_("There is no account with this e-mail. Ask the administrator."), field="email")
    add_team_member(by=page.user, case=page.case, user=colleague, part=given["part"])


def _assign_form(page: CasePage, *, sent: bool = True) -> FormPage:
    loads = Loads.read([page.case.keeper_id])
    workers = staff_of(page.case.keeper_id, Capability.MANAGE_CASE)
    staff = [("", _("Choose")), *(loads.choice(user, case=page.case) for user in workers)]
    teams = team_choices(page.case.keeper_id, _("Unchanged"))
    return FormPage(page.request, AssignForm, sent=sent, staff=staff, teams=teams)


def _member_form(page: CasePage, *, sent: bool = True) -> FormPage:
    staff = staff_choices(staff_of(page.case.keeper_id, Capability.INTERVENE), _("Choose"))
    return FormPage(page.request, TeamMemberForm, sent=sent, staff=staff)


def _page(
    page: CasePage,
    *,
    assign: FormPage | None = None,
    member: FormPage | None = None,
    seal: FormPage | None = None,
    refused: Press | None = None,
) -> HttpResponse:
    working = page.case.open
    return page.show(
        "team",
        "case_team",
        assign=assign or (_assign_form(page, sent=False) if working and page.may["assign"] else None),
        member=member or (_member_form(page, sent=False) if working and page.may["manage_case"] else None),
        seal=seal or ReasonForm(auto_id="seal_%s"),
        refused=refused,
        standing=_standing_seal(page),
        permit=FieldPermit.objects.current().filter(case=page.case).first() if page.case.sealed else None,
        team=list(page.case.members.current().select_related("user")),
        history=list(page.case.responsibilities.select_related("user").order_by("-start", "-id")),
    )
