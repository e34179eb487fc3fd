"""What a household or a person agreed to is recorded, and taken back."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.verbs import record_read
from punte.documents.family_papers import consent_form
from punte.people.actions import record_consent, withdraw_consent
from punte.people.actions.consents import may_record_consent
from punte.people.models import Consent, Household
from punte.people.purposes import agreements
from punte.www.frame.access import SignedIn, fetch
from punte.www.frame.consents import reads_consent
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.keeping.forms.consents import ConsentForm, WithdrawForm
from punte.www.office.keeping.views.subjects import Subject, household_of, institutions_near, person_of


@require_http_methods(["GET", "HEAD", "POST"])
def household_consent(request: SignedIn, pk: UUID) -> HttpResponse:
    """A household agreed to something."""
    return _new(request, household_of(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def person_consent(request: SignedIn, pk: UUID) -> HttpResponse:
    """A person agreed to something."""
    return _new(request, person_of(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: SignedIn, pk: UUID) -> HttpResponse:
    """A consent is taken back."""
    consent, about = _opened(request, pk)
    form = FormPage(request, WithdrawForm)
    if form.attempt(lambda given: withdraw_consent(by=request.user, consent=consent, **given)):
        return form.done(_("The consent is withdrawn. Nothing is handed over by it any more."), about.url)
    return form.ask(
        _("Withdraw a consent"),
        intro=consent.purpose_named,
        button=_("Withdraw the consent"),
        back=about.url,
        back_to=about.name,
    )


@require_safe
def consent_paper(request: SignedIn, pk: UUID) -> HttpResponse:
    """A consent on paper, to be read and signed where that is safe."""
    consent, _about = _opened(request, pk)
    record_read(
        by=request.user,
        what="consent_paper",
        keeper=consent.keeper_id,
        household=consent.household_id,
        person=consent.person_id,
        subject=pk,
        sealed=bool(consent.household and consent.household.sealed),
    )
    return file_response(consent_form(consent), "application/pdf", "acord.pdf")


def _opened(request: SignedIn, pk: UUID) -> tuple[Consent, Subject]:
    rows = Consent.objects.visible_to(request.user).select_related(
        "household", "person", "keeper", "by", "organization"
    )
    consent = fetch(rows, pk=pk)
    if not reads_consent(request.user, consent):
        raise Http404
    if consent.household_id is not None:
        about = household_of(request, consent.household_id)
    else:
        assert consent.person_id is not None
        about = person_of(request, consent.person_id)
    _only_at_work(request, about)
    return consent, about


def _new(request: SignedIn, about: Subject) -> HttpResponse:
    _only_at_work(request, about)
    form = FormPage(
        request,
        ConsentForm,
        draft=f"consent-{about.row.pk}",
        institutions=institutions_near(request.user, about.row.keeper_id),
        of_household=isinstance(about.row, Household),
    )
    if form.attempt(lambda given: record_consent(by=request.user, subject=about.row, **given)):
        return form.done(_("The consent is recorded."), about.url)
    said = agreements()
    return form.ask(
        _("New consent"),
        template="office_keeping/consent.html",
        back=about.url,
        back_to=about.name,
        purposes=[one for one in said.purposes.values() if not one.retired],
        is_proposal=said.is_proposal,
    )


def _only_at_work(request: SignedIn, about: Subject) -> None:
    if not may_record_consent(request.user, about.row):
        raise PermissionDenied
