"""The pages that say no: what happened, that nothing was lost, and what to do next."""

from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from punte.accounts.enums import Capability
from punte.www.frame.access import KnownButClosed
from punte.www.frame.middleware import asks_for_data

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 where more was sent than a form may carry."""
    if isinstance(exception, _TOO_LARGE):
        return _refuse(request, 413, "413.html", _("What you sent is too large. Nothing was saved or lost."))
    return _refuse(request, 400, "400.html", _("The request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403; of a colleague's record, with the way to open it in an emergency for those who may."""
    emergency = _emergency_door(request, exception) if isinstance(exception, KnownButClosed) else ""
    context = {"colleague": isinstance(exception, KnownButClosed), "emergency": emergency}
    return _refuse(request, 403, "403.html", _("You may not see this."), context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is not there and for what must not be known to be there."""
    return _refuse(request, 404, "404.html", _("There is no such page."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was opened before the last sign-in: sending it again from a fresh page works."""
    return _refuse(
        request, 403, "403_csrf.html", _("The form was open too long. Reload the page and send it again.")
    )


def _refuse(
    request: HttpRequest, status: int, template: str, message: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    if asks_for_data(request):
        return JsonResponse({"message": message}, status=status)
    return render(request, template, context, status=status)


def _emergency_door(request: HttpRequest, closed: "KnownButClosed") -> str:
    user: Any = request.user
    if closed.household_pk is None or not user.standing.may(Capability.EMERGENCY):
        return ""
    try:
        return reverse("emergency", kwargs={"pk": closed.household_pk})
    except NoReverseMatch:
        return ""
