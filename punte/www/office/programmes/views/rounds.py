"""The yearly round of needs: opened by the county, answered by each UAT, recommended, answered again (R132, R218)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability as Can
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.programmes.actions import answer_recommendation, open_round, recommend, state_need
from punte.programmes.models import NeedsRound, Programme, UatNeed
from punte.programmes.queries import town_halls
from punte.statistics.answers import answers
from punte.statistics.models import StatedNeed
from punte.territory.models import County, Uat
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.programmes.forms.programmes import NeedAnswerForm, NeedForm, RecommendForm, RoundForm

_WHO = (Can.PLAN, Can.SEE_TOTALS)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_WHO)
def rounds(request: SignedIn) -> HttpResponse:
    """The rounds of the account's counties; a directorate opens one here."""
    planning = request.user.standing.organizations(Can.PLAN)
    kind = OrganizationKind.COUNTY_DIRECTORATE
    directorates = list(Organization.objects.filter(pk__in=planning, kind=kind).order_by("name"))
    form = None
    if directorates:
        initial = {"year": timezone.localdate().year + 1, "county": _home(directorates)}
        form = FormPage(request, RoundForm, organizations=directorates, initial=initial)
        if form.attempt(lambda given: open_round(by=request.user, **given)):
            return form.done(
                _("The round is open: each town hall of the county is asked."), "needs_round", form.made.pk
            )
    elif request.method == "POST":
        raise PermissionDenied
    return show(
        request, "office_programmes/rounds.html", rounds=_visible(request).select_related("county"), form=form
    )


@require_http_methods(["GET", "HEAD"])
@needs(*_WHO)
def needs_round(request: SignedIn, pk: UUID) -> HttpResponse:
    """What each UAT needs, with what is recommended and answered; who has said nothing yet."""
    found = fetch(_visible(request).select_related("county", "organization"), pk=pk)
    rows = list(found.needs.select_related("uat", "organization", "by"))
    said = {row.uat_id for row in rows}
    kinds = answers().kinds
    mine = town_halls(request.user, found.county_id)
    own = {one.pk for one in mine}
    today = timezone.localdate()
    silent = [
        uat for uat in Uat.objects.filter(county=found.county_id).order_by("name") if uat.pk not in said
    ]
    lines = [
        (row, kinds[row.kind].name if row.kind in kinds else row.kind, row.organization_id in own)
        for row in rows
    ]
    context: dict[str, Any] = {
        "round": found,
        "lines": lines,
        "silent": silent,
        "leads": request.user.standing.may(Can.PLAN, found.organization_id),
        "states": bool(mine) and today <= found.until,
        "over": today > found.until,
    }
    return show(request, "office_programmes/round.html", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def need_new(request: SignedIn, pk: UUID) -> HttpResponse:
    """Say, for a UAT, what it needs; what the strategy's annex says of it stands beside."""
    found = fetch(_visible(request), pk=pk)
    mine = town_halls(request.user, found.county_id)
    if not mine:
        raise PermissionDenied
    kinds = [(kind.key, kind.name) for kind in answers().kinds.values()]
    form = FormPage(request, NeedForm, organizations=mine, kinds=kinds)
    if form.attempt(lambda given: state_need(by=request.user, round=found, **given)):
        return form.done(_("Sent to the county."), "needs_round", pk)
    stated = StatedNeed.objects.filter(uat__in=[one.uat_id for one in mine]).order_by("dataset", "order")[:6]
    words = _("What your UAT needs in %(year)s.") % {"year": found.year}
    if stated:
        words += " " + _("The strategy's annex says: %(needs)s.") % {
            "needs": "; ".join(one.need for one in stated)
        }
    return form.ask(
        _("A need of the UAT"),
        back=reverse("needs_round", args=[pk]),
        back_to=_("Needs %(year)s") % {"year": found.year},
        button=_("Send to the county"),
        intro=words,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.PLAN)
def need_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """The county recommends; or the UAT answers what was recommended."""
    found = fetch(UatNeed.objects.filter(round__in=_visible(request)).select_related("round", "uat"), pk=pk)
    standing = request.user.standing
    act: Callable[..., UatNeed]
    if standing.may(Can.PLAN, found.round.organization_id) and not found.answered_at:
        form = FormPage(request, RecommendForm, initial={"recommendation": found.recommendation})
        title, act = _("Recommendation for %(uat)s"), recommend
    elif standing.may(Can.PLAN, found.organization_id):
        form = FormPage(request, NeedAnswerForm)
        title, act = _("Answer to the county, %(uat)s"), answer_recommendation
    else:
        raise PermissionDenied
    if form.attempt(lambda given: act(by=request.user, need=found, **given)):
        return form.done(_("Sent."), "needs_round", found.round_id)
    return form.ask(
        title % {"uat": found.uat},
        back=reverse("needs_round", args=[found.round_id]),
        back_to=_("Needs %(year)s") % {"year": found.round.year},
        button=_("Send"),
        intro=f"{found.why} {found.recommendation if act is answer_recommendation else ''}",
    )


def _visible(request: SignedIn) -> Any:
    standing = request.user.standing
    own = frozenset().union(*map(standing.organizations, _WHO))
    counties = County.objects.filter(uats__organizations__in=own)
    return NeedsRound.objects.filter(Q(county__in=counties) | Q(organization__in=own))


def _home(directorates: list[Organization]) -> str | None:
    """The county for which a directorate works: where it stands, else that of its strategy."""
    places = [one.uat.county_id for one in directorates if one.uat]
    programmes = Programme.objects.filter(organization__in=directorates, county__isnull=False)
    return next(iter(places), None) or programmes.values_list("county", flat=True).first()
