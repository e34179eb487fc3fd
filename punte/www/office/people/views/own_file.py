"""What is on record about a person, for their own request to see it: made by who answers for data protection."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from punte.accounts.enums import Capability
from punte.documents.own_file import file_on_paper
from punte.people.actions.own_file import Part, make_own_file
from punte.people.enums import AskedBy
from punte.people.models import Person
from punte.people.own_file_data import as_archive, as_json
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.frame.fields import writing
from punte.www.frame.form_page import FormPage, show

_PAPER, _PDF, _JSON, _DATA = "paper", "pdf", "json", "data"


class OwnFileForm(forms.Form):
    """Whose request it is, and as what the answer is given."""

    reason = forms.CharField(
        label=gettext_lazy("Whose request it is, and how you know that it is theirs"),
        max_length=1_000,
        widget=writing(3),
    )
    asked_by = forms.ChoiceField(
        label=gettext_lazy("Who asks, and by which right"),
        choices=AskedBy,
        initial=AskedBy.THEMSELVES,
        required=False,
        help_text=gettext_lazy(
            "Who asks for somebody else, a parent too, is not told where the person is found."
        ),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("As what"),
        choices=[
            (_PAPER, gettext_lazy("A page to print")),
            (_PDF, gettext_lazy("A paper (PDF)")),
            (_JSON, gettext_lazy("A file for machines (JSON)")),
            (_DATA, gettext_lazy("Tables and a file for machines (ZIP)")),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.KEEP_PRIVACY)
def own_file(request: SignedIn, pk: UUID) -> HttpResponse:
    """The file of a person that the officer's institution keeps."""
    keepers = request.user.standing.organizations(Capability.KEEP_PRIVACY)
    person = fetch(Person.objects.filter(keeper__in=keepers).select_related("keeper"), pk=pk)
    back = reverse("person_trail", args=[pk])
    form = FormPage(request, OwnFileForm)

    def make(given: dict[str, Any]) -> Any:
        def gather() -> list[Part]:
            asked_by = given["asked_by"] or AskedBy.THEMSELVES
            return make_own_file(by=request.user, person=person, reason=given["reason"], asked_by=asked_by)

        return file_on_paper(person, gather) if given["kind"] == _PDF else gather()

    if form.attempt(make):
        return _answer(request, person, form, back)
    return form.ask(
        _("File for the person's own request"),
        back=back,
        back_to=_("Who saw this record"),
        button=_("Make it"),
        intro=_(
            "What is on record about the person alone, without what tells of violence or abuse or of other people."
            " Behind a seal it says what stood on the day of the seal."
        ),
    )


def _answer(request: SignedIn, person: Person, form: FormPage, back: str) -> HttpResponse:
    parts: list[Part] = form.made
    kind, today = form.form.cleaned_data["kind"], timezone.localdate()
    if kind == _PDF:
        return file_response(form.made, "application/pdf", "datele-mele.pdf")
    if kind == _JSON:
        content = as_json(parts, keeper=str(person.keeper), made_on=today)
        return file_response(content, "application/json", "fisa.json")
    if kind == _DATA:
        content = as_archive(parts, keeper=str(person.keeper), made_on=today)
        return file_response(content, "application/zip", "datele-mele.zip")
    return show(request, "office_people/own_file.html", person=person, parts=parts, back=back, today=today)
