"""Devices: one's own, and for those who keep them all of the organisation."""

import base64
import io
import json
import zlib
from collections.abc import Callable
from uuid import UUID

import qrcode
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from qrcode.image.svg import SvgPathImage

from punte.accounts.enums import Capability as Can
from punte.devices.actions import Registered, register_device, report_lost, revoke_device
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.enums import FormState
from punte.fieldwork.models import ReceivedForm
from punte.kernel.errors import DomainError
from punte.organizations.models import Organization
from punte.www.access import SignedIn, attempt, fetch, needs
from punte.www.office.devices.forms import DeviceForm

USERS = (Can.ASSESS, Can.KEEP_DEVICES)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*USERS)
def devices(request: SignedIn) -> HttpResponse:
    """The devices that one sees, what waits from them, and a form for one more of one's own."""
    form = _form_for(request)
    if request.method == "POST" and form is not None and form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: register_device(
                by=request.user,
                organization=given["organization"],
                kind=DeviceKind.COLLECT,
                name=given["name"],
            ),
        )
        if made is not None:
            return _setup(request, made)
    waiting = Count("forms", filter=Q(forms__state=FormState.WAITING))
    listed = Device.objects.visible_to(request.user).select_related("owner").annotate(waiting=waiting)
    context = {
        "devices": [(device, device.owner_id == request.user.pk) for device in listed],
        "form": form,
        "waiting": ReceivedForm.objects.visible_to(request.user).waiting().count(),
    }
    bound = form is not None and form.is_bound
    return render(request, "office_devices/devices.html", context, status=422 if bound else 200)


@require_POST
@needs(*USERS)
def revoke(request: SignedIn, pk: UUID) -> HttpResponse:
    """Stop letting a device in."""
    return _shut_out(request, pk, revoke_device, _("The device is no longer let in."))


@require_POST
@needs(*USERS)
def lost(request: SignedIn, pk: UUID) -> HttpResponse:
    """Report a device lost."""
    return _shut_out(request, pk, report_lost, _("The device is no longer let in."))


def _shut_out(request: SignedIn, pk: UUID, act: Callable[..., Device], said: str) -> HttpResponse:
    device = fetch(Device.objects.visible_to(request.user), pk=pk)
    try:
        act(by=request.user, device=device)
    except DomainError as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, said)
    return redirect("devices")


def _form_for(request: SignedIn) -> DeviceForm | None:
    where = request.user.standing.organizations(Can.ASSESS)
    if not where:
        if request.method == "POST":
            raise PermissionDenied
        return None
    return DeviceForm(request.POST or None, organizations=Organization.objects.filter(pk__in=where))


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
