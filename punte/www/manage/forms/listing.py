"""What accounts are narrowed by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.accounts.enums import Role
from punte.accounts.models import Team


class AccountFilter(forms.Form):
    """Which accounts to show; everything is optional.

    Args:
        teams: what is offered.
    """

    q = forms.CharField(label=_("Name or e-mail"), max_length=100, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Any")), *Role.choices], required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("open", _("Open accounts")),
            ("one_step", _("Open, without the second step")),
            ("closed", _("Closed accounts")),
            ("all", _("All")),
        ],
        required=False,
    )

    def __init__(self, *arguments: Any, teams: list[Team], **named: Any) -> None:
        super().__init__(*arguments, **named)
        offered = [("", _("Any")), *((str(team.pk), str(team)) for team in teams)]
        self.fields["team"].choices = offered  # type: ignore[attr-defined]
