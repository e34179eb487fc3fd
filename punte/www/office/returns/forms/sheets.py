"""Forms of quarterly sheets: a cell corrected, a reason."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from punte.www.frame.fields import writing


class ReasonForm(forms.Form):
    """Why something is so."""

    reason = forms.CharField(label=_("Why"), widget=writing(3), max_length=2000)


class CellForm(ReasonForm):
    """Another number, with the reason."""

    reason = forms.CharField(
        label=_("Why"),
        widget=writing(3),
        max_length=2000,
        required=False,
        help_text=_("Asked for where the number was counted from the record."),
    )
    value = forms.IntegerField(label=pgettext_lazy("sheet", "Number"), min_value=0, max_value=9_999_999)
    field_order = ("value", "reason")
