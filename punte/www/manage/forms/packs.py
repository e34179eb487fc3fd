"""Forms of versions of the methodology."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from punte.organizations.models import Organization
from punte.www.frame.fields import DayInput, writing
from punte.www.frame.uploads import SeveralFiles


class PackFilesField(forms.FileField):
    """One archive, or the files of a pack one by one; the cleaned value is a list of names and contents."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=SeveralFiles(attrs={"accept": ".zip,.csv,.yaml"}), allow_empty_file=True, **options
        )

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, bytes]]:
        sent = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if not sent:
            super().clean(None, initial)
        return [(one.name, one.read()) for one in sent]


class UploadForm(forms.Form):
    """A version to check.

    Args:
        keepers: the institutions for which the account brings in versions.
    """

    sent = PackFilesField(
        label=_("The files of the version"),
        help_text=_(
            "One archive (.zip), or the six files: pack.yaml, survey.csv, choices.csv, settings.csv, rules.yaml,"
            " package.yaml."
        ),
    )
    keeper = forms.ModelChoiceField(label=_("For which institution"), queryset=Organization.objects.none())

    def __init__(self, *arguments: Any, keepers: QuerySet[Organization], **named: Any) -> None:
        super().__init__(*arguments, **named)
        field: Any = self.fields["keeper"]
        field.queryset = keepers
        if len(keepers) == 1:
            field.initial, field.widget = keepers[0].pk, forms.HiddenInput()


class InForceForm(forms.Form):
    """From which day, and why."""

    starts_on = forms.DateField(
        label=_("In force from"),
        widget=DayInput(),
        help_text=_("Visits that begin on that day are asked by it."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=writing(3))


class PackReasonForm(forms.Form):
    """Why it is refused or withdrawn."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=writing(3))
