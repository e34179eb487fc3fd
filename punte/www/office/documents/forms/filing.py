"""What is said of a document that is put in the file of a case."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from punte.documents.filing import ALLOWED, LONGEST_TITLE, MOST_BYTES, SIGNED
from punte.documents.kinds import kinds
from punte.people.models import Person
from punte.www.frame.fields import DayInput, ManyChoices, writing
from punte.www.frame.uploads import FilesField, SeveralFiles

Choices = Sequence[tuple[str, str]]
_LONGEST_REASON = 1000


class DescriptionForm(forms.Form):
    """Kind, day, title, whom it is about, and who reads it."""

    kind = forms.ChoiceField(label=_("What it is"), widget=ManyChoices)
    dated = forms.DateField(
        label=_("Date of the document"),
        help_text=_("The day written on it; of a photograph, the day on which it was taken."),
        widget=DayInput(),
    )
    title = forms.CharField(
        label=_("In a few words"),
        help_text=_("For example: “Birth certificate, copy”."),
        max_length=LONGEST_TITLE,
        required=False,
    )
    person = forms.ChoiceField(label=_("Whom it is about"), required=False, widget=ManyChoices)
    compartment = forms.ChoiceField(label=_("Part of the record"), required=False, widget=ManyChoices)
    restricted = forms.BooleanField(
        label=_("Only who works on the case reads it"),
        help_text=_(
            "The worker who answers for the case, the case team and yourself; no other colleague sees that it is"
            " here."
        ),
        required=False,
    )

    def __init__(
        self, *args: Any, people: Sequence[Person], parts: Choices, former: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self._people = {str(one.pk): one for one in people}
        read = {part for part, _label in parts}
        offered = [
            (key, str(kind))
            for key, kind in kinds().items()
            if key == former or (kind.compartment in read and not kind.retired)
        ]
        everybody = [("", _("The whole household")), *((key, str(one)) for key, one in self._people.items())]
        for name, choices in (
            ("kind", [("", _("Choose")), *offered]),
            ("person", everybody),
            ("compartment", [("", _("As is usual for its kind")), *parts]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_person(self) -> Person | None:
        """The person."""
        return self._people.get(self.cleaned_data["person"])


class FilingForm(DescriptionForm):
    """Files, and what is said of them."""

    field_order = ("attached", "each_by_itself", "kind", "dated", "title")
    attached = FilesField(
        label=_("Files"),
        help_text=_(
            "Scans, photographs, PDF, Word, Excel: at most 20 files, 20 MB each. On a computer they can also be"
            " dragged here."
        ),
        kinds=ALLOWED,
        most_bytes=MOST_BYTES,
        error_messages={"required": _("Choose at least one file, or take a photograph.")},
    )
    each_by_itself = forms.ChoiceField(
        label=_("Several files are"),
        choices=[
            ("", _("pages of one document")),
            ("yes", _("documents, each by itself")),
        ],
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["dated"].initial = timezone.localdate()

    @property
    def camera(self) -> SafeString:
        """A second input of the same name, which opens the camera of a telephone."""
        attrs = {**self.fields["attached"].widget.attrs, "accept": "image/*", "capture": "environment"}
        return SeveralFiles(attrs={**attrs, "id": "id_camera"}).render("attached", None)

    def clean_each_by_itself(self) -> bool:
        """Whether each file is a document."""
        return bool(self.cleaned_data["each_by_itself"])


class CorrectionForm(DescriptionForm):
    """What is said of a document, put right."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class WithdrawalForm(forms.Form):
    """Why a document does not belong there."""

    reason = forms.CharField(
        label=_("Why it does not belong here"),
        help_text=_("The reason stays on record."),
        max_length=_LONGEST_REASON,
        widget=writing(3),
    )


class SignedCopyForm(forms.Form):
    """What came back signed."""

    attached = FilesField(label=_("The signed paper"), kinds=SIGNED, most_bytes=MOST_BYTES)
    signed_by = forms.CharField(
        label=_("Who signed"), help_text=_("For example: the mother; the mayor."), max_length=LONGEST_TITLE
    )
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput(), initial=timezone.localdate)

    def clean_attached(self) -> list[Any]:
        """One file: several scans are made one PDF by who scans them."""
        sent: list[Any] = self.cleaned_data["attached"]
        if len(sent) != 1:
            raise forms.ValidationError(_("Send one file: of several pages, one PDF."))
        return sent
