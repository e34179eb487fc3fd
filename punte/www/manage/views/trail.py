"""What the data protection officer sees: who read and changed what, and what was opened in an emergency."""

import datetime as dt
from collections.abc import Collection
from functools import reduce
from operator import and_
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from punte.accounts.actions.appointments import APPOINT_SELF
from punte.accounts.enums import Capability
from punte.accounts.models import TrailEntry, User
from punte.accounts.queries import TrailFilter, trail_seen_by
from punte.kernel.days import is_meant
from punte.people.actions import acknowledge_emergency
from punte.people.enums import SightReason
from punte.people.models import EmergencyRequest, HouseholdSight
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import Press
from punte.www.frame.trail_lines import before_the_seal, in_words, lines
from punte.www.frame.veiled import asker, veil
from punte.www.manage.forms.accounts import TrailForm
from punte.www.manage.views.trail_about import Named, about, about_households, named

_ON_A_PAGE = 100
_EMERGENCIES = 200
_LONGEST_NUMBER = 18
sees_trail = needs(Capability.SEE_AUDIT)


@require_GET
@sees_trail
def trail(request: SignedIn) -> HttpResponse:
    """Lines of the trail, newest first, narrowed by actor, date, verb, and by whom or what case they are about."""
    actors = User.objects.filter(
        appointments__organization__in=request.user.standing.organizations(Capability.SEE_AUDIT)
    ).distinct()
    form = TrailForm(
        request.GET or None,
        actors=actors.order_by("name"),
        verbs=_verbs(),
    )
    found = TrailEntry.objects.none()
    if not form.is_bound:
        found = trail_seen_by(request.user, TrailFilter())
    elif form.is_valid():
        sought = _sought(request.user, form)
        found = trail_seen_by(request.user, sought)
        if sought.verb or sought.about is not None:
            # A search that finds what a seal hides would tell it.
            found = found.exclude(before_the_seal())
    lines = list(_after(found, request.GET.get("after", ""))[: _ON_A_PAGE + 1])
    shown = lines[:_ON_A_PAGE]
    chosen = form.cleaned_data["household"] if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "lines": _all_shown(request.user, shown),
        "older": _older(request, shown[-1]) if len(lines) > _ON_A_PAGE else "",
        "household": named(request.user, shown).households.get(chosen, "") if chosen else "",
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "manage/trail.html", context, status=status)


@require_GET
@sees_trail
def emergencies(request: SignedIn) -> HttpResponse:
    """Records opened in an emergency, those not looked at first; and roles that administrators gave themselves."""
    own = trail_seen_by(request.user, TrailFilter(verb=APPOINT_SELF))[:20]
    context = {
        "sights": _sights(request.user).order_by(
            F("seen_by_officer_at").asc(nulls_first=True), "-created_at"
        )[:_EMERGENCIES],
        "unopened": _unopened(request.user)[:_EMERGENCIES],
        "own_appointments": _all_shown(request.user, list(own)),
    }
    return render(request, "manage/emergencies.html", context)


@require_POST
@sees_trail
def acknowledge(request: SignedIn, pk: UUID) -> HttpResponse:
    """The officer has looked at an emergency opening."""
    sight = fetch(_sights(request.user), pk=pk)
    return Press(request).tell(
        lambda: acknowledge_emergency(by=request.user, sight=sight), _("Marked as seen."), "emergencies"
    )


def _sights(user: User) -> QuerySet[HouseholdSight]:
    organizations = user.standing.organizations(Capability.SEE_AUDIT)
    return HouseholdSight.objects.filter(
        why=SightReason.EMERGENCY, household__keeper__in=organizations
    ).select_related("household", "user")


def _unopened(user: User) -> QuerySet[EmergencyRequest]:
    """What was asked for and did not open: it waits for the case team, or was refused."""
    organizations = user.standing.organizations(Capability.SEE_AUDIT)
    asked = EmergencyRequest.objects.filter(household__keeper__in=organizations, granted=False)
    return asked.select_related("by", "answered_by").order_by("-created_at", "pk")


def _sought(user: User, form: TrailForm) -> TrailFilter:
    given = form.cleaned_data
    conditions = [about_households(user, [given["household"]])] if given["household"] else []
    if given["about"]:
        conditions.append(about(user, given["about"]))
    return TrailFilter(
        actor=given["actor"].pk if given["actor"] else None,
        since=given["since"],
        until=given["until"],
        verb=given["verb"],
        about=reduce(and_, conditions) if conditions else None,
    )


def _sealed_since(lines: Collection[TrailEntry]) -> set[int]:
    """Those of the lines that tell of a case that was sealed after they were written."""
    shown = TrailEntry.objects.filter(pk__in=[line.pk for line in lines])
    return set(shown.filter(before_the_seal()).values_list("pk", flat=True))


def _all_shown(user: User, lines: Collection[TrailEntry]) -> list[dict[str, Any]]:
    """What the lines may tell: of a sealed record only that somebody was there."""
    hidden = _sealed_since(lines)
    told = [line for line in lines if not (line.sealed or line.pk in hidden)]
    names = named(user, told)
    return [
        _shown(line, names) if line in told else {"at": line.at, "actor": line.actor, "sealed": True}
        for line in lines
    ]


def _shown(line: TrailEntry, names: Named) -> dict[str, Any]:
    home = line.household
    return {
        "at": line.at,
        "actor": line.actor,
        "sealed": False,
        "words": in_words(line.verb),
        "reading": line.reading,
        "household": home,
        "home": names.households.get(home, "") if home else "",
        "narrow": f"household={home}",
        "case": names.cases.get(home, "") if home else "",
        "person": names.people.get(line.person, "") if line.person else "",
        "reason": line.reason,
        "changes": line.changes,
    }


def _after(lines: QuerySet[TrailEntry], mark: str) -> QuerySet[TrailEntry]:
    moment, _separator, number = mark.rpartition("_")
    try:
        at = parse_datetime(moment)
    except ValueError:
        at = None
    if (
        at is None
        or not is_meant(at)
        or not (number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER)
    ):
        return lines
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)
    return lines.filter(Q(at__lt=at) | Q(at=at, id__lt=int(number)))


def _older(request: SignedIn, last: TrailEntry) -> str:
    """The address of the lines after one: what was asked is veiled, the place in the answer is not."""
    asked = request.GET.copy()
    asked.pop("after", None)
    mark = f"{last.at.astimezone(dt.UTC).replace(tzinfo=None).isoformat()}_{last.pk}"
    parts = [veil(asked.urlencode(), by=asker(request)), urlencode({"after": mark})]
    return "&".join(part for part in parts if part)


def _verbs() -> list[tuple[str, Any]]:
    return sorted(lines().items(), key=lambda pair: str(pair[1]))
