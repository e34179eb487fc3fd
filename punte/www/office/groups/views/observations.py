"""What a leader saw in a group, as who answers for the case reads it."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability as Can
from punte.accounts.verbs import record_read
from punte.gatherings.actions.observations import take_note
from punte.gatherings.models import Observation
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.form_page import Press, show


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Can.MEET, Can.SEE_PEOPLE)
def observation(request: SignedIn, pk: UUID) -> HttpResponse:
    """What was seen, by whom and when; read once somebody says so."""
    rows = Observation.objects.addressed_to(request.user)
    found = fetch(rows.select_related("meeting__series", "person", "case", "by", "read_by"), pk=pk)
    press = Press(request)
    if request.method == "POST" and press.attempt(lambda: take_note(by=request.user, observation=found)):
        return press.done("", "observation", pk)
    record_read(
        by=request.user,
        what="observation",
        keeper=found.keeper_id,
        person=found.person_id,
        subject=found.pk,
        case=found.case_id,
        sealed=bool(found.case and found.case.sealed),
    )
    return show(request, "office_groups/observation.html", observation=found, refused=press)
