"""The page of who looks after people's data: what runs, what is due, and what should be asked about."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment, ConfidentialityPromise, DataBreach, TrailEntry, User
from punte.accounts.privacy import privacy as said
from punte.accounts.retention import over
from punte.accounts.verbs import record_read
from punte.cases.untied_reads import untied_reads
from punte.kernel.office_rules import looking
from punte.people.enums import RequestState, SightReason
from punte.people.models import Consent, HouseholdSight, SubjectRequest
from punte.people.purposes import purpose_in_words
from punte.www.frame.access import SignedIn
from punte.www.frame.trail_lines import in_words
from punte.www.office.privacy.views.requests import keeps_privacy

_EXPORTS = ("list_file", "make_own_file", "tell_who_looked", "research_export")
_SHOWN = 20


@require_safe
@keeps_privacy
def privacy(request: SignedIn) -> HttpResponse:
    """Requests, breaches, openings, reads without a tie, files taken along, consents, what is over, promises."""
    user, today = request.user, timezone.localdate()
    keepers = user.standing.organizations(Capability.KEEP_PRIVACY)
    for keeper in sorted(keepers):
        record_read(by=user, what="privacy", keeper=keeper)
    asked = SubjectRequest.objects.kept_by(user).filter(state=RequestState.OPEN).order_by("due_on", "pk")
    openings = HouseholdSight.objects.filter(why=SightReason.EMERGENCY, household__keeper__in=keepers)
    context: dict[str, Any] = {
        "today": today,
        "asked": asked[:_SHOWN],
        "breaches": DataBreach.objects.filter(organization__in=keepers)[:_SHOWN],
        "unseen": openings.filter(seen_by_officer_at=None).count(),
        "untied": untied_reads(user)[:_SHOWN],
        "untied_days": looking("untied_reads").days,
        "exports": [_export(line) for line in _exports(keepers)[:_SHOWN]],
        "consents": _ending(keepers, today),
        "over": sum(one.rows for one in over(today) if one.keeper in keepers),
        "without_promise": _without_promise(keepers)[:_SHOWN],
        "promise": said().promise,
    }
    return render(request, "office_privacy/privacy.html", context)


def _exports(keepers: Any) -> Any:
    """Files that were taken along by whoever works in the institutions; nothing of what is sealed."""
    workers = Appointment.objects.filter(organization__in=keepers).values("user")
    about = Q(keeper__in=keepers) | Q(keeper=None, actor__in=workers)
    lines = TrailEntry.objects.filter(about, verb__in=_EXPORTS, sealed=False)
    return lines.select_related("actor").order_by("-at", "-id")


def _export(line: TrailEntry) -> dict[str, Any]:
    return {
        "at": line.at,
        "who": line.actor.name,
        "what": in_words(line.verb),
        "rows": line.changes.get("rows"),
        "names": line.changes.get("names", line.verb != "research_export"),
        "reason": line.reason if line.verb in ("list_file", "research_export") else "",
    }


def _ending(keepers: Any, today: dt.date) -> list[tuple[str, int]]:
    """How many consents end soon, by what they are for; whose they are stands on the records."""
    rows = Consent.objects.standing(today).filter(keeper__in=keepers, end__lte=today + looking("consents"))
    counted = rows.order_by("purpose").values("purpose").annotate(number=Count("pk"))
    return [(purpose_in_words(one["purpose"]), one["number"]) for one in counted]


def _without_promise(keepers: Any) -> Any:
    promised = ConfidentialityPromise.objects.filter(version=said().promise.version).values("user")
    at_work = Appointment.objects.current().filter(organization__in=keepers).values("user")
    return User.objects.filter(pk__in=at_work, is_active=True).exclude(pk__in=promised).order_by("name", "pk")
