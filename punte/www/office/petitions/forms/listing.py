"""What petitions are narrowed by."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.petitions.enums import PetitionKind
from punte.www.frame.fields import Pairs

Choices = list[tuple[str, str]]


class PetitionFilter(forms.Form):
    """Which petitions to show; everything is optional.

    Args:
        workers: whose may be asked for by name.
        organizations: what is offered where there are several.
    """

    number = forms.CharField(label=_("Number"), required=False, max_length=20)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("waiting", _("Waiting for an answer")),
            ("late", _("Late")),
            ("answered", _("Answered")),
            ("all", _("All")),
        ],
    )
    whose = forms.ChoiceField(label=_("Whose"), required=False)
    kind = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[("", _("Any")), *PetitionKind.choices]
    )
    organization = forms.ChoiceField(label=_("To whom"), required=False)

    def __init__(
        self, *arguments: Any, workers: Callable[[], Choices], organizations: Choices, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        offered = [("all", _("Everybody's")), ("mine", _("Mine")), ("nobody", _("Nobody's yet"))]
        self.fields["whose"].choices = Pairs(offered, workers)  # type: ignore[attr-defined]
        self.fields["organization"].choices = [("", _("Any")), *organizations]  # type: ignore[attr-defined]
        if len(organizations) < 2:
            del self.fields["organization"]
