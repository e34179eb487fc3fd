"""The address through which one's own calendar, on a phone or elsewhere, reads one's visits."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from punte.accounts.enums import Capability
from punte.cases.actions import make_calendar_feed, revoke_calendar_feed
from punte.cases.calendar_file import calendar_of
from punte.cases.models import CalendarFeed
from punte.gatherings.calendar_file import meetings_of
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.form_page import Press, show

MEET_FAMILIES = (Capability.INTERVENE, Capability.ASSESS)
"""Who may have visits."""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*MEET_FAMILIES)
def own_calendar(request: SignedIn) -> HttpResponse:
    """Make the secret address, which is shown this once, or make another in its place."""
    press = Press(request)
    secret = ""
    if request.method == "POST" and press.attempt(lambda: make_calendar_feed(by=request.user)):
        secret = request.build_absolute_uri(reverse("calendar_file", args=[press.made]))
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return show(request, "account/calendar.html", refused=press, secret=secret, feed=feed)


@require_POST
@needs(*MEET_FAMILIES)
def own_calendar_revoke(request: SignedIn) -> HttpResponse:
    """Let nobody in by that address any more."""
    said = _("The address opens nothing any more.")
    return Press(request).tell(lambda: revoke_calendar_feed(by=request.user), said, "own_calendar")


@login_not_required
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The visits of who has this secret address, for calendars, which do not sign in.

    Whatever is wrong with the address, there is nothing there. No cache keeps it, for what is read changes.
    """
    user = CalendarFeed.opened_by(token)
    if user is None:
        raise Http404
    with translation.override(user.language):
        content = calendar_of(user, beside=meetings_of(user))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "no-store, private"
    response["Content-Disposition"] = 'inline; filename="punte.ics"'
    response["Referrer-Policy"] = "no-referrer"
    return response
