"""Where somebody lived, at which addresses, and who lived in a household, on the line of time."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from punte.accounts.guests import Guest, Lane, Mark, Stretch, Whose
from punte.people.models import Household, Membership, Person, Residence
from punte.people.residences import address_in_words, stays_of
from punte.people.sight import hidden_from


def lanes(whose: Whose) -> Iterable[Lane]:
    """The households of a person with their birth and death, or the members of a household with its addresses."""
    return _of_person(whose) if whose.person is not None else _of_household(whose)


def _of_person(whose: Whose) -> list[Lane]:
    person: Person = whose.person
    known = Membership.objects.visible_to(whose.user).filter(person=person).select_related("household")
    lived = [
        Stretch(
            f"{row.household.name}, {row.get_relation_display()}",
            row.start,
            row.end,
            reverse("household", args=[row.household_id]),
        )
        for row in hidden_from(whose.user).as_seen(known.order_by("start"))
    ]
    days = [(_("birth"), person.birth_date), (_("death"), person.died_on)]
    addresses = [Stretch(one.address, one.start, one.end) for one in stays_of(whose.user, person)]
    return [
        Lane(
            _("Where they lived"),
            lived,
            gap=_("not known where"),
            gap_until=person.died_on or timezone.localdate(),
        ),
        Lane(_("Address"), addresses),
        Lane(_("Life"), marks=[Mark(what, day, shape="edge") for what, day in days if day]),
    ]


def _of_household(whose: Whose) -> list[Lane]:
    home: Household = whose.household
    known = Membership.objects.visible_to(whose.user).filter(household=home).select_related("person")
    lived = [
        Stretch(str(row.person), row.start, row.end, reverse("person", args=[row.person_id]))
        for row in hidden_from(whose.user).as_seen(known.order_by("start", "pk"))
    ]
    rows = Residence.objects.visible_to(whose.user).filter(household=home).select_related("uat")
    addresses = [Stretch(address_in_words(one), one.start, one.end) for one in rows.order_by("start", "pk")]
    return [Lane(_("Who lived here"), lived), Lane(_("Address"), addresses)]


LANES = Guest("people", lanes=lanes)
