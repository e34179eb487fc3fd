"""Inputs that forms of several areas have in common."""

import datetime as dt
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from punte.kernel.days import is_meant
from punte.organizations.models import Organization


def within_calendar(day: dt.date) -> None:
    """The validator of every field of a day or a moment."""
    if not is_meant(day):
        raise forms.ValidationError(_("There is something wrong with the year."))


class MomentField(forms.DateTimeField):
    """A moment as the clock on the wall shows it; in two nights of a year it shows none, or one twice."""

    def to_python(self, value: Any) -> dt.datetime | None:
        try:
            return super().to_python(value)
        except forms.ValidationError as wrong:
            if wrong.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(
                _(
                    "In the night when the clocks change there is no such time, or it is there twice. Write an hour"
                    " earlier or later."
                )
            ) from wrong


class DayInput(forms.DateInput):
    """The browser's own date picker."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


def over_capacity() -> forms.CharField:
    """Why more places are taken than there are; asked only once the number was given back with the question."""
    return forms.CharField(
        label=_("Why more than the capacity"), max_length=300, required=False, widget=writing(2)
    )


class Writing(forms.Textarea):
    """A box for a few sentences; `ready` names the place whose ready sentences are offered beneath it."""

    def __init__(self, rows: int, ready: str = "") -> None:
        super().__init__(attrs={"rows": rows})
        self.ready = ready


def writing(rows: int = 4, *, ready: str = "") -> forms.Textarea:
    """A box for a few sentences, with the ready ones of a place of `content/sentences.yaml`."""
    return Writing(rows, ready)


class OfOrganization(forms.Form):
    """About one of the organisations for which the account acts; where there is only one, it is not asked."""

    organization = forms.ModelChoiceField(label=_("Organisation"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, organizations: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["organization"]
        asked.queryset = organizations
        only = list(organizations[:2])
        if len(only) == 1:
            asked.initial, asked.widget = only[0].pk, forms.HiddenInput()


class ManyChoices(forms.Select):
    """A select written at once, not by a template for each choice; as many as a hundred are then cheap."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        own = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        parts = [
            format_html('<optgroup label="{}">{}</optgroup>', key, _group(tuple(label), frozenset(chosen)))
            if isinstance(label, (list, tuple))
            else _options(((key, label),), chosen)
            for key, label in self.choices
        ]
        return format_html("<select{}>{}</select>", own, SafeString("".join(parts)))


@lru_cache(maxsize=256)
def _group(choices: tuple[tuple[Any, Any], ...], chosen: frozenset[str]) -> SafeString:
    """Groups are lists of content, the same for everybody."""
    return _options(choices, chosen)


def _options(choices: tuple[tuple[Any, Any], ...], chosen: Collection[str]) -> SafeString:
    html = '<option value="{}"{}>{}</option>'
    rows = ((key, SafeString(" selected") if str(key) in chosen else "", label) for key, label in choices)
    return format_html_join("", html, rows)
