"""What is asked when a register is sent, and what a page says of its lines."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.organizations.models import Organization
from punte.www.frame.imports import FileForm

_DECISION, _MENDED = "d-", "m-"


class RegisterForm(FileForm):
    """The table, and who keeps the people in it where the account records for several."""

    keeper = forms.ModelChoiceField(
        label=_("Kept by"), queryset=Organization.objects.none(), empty_label=None, required=False
    )

    def __init__(self, *args: Any, keepers: Sequence[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(keepers) == 1:
            del self.fields["keeper"]
            return
        chosen = Organization.objects.filter(pk__in=[keeper.pk for keeper in keepers]).order_by("name", "pk")
        self.fields["keeper"].queryset = chosen  # type: ignore[attr-defined]
        self.fields["keeper"].required = True


def decisions_in(said: Mapping[str, str]) -> dict[str, str]:
    """By the key of a line what was decided on the page."""
    return {name.removeprefix(_DECISION): value for name, value in said.items() if name.startswith(_DECISION)}


def mended_in(said: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """By the key of a line and the name of a column what was written on the page."""
    found: dict[str, dict[str, str]] = {}
    for name, text in said.items():
        if name.startswith(_MENDED):
            key, _dash, column = name.removeprefix(_MENDED).partition("-")
            found.setdefault(key, {})[column] = text.strip()
    return found
