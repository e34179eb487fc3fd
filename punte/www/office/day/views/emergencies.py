"""What was asked for in an emergency, answered from the day of who may."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from punte.accounts.enums import Capability
from punte.cases.emergencies import requests_for
from punte.people.actions import answer_emergency
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import Press


@require_POST
@needs(Capability.SEE_TEAM_CASES)
def emergency_answer(request: SignedIn, pk: UUID) -> HttpResponse:
    """Open the record to who asked for it, or leave it shut."""
    asked = fetch(requests_for(request.user), pk=pk)
    granted = request.POST.get("answer") == "open"
    said = _("The record is open to them for 24 hours.") if granted else _("The record stays shut.")
    back = "team_day" if request.POST.get("back") == "team_day" else "my_day"
    return Press(request).tell(
        lambda: answer_emergency(by=request.user, request=asked, granted=granted), said, back
    )
