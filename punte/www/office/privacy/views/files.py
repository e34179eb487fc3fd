"""What a person asked to see is given out: the file, and who looked at the record."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from punte.accounts.enums import Capability
from punte.documents.family_papers import information_sheet
from punte.documents.own_file import file_on_paper, looks_on_paper
from punte.organizations.models import Organization
from punte.people.actions.own_file import make_file_asked_for
from punte.people.models import SubjectRequest
from punte.people.own_file_data import as_archive
from punte.people.who_looked import tell_who_looked
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import Press
from punte.www.office.privacy.forms.requests import AS_DATA
from punte.www.office.privacy.views.requests import may_settle, seen


@require_POST
def subject_file(request: SignedIn, pk: UUID) -> HttpResponse:
    """The file that was asked for, on paper (PDF/UA) or as data (JSON and CSV in a ZIP)."""
    found = _given_by(request, pk)
    press = Press(request)
    as_data = request.POST.get("as") == AS_DATA

    def make() -> bytes:
        if as_data:
            parts = make_file_asked_for(by=request.user, request=found)
            return as_archive(parts, keeper=str(found.keeper), made_on=timezone.localdate())
        return file_on_paper(found.person, lambda: make_file_asked_for(by=request.user, request=found))

    if not press.attempt(make):
        return press.tell(make, "", "subject_request", pk)
    if as_data:
        return file_response(press.made, "application/zip", "datele-mele.zip")
    return file_response(press.made, "application/pdf", "datele-mele.pdf")


@require_POST
def subject_looks(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who looked at the record, on paper, for who asked to see what is on record about themselves."""
    found = _given_by(request, pk)
    press = Press(request)
    reason = f"{found.get_asked_by_display()}: {found.identity}"

    def make() -> bytes:
        return looks_on_paper(
            found.person,
            lambda: tell_who_looked(
                by=request.user, person=found.person, reason=reason, asked_by=found.asked_by
            ),
        )

    if not press.attempt(make):
        return press.tell(make, "", "subject_request", pk)
    return file_response(press.made, "application/pdf", "cine-a-deschis-fisa.pdf")


@require_safe
@needs(Capability.SEE_PEOPLE, Capability.KEEP_PRIVACY)
def family_sheet(request: SignedIn) -> HttpResponse:
    """What a family is told about their data, on paper; it names nobody of them."""
    standing = request.user.standing
    own = standing.organizations(Capability.SEE_PEOPLE) | standing.organizations(Capability.KEEP_PRIVACY)
    keeper = Organization.objects.filter(pk__in=own).order_by("name", "pk")[0]
    return file_response(information_sheet(keeper), "application/pdf", "informare.pdf")


def _given_by(request: SignedIn, pk: UUID) -> SubjectRequest:
    found = seen(request, pk)
    if not may_settle(request, found):
        raise PermissionDenied
    return found
