"""What the list of a register is narrowed by, made from the register."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.organizations.models import Organization
from punte.registers.actions.writing import in_words
from punte.registers.definition import WITHDRAWN, Definition, Field
from punte.registers.models import EntryValue
from punte.registers.narrowing import Span
from punte.www.frame.fields import DayInput

_WITHIN = (30, 60, 90, 180)
_OF_FIELDS = "f_"
_BEGUN = "begun"
_LEAST, _MOST = "_least", "_most"
_ANY = ("", gettext_lazy("any"))
_SEARCHED = {
    "person": gettext_lazy("Name, or a number in full"),
    "household": gettext_lazy("Household, or a number in full"),
    "case": gettext_lazy("Household, or a number in full"),
    "dwelling": gettext_lazy("Address, or a number in full"),
    "organization": gettext_lazy("Institution, or a number in full"),
}


def filter_of(definition: Definition, readable: Iterable[str], keepers: Collection[UUID]) -> type[forms.Form]:
    """The form of filters of a register: its states, its days and the listed fields that the account reads.

    Args:
        keepers: in whose records the institutions are looked up that a listed field names.
    """
    fields: dict[str, forms.Field] = {
        "text": forms.CharField(label=_SEARCHED[definition.about], max_length=200, required=False)
    }
    states = [*((key, in_words(words)) for key, words in definition.states.items())]
    mistakes = (WITHDRAWN, in_words(definition.state_label(WITHDRAWN)))
    fields["state"] = _choice(_("State"), [*states, mistakes] if len(states) > 1 else [mistakes])
    if definition.period != "day":
        fields["holds"] = _choice(_("Holds"), [("today", _("today"))])
    fields["on"] = _day(_("Holds on the day") if definition.period != "day" else _("Day"))
    if definition.period != "day":
        within = [(str(days), _("%(days)s days") % {"days": days}) for days in _WITHIN]
        fields["within"] = _choice(_("Ends within"), within)
    fields[_BEGUN + _LEAST], fields[_BEGUN + _MOST] = _day(_("Begun from")), _day(_("Begun until"))
    for name in readable:
        one = definition.fields[name]
        if one.type == "organization" and one.listed:
            fields[f"{_OF_FIELDS}{name}"] = _institution(definition, one, keepers)
        elif one.listed:
            fields |= _of_field(one)
    return type("EntryFilter", (forms.Form,), fields)


def begun_asked(asked: Mapping[str, Any]) -> Span | None:
    """The days within which the entries begin that are asked for."""
    least, most = asked.get(_BEGUN + _LEAST), asked.get(_BEGUN + _MOST)
    return Span(least, most) if least or most else None


def _institution(definition: Definition, one: Field, keepers: Collection[UUID]) -> forms.ChoiceField:
    """Those that some entry names; they are asked for when the form is shown."""

    def named() -> list[Any]:
        rows = EntryValue.objects.filter(register=definition.key, field=one.name, keeper__in=keepers)
        found = Organization.objects.filter(
            pk__in=[UUID(word) for word in set(rows.values_list("word", flat=True))]
        )
        return [_ANY, *((str(row.pk), row.name) for row in found.order_by("name", "pk"))]

    return forms.ChoiceField(label=in_words(one.label), choices=named, required=False)


def values_asked(definition: Definition, asked: Mapping[str, Any]) -> dict[str, str | Span]:
    """By the name of a listed field what the filters say of it."""
    found: dict[str, str | Span] = {}
    for name in definition.fields:
        key = f"{_OF_FIELDS}{name}"
        word, least, most = (asked.get(one) for one in (key, key + _LEAST, key + _MOST))
        if word:
            found[name] = word
        elif least is not None or most is not None:
            found[name] = Span(least, most)
    return found


def _of_field(one: Field) -> dict[str, forms.Field]:
    key, label = f"{_OF_FIELDS}{one.name}", in_words(one.label)
    if one.type == "yesno":
        return {key: _choice(label, [("yes", _("yes")), ("no", _("no"))])}
    if one.type == "choice":
        return {key: _choice(label, [(choice.key, in_words(choice.label)) for choice in one.choices])}
    least, most = _("%(field)s, from") % {"field": label}, _("%(field)s, to") % {"field": label}
    if one.type == "date":
        return {key + _LEAST: _day(least), key + _MOST: _day(most)}
    return {key + _LEAST: _number(least), key + _MOST: _number(most)}


def _choice(label: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[_ANY, *choices], required=False)


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), required=False)


def _number(label: str) -> forms.DecimalField:
    return forms.DecimalField(label=label, required=False, max_digits=16, decimal_places=4)
