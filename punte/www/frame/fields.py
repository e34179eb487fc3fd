"""Inputs that forms of several areas have in common."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from punte.kernel.days import is_meant
from punte.organizations.models import Organization
from punte.www.frame.widgets import text


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


def is_read_when_shown(form: forms.BaseForm) -> bool:
    """Whether a form has choices that are read where they are shown: what is folded then does without them."""
    choices = (getattr(one, "choices", None) for one in form.fields.values())
    return any(isinstance(one, Pairs) and one.are_read_when_shown for one in choices)


# What comes before somebody chooses: the pointer or a finger on the form, the keyboard in it, the form unfolded.
_NEAR = (
    "pointerenter from:closest form once, touchstart from:closest form once, focusin from:closest form once"
)
_NEARER = f"{_NEAR}, toggle from:closest details once"


def leave_for_later(form: forms.BaseForm, address: str) -> list[str]:
    """Leave out choices that are dear to read, until somebody is about to choose; the names of their fields.

    Args:
        address: where the same form is with all of them.
    """
    later = []
    for bound in form:
        field: Any = bound.field
        choices = getattr(field, "choices", None)
        if isinstance(choices, Pairs) and choices.are_read_when_shown:
            field.choices = choices.without_more(str(bound.value() or ""))
            whole = {"hx-get": address, "hx-select": f"#{bound.id_for_label}"}
            field.widget.attrs |= {**whole, "hx-trigger": _NEARER}
            later.append(bound.name)
    return later


class ManyChoices(forms.Select):
    """A select written at once, not by a template for each choice; as many as a hundred are then cheap."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = frozenset(self.format_value(value))
        own = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        groups = groupby(self.choices, key=lambda one: isinstance(one[1], (list, tuple)))
        parts = [
            "".join(_group(key, tuple(label), chosen) for key, label in some)
            if grouped
            else _options(tuple(some), chosen)
            for grouped, some in groups
        ]
        return format_html("<select{}>{}</select>", own, SafeString("".join(parts)))


def _group(title: Any, choices: tuple[tuple[Any, Any], ...], chosen: frozenset[str]) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', title, _options(choices, chosen))


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[Any, Any], ...], chosen: frozenset[str]) -> SafeString:
    """Lists of content, or the colleagues of an institution: the same for everybody there."""
    return SafeString(
        "".join(
            f'<option value="{text(key)}"{" selected" if str(key) in chosen else ""}>{text(label)}</option>'
            for key, label in choices
        )
    )


class Pairs(BaseChoiceIterator):
    """Choices that are pairs as they stand: Django does not look through each of many again.

    Args:
        pairs: the first of them.
        more: gives the others, where they are shown or one of them was chosen.
    """

    def __init__(
        self,
        pairs: Collection[tuple[Any, Any]],
        more: Callable[[], Iterable[tuple[Any, Any]]] | None = None,
    ) -> None:
        self._pairs, self._more = pairs, more

    @property
    def are_read_when_shown(self) -> bool:
        """Whether there are more than those that are here."""
        return self._more is not None

    def without_more(self, chosen: str) -> list[tuple[Any, Any]]:
        """The first of them, and the one that is chosen."""
        if any(str(key) == chosen for key, _label in self._pairs):
            return list(self._pairs)
        return [*self._pairs, *(pair for pair in self if str(pair[0]) == chosen)]

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield from self._pairs
        if self._more:
            yield from self._more()
