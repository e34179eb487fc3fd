"""Entries of registers on the line of time: a lane for each register, one for all that happened in a life."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from punte.accounts.enums import SEALED_COMPARTMENTS
from punte.accounts.guests import Guest, Lane, Mark, Stretch, Whose
from punte.cases.models import Case
from punte.people.models import Person
from punte.registers.actions.writing import in_words
from punte.registers.showing import ShownEntry, shown
from punte.registers.sight import Sight, entries_about


def lanes(whose: Whose) -> Iterable[Lane]:
    """The entries about a person, or about a household and its cases, as the account sees them; none withdrawn."""
    if whose.person is not None:
        person = Person.objects.select_related("keeper").get(pk=whose.person.pk)
        sights = [Sight(whose.user, person)]
    else:
        cases = Case.objects.visible_to(whose.user).filter(household=whose.household)
        sights = [Sight(whose.user, whose.household)]
        sights += [Sight(whose.user, case) for case in cases.select_related("household").order_by("pk")]
    entries = entries_about(whose.user, sights)
    found: dict[str, list[ShownEntry]] = {}
    for one in shown(whose.user, entries, {entry.register: () for entry in entries}):
        if not one.withdrawn:
            found.setdefault("" if one.definition.life_event else one.definition.key, []).append(one)
    return [_lane(key, rows) for key, rows in sorted(found.items())]


def _lane(key: str, rows: list[ShownEntry]) -> Lane:
    name = in_words(rows[0].definition.title) if key else _("Life events")
    if rows[0].definition.period == "day":
        return Lane(name, marks=[_mark(one) for one in rows])
    alone = rows[0].definition.overlap == "refused" and not rows[0].definition.alone_by
    stretches = [
        Stretch(_said(one), one.entry.start, one.entry.end, _url(one), sensitive=_is_sensitive(one))
        for one in rows
    ]
    return Lane(name, stretches, gap=_("nothing recorded") if alone else "")


def _mark(one: ShownEntry) -> Mark:
    return Mark(_said(one), one.entry.start, _url(one), "edge", sensitive=_is_sensitive(one))


def _said(one: ShownEntry) -> str:
    return f"{one.line} · {one.state}" if one.stated else one.line


def _is_sensitive(one: ShownEntry) -> bool:
    return one.definition.compartment in SEALED_COMPARTMENTS


def _url(one: ShownEntry) -> str:
    return reverse("entry", args=[one.entry.pk])


LANES = Guest(
    "registers",
    lanes=lanes,
    words={
        "registers_of": gettext_lazy("looked at the entries in registers"),
        "register_paper": gettext_lazy("printed an entry in a register"),
        "register_entry": gettext_lazy("opened an entry in a register"),
        "register_form": gettext_lazy("opened the page on which an entry is written"),
    },
)
