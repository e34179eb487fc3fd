"""Who has an account in the organisation, and as what."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from punte.accounts.actions import (
    appoint,
    change_email,
    deactivate,
    end_appointment,
    invite,
    reactivate,
    reset_second_factor,
    set_password_again,
)
from punte.accounts.enums import Capability, Deed, Role
from punte.accounts.models import Appointment, SecondPersonRequest, User
from punte.accounts.queries import accounts_managed_by, appointments_managed_by, is_managed_only_by
from punte.accounts.second_person import (
    agreed_by_second_person,
    holder_may_agree,
    holder_may_refuse,
    needs_second_person,
)
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press
from punte.www.frame.sign_in import mail_link, password_link
from punte.www.manage.forms.accounts import AppointmentForm, EmailForm, EndForm, NewUserForm, ReasonForm
from punte.www.manage.views.second_person import ask_page

_ONE_DAY = dt.timedelta(days=1)
_FORM = "manage/form.html"
_LINK = "password_link"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
manages = needs(Capability.MANAGE_ACCOUNTS)


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def new_user(request: SignedIn) -> HttpResponse:
    """Make an account; the administrator gets a link of one use to hand over."""
    form = FormPage(request, NewUserForm, by=request.user, initial=_for_institution(request))
    if form.attempt(
        lambda given: invite(
            by=request.user,
            email=given["email"],
            name=given["name"],
            profession=given["profession"],
            phone=given["phone"],
            **form.form.appointment,
        )
    ):
        _hand_over(request, form.made)
        return form.done("", "user", form.made.pk)
    return form.ask(_("New account"), template=_FORM, button=_("Make the account"), back=reverse("users"))


def _for_institution(request: SignedIn) -> dict[str, Any]:
    """What the form of a new account begins with, where it is asked for on the page of an institution."""
    named = request.GET.get("institution", "")
    looked_after = {str(pk) for pk in request.user.standing.looked_after}
    return {"organization": named, "role": Role.PARTNER} if named in looked_after else {}


@require_GET
@manages
def user(request: SignedIn, pk: UUID) -> HttpResponse:
    """One account: its appointments, and what the administrator may do with it."""
    person = _managed(request, pk)
    kept = request.session.get(_LINK)
    link, mailed = "", False
    if kept and kept["user"] == str(person.pk):
        link, mailed = kept["link"], kept.get("mailed", False)
        del request.session[_LINK]
    context = {
        "person": person,
        "link": link,
        "mailed": mailed,
        "appointments": appointments_managed_by(request.user)
        .filter(user=person)
        .select_related("organization", "team")
        .order_by("-start", "role"),
        "whole": is_managed_only_by(person, request.user),
        "second_factor": Authenticator.objects.filter(user=person, type__in=FACTORS).exists(),
        "link_to_be_asked": needs_second_person(person)
        and not agreed_by_second_person(request.user, person, Deed.SET_PASSWORD),
        "waiting": [
            (asked, _holders_address(request, asked), holder_may_agree(asked))
            for asked in person.second_person_requests.waiting().select_related("asked_by")
        ],
    }
    return render(request, "manage/user.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def new_appointment(request: SignedIn, pk: UUID) -> HttpResponse:
    """Appoint an account to one more role."""
    person = _managed(request, pk)
    form = FormPage(request, AppointmentForm, by=request.user)
    if form.attempt(lambda _given: appoint(by=request.user, user=person, **form.form.appointment)):
        return form.done(_("The role was given."), "user", pk)
    return form.ask(
        _("New role"), template=_FORM, intro=person.name, button=_("Give the role"), back=_page_of(person)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def end_appointment_page(request: SignedIn, pk: UUID) -> HttpResponse:
    """End an appointment."""
    appointment = fetch(appointments_managed_by(request.user).select_related("user", "organization"), pk=pk)
    form = FormPage(request, EndForm)
    if form.attempt(
        lambda given: end_appointment(by=request.user, appointment=appointment, end=given["until"] + _ONE_DAY)
    ):
        return form.done(_("The end of the role was set."), "user", appointment.user_id)
    return form.ask(
        _("End of the role"),
        template=_FORM,
        intro=f"{appointment.user.name} · {appointment.get_role_display()} · {appointment.organization}",
        button=_("End the role"),
        back=_page_of(appointment.user),
    )


@require_POST
@manages
def password(request: SignedIn, pk: UUID) -> HttpResponse:
    """Make a link of one use by which the person sets a new password."""
    person = _managed(request, pk)

    def again() -> None:
        organization = _organization_shared(person, request.user)
        set_password_again(by=request.user, user=person, organization=organization)
        _hand_over(request, person)

    return Press(request).tell(again, "", "user", pk)


@require_POST
@manages
def reactivate_user(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a closed account again."""
    person = _managed(request, pk)
    shared = _organization_shared(person, request.user)
    return Press(request).tell(
        lambda: reactivate(by=request.user, user=person, organization=shared),
        _("The account is open again."),
        "user",
        pk,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def password_asked(request: SignedIn, pk: UUID) -> HttpResponse:
    """Ask that a link to set the password may be made, where a second person has to agree."""
    person = _managed(request, pk)
    if not needs_second_person(person):
        return redirect("user", pk)
    return ask_page(
        request, person, _organization_shared(person, request.user), Deed.SET_PASSWORD, ReasonForm
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def second_factor(request: SignedIn, pk: UUID) -> HttpResponse:
    """Reset the second step of somebody who lost their device."""
    return _deed(
        request,
        _managed(request, pk),
        Deed.RESET_SECOND_FACTOR,
        ReasonForm,
        reset_second_factor,
        said=_("The second step was reset. At the next sign-in it must be set up again."),
        intro=_(
            "Make sure that it is really this person who asks: see them, or call them on a number you know."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@manages
def email(request: SignedIn, pk: UUID) -> HttpResponse:
    """Give the account another e-mail address."""
    return _deed(
        request,
        _managed(request, pk),
        Deed.CHANGE_EMAIL,
        EmailForm,
        change_email,
        said=_("The e-mail address was changed."),
        intro=_("The person signs in with the new address from then on, and gets links there."),
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
        said=_("The account was closed."),
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


def _hand_over(request: SignedIn, person: User) -> None:
    """Mail a link of one use where mail is set, and show it on the next page, to be handed over."""
    link = password_link(request, person)
    request.session[_LINK] = {"user": str(person.pk), "link": link, "mailed": mail_link(person, link)}


def _holders_address(request: SignedIn, asked: SecondPersonRequest) -> str:
    """Where the holder answers: it is mailed, but not everywhere is there mail."""
    if not holder_may_refuse(asked):
        return ""
    return request.build_absolute_uri(reverse("holder_agrees", kwargs={"pk": asked.pk}))


def _deed(
    request: SignedIn,
    person: User,
    deed: Deed,
    form_class: type[ReasonForm],
    verb: Callable[..., User],
    *,
    said: str,
    intro: str,
) -> HttpResponse:
    """A deed on how an account is opened: done at once, or asked for where a second person has to agree."""
    organization = _organization_shared(person, request.user)
    if needs_second_person(person):
        return ask_page(request, person, organization, deed, form_class, intro=intro)
    form = FormPage(request, form_class)
    if form.attempt(lambda given: verb(by=request.user, user=person, organization=organization, **given)):
        return form.done(said, "user", person.pk)
    return form.ask(
        str(deed.label),
        template=_FORM,
        intro=f"{person.name}. {intro}",
        button=deed.label,
        back=_page_of(person),
    )


def _with_reason(
    request: SignedIn, person: User, verb: Callable[..., User], *, title: str, said: str, **words: str
) -> HttpResponse:
    form = FormPage(request, ReasonForm)
    if form.attempt(
        lambda given: verb(
            by=request.user, user=person, organization=_organization_shared(person, request.user), **given
        )
    ):
        return form.done(said, "user", person.pk)
    words["intro"] = f"{person.name}. {words['intro']}"
    return form.ask(title, template=_FORM, back=_page_of(person), **words)
