from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.documents.packages import Piece
from punte.organizations.enums import OrganizationKind
from punte.organizations.models import Organization
from punte.people.purposes import agreements
from punte.www.frame.fields import writing


class PackageForm(forms.Form):
    """What goes along, to whom, by which law and why."""

    to = forms.ModelChoiceField(
        label=_("To which directorate"), queryset=Organization.objects.none(), empty_label=_("Choose")
    )
    chosen = forms.MultipleChoiceField(
        label=_("Papers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose papers of this case.")},
    )
    ground = forms.ChoiceField(label=_("By which law"))
    reason = forms.CharField(
        label=_("What it is for"), help_text=_("It stays on record."), max_length=1000, widget=writing(2)
    )

    def __init__(self, *args: Any, pieces: Sequence[Piece], **rest: Any) -> None:
        super().__init__(*args, **rest)
        to: Any = self.fields["to"]
        to.queryset = Organization.objects.filter(kind=OrganizationKind.COUNTY_DIRECTORATE)
        ground: Any = self.fields["ground"]
        ground.choices = [("", _("Choose")), *((key, str(one)) for key, one in agreements().grounds.items())]
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(piece.key, piece.name) for piece in pieces]
