"""The choice of a dwelling on record: from a list, or of many by words of its address."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.forms.utils import ErrorDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from punte.people.models import Dwelling, DwellingQuerySet
from punte.www.frame.fields import ManyChoices

MANY = 50
"""More than these are not laid out in one list."""


class DwellingChoice(forms.ModelChoiceField):
    """Dwellings by address."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.address}, {obj.locality or obj.uat}"


class WordsToFind(forms.TextInput):
    """Words, and beside them the button that looks for them; the page comes back with what was found."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        box = super().render(name, value, attrs, renderer)
        button = '<button class="btn quiet" name="{}" value="1" formnovalidate>{}</button>'
        return format_html("{} " + button, box, f"{name}_find", _("Find"))


class FindsDwelling(forms.Form):
    """Asks for a dwelling on record.

    Where there are many, those are offered that words of their address find, and the one that is chosen.
    """

    words = forms.CharField(
        label=_("Find a dwelling on record"),
        max_length=200,
        required=False,
        help_text=_("Write words of its address and press Find; then choose it below."),
        widget=WordsToFind(attrs={"autocomplete": "off"}),
    )
    dwelling = DwellingChoice(
        label=_("Dwelling on record"),
        queryset=Dwelling.objects.none(),
        required=False,
        empty_label=_("none of these"),
        help_text=_("Where one is chosen, its address is taken over."),
        widget=ManyChoices,
    )

    @property
    def looks(self) -> bool:
        """Whether dwellings are looked for: the form is then neither judged nor done."""
        return "words" in self.fields and "words_find" in self.data and bool(self._words)

    def is_valid(self) -> bool:
        """Whether what was sent can be done."""
        return not self.looks and super().is_valid()

    def full_clean(self) -> None:
        """Judge what was sent, once it was not to look only."""
        if self.looks:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Without the words, which say nothing of the household."""
        cleaned = super().clean() or {}
        cleaned.pop("words", None)
        return cleaned

    def offer(self, dwellings: DwellingQuerySet) -> None:
        """Let one of the dwellings be chosen; where there are none it is not asked."""
        choice: Any = self.fields["dwelling"]
        known = len(dwellings.order_by().values_list("pk")[: MANY + 1])
        if known > MANY:
            self._offer_found(choice, dwellings)
            return
        del self.fields["words"]
        choice.queryset = dwellings
        if not known:
            del self.fields["dwelling"]

    def _offer_found(self, choice: Any, dwellings: DwellingQuerySet) -> None:
        rows = dwellings.written(self._words) if self._words else dwellings.none()
        found = list(rows.values_list("pk", flat=True)[: MANY + 1])
        chosen = self.data.get("dwelling") or getattr(self.initial.get("dwelling"), "pk", None)
        choice.queryset = dwellings.filter(Q(pk__in=found[:MANY]) | Q(pk__in=_keys(chosen)))
        if len(found) > MANY:
            choice.help_text = _(
                "More dwellings have these words than are listed. Write more of the address."
            )
        elif self._words and not found:
            choice.help_text = _("No dwelling has all these words in its address.")

    @property
    def _words(self) -> str:
        return str(self.data.get("words", "")).replace("\0", "").strip()[:200]


def _keys(chosen: Any) -> list[UUID]:
    try:
        return [UUID(str(chosen))]
    except ValueError:
        return []
