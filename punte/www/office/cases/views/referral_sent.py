"""One referral that was sent: whom to call, the letter with its code, the answer that is written down."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.accounts.models import Appointment
from punte.accounts.once_links import code_of, number_of, standing_of
from punte.accounts.policy import POWERS
from punte.cases.actions import revoke_referral_letter, write_answer_down, write_referral_letter
from punte.cases.actions.answer_referral import LETTER
from punte.cases.actions.referral_letters import may_be_read_by_letter
from punte.cases.models import Referral
from punte.documents.coded_letter import referral_letter
from punte.organizations.models import Contact
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.case_page import CasePage
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage, Press
from punte.www.office.cases.forms.answers import WrittenAnswerForm

_NO_STORE = {"Cache-Control": "no-store"}
_CONTACTS_SHOWN = 5
_ANSWERERS = [role for role, powers in POWERS.items() if Capability.ANSWER_REFERRALS in powers.capabilities]


@require_http_methods(["GET", "HEAD", "POST"])
def case_referral_sent(request: SignedIn, pk: UUID, referral: UUID) -> HttpResponse:
    """What can be done so that a referral does not stay without an answer; a POST writes the answer down."""
    page, row = _opened(request, pk, referral)
    act = request.POST.get("act", "")
    form = FormPage(request, WrittenAnswerForm, sent=act not in _PRESSES, draft=f"answer-{referral}")
    if act in _PRESSES:
        press = Press(request)
        if press.attempt(lambda: _PRESSES[act](by=request.user, referral=row)):
            return press.done("", "case_referral_sent", pk, referral)
        return _page(page, row, form, refused=press)
    if form.attempt(lambda given: write_answer_down(by=request.user, referral=row, **given)):
        return form.done(_("The answer is written down."), "case_referrals", pk)
    return _page(page, row, form)


@require_safe
def case_referral_letter(request: SignedIn, pk: UUID, referral: UUID) -> HttpResponse:
    """The letter with its number and code, as PDF, while the code stands."""
    page, row = _opened(request, pk, referral)
    link = standing_of(LETTER, [row.pk]).first()
    if link is None or not may_be_read_by_letter(row):
        raise Http404
    page.read("referral_letter")
    address = request.build_absolute_uri(reverse("letter_numbered", args=[number_of(link)]))
    content = referral_letter(row, link, address=address)
    return file_response(content, "application/pdf", "trimitere.pdf", headers=_NO_STORE)


_PRESSES: dict[str, Any] = {"letter": write_referral_letter, "revoke": revoke_referral_letter}


def _opened(request: SignedIn, pk: UUID, referral: UUID) -> tuple[CasePage, Referral]:
    page = CasePage.open(request, pk, to=Capability.REFER)
    rows = Referral.objects.visible_to(request.user).filter(case=page.case)
    related = (
        "person",
        "service",
        "organization",
        "by",
        "case__keeper",
        "answered_by",
        "step__objective",
        "consent",
    )
    return page, fetch(rows.select_related(*related), pk=referral)


def _page(page: CasePage, row: Referral, form: FormPage, refused: Press | None = None) -> HttpResponse:
    written = row.is_sent and may_be_read_by_letter(row)
    link = standing_of(LETTER, [row.pk]).first() if written else None
    contacts = Contact.objects.current().filter(keeper=page.case.keeper, organization=row.organization)
    return page.show(
        "referral_sent",
        "case_referrals",
        form=form,
        refused=refused,
        referral=row,
        written=written,
        link=link,
        number=number_of(link) if link else "",
        code=code_of(link) if link else "",
        contacts=list(contacts.exclude(phone="").order_by("duty", "pk")[:_CONTACTS_SHOWN]),
        has_account=_answers_here(row),
    )


def _answers_here(referral: Referral) -> bool:
    """Whether somebody of the institution answers in Punte."""
    standing = Appointment.objects.current().filter(
        organization=referral.organization, role__in=_ANSWERERS, user__is_active=True
    )
    return standing.exists()
