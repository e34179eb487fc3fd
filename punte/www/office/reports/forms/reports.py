"""Forms of reports: which one is begun, what is written in a part, issuing."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from punte.directory.models import Service
from punte.organizations.models import Organization
from punte.people.models import Consent
from punte.programmes.models import Programme
from punte.reports.actions.photographs import ALLOWED, MOST_BYTES
from punte.reports.actions.writing import MOST
from punte.reports.definition import ReportKind
from punte.reports.photographs import LONGEST_CAPTION
from punte.www.frame.fields import DayInput, OfOrganization, within_calendar, writing
from punte.www.frame.uploads import FilesField


class BeginForm(OfOrganization):
    """Of what, and of which days: those of the programme, a year, or a quarter."""

    def __init__(
        self,
        *args: Any,
        kind: ReportKind,
        organizations: Any,
        programmes: Any,
        **options: Any,
    ) -> None:
        super().__init__(*args, organizations=organizations, **options)
        self.kind = kind
        if kind.about == "programme":
            self.fields["programme"] = forms.ModelChoiceField(queryset=programmes, label=_("Programme"))
        if kind.about == "service":
            rows = Service.objects.active().select_related("provider").order_by("folded_name", "pk")
            self.fields["service"] = forms.ModelChoiceField(queryset=rows, label=_("Service"))
        if kind.span != "whole":
            first, last = _span(kind.span, timezone.localdate())
            for name, label, day in (("start", _("First day"), first), ("end", _("Last day"), last)):
                self.fields[name] = forms.DateField(
                    label=label, widget=DayInput(), validators=[within_calendar], initial=day
                )

    def clean(self) -> dict[str, Any]:
        """The days of the programme, where the report is of all of it."""
        cleaned: dict[str, Any] = super().clean() or {}
        programme: Programme | None = cleaned.get("programme")
        if self.kind.span == "whole" and programme is not None:
            cleaned |= {"start": programme.start, "end": programme.end}
        return cleaned


def _span(span: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """The year that is under way; of quarters the last that is over."""
    if span == "year":
        return dt.date(today.year, 1, 1), dt.date(today.year, 12, 31)
    first = dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = first - dt.timedelta(days=1)
    return dt.date(last.year, last.month - 2, 1), last


class PartForm(forms.Form):
    """What is written in one part."""

    text = forms.CharField(label=_("Text"), required=False, widget=writing(18), max_length=MOST)
    revision = forms.IntegerField(widget=forms.HiddenInput())


class _Consents(forms.ModelMultipleChoiceField):
    """Consents by whom they are of and their last day."""

    def label_from_instance(self, obj: Consent) -> str:
        whose = str(obj.person or obj.household)
        return (
            _("%(whose)s, until %(day)s") % {"whose": whose, "day": f"{obj.last_day:%d.%m.%Y}"}
            if obj.last_day
            else whose
        )


class PhotographForm(forms.Form):
    """A photograph, what it shows, and by whose consent."""

    attached = FilesField(label=_("The photograph"), kinds=ALLOWED, most_bytes=MOST_BYTES)
    caption = forms.CharField(
        label=_("What it shows"),
        max_length=LONGEST_CAPTION,
        help_text=_("One sentence, without names. It is read to who does not see the picture."),
    )
    consents = _Consents(
        queryset=Consent.objects.none(),
        label=_("By whose consent"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose everybody whose face can be told. A child is shown only if you asked again."),
    )
    nobody = forms.BooleanField(label=_("Nobody can be told in it"), required=False)

    def __init__(self, *args: Any, consents: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["consents"].queryset = consents  # type: ignore[attr-defined]
        if not consents:
            self.fields["consents"].widget = forms.MultipleHiddenInput()
            self.fields["nobody"].help_text = _(
                "A photograph in which people can be told needs the consent of each; none is known that you may read."
            )

    def clean_attached(self) -> Any:
        """One file."""
        sent = self.cleaned_data["attached"]
        if len(sent) > 1:
            raise forms.ValidationError(_("Send one photograph at a time."))
        return sent[0]


class IssueForm(forms.Form):
    """Issuing, perhaps though something is missing."""

    confirmed = forms.BooleanField(label=_("Issue it as it is"), required=False)


def of_institutions(keys: Any) -> Any:
    """The institutions in whose name a report is begun."""
    return Organization.objects.filter(pk__in=keys).order_by("name")
