"""What groups are narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.gatherings.groups_content import groups


class GroupFilter(forms.Form):
    """Which groups to show; everything is optional."""

    q = forms.CharField(label=_("Title"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("going", _("Going on")), ("ended", _("Ended")), ("all", _("All"))],
    )
    whose = forms.ChoiceField(
        label=_("Whose"), required=False, choices=[("all", _("Everybody's")), ("mine", _("That I lead"))]
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        kinds = sorted((str(one), key) for key, one in groups().kinds.items())
        offered = [("", _("Any")), *((key, label) for label, key in kinds)]
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]
