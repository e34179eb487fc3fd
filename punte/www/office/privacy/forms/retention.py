"""What is asked about what was kept long enough."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.www.frame.fields import DayInput, writing

ERASE, KEEP = "erase", "keep"


class DecideForm(forms.Form):
    """What of it is erased, or kept longer, and why."""

    subjects = forms.MultipleChoiceField(
        label=_("Whose time is over"), widget=forms.CheckboxSelectMultiple, required=False
    )
    decision = forms.ChoiceField(
        label=_("What is decided"),
        choices=[(KEEP, _("It is kept longer")), (ERASE, _("What is written in it is erased, for good"))],
        widget=forms.RadioSelect,
    )
    until = forms.DateField(
        label=_("Kept until"), widget=DayInput(), required=False, help_text=_("Only for what is kept longer.")
    )
    reason = forms.CharField(
        label=_("Why"),
        max_length=2_000,
        widget=writing(2),
        help_text=_("The decision, with its number; or the dispute for which it is kept."),
    )

    def __init__(self, *args: Any, subjects: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["subjects"].choices = subjects  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A day, where something is kept longer."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("decision") == KEEP and not given.get("until") and "until" not in self.errors:
            self.add_error("until", _("Say until when."))
        return given
