"""Devices: one's own, and for those who keep them all of the organisation."""

import base64
import io
import json
import zlib
from typing import Any

import qrcode
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from qrcode.image.svg import SvgPathImage

from punte.accounts.enums import Capability as Can
from punte.accounts.models import User
from punte.devices.actions import Registered, register_device
from punte.devices.enums import DeviceKind, DeviceState
from punte.devices.models import Device
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import FieldConflict, ReceivedForm
from punte.organizations.models import Organization
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import FormPage, show
from punte.www.office.devices.forms.devices import DeviceForm
from punte.www.office.devices.views.device import USERS
from punte.www.office.devices.views.installed import current_packs, heard, installed_on


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*USERS)
def devices(request: SignedIn) -> HttpResponse:
    """The devices that one sees, what waits from them, and a form for one more of one's own."""
    form = _form_for(request)
    if form and form.attempt(
        lambda given: register_device(by=request.user, kind=DeviceKind.COLLECT, **given)
    ):
        return _setup(request, form.made)
    current = current_packs()
    listed = [
        (device, device.owner_id == request.user.pk, heard(device), installed_on(device, current))
        for device in _listed(request.user)
    ]
    return show(request, "office_devices/devices.html", devices=listed, form=form, **_waiting(request.user))


def _listed(user: User) -> QuerySet[Device]:
    """The devices that an account sees, those in use first, each with the number of what waits from it."""
    listed = Device.objects.visible_to(user).select_related("owner")
    out = Case(When(state=DeviceState.IN_USE, then=0), default=1)
    return listed.annotate(
        waiting=_count(ReceivedForm.objects.filter(state=FormState.WAITING), "device"),
        conflicts=_count(FieldConflict.objects.filter(settled_at=None), "entry__device"),
    ).order_by(out, "owner__name", "name", "id")


def _count(rows: QuerySet[Any], of: str) -> Coalesce:
    """How many of the rows are of each device; counted beside, so that neither kind multiplies the other."""
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _waiting(user: User) -> dict[str, int]:
    """What waits for the account to decide; who only keeps the devices decides nothing."""
    if not user.standing.may(Can.ASSESS):
        return {}
    return {
        "waiting": ReceivedForm.objects.visible_to(user).waiting().count(),
        "conflicts": FieldConflict.objects.visible_to(user).filter(settled_at=None).count(),
    }


def _form_for(request: SignedIn) -> FormPage | None:
    where = request.user.standing.organizations(Can.ASSESS)
    if not where:
        if request.method == "POST":
            raise PermissionDenied
        return None
    return FormPage(request, DeviceForm, organizations=Organization.objects.filter(pk__in=where))


def _setup(request: SignedIn, made: Registered) -> HttpResponse:
    """The code that sets ODK Collect up; the secret is on this page alone."""
    settings = {
        "general": {
            "server_url": request.build_absolute_uri(reverse("openrosa_forms")).removesuffix("/formList"),
            "username": made.device.username,
            "password": made.secret,
            "form_update_mode": "match_exactly",
            "autosend": "wifi_and_cellular",
        },
        "admin": {},
        "project": {"name": "Punte", "icon": "P", "color": "#0b5b50"},
    }
    code = base64.b64encode(zlib.compress(json.dumps(settings).encode())).decode()
    context = {"device": made.device, "secret": made.secret, "picture": _picture(code), "settings": settings}
    return render(request, "office_devices/setup.html", context)


def _picture(code: str) -> str:
    drawn = io.BytesIO()
    qrcode.make(code, image_factory=SvgPathImage).save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode()}"
