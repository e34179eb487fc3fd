"""People of institutions who are known already: contacts that one keeps, and who answers there by account."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from punte.gatherings.queries import Known
from punte.www.frame.fields import ManyChoices


class KnownChoice(forms.ChoiceField):
    """One of them, or nobody; its value is the `Known`."""

    widget = ManyChoices

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("Somebody known at an institution"), required=False, **options)
        self.known: dict[str, Known] = {}

    def offer(self, known: Sequence[Known]) -> None:
        """Whom one may choose."""
        self.known = {one.key: one for one in known}
        self.choices = [("", _("Choose")), *((one.key, one.called) for one in known)]

    def clean(self, value: Any) -> Known | None:
        """The one who was chosen."""
        return self.known.get(super().clean(value))


class KnownChoices(forms.MultipleChoiceField):
    """Some of them."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("People known at institutions"), required=False, **options)
        self.known: dict[str, Known] = {}

    def offer(self, known: Sequence[Known]) -> None:
        """Whom one may choose."""
        self.known = {one.key: one for one in known}
        self.choices = [(one.key, one.called) for one in known]

    def clean(self, value: Any) -> list[Known]:
        """Those who were chosen."""
        return [self.known[key] for key in super().clean(value)]
