"""Who has an account in the organisation, and as what."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from punte.accounts.actions import (
    appoint,
    deactivate,
    end_appointment,
    invite,
    reactivate,
    reset_second_factor,
    set_password_again,
)
from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, User
from punte.accounts.queries import accounts_managed_by, appointments_managed_by, is_managed_only_by
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, attempt, fetch, needs
from punte.www.frame.sign_in import password_link
from punte.www.manage.forms.accounts import AppointmentForm, EndForm, NewUserForm, ReasonForm, after

_ON_A_PAGE = 50
_LINK = "password_link"
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
manages = needs(Capability.MANAGE_ACCOUNTS)


@require_GET
@manages
def users(request: SignedIn) -> HttpResponse:
    """The accounts of the organisation, by name."""
    sought = request.GET.get("q", "").strip()[:100]
    found = accounts_managed_by(request.user).annotate(
        second_factor=Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=_FACTORS))
    )
    if sought:
        found = found.filter(Q(name__icontains=sought) | Q(email__icontains=sought))
    current = appointments_managed_by(request.user).current().select_related("organization", "team")  # type: ignore[attr-defined]
    found = found.prefetch_related(Prefetch("appointments", queryset=current, to_attr="posts"))
    page = Paginator(found.order_by("-is_active", "name", "pk"), _ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "manage/users.html", {"page": page, "q": sought})


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def new_user(request: SignedIn) -> HttpResponse:
    """Make an account; the administrator gets a link of one use to hand over."""
    form = NewUserForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: invite(
                by=request.user,
                email=given["email"],
                name=given["name"],
                profession=given["profession"],
                phone=given["phone"],
                **form.appointment,
            ),
        )
        if made is not None:
            request.session[_LINK] = {"user": str(made.pk), "link": password_link(request, made)}
            return redirect("user", pk=made.pk)
    return _form_page(
        request, form, title=_("New account"), button=_("Make the account"), back=reverse("users")
    )


@require_GET
@manages
def user(request: SignedIn, pk: UUID) -> HttpResponse:
    """One account: its appointments, and what the administrator may do with it."""
    person = _managed(request, pk)
    kept = request.session.get(_LINK)
    link = ""
    if kept and kept["user"] == str(person.pk):
        link = kept["link"]
        del request.session[_LINK]
    context = {
        "person": person,
        "link": link,
        "appointments": appointments_managed_by(request.user)
        .filter(user=person)
        .select_related("organization", "team")
        .order_by("-start", "role"),
        "whole": is_managed_only_by(person, request.user),
        "second_factor": Authenticator.objects.filter(user=person, type__in=_FACTORS).exists(),
    }
    return render(request, "manage/user.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def new_appointment(request: SignedIn, pk: UUID) -> HttpResponse:
    """Appoint an account to one more role."""
    person = _managed(request, pk)
    form = AppointmentForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: appoint(by=request.user, user=person, **form.appointment))
        if made is not None:
            messages.success(request, _("The role was given."))
            return redirect("user", pk=person.pk)
    title = _("New role for %(name)s") % {"name": person.name}
    return _form_page(request, form, title=title, button=_("Give the role"), back=_page_of(person))


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def end_appointment_page(request: SignedIn, pk: UUID) -> HttpResponse:
    """End an appointment."""
    appointment = fetch(appointments_managed_by(request.user).select_related("user", "organization"), pk=pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end = after(form.cleaned_data["until"])
        assert end is not None
        done = attempt(form, lambda: end_appointment(by=request.user, appointment=appointment, end=end))
        if done is not None:
            messages.success(request, _("The end of the role was set."))
            return redirect("user", pk=appointment.user_id)
    title = _("%(name)s: end of the role") % {"name": appointment.user.name}
    return _form_page(
        request,
        form,
        title=title,
        intro=f"{appointment.get_role_display()} · {appointment.organization}",
        button=_("End the role"),
        back=_page_of(appointment.user),
    )


@require_POST
@manages
def password(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make a link of one use by which the person sets a new password."""
    person = _managed(request, pk)

    def hand_over(organization: Organization) -> None:
        set_password_again(by=request.user, user=person, organization=organization)
        request.session[_LINK] = {"user": str(person.pk), "link": password_link(request, person)}

    return _do(request, person, hand_over, "")


@require_POST
@manages
def reactivate_user(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a closed account again."""
    person = _managed(request, pk)
    return _do(
        request,
        person,
        lambda organization: reactivate(by=request.user, user=person, organization=organization),
        _("The account is open again."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def second_factor(request: SignedIn, pk: UUID) -> HttpResponse:
    """Reset the second step of somebody who lost their device."""
    return _with_reason(
        request,
        _managed(request, pk),
        reset_second_factor,
        title=_("Reset the second step"),
        intro=_(
            "Make sure that it is really this person who asks: see them, or call them on a number you know."
        ),
        button=_("Reset"),
        done=_("The second step was reset. At the next sign-in it must be set up again."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def deactivate_user(request: SignedIn, pk: UUID) -> HttpResponse:
    """Close an account."""
    return _with_reason(
        request,
        _managed(request, pk),
        deactivate,
        title=_("Close the account"),
        intro=_("The person can no longer sign in. What they wrote stays, under their name."),
        button=_("Close the account"),
        done=_("The account was closed."),
    )


def _managed(request: SignedIn, pk: UUID) -> User:
    return fetch(accounts_managed_by(request.user), pk=pk)


def _page_of(person: User) -> str:
    return reverse("user", kwargs={"pk": person.pk})


def _organization_shared(person: User, manager: User) -> Organization:
    managed = manager.standing.organizations(Capability.MANAGE_ACCOUNTS)
    latest: Appointment | None = (
        person.appointments.filter(organization__in=managed)
        .select_related("organization")
        .order_by("-start")
        .first()
    )
    assert latest is not None, "a managed account has an appointment in a managed organisation"
    return latest.organization


def _do(request: SignedIn, person: User, act: Callable[[Organization], Any], done: str) -> HttpResponse:
    try:
        act(_organization_shared(person, request.user))
    except DomainError as refused:
        messages.error(request, str(refused.message))
    else:
        if done:
            messages.success(request, done)
    return redirect("user", pk=person.pk)


def _with_reason(
    request: SignedIn,
    person: User,
    verb: Callable[..., User],
    *,
    title: str,
    intro: str,
    button: str,
    done: str,
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organization = _organization_shared(person, request.user)
        reason = form.cleaned_data["reason"]
        if attempt(
            form, lambda: verb(by=request.user, user=person, organization=organization, reason=reason)
        ):
            messages.success(request, done)
            return redirect("user", pk=person.pk)
    return _form_page(
        request, form, title=f"{title}: {person.name}", intro=intro, button=button, back=_page_of(person)
    )


def _form_page(
    request: SignedIn, form: forms.Form, *, title: str, button: str, back: str, intro: str = ""
) -> HttpResponse:
    context = {"form": form, "title": title, "intro": intro, "button": button, "back": back}
    return render(request, "manage/form.html", context, status=422 if form.is_bound else 200)
