"""The endpoints of Teren: who comes in, what is read of a request, and what every answer carries."""

import json
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page

from punte.devices.actions import sign_out_device
from punte.devices.enums import DeviceKind
from punte.devices.models import Device
from punte.fieldwork.push.apply import ShutOut
from punte.kernel.errors import DomainError

MOST_UNPACKED = 32_000_000
"""Of one request, in bytes: some hundred finished questionnaires, and far from what would trouble a small server."""

_GZIP = 16 + zlib.MAX_WBITS

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]
Answering = Callable[Concatenate[HttpRequest, Arguments], dict[str, Any]]
LeftBehindBy = Callable[[HttpRequest, Device], dict[str, Any] | None]
AnsweringDevice = Callable[Concatenate[HttpRequest, Device, Arguments], dict[str, Any]]


class Refused(Exception):
    """A request that is answered with a status and words."""

    def __init__(self, status: int, message: str, **more: object) -> None:
        self.status, self.message, self.more = status, message, more
        super().__init__(message)


def for_devices(
    *methods: str, left: LeftBehindBy | None = None
) -> Callable[[AnsweringDevice[Arguments]], View[Arguments]]:
    """Let in a device by its own name and secret, for these methods; others are answered 405, strangers 401.

    A device that was lost, revoked or signed out, or whose owner has no more work there, is told to forget everything,
    if it calls with its own secret; whoever guesses learns nothing, not even that there is such a device.

    Args:
        left: takes what a device whose owner has no more work there sends; its answer, where more is to come.
    """

    def decorate(view: AnsweringDevice[Arguments]) -> View[Arguments]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            if request.method not in methods:
                return asked_otherwise(methods)
            device = device_of(request)
            if device is None:
                return _left_behind(request, left) or not_let_in(request)
            device.note_contact()
            with override(_language_of(device)):
                try:
                    return JsonResponse(view(request, device, *args, **kwargs))
                except ShutOut:
                    return not_let_in(request)
                except (Refused, DomainError, OperationalError) as refused:
                    return _refusal(refused)

        return by_token(answer)

    return decorate


