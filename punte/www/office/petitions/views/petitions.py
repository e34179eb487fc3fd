"""Petitions in the office: one petition, and registering what came on paper."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from punte.accounts.enums import Capability
from punte.documents.petition_letter import petition_letter as letter_of
from punte.organizations.models import Organization
from punte.petitions.actions import register_petition
from punte.petitions.attachments import content_of
from punte.petitions.enums import EventKind
from punte.petitions.models import Petition
from punte.petitions.queries import answerers
from punte.www.frame.access import SignedIn, needs
from punte.www.frame.download import file_response
from punte.www.frame.form_page import FormPage
from punte.www.office.petitions.forms.petitions import NoteForm, RegisterForm, WorkerForm
from punte.www.office.petitions.views.petition_page import PetitionPage

answers = needs(Capability.ANSWER_PETITIONS)
_SENT = "petition_code"


@require_safe
@answers
def petition(request: SignedIn, pk: UUID) -> HttpResponse:
    """One petition: what it says, its terms, what was done, and what can be done."""
    return petition_page(PetitionPage.open(request, pk))


def petition_page(
    page: PetitionPage, *, note: FormPage | None = None, worker: FormPage | None = None
) -> HttpResponse:
    """The page of a petition, with a form that was refused, if one was."""
    found = page.petition
    code = page.request.session.pop(_SENT, None)
    return page.show(
        "petition",
        "petition",
        note_form=note or NoteForm(),
        worker_form=worker
        or WorkerForm(workers=free_to_answer(found), initial={"worker": found.assigned_to}),
        events=found.events.select_related("by", "worker").order_by("-created_at", "-id"),
        attachments=found.attachments.all(),
        about=found.about.all() if page.leads else [],
        internal=(EventKind.NOTE, EventKind.ABOUT),
        code=code["code"] if code and code["petition"] == str(found.pk) else "",
    )


def free_to_answer(found: Petition) -> Any:
    """Those to whom a petition may be given: who answers there, but for those it is about."""
    return answerers(found.organization).exclude(pk__in=found.about.values("pk"))


@require_http_methods(["GET", "HEAD", "POST"])
@answers
def petition_new(request: SignedIn) -> HttpResponse:
    """Register what came on paper or by e-mail."""
    own = Organization.objects.filter(
        pk__in=request.user.standing.organizations(Capability.ANSWER_PETITIONS)
    ).order_by("name")
    form = FormPage(request, RegisterForm, organizations=own)
    if form.attempt(
        lambda given: register_petition(
            by=request.user,
            organization=given["organization"],
            letter=form.form.letter(),
            sender=form.form.sender(),
            channel=given["channel"],
        )
    ):
        made = form.made.petition
        # Shown once, on the next page; the session forgets it there.
        request.session[_SENT] = {"petition": str(made.pk), "code": form.made.code}
        said = _("It was registered with number %(number)s.") % {"number": made}
        return form.done(said, "petition", made.pk)
    return form.show("office_petitions/petition_new.html")


@require_safe
@answers
def petition_file(request: SignedIn, pk: UUID, file: UUID) -> HttpResponse:
    """A file that came with a petition, always as a download."""
    page = PetitionPage.open(request, pk)
    kept = page.petition.attachments.filter(pk=file).first()
    if kept is None:
        raise Http404
    page.read("petition_file")
    try:
        content = content_of(kept)
    except OSError as missing:
        raise Http404 from missing
    stem, _dot, ending = kept.name.rpartition(".")
    name = f"{slugify(stem) or 'fisier'}.{slugify(ending)}"
    return file_response(content, kept.content_type, name, untrusted=True)


@require_safe
@answers
def petition_letter(request: SignedIn, pk: UUID) -> HttpResponse:
    """The answer as a letter, to be signed and sent."""
    page = PetitionPage.open(request, pk)
    if not page.petition.answer:
        raise Http404
    page.read("petition_letter")
    name = f"raspuns-{page.petition.year}-{page.petition.number:04d}.pdf"
    return file_response(letter_of(page.petition), "application/pdf", name)
