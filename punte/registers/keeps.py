"""What registers keep of somebody, and what a file for their own request tells of it."""

from collections.abc import Collection, Sequence

from django.utils.translation import pgettext, pgettext_lazy

from punte.accounts.guests import Kept, Told
from punte.accounts.models import User
from punte.people.models import Person
from punte.registers.actions.writing import in_words
from punte.registers.catalogue import definition_at
from punte.registers.erasing import ERASING
from punte.registers.models import Entry
from punte.registers.showing import shown
from punte.registers.sight import as_seen, whole


def _entries(user: User, person: Person, compartments: Collection[str]) -> Sequence[Told]:
    rows = whole(Entry.objects.filter(person=person, compartment__in=compartments))
    entries = as_seen(user, rows.order_by("register", "start", "pk"))
    readable: dict[str, list[str]] = {}
    for entry in entries:
        definition = definition_at(entry.version)
        readable[entry.register] = [
            name
            for name, one in definition.fields.items()
            if definition.compartments_of(one) <= frozenset(compartments)
        ]
    return [
        {
            pgettext("own file", "Register"): in_words(one.definition.title),
            pgettext("own file", "Days"): one.days,
            **({pgettext("own file", "State"): one.state} if one.stated else {}),
            **{field.label: field.said for field in one.fields},
        }
        for one in shown(user, entries, readable)
    ]


KEEPS = (
    Kept(
        ("registers.Entry", "registers.EntryRevision", "registers.EntryValue", "registers.EntryMark"),
        pgettext_lazy("own file", "Entries in registers"),
        pgettext_lazy(
            "own file",
            "as many whole years after it ended as the institution has set; until it has, with the person's file",
        ),
        pgettext_lazy("own file", "what it says is erased; the register, the state and the years stay"),
        _entries,
        erasing=ERASING,
        tells_where=True,
    ),
)
