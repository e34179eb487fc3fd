"""What is done with a notification, each step with its own form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from punte.accounts.enums import Capability
from punte.cases.models import Case
from punte.notifications import actions
from punte.notifications.enums import OPEN
from punte.notifications.models import Notification
from punte.notifications.queries import team_members_of
from punte.notifications.routing import proposals
from punte.people.models import Household, Person
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.notifications.forms import steps
from punte.www.office.notifications.views.office import in_office
from punte.www.office.notifications.views.page import NotificationPage, notification_page

Act = Callable[..., Any]


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_triage(request: SignedIn, pk: UUID) -> HttpResponse:
    """Decide what it is and how urgent."""
    page = _to_decide(request, pk)
    found = page.notification
    initial = {
        "kind": found.kind,
        "danger": found.danger_now,
        "reasons": found.reasons,
        "judged": found.judged or "",
        "why": found.judged_why,
    }
    title, said = gettext_lazy("How urgent it is"), _("The urgency was decided.")
    return _step(page, "triage", steps.TriageForm, actions.triage_notification, title, said, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_team(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send a mobile team."""
    page = _to_decide(request, pk)
    users = team_members_of(page.notification.keeper_id)
    title, said = gettext_lazy("Send a mobile team"), _("The team is on its way.")
    return _step(page, "team", steps.TeamForm, actions.dispatch_team, title, said, users=users)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_arrived(request: SignedIn, pk: UUID) -> HttpResponse:
    """The team is there."""
    page = _under_way(request, pk)
    title, said = gettext_lazy("The team arrived"), _("It was noted that the team arrived.")
    return _step(page, "arrived", steps.ArrivedForm, actions.team_arrived, title, said)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_back(request: SignedIn, pk: UUID) -> HttpResponse:
    """The team is back."""
    page = _under_way(request, pk)
    title, said = gettext_lazy("The team is back"), _("It was noted what the team found.")
    return _step(page, "back", steps.BackForm, actions.team_back, title, said)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_check(request: SignedIn, pk: UUID) -> HttpResponse:
    """A way to the family."""
    page = _to_decide(request, pk)
    title, said = gettext_lazy("Somebody went there"), _("It was noted what was seen.")
    return _step(page, "check", steps.CheckForm, actions.check_notification, title, said)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_result(request: SignedIn, pk: UUID) -> HttpResponse:
    """What the check came to."""
    page = _to_decide(request, pk)
    abuse = list(page.notification.abuse.all())
    initial: dict[str, Any] = {"result": page.notification.result}
    for name in ("confirmed", "suspected"):
        initial[name] = [one.kind for one in abuse if one.certainty == name]
    title, said = gettext_lazy("Result of the check"), _("The result was noted.")
    return _step(page, "result", steps.ConcludeForm, actions.conclude_check, title, said, initial=initial)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_case(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open a case from it."""
    page = _to_decide(request, pk).only(to=Capability.MANAGE_CASE)
    found = page.notification
    keys = {one.household.pk for one in page.known().homes}
    if found.household_id:
        keys.add(found.household_id)
    homes = Household.objects.visible_to(page.user).filter(pk__in=keys, keeper=found.keeper_id)
    form = FormPage(
        request,
        steps.CaseForm,
        households=homes.order_by("folded_name", "pk"),
        initial={"household": found.household_id},
    )
    if form.attempt(lambda given: actions.open_case_from(by=request.user, notification=found, **given)):
        return form.done(_("The case was opened."), "case", form.made.pk)
    return page.show("case", "notification_case", form=form, homes=homes.exists())


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_send_on(request: SignedIn, pk: UUID) -> HttpResponse:
    """Send it on to the institution that is competent."""
    title, said = gettext_lazy("Send it on"), _("It was noted as sent on.")
    return _step(_to_decide(request, pk), "send_on", steps.SendOnForm, actions.send_on, title, said)


@require_http_methods(["GET", "HEAD", "POST"])
@in_office
def notification_close(request: SignedIn, pk: UUID) -> HttpResponse:
    """Close it without a case."""
    title, said = gettext_lazy("Close it"), _("It was closed.")
    return _step(_to_decide(request, pk), "close", steps.CloseForm, actions.close_notification, title, said)


@require_POST
@in_office
def notification_assign(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take it, or give it to a colleague."""
    page = _to_decide(request, pk)
    form = FormPage(request, steps.AssignForm, proposed=proposals(page.notification))
    if form.attempt(
        lambda given: actions.assign_notification(by=request.user, notification=page.notification, **given)
    ):
        said = _("It was given to %(worker)s.") % {"worker": form.form.cleaned_data["worker"]}
        return form.done(said, "notification", pk)
    return notification_page(page, worker=form)


@require_POST
@in_office
def notification_note(request: SignedIn, pk: UUID) -> HttpResponse:
    """Write a note for colleagues."""
    page = NotificationPage.open(request, pk)
    form = FormPage(request, steps.NoteForm)
    if form.attempt(
        lambda given: actions.note_notification(
            by=request.user, notification=page.notification, text=given["note"]
        )
    ):
        return form.done("", "notification", pk)
    return notification_page(page, note=form)


@require_POST
@in_office
def notification_join(request: SignedIn, pk: UUID) -> HttpResponse:
    """It is about the same as an earlier notification."""
    page = _to_decide(request, pk)
    seen = Notification.objects.visible_to(request.user)
    into = fetch(seen, pk=_key(request, "into"))
    return Press(request).tell(
        lambda: actions.join_notification(by=request.user, notification=page.notification, into=into),
        _("The two were joined; the work goes on here."),
        "notification",
        into.pk if into.state in OPEN else pk,
    )


@require_POST
@in_office
def notification_join_case(request: SignedIn, pk: UUID) -> HttpResponse:
    """It is about what a case works on already."""
    page = _to_decide(request, pk)
    case = fetch(Case.objects.visible_to(request.user), pk=_key(request, "case"))
    return Press(request).tell(
        lambda: actions.join_case(by=request.user, notification=page.notification, case=case),
        _("It was joined to the case."),
        "notification",
        pk,
    )


@require_POST
@in_office
def notification_link(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say who is meant, of those known."""
    page = _to_decide(request, pk)
    form = FormPage(
        request,
        steps.LinkForm,
        households=Household.objects.visible_to(request.user),
        people=Person.objects.visible_to(request.user),
    )
    if not form.form.is_valid():
        raise Http404
    given = form.form.cleaned_data
    notified = next((one for one in page.people if one.pk == given["notified"]), None)
    return Press(request).tell(
        lambda: actions.link_known(
            by=request.user,
            notification=page.notification,
            household=given["household"],
            person=given["person"],
            notified=notified or next((one for one in page.people if one.person_id is None), None),
        ),
        _("It was noted who is meant."),
        "notification",
        pk,
    )


@require_POST
@in_office
def notification_ours(request: SignedIn, pk: UUID) -> HttpResponse:
    """The team of a sealed case says whether it is about it."""
    page = NotificationPage.open(request, pk)
    ours = request.POST.get("answer") == "ours"
    return Press(request).tell(
        lambda: actions.answer_sought(by=request.user, notification=page.notification, ours=ours),
        _("Noted. Only the team of the case knows it."),
        "notification",
        pk,
    )


def _to_decide(request: SignedIn, pk: UUID) -> NotificationPage:
    return NotificationPage.open(request, pk, to=Capability.TRIAGE)


def _under_way(request: SignedIn, pk: UUID) -> NotificationPage:
    """For who decides on it, or is out with the team."""
    page = NotificationPage.open(request, pk)
    if not page.notification.dispatches.filter(users=request.user).exists():
        page.only(to=Capability.TRIAGE)
    return page


def _key(request: SignedIn, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as wrong:
        raise Http404 from wrong


def _step(
    page: NotificationPage,
    name: str,
    form_class: type[forms.Form],
    act: Act,
    title: str | Promise,
    said: str,
    **options: Any,
) -> HttpResponse:
    """Show the form of a step; once it is right, do it and go back to the notification."""
    found = page.notification
    form = FormPage(page.request, form_class, **options)
    if form.attempt(lambda given: act(by=page.user, notification=found, **given)):
        return form.done(said, "notification", found.pk)
    return page.show(
        "step",
        f"notification_{name}",
        form=form,
        title=title,
        button=title,
        intro="",
        back=reverse("notification", args=[found.pk]),
        back_to=_("Notification %(number)s") % {"number": found},
        draft_key="",
    )
