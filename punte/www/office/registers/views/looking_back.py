"""A register looked back at: what was found of each at first, beside what its other entries come to today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from punte.people.compartments import compartments_of_each
from punte.people.models import Household
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definitions
from punte.registers.showing import ShownEntry, shown
from punte.registers.sight import Sight
from punte.registers.totals.showing import ShownTotal, totals_about
from punte.www.frame.access import SignedIn, needs
from punte.www.office.registers.views.listing import READERS, EntryList

_MOST = 200


@dataclass(frozen=True)
class LookedAt:
    """An entry with the totals of the columns; None where its household has no such entry that is read."""

    entry: ShownEntry
    subject: Any
    totals: Sequence[ShownTotal | None]


@require_safe
@needs(*READERS)
def register_beside(request: SignedIn, register: str) -> HttpResponse:
    """The newest entries of a register about households, each beside what happened since."""
    listing = EntryList.open(request, register)
    definition = listing.definition
    if not definition.beside or definition.about != "household":
        raise Http404
    newest = (
        listing.entries.rows().select_related("household__keeper", "version").order_by("-start", "pk")[:_MOST]
    )
    entries = listing.entries.as_seen(list(newest))
    homes = {one.household_id: one.household for one in entries if one.household is not None}
    found = totals_about(request.user, list(_sights(request, homes.values()))) if homes else {}
    named = [word.split(".") for word in definition.beside]
    looked_at = []
    for row in shown(request.user, entries, {register: listing.readable}):
        home = homes.get(getattr(row.entry, "household_id", None))
        totals = found.get(home.pk, []) if home else []
        of_home = {(one.reckoned.definition.key, one.reckoned.total.name): one for one in totals}
        looked_at.append(LookedAt(row, home, [of_home.get((key, name)) for key, name in named]))
    known = definitions()
    columns = [in_words(known[key].totals[name].label) for key, name in named]
    context = {"definition": definition, "rows": looked_at, "columns": columns, "title": listing.title}
    return render(request, "office_registers/beside.html", context)


def _sights(request: SignedIn, homes: Iterable[Household]) -> Iterable[Sight]:
    """What the account reads of each household, by as many queries as for one."""
    rows = list(homes)
    read = compartments_of_each(request.user, rows)
    for home in rows:
        sight = Sight(request.user, home)
        sight.__dict__["compartments"] = read[home.pk]
        yield sight
