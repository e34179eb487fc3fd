"""The endpoints of OpenRosa: who comes in, and what every answer carries."""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from punte.api.openrosa.answers import message
from punte.devices.enums import DeviceKind
from punte.devices.models import Device

ACCEPTED_BYTES = 50_000_000
Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def for_devices(
    *methods: str,
) -> Callable[[Callable[Concatenate[HttpRequest, Device, Arguments], HttpResponse]], View[Arguments]]:
    """Let in a device by its own name and password, for these methods; others are answered 405, strangers 401.

    A client asks without a password first, so a refusal is a challenge and never a page to sign in on.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, Device, Arguments], HttpResponse],
    ) -> View[Arguments]:
        @csrf_exempt
        @wraps(view)
        def guarded(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            with override("ro"):
                return _with_headers(answer(request, *args, **kwargs))

        def answer(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            if request.method not in methods:
                refused = message(_("This address is not asked so."), status=405)
                refused["Allow"] = ", ".join(methods)
                return refused
            device = _device_of(request)
            if device is None:
                challenge = message(_("The device is not known here any more."), status=401)
                challenge["WWW-Authenticate"] = 'Basic realm="Punte", charset="UTF-8"'
                return challenge
            request.known_device = True  # type: ignore[attr-defined] # it may send as much as an account
            device.note_contact(application=request.headers.get("User-Agent", ""))
            return view(request, device, *args, **kwargs)

        return guarded

    return decorate


def _device_of(request: HttpRequest) -> Device | None:
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        username, _colon, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    if "\0" in username:
        return None
    device = Device.objects.let_in(username, secret)
    return device if device and device.kind == DeviceKind.COLLECT else None


def _with_headers(response: HttpResponse) -> HttpResponse:
    response["X-OpenRosa-Version"] = "1.0"
    response["X-OpenRosa-Accept-Content-Length"] = str(ACCEPTED_BYTES)
    response["Date"] = http_date(now().timestamp())
    response["Content-Language"] = "ro"
    response["Cache-Control"] = "no-store, private"
    return response
