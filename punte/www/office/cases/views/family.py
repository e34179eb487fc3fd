"""What a family that agreed to it is given: codes for their own page, and reminders."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import OnceLink
from punte.accounts.once_links import code_of, number_of, standing_of
from punte.cases.actions import give_family_code, revoke_family_code
from punte.cases.actions.family_codes import FAMILY
from punte.cases.families import is_kept_away, is_old_enough, lives_there, page_consent
from punte.cases.models import FamilyCode
from punte.documents.coded_letter import family_paper
from punte.kernel.mail import mailing
from punte.kernel.sms import texting
from punte.people.models import Consent, Person
from punte.people.purposes import REMINDERS
from punte.www.frame.access import SignedIn
from punte.www.frame.asked import identifier_in
from punte.www.frame.case_page import CasePage
from punte.www.frame.download import file_response
from punte.www.frame.form_page import Press

_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True)
class Reader:
    """Somebody who may have a page: whether they agreed, and the code that stands."""

    person: Person
    agreed: bool
    link: OnceLink | None
    code: FamilyCode | None

    @property
    def number(self) -> str:
        """What is typed first."""
        return number_of(self.link) if self.link else ""

    @property
    def secret(self) -> str:
        """The code."""
        return code_of(self.link) if self.link else ""


@require_http_methods(["GET", "HEAD", "POST"])
def case_family(request: SignedIn, pk: UUID) -> HttpResponse:
    """Who of the family has a page of their own; a POST gives a code or takes it back."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    press = Press(request)
    if request.method == "POST" and press.attempt(lambda: _do(request, page)):
        return press.done("", "case_family", pk)
    away = is_kept_away(page.case.household, page.case)
    return page.show(
        "family",
        "case_family",
        refused=press if request.method == "POST" else None,
        away=away,
        readers=[] if away else _readers(page),
        reminded=_reminded(page),
        sends=texting() or mailing(),
    )


@require_safe
def case_family_paper(request: SignedIn, pk: UUID, person: UUID) -> HttpResponse:
    """The paper with the code, as PDF, while the code stands."""
    page = CasePage.open(request, pk, to=Capability.MANAGE_CASE)
    related = ("case__keeper", "case__responsible")
    code = get_object_or_404(FamilyCode.objects.select_related(*related), case=page.case, person=person)
    link = standing_of(FAMILY, [code.pk]).first()
    if link is None:
        raise Http404
    page.read("family_paper", person=person)
    content = family_paper(code, link, address=request.build_absolute_uri(reverse("family_open")))
    return file_response(content, "application/pdf", "pagina.pdf", headers=_NO_STORE)


def _do(request: SignedIn, page: CasePage) -> object:
    asked = identifier_in(request.POST.get("person"))
    person = next((one for one in page.members if one.pk == asked), None)
    if person is None:
        raise Http404
    if request.POST.get("act") != "revoke":
        return give_family_code(by=request.user, case=page.case, person=person)
    code = get_object_or_404(FamilyCode, case=page.case, person=person)
    return revoke_family_code(by=request.user, code=code)


def _readers(page: CasePage) -> list[Reader]:
    codes = {one.person_id: one for one in FamilyCode.objects.filter(case=page.case)}
    links = {one.subject: one for one in standing_of(FAMILY, [one.pk for one in codes.values()])}
    found = []
    for person in page.members:
        if is_old_enough(person) and lives_there(page.case, person):
            code = codes.get(person.pk)
            agreed = page_consent(page.case, person) is not None
            found.append(Reader(person, agreed, links.get(code.pk) if code else None, code))
    return found


def _reminded(page: CasePage) -> bool:
    people = [one.pk for one in page.members]
    rows = Consent.objects.standing(timezone.localdate()).filter(purpose=REMINDERS)
    return rows.filter(household=page.case.household).exists() or rows.filter(person__in=people).exists()
