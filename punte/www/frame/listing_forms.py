"""What is asked to keep a view of a list, to put rows on a list of one's own, and to take it along as a file."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from punte.accounts.actions.kept_views import LONGEST_NAME, LONGEST_REMARK
from punte.www.frame.fields import writing
from punte.www.frame.form_page import FormPage

XLSX, CSV = "xlsx", "csv"


class KeepForm(forms.Form):
    """Under which name a view is kept."""

    name = forms.CharField(label=_("Name of the view"), max_length=LONGEST_NAME)


class KeepRowsForm(forms.Form):
    """On which list of one's own the rows are put, and what is remarked about them."""

    name = forms.CharField(
        label=_("List"), max_length=LONGEST_NAME, help_text=_("One of yours, or the name of a new one.")
    )
    remark = forms.CharField(label=_("Remark"), max_length=LONGEST_REMARK, required=False)

    def __init__(self, *arguments: Any, known: list[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        if known and not self.is_bound:
            self.fields["name"].initial = known[-1]


class FileForm(forms.Form):
    """What a file of the list tells, and why it tells who somebody is."""

    names = forms.BooleanField(
        label=_("With names and addresses"),
        required=False,
        help_text=_("The file is then locked with a password, which you are shown once."),
    )
    why = forms.CharField(
        label=_("Why the names are needed"), max_length=500, required=False, widget=writing(2)
    )

    kind = forms.ChoiceField(label=_("Kind of file"), choices=[(XLSX, "XLSX"), (CSV, "CSV")])

    def __init__(self, *arguments: Any, names: bool, csv: bool, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if not names:
            del self.fields["names"], self.fields["why"]
        if not csv:
            del self.fields["kind"]

    def clean(self) -> dict[str, Any]:
        """With names, a reason, and a kind of file that can be locked."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("names") and cleaned.get("kind") == CSV:
            self.add_error("kind", _("A CSV file cannot be locked. With names, take XLSX."))
        if cleaned.get("names") and not (cleaned.get("why") or "").strip():
            self.add_error("why", _("Say what the names are needed for; the reason stays on record."))
        return cleaned


def keep_form(request: HttpRequest, *, sent: bool) -> FormPage:
    """The form by which a view is kept."""
    return FormPage(request, KeepForm, sent=sent, prefix="keep_view")


def file_form(request: HttpRequest, *, sent: bool, names: bool, csv: bool) -> FormPage:
    """The form by which a file is made; it asks nothing of a list that names nobody and is of one kind."""
    return FormPage(request, FileForm, sent=sent, prefix="file", names=names, csv=csv)
