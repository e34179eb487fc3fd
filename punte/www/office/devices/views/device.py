"""One device: what it holds, what it sent day by day, and the end of its use."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.accounts.verbs import record_read
from punte.devices.actions import report_lost, revoke_device
from punte.devices.enums import DeviceKind, DeviceState
from punte.devices.models import Device
from punte.fieldwork.models import FieldConflict, FieldEntry, ReceivedForm, beyond_a_seal
from punte.people.models import Household
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import Press
from punte.www.office.devices.views.installed import current_packs, heard, installed_on

USERS = (Can.ASSESS, Can.KEEP_DEVICES)
_PER_PAGE = 100


@dataclass(frozen=True)
class Line:
    """One thing that a device sent; what it was is said only of a household that the reader sees."""

    written: Any
    received: Any
    what: str
    household: Household | None
    state: str
    conflict: UUID | None = None
    form: UUID | None = None


@require_safe
@needs(*USERS)
def device(request: SignedIn, pk: UUID) -> HttpResponse:
    """A device, and what its days sent."""
    shown = fetch(Device.objects.visible_to(request.user).select_related("owner"), pk=pk)
    record_read(by=request.user, what="device", keeper=shown.organization_id, subject=shown.pk)
    page = Paginator(_sent(shown), _PER_PAGE).get_page(request.GET.get("p"))
    lines = _lines(request.user, list(page.object_list))
    days = [(day, list(rows)) for day, rows in groupby(lines, key=lambda line: _day(line.written))]
    context = {
        "device": shown,
        "own": shown.owner_id == request.user.pk,
        "heard": heard(shown),
        "installed": installed_on(shown, current_packs()),
        "days": days,
        "page": page,
    }
    return render(request, "office_devices/device.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*USERS)
def revoke(request: SignedIn, pk: UUID) -> HttpResponse:
    """Stop letting a device in, after saying what happens."""
    return _shut_out(request, pk, revoke_device, "revoke", _("The device is no longer let in."))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*USERS)
def lost(request: SignedIn, pk: UUID) -> HttpResponse:
    """Report a device lost, after saying what happens."""
    return _shut_out(
        request, pk, report_lost, "lost", _("The device was reported lost. It is no longer let in.")
    )


def _shut_out(request: SignedIn, pk: UUID, act: Callable[..., Device], why: str, said: str) -> HttpResponse:
    shown = fetch(Device.objects.visible_to(request.user).select_related("owner"), pk=pk)
    if request.method != "POST":
        if shown.state == (DeviceState.LOST if why == "lost" else DeviceState.REVOKED):
            return redirect("device", pk=pk)
        return render(request, "office_devices/shut_out.html", {"device": shown, "why": why})
    return Press(request).tell(lambda: act(by=request.user, device=shown), said, "devices")


def _sent(device: Device) -> Any:
    """What a device sent, the newest first: entries of Teren, questionnaires of Collect."""
    if device.kind == DeviceKind.TEREN:
        return FieldEntry.objects.filter(device=device).order_by("-made_at", "-id")
    # When Collect filled one is in its answers; when it came is what is known without opening them.
    return ReceivedForm.objects.filter(device=device).defer("instance").order_by("-created_at", "-id")


def _lines(user: User, sent: Sequence[Any]) -> list[Line]:
    homes = _in_sight(user, (row.household for row in sent))
    entries = [row.pk for row in sent if isinstance(row, FieldEntry)]
    seen = FieldConflict.objects.visible_to(user).filter(entry__in=entries) if entries else ()
    conflicts = {conflict.entry_id: conflict for conflict in seen}
    own = {row.pk for row in sent if isinstance(row, ReceivedForm)}
    forms = (
        set(ReceivedForm.objects.visible_to(user).filter(pk__in=own).values_list("pk", flat=True))
        if own
        else set()
    )
    return [
        _entry_line(row, homes.get(row.household), conflicts.get(row.pk))
        if isinstance(row, FieldEntry)
        else _form_line(row, homes.get(row.household), openable=row.pk in forms)
        for row in sent
    ]


def _entry_line(entry: FieldEntry, home: Household | None, conflict: FieldConflict | None) -> Line:
    settled = conflict is not None and conflict.settled_at is not None
    return Line(
        written=entry.made_at,
        received=entry.created_at,
        what=entry.called if home else _("An entry about a household that you do not see"),
        household=home,
        state=_("Settled") if settled else entry.get_status_display(),
        conflict=conflict.pk if conflict and not settled else None,
    )


def _form_line(form: ReceivedForm, home: Household | None, *, openable: bool) -> Line:
    return Line(
        written=form.created_at,
        received=form.created_at,
        what=_("Questionnaire"),
        household=home,
        state=form.get_state_display(),
        form=form.pk if openable else None,
    )


def _in_sight(user: User, named: Iterable[UUID | None]) -> dict[UUID | None, Household]:
    keys = {key for key in named if key}
    seen = beyond_a_seal(user).filter(pk__in=keys).defer("safe_contact") if keys else ()
    return {home.pk: home for home in seen}


def _day(at: Any) -> Any:
    return timezone.localtime(at).date()
