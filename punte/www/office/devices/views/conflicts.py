"""What was said differently in the field and in the record: what waits, and one of them to settle."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.cases.trail import case_of
from punte.fieldwork.actions.conflicts import keep_record, take_from_device
from punte.fieldwork.conflicts import GuestConflict, HouseholdConflict, PlanConflict, conflict_of
from punte.fieldwork.models import FieldConflict
from punte.kernel.errors import NotAllowed
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.asked import number_in
from punte.www.frame.form_page import Press, show
from punte.www.office.devices.views.sides import assessment_sides, household_sides, plan_sides

_PER_PAGE = 25
_DEVICE = "device"


@require_safe
@needs(Can.ASSESS)
def field_conflicts(request: SignedIn) -> HttpResponse:
    """What waits to be settled, the oldest first; then what was settled."""
    seen = (
        FieldConflict.objects.visible_to(request.user)
        .select_related("entry__device__owner", "household", "settled_by")
        .defer("theirs", "mine", "household__safe_contact")
    )
    settled = seen.filter(settled_at__isnull=False).order_by("-settled_at", "-id")
    page = Paginator(settled, _PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "office_devices/conflicts.html", {"waiting": seen.open(), "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.ASSESS)
def field_conflict(request: SignedIn, pk: UUID) -> HttpResponse:
    """Both sides, and which of them shall stand."""
    seen = FieldConflict.objects.visible_to(request.user)
    conflict = fetch(seen.select_related("entry__device__owner", "household__keeper", "settled_by"), pk=pk)
    press = Press(request)
    if request.method == "POST" and press.attempt(lambda: _settle(request, conflict)):
        return press.done(_("Settled. What the device sent stays on record as it came."), "field_conflicts")
    return _page(conflict, press)


def _settle(request: SignedIn, conflict: FieldConflict) -> None:
    kind = conflict_of(conflict)
    fields = _chosen(request, kind.fields) if isinstance(kind, HouseholdConflict) else ()
    whole = isinstance(kind, PlanConflict | GuestConflict) and request.POST.get("plan") == _DEVICE
    take = bool(fields) or whole
    act: Callable[..., Any] = take_from_device if take else keep_record
    given = (
        {"revision": number_in(request.POST.get("revision"), otherwise=-1), "fields": fields} if take else {}
    )
    act(by=request.user, conflict=conflict, **given)


def _chosen(request: SignedIn, fields: Any) -> list[str]:
    return [name for name in fields if request.POST.get(f"field-{name}") == _DEVICE]


def _page(conflict: FieldConflict, press: Press) -> HttpResponse:
    request, household = press.request, conflict.household
    record_read(
        by=request.user,
        what="field_conflict",
        keeper=household.keeper_id,
        household=household.pk,
        subject=conflict.pk,
        case=case_of(household.pk),
        sealed=household.sealed,
    )
    said = conflict_of(conflict)
    context: dict[str, Any] = {
        "conflict": conflict,
        "household": household,
        "refused": press,
        "leave": household.sealed,
        "fields": (),
        "plan": None,
        "assessments": None,
        "sides": None,
    }
    if isinstance(said, HouseholdConflict):
        chosen = _chosen(request, said.fields)
        context |= {"fields": household_sides(said, household), "chosen": chosen}
    elif isinstance(said, PlanConflict):
        context["plan"] = plan = plan_sides(said, request.user)
        context["leave"] = context["leave"] or plan.sensitive
    elif isinstance(said, GuestConflict):
        context["sides"] = both = said.told_to(request.user)
        context["leave"] = context["leave"] or (both is not None and both.sensitive)
    else:
        context["assessments"] = sides = assessment_sides(said, request.user, household)
        context["leave"] = context["leave"] or (sides is not None and sides.sensitive)
    status = 403 if isinstance(press.refused, NotAllowed) else None
    return show(request, "office_devices/conflict.html", status=status, **context)
