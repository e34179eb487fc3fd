"""The answer to who told of somebody, to be signed and sent."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from punte.documents.notification_letter import notification_letter as letter_of
from punte.www.frame.access import SignedIn
from punte.www.frame.download import file_response
from punte.www.office.notifications.views.office import in_office
from punte.www.office.notifications.views.page import NotificationPage


@require_safe
@in_office
def notification_letter(request: SignedIn, pk: UUID) -> HttpResponse:
    """The letter: it tells nothing of what was found."""
    page = NotificationPage.open(request, pk)
    page.read("notification_letter")
    found = page.notification
    return file_response(letter_of(found), "application/pdf", f"raspuns-{found.year}-{found.number:04d}.pdf")