def for_workers(*methods: str) -> Callable[[Answering[Arguments]], View[Arguments]]:
    """Let in a worker who is signed in, for these methods; the form of the request is checked as that of any page."""

    def decorate(view: Answering[Arguments]) -> View[Arguments]:
        @wraps(view)
        def answer(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
            if request.method not in methods:
                return asked_otherwise(methods)
            try:
                return JsonResponse(view(request, *args, **kwargs))
            except (Refused, DomainError, OperationalError) as refused:
                return _refusal(refused)

        return as_teren(answer)

    return decorate


def by_token(answer: View[Arguments]) -> View[Arguments]:
    """An address that asks for no session: who comes in, its own view tells by the token."""
    return login_not_required(csrf_exempt(gzip_page(as_teren(answer))))


def as_teren(answer: View[Arguments]) -> View[Arguments]:
    """What every answer carries; one without it comes from somewhere else and means nothing."""

    @wraps(answer)
    def answered(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        with override(settings.LANGUAGE_CODE):
            response = answer(request, *args, **kwargs)
        response["X-Punte-Teren"] = "1"
        response["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Authorization"])
        return response

    return answered


def device_of(request: HttpRequest) -> Device | None:
    """The device that calls, if it is let in."""
    device = Device.objects.let_in(*_named(request))
    if device is None or device.kind != DeviceKind.TEREN or device.is_given_up:
        return None
    return device


def _left_behind(request: HttpRequest, left: LeftBehindBy | None) -> HttpResponse | None:
    """Take what a device that was given up still sends; None where nothing more is to come."""
    device = _given_up(request)
    if device is None or left is None:
        return None
    try:
        answers = left(request, device)
    except (Refused, DomainError, OperationalError) as refused:
        return _refusal(refused)
    return None if answers is None else JsonResponse(answers)


def _given_up(request: HttpRequest) -> Device | None:
    device = Device.objects.given_up(*_named(request))
    return device if device is not None and device.kind == DeviceKind.TEREN else None


def former_device_of(request: HttpRequest) -> Device | None:
    """The device that calls, if it was let in once and was lost, revoked or signed out since, or is so by this call."""
    given_up = _given_up(request)
    if given_up is not None:
        with suppress(DomainError):
            sign_out_device(by=given_up.owner, device=given_up)
    device = Device.objects.shut_out(*_named(request))
    return device if device is not None and device.kind == DeviceKind.TEREN else None


def not_let_in(request: HttpRequest) -> HttpResponse:
    """401; only a device that was shut out and shows its former secret is told so, and that it must forget."""
    former = former_device_of(request)
    if former is None:
        return JsonResponse({"wipe": False, "message": _("The device is not known here.")}, status=401)
    former.note_contact()
    message = _("This device was signed out or reported lost. What was on it is deleted.")
    return JsonResponse({"wipe": True, "message": message}, status=401)


def _named(request: HttpRequest) -> tuple[str, str]:
    """Name and secret in a request; empty, which fits no device, where there are none."""
    scheme, _space, given = request.headers.get("Authorization", "").partition(" ")
    username, dot, secret = given.strip().partition(".")
    if scheme.lower() != "bearer" or not dot or not given.isascii() or "\0" in given:
        return "", ""
    return username, secret


def _language_of(device: Device) -> str:
    known = dict(settings.LANGUAGES)
    return device.owner.language if device.owner.language in known else settings.LANGUAGE_CODE


def asked_otherwise(methods: tuple[str, ...]) -> HttpResponse:
    """405, with the methods by which the address is asked."""
    refused = JsonResponse({"message": _("This address is not asked so.")}, status=405)
    refused["Allow"] = ", ".join(methods)
    return refused


def _refusal(refused: Refused | DomainError | OperationalError) -> HttpResponse:
    if isinstance(refused, Refused):
        return JsonResponse({"message": refused.message, **refused.more}, status=refused.status)
    if isinstance(refused, DomainError):
        told = {"message": str(refused.message), "field": refused.field or ""}
        return JsonResponse(told, status=400)
    return JsonResponse({"message": _("The server is busy. Try again in a minute.")}, status=503)


def bytes_of(request: HttpRequest) -> bytes:
    """The body of a request, unpacked.

    Raises:
        Refused: 413 where it is too large, 400 where it was cut off on the way, 415 where it is packed otherwise.
    """
    try:
        body = request.body
    except RequestDataTooBig as too_big:
        raise _too_large() from too_big
    packing = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packing == "identity":
        return body
    if packing != "gzip":
        raise Refused(415, _("Only gzip is understood."))
    return _unpacked(body)


def object_of(request: HttpRequest) -> dict[str, Any]:
    """The object of JSON in a request.

    Raises:
        Refused: as for `bytes_of`; 400 where it is none.
    """
    try:
        read = json.loads(bytes_of(request), parse_constant=_no_number)
    except (ValueError, RecursionError) as damaged:
        raise _damaged() from damaged
    if not isinstance(read, dict):
        raise _damaged()
    return read


def _unpacked(body: bytes) -> bytes:
    unpacking = zlib.decompressobj(_GZIP)
    try:
        content = unpacking.decompress(body, MOST_UNPACKED + 1)
    except zlib.error as damaged:
        raise _damaged() from damaged
    if len(content) > MOST_UNPACKED or unpacking.unconsumed_tail:
        raise _too_large()
    if not unpacking.eof or unpacking.unused_data:
        raise _damaged()
    return content


def _no_number(name: str) -> float:
    raise ValueError(name)


def _damaged() -> Refused:
    return Refused(400, _("What was sent is damaged or was cut off on the way. Send it again."))


def _too_large() -> Refused:
    return Refused(413, _("Too much was sent at once. Send it in smaller parts."))
