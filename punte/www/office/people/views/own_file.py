"""What is on record about a person, for their own request to see it: made by who answers for data protection."""

import json
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
from punte.people.actions.own_file import Part, make_own_file
from punte.people.models import Person
from punte.www.frame.access import SignedIn, fetch, needs
from punte.www.frame.download import file_response
from punte.www.frame.fields import writing
from punte.www.frame.form_page import FormPage, show

_PAPER, _JSON = "paper", "json"


class OwnFileForm(forms.Form):
    """Whose request it is, and as what the answer is given."""

    reason = forms.CharField(
        label=gettext_lazy("Whose request it is, and how you know that it is theirs"),
        max_length=1_000,
        widget=writing(3),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("As what"),
        choices=[
            (_PAPER, gettext_lazy("A page to print")),
            (_JSON, gettext_lazy("A file for machines (JSON)")),
        ],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Capability.SEE_AUDIT)
def own_file(request: SignedIn, pk: UUID) -> HttpResponse:
    """The file of a person that the officer's institution keeps."""
    keepers = request.user.standing.organizations(Capability.SEE_AUDIT)
    person = fetch(Person.objects.filter(keeper__in=keepers).select_related("keeper"), pk=pk)
    back = reverse("person_trail", args=[pk])
    form = FormPage(request, OwnFileForm)
    if form.attempt(lambda given: make_own_file(by=request.user, person=person, reason=given["reason"])):
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
    if form.form.cleaned_data["kind"] == _JSON:
        told: dict[str, Any] = {
            "keeper": str(person.keeper),
            "made_on": timezone.localdate().isoformat(),
            "parts": [
                {"title": part.title, "kept": part.how_long, "rows": [dict(row) for row in part.rows]}
                for part in parts
            ],
        }
        content = json.dumps(told, ensure_ascii=False, indent=2).encode()
        return file_response(content, "application/json", "fisa.json")
    return show(
        request,
        "office_people/own_file.html",
        person=person,
        parts=parts,
        back=back,
        today=timezone.localdate(),
    )
