"""Another institution is asked to let its record be read, answers, and takes back; what is shared is read here."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.accounts.verbs import record_read
from punte.cases.actions import (
    ask_sharing,
    begin_sharing,
    give_up_sharing,
    grant_sharing,
    refuse_sharing,
    revoke_sharing,
)
from punte.cases.actions.sharing import seen_indexes
from punte.cases.others_work import others_work
from punte.cases.sharings import may_ask, may_share
from punte.organizations.models import Organization
from punte.people.enums import SharingState
from punte.people.models import Household, Sharing
from punte.people.models.sharing import READ_SHARED
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, Press, show
from punte.www.office.keeping.forms.sharings import (
    GRANT,
    AnswerSharingForm,
    AskSharingForm,
    BeginSharingForm,
    WhyForm,
)
from punte.www.office.keeping.views.shared import shared_parts
from punte.www.office.keeping.views.subjects import household_of, institutions_near

_MOST_LISTED = 200


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_ask(request: SignedIn, pk: UUID, organization: UUID) -> HttpResponse:
    """Ask an institution that works with the same people to let its record be read."""
    about = household_of(request, pk)
    household: Any = about.row
    if not may_ask(request.user, household):
        raise PermissionDenied
    known = {one.organization for one in others_work(household, seen_indexes(request.user, household))}
    if organization not in known:
        raise Http404
    keeper = Organization.objects.get(pk=organization)
    form = FormPage(request, AskSharingForm, draft=f"sharing-{pk}")
    if form.attempt(lambda given: ask_sharing(by=request.user, household=household, keeper=keeper, **given)):
        return form.done(_("The request is sent. The answer stands on the household's page."), about.url)
    return form.ask(
        _("Ask to read what another institution has on record"),
        intro=_("Asked of %(keeper)s. They decide what you read and until when; the family is told.")
        % {"keeper": keeper},
        button=_("Send the request"),
        back=about.url,
        back_to=about.name,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Let another institution read parts of the record."""
    about = household_of(request, pk)
    household: Any = about.row
    if not may_share(request.user, household):
        raise PermissionDenied
    near = institutions_near(request.user, household.keeper_id)
    form = FormPage(request, BeginSharingForm, draft=f"share-{pk}", institutions=near)
    if form.attempt(lambda given: begin_sharing(by=request.user, household=household, **given)):
        return form.done(_("The institution may read what you chose, until the day you chose."), about.url)
    return form.ask(
        _("Let another institution read"),
        intro=_(
            "They read on a page of its own, within what their role reads, and nothing of violence or abuse."
        ),
        button=_("Let them read"),
        back=about.url,
        back_to=about.name,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Answer an institution that asked to read."""
    sharing = _kept(request, pk, SharingState.ASKED)
    about = household_of(request, sharing.household_id)
    form = FormPage(request, AnswerSharingForm, sharing=sharing)

    def answer(given: dict[str, Any]) -> Sharing:
        if given["decision"] != GRANT:
            return refuse_sharing(by=request.user, sharing=sharing, reason=given["answer"])
        until = given["until"] or sharing.until
        return grant_sharing(
            by=request.user, sharing=sharing, parts=given["parts"], until=until, answer=given["answer"]
        )

    if form.attempt(answer):
        return form.done(_("The answer is sent."), about.url)
    return form.ask(
        _("May they read?"),
        template="office_keeping/sharing_answer.html",
        button=_("Send the answer"),
        back=about.url,
        back_to=about.name,
        sharing=sharing,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sharing_revoke(request: SignedIn, pk: UUID) -> HttpResponse:
    """Take back what another institution was let read."""
    sharing = _kept(request, pk, SharingState.GRANTED)
    about = household_of(request, sharing.household_id)
    form = FormPage(request, WhyForm)
    if form.attempt(lambda given: revoke_sharing(by=request.user, sharing=sharing, **given)):
        return form.done(_("From now on they do not read it any more."), about.url)
    return form.ask(
        _("Take it back"),
        intro=str(sharing.organization),
        button=_("They read no more"),
        back=about.url,
        back_to=about.name,
    )


@require_POST
def sharing_give_up(request: SignedIn, pk: UUID) -> HttpResponse:
    """What was asked for, or is read, is not needed any more."""
    works_for = request.user.standing.organizations(Capability.SEE_TEAM_CASES)
    rows = Sharing.objects.filter(organization__in=works_for, own_household__isnull=False)
    sharing = fetch(rows, pk=pk)
    about = household_of(request, sharing.own_household_id)  # type: ignore[arg-type]
    if not request.user.standing.may(Capability.MANAGE_CASE, sharing.organization_id):
        raise PermissionDenied
    press = Press(request)
    said = _("It is given up.")
    return press.tell(lambda: give_up_sharing(by=request.user, sharing=sharing), said, about.url)


@require_safe
@needs(*READ_SHARED)
def shared_records(request: SignedIn) -> HttpResponse:
    """All that other institutions let this one read today."""
    rows = Sharing.objects.read_by(request.user).select_related("household__keeper", "organization")
    found = list(rows.defer("household__safe_contact").order_by("until", "pk")[:_MOST_LISTED])
    return show(request, "office_keeping/shared_records.html", rows=found)


@require_safe
def shared_record(request: SignedIn, pk: UUID) -> HttpResponse:
    """What another institution lets this one read of a household: the parts that were granted, and nothing else."""
    rows = Sharing.objects.read_by(request.user).select_related(
        "household__uat", "household__keeper", "organization"
    )
    sharing = fetch(rows.defer("household__safe_contact"), pk=pk)
    household = sharing.household
    record_read(
        by=request.user,
        what="shared_record",
        keeper=household.keeper_id,
        household=household.pk,
        subject=sharing.pk,
    )
    return show(
        request,
        "office_keeping/shared.html",
        sharing=sharing,
        household=household,
        own=_own(request, sharing),
        opened_by="",
        **shared_parts(request.user, sharing),
    )


def _kept(request: SignedIn, pk: UUID, state: SharingState) -> Sharing:
    """What is shared of a record in sight of the account, for who decides it; behind a seal there is nothing."""
    seen = Household.objects.visible_to(request.user)
    rows = Sharing.objects.open_behind().filter(household__in=seen, state=state)
    sharing = fetch(rows.select_related("household", "organization", "consent", "by"), pk=pk)
    if not may_share(request.user, sharing.household):
        raise PermissionDenied
    return sharing


def _own(request: SignedIn, sharing: Sharing) -> Household | None:
    """The record of the same people that the account sees where it works."""
    if sharing.own_household_id is None:
        return None
    return Household.objects.visible_to(request.user).filter(pk=sharing.own_household_id).first()
